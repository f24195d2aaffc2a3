"""What mail of a program is made in: its words are checked and compiled once, and filled in for each of its people."""

import re
from collections.abc import Mapping
from functools import lru_cache
from html import escape
from typing import Final, NamedTuple

from app.adapters.templates import LONGEST_PAGE, NOT_FILLED, OF_MAIL, check, check_page, filling_now
from app.errors import Invalid
from app.models import TemplateFormat
from app.services.mailing.compiling import (
    LONGEST_SOURCE,
    OUR_PLACES,
    OURS,
    Compiled,
    can_be_counted,
    compile_mail,
    demand_followable,
    with_address,
)
from nodes.world import Contact

_TEXT_PAGE: Final = '<html><body><pre style="font:inherit;white-space:pre-wrap">{text}</pre></body></html>'
_OUR_MARKS: Final = re.compile(r"cdz(unsubscribe_link|preferences_link)zdc")
_ADDRESS: Final = re.compile(r"""href=("[^"]*"|'[^']*')""")
_IN_A_TAG: Final = re.compile(r"<[a-z][^<>]*\{\{")
_BESIDE_VALUES: Final = re.compile(r"""<(?=[^\s!])(?:[^<>"']|"[^"<]*"|'[^'<]*')*\{\{""")
"""A place in a tag that stands in no quotation marks."""


class Words(NamedTuple):
    """What a mail says, with places for `contact` and `params`. Without `html` it is `text` alone."""

    subject: str
    html: str
    text: str = ""
    written_in: TemplateFormat = TemplateFormat.HTML
    preheader: str = ""
    template_id: int | None = None


class Cast(NamedTuple):
    """What one contact is sent, but for what is told when it leaves: as `TemplateVersion` has it."""

    template_id: int | None
    subject: str
    html: str
    text: str
    links: tuple[str, ...]


class Mould:
    """A mail to be filled in for many."""

    def __init__(self, words: Words) -> None:
        """Raises Invalid naming `subject`, `htmlContent`, `textContent`, `preheader` or `source`.

        `compiles_anew`: for each contact the whole page is, which takes a hundred times as long.
        """
        _check(words)
        self._template_id = words.template_id
        self._subject = _Part("subject", words.subject)
        self._text = _Part("textContent", words.text)
        self._page = _page(words.html, words.written_in, words.preheader)
        self.compiles_anew = isinstance(self._page, _Anew)

    def fill(self, contact: Contact, params: Mapping[str, object]) -> Cast:
        """Write the mail for one contact. Raises Invalid where the values do not fit."""
        subject, text = self._subject.fill(contact, params), self._text.fill(contact, params)
        page = self._page.fill(contact, params)
        html = page.html or _TEXT_PAGE.format(text=escape(text, quote=False))
        return Cast(self._template_id, subject, html, text or page.text, page.links)


class _Once:
    """A page that is compiled with its places, as values can change nothing of how it is parsed."""

    def __init__(self, html: str, written_in: TemplateFormat, preheader: str) -> None:
        page = compile_mail(html, written_in, preheader, footer=False)
        self._html, self._text = _Part("htmlContent", page.html, html=True), _Part("htmlContent", page.text)
        self._links = [_Part("htmlContent", link) for link in page.links]

    def fill(self, contact: Contact, params: Mapping[str, object]) -> Compiled:
        html, text = self._html.fill(contact, params), self._text.fill(contact, params)
        links = [each.words if each.words in OURS else each.fill(contact, params).strip() for each in self._links]
        for number, link in enumerate(links):
            if can_be_counted(link):
                demand_followable(link)
            else:  # a value that begins a mail or a call; our own links are told when it leaves
                html, text = with_address(html, number, escape(link)), with_address(text, number, link)
        return Compiled(html, text, tuple(links))


class _Anew:
    """A page that is filled in first and compiled for each contact: conditions decide what there is to parse."""

    def __init__(self, html: str, written_in: TemplateFormat, preheader: str) -> None:
        self._written_in = written_in
        self._html = _Part("htmlContent", OUR_PLACES.sub(r"cdz\1zdc", html), html=True)
        self._preheader = _Part("preheader", preheader)

    def fill(self, contact: Contact, params: Mapping[str, object]) -> Compiled:
        source = _OUR_MARKS.sub(r"{{ \1 }}", self._html.fill(contact, params))
        preheader = self._preheader.fill(contact, params)
        return compile_mail(source, self._written_in, preheader, footer=False) if source else _NO_PAGE


class _Part:
    """One of the texts of a mail. `field`: what a fault in it is told of."""

    def __init__(self, field: str, words: str, *, html: bool = False) -> None:
        self.words = words
        self._field = field
        self._fill = filling_now(words, html=html)

    def fill(self, contact: Contact, params: Mapping[str, object]) -> str:
        try:
            filled = self._fill(contact, params)
        except NOT_FILLED as error:
            message = f"{self._field} cannot be filled in with these values: {error}"
            remedy = "A number can be compared with a number only; send it without quotation marks."
            raise Invalid.field(self._field, "invalid_template", message, remedy) from error
        if len(filled) > LONGEST_PAGE:
            raise Invalid.field(
                self._field, "too_long", f"{self._field} is longer than {LONGEST_PAGE} characters with these values."
            )
        return filled


_NO_PAGE: Final = Compiled("", "", ())


# Many mails of one call share a page and differ in their subjects.
@lru_cache(maxsize=2)
def _page(html: str, written_in: TemplateFormat, preheader: str) -> _Once | _Anew:
    of_its_own = _decides_what_is_parsed(html, written_in, preheader)
    return (_Anew if of_its_own else _Once)(html, written_in, preheader)


def _decides_what_is_parsed(html: str, written_in: TemplateFormat, preheader: str) -> bool:
    """Tell whether values decide what a parser meets: by a condition, as a part of a tag, as a whole page.

    MJML computes with its attributes, too, but passes on addresses as they are.
    """
    if "<" not in html or any(begin in each for begin in ("{%", "{#") for each in (html, preheader)):
        return True
    if written_in == TemplateFormat.MJML:
        return _IN_A_TAG.search(_ADDRESS.sub("", html)) is not None
    return _BESIDE_VALUES.search(html) is not None


def _check(words: Words) -> None:
    source = OUR_PLACES.sub(r"{{ params.\1 }}", words.html)
    written = {"subject": words.subject, "htmlContent": source, "textContent": words.text, "preheader": words.preheader}
    for name, text in written.items():
        if len(text) > LONGEST_SOURCE:
            raise Invalid.field(name, "too_long", f"{name} is longer than {LONGEST_SOURCE} characters.")
        fault = check(text, OF_MAIL) if name == "subject" else check_page(text)
        if fault is not None:
            raise Invalid.field(name, "invalid_template", f"{name}: {fault.en}")
