"""Making a mail of what its author wrote: MJML or HTML becomes the HTML and the plain text that are sent.

Places to fill in (`{{ contact.FIRSTNAME }}`) are kept out of the parsers' way by marks, and come back as they were. A
link becomes a mark, too, which each message replaces by an address of its own.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from inscriptis import get_text
from inscriptis.model.config import ParserConfig
from mjml import mjml2html
from selectolax.lexbor import LexborHTMLParser

from app.adapters.templates import check_page
from app.errors import Invalid
from app.models import TemplateFormat

UNSUBSCRIBE: Final = "{{ unsubscribe_link }}"
"""What authors write where the address of the unsubscription is to stand."""
PREFERENCES: Final = "{{ preferences_link }}"
"""The same for the page where a contact chooses what it wants to hear about."""
OURS: Final = (UNSUBSCRIBE, PREFERENCES)
LONGEST_SOURCE: Final = 500_000

# Letters only: the MJML compiler escapes whatever is not ASCII in attributes.
_PLACE_MARK: Final = ("cdzplace", "ecalpzdc")
_LINK_MARK: Final = ("cdzlink", "knilzdc")
_PLACE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_MARKED_PLACE, _MARKED_LINK = (
    re.compile(f"(?:<!--)?{begin}([0-9]+){end}(?:-->)?") for begin, end in (_PLACE_MARK, _LINK_MARK)
)
_MARKS = re.compile("|".join(f"{begin}[0-9]*{end}" for begin, end in (_PLACE_MARK, _LINK_MARK)))
OUR_PLACES = re.compile(r"\{\{\s*(unsubscribe_link|preferences_link)\s*\}\}")
_FOLLOWED: Final = ("http://", "https://", "{{")
_AS_TEXT = ParserConfig(display_links=True)
_FOOTER: Final = (
    '<div style="padding:24px;text-align:center;font:12px sans-serif;color:#667085">'
    '<a href="{link}" style="color:#667085">Unsubscribe</a></div>'
)
_PREVIEW: Final = '<div style="display:none;max-height:0;overflow:hidden">{words}</div>'


class Compiled(NamedTuple):
    """What is sent of a template: `html` and `text` with marks for links, and the addresses that these lead to.

    No `text`: conditions decide what a contact reads, so it is made of each contact's own page.
    """

    html: str
    text: str
    links: tuple[str, ...]


def compile_mail(source: str, written_in: TemplateFormat, preheader: str = "", *, footer: bool = True) -> Compiled:
    """Compile a mail. Raises Invalid naming `source`.

    One that offers no way to unsubscribe gets it at its end, if it is to have a `footer`.
    """
    places: list[str] = []
    marked = _PLACE.sub(_marking(places), _MARKS.sub("", source))
    tree = LexborHTMLParser(_as_html(marked) if written_in == TemplateFormat.MJML else marked)
    tree.strip_tags(["script"])
    links = _mark_links(tree, places)
    whole = _with_footer(tree.html or "", links) if footer else tree.html or ""
    html = _with_preview(whole, _PLACE.sub(_marking(places, in_page=False), preheader))
    text = "" if "{%" in source else _restored(as_text(html), places)
    compiled = Compiled(_restored(html, places), text, tuple(links))
    for part in (compiled.html, compiled.text, *links):
        if (fault := check_page("" if part in OURS else part)) is not None:
            raise _invalid("invalid_template", fault.en, "Write placeholders like {{ contact.FIRSTNAME }}.")
    for link in links:
        demand_followable(link)
    return compiled


def demand_followable(link: str) -> None:
    """Raise Invalid for a link with nothing to fill in that leads to no page."""
    if "{" not in link and not is_followable(link):
        raise _invalid("bad_link", f"“{link[:200]}” is no address of a page.", "Write it like https://example.com.")


def can_be_counted(link: str) -> bool:
    """Tell whether a link leads to a page, so that it may go by us: not one that begins a mail or a call."""
    return link.startswith(_FOLLOWED)


def with_address(page: str, link: int, address: str) -> str:
    """Put an address in the place of one link's mark."""
    return page.replace(f"{link}".join(_LINK_MARK), address)


def as_text(html: str) -> str:
    """Return what a person reads of a page, with the addresses of its links."""
    return re.sub(r"\n{3,}", "\n\n", get_text(html, _AS_TEXT)).strip() + "\n"


def is_followable(address: str) -> bool:
    """Tell whether a browser can be sent to an address."""
    try:
        parts = urlsplit(address)
        return (
            parts.scheme in {"http", "https"}
            and bool(parts.hostname)
            and (parts.port or 1) > 0
            and address.isprintable()
        )
    except ValueError:
        return False


def with_links(page: str, addresses: Sequence[str]) -> str:
    """Put an address in the place of each link's mark, by the link's number; a mark of no link means nothing."""
    return _MARKED_LINK.sub(lambda found: addresses[int(found[1])] if int(found[1]) < len(addresses) else "", page)


def _marking(places: list[str], *, in_page: bool = True) -> Callable[[re.Match[str]], str]:
    def mark(found: re.Match[str]) -> str:
        places.append(found[0])
        name = f"{len(places) - 1}".join(_PLACE_MARK)
        # Parsers move text out of tables, but leave comments where they are; inside a tag there are none.
        inside_a_tag = found.string.rfind("<", 0, found.start()) > found.string.rfind(">", 0, found.start())
        return name if found[0].startswith("{{") or inside_a_tag or not in_page else f"<!--{name}-->"

    return mark


def _restored(marked: str, places: list[str]) -> str:
    return _MARKED_PLACE.sub(lambda found: places[int(found[1])], marked)


def _as_html(source: str) -> str:
    try:
        # No web fonts but those an author names: reading a mail is to tell no other host of it.
        return str(mjml2html(source, fonts={}))
    except ValueError as error:
        message = f"This MJML cannot be read: {error}."
        raise _invalid("bad_mjml", message, "Correct it, or write HTML instead.") from error


def _mark_links(tree: LexborHTMLParser, places: list[str]) -> list[str]:
    """Replace the address of each link that can be followed by its mark; returns the addresses."""
    links: list[str] = []
    for anchor, address in _anchors(tree, places):
        if ours := OUR_PLACES.fullmatch(address):
            address = f"{{{{ {ours[1]} }}}}"  # noqa: PLW2901 - however it was spaced
        elif not can_be_counted(address):
            continue
        if address not in links:
            links.append(address)
        anchor["href"] = f"{links.index(address)}".join(_LINK_MARK)
    return links


def _anchors(tree: LexborHTMLParser, places: list[str]) -> Iterator[tuple[dict[str, str | None], str]]:
    for node in tree.css("a[href]"):
        attributes: dict[str, str | None] = node.attrs  # type: ignore[assignment] # writes through
        yield attributes, _restored(attributes["href"] or "", places).strip()


def _with_footer(html: str, links: list[str]) -> str:
    if any(each in links for each in OURS):
        return html
    links.append(UNSUBSCRIBE)
    footer = _FOOTER.format(link=f"{len(links) - 1}".join(_LINK_MARK))
    before, body, after = html.rpartition("</body>")
    return f"{before}{footer}{body}{after}" if body else html + footer


def _with_preview(html: str, preheader: str) -> str:
    if not preheader.strip():
        return html
    words = preheader.replace("&", "&amp;").replace("<", "&lt;")
    return re.sub(r"<body[^>]*>", lambda found: found[0] + _PREVIEW.format(words=words), html, count=1)


def _invalid(code: str, message: str, remedy: str) -> Invalid:
    return Invalid.field("source", code, message, remedy)
