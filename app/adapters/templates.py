"""Filling texts with a contact's data, by Jinja2 in a sandbox that can only look up, choose and format.

Whatever an author writes, rendering ends at once and reaches nothing but the contact and the event that let it in: no
loops, calls, arithmetic or imports exist here. What these do not have is empty.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final, TypeAlias
from urllib.parse import quote

from jinja2 import ChainableUndefined, TemplateError, Undefined, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from app.adapters.template_faults import BROKEN, NOT_ALLOWED, TOO_DEEP, TOO_LONG, UNKNOWN_FILTER, UNKNOWN_NAME
from nodes.fields.templates import EVENT_NAME, EVENT_TIME, LONGEST_TEMPLATE
from nodes.texts import Text
from nodes.world import Contact, Event

Filling: TypeAlias = Callable[[Contact, Event | None], str]

OF_CONTACT: Final = ("contact",)
OF_STEP: Final = ("contact", "event")
OF_MAIL: Final = ("contact", "params", "event")
"""What texts may ask: those of mail may be sent by campaigns, by automations, and by programs with values of theirs."""

_PLACE_BEGINS = re.compile(r"\{\{|\{%|\{#")
NOT_FILLED: Final = (TemplateError, TypeError, ValueError, ArithmeticError, RecursionError)
"""What filling a template raises that fits no value at hand: a text is compared with a number, a filter is misused."""
LONGEST_RESULT: Final = 50_000
LONGEST_PAGE: Final = 1_000_000
DEEPEST: Final = 40
_ALLOWED: Final[tuple[type[nodes.Node], ...]] = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Name,
    nodes.Getattr,
    nodes.Getitem,
    nodes.Const,
    nodes.Filter,
    nodes.If,
    nodes.CondExpr,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Keyword,
)


def render(template: str, contact: Contact, event: Event | None = None) -> str:
    """Fill a template that `check` found nothing wrong with; one that is wrong all the same stays as written.

    `event`: what let the contact in, where anything did.
    """
    return _filled(_compiled, template, contact, event)[:LONGEST_RESULT]


def render_page(template: str, contact: Contact, event: Event | None = None, *, html: bool) -> str:
    """Fill a whole page as `render` does; in one of HTML, what the data holds stays text."""
    return _filled(_compiled_page, template, contact, event, html)


def filling_now(template: str, *, html: bool) -> Callable[[Contact, Mapping[str, object]], str]:
    """Return how to fill a page that `check` found nothing wrong with, with what a program sends along, too.

    What comes of it is no template: places that a value brings along stay as they are. Both raise one of `NOT_FILLED`.
    """
    compiled = (_pages if html else _texts).from_string(template)

    def fill(contact: Contact, params: Mapping[str, object]) -> str:
        return _PLACE_BEGINS.sub(_literally, compiled.render(contact=_visible(contact), params=params))

    return fill


def check_page(template: str) -> Text | None:
    """Return what is wrong with a template for a page of a mail, or None."""
    return check(template, OF_MAIL, LONGEST_PAGE)


def check_step(template: str) -> Text | None:
    """Return what is wrong with a template for a text of a step, or None."""
    return check(template, OF_STEP)


def check(template: str, names: Sequence[str] = OF_CONTACT, longest: int = LONGEST_TEMPLATE) -> Text | None:
    """Return what is wrong with a template that may ask for these names, or None."""
    if len(template) > longest:
        return TOO_LONG.format(most=longest)
    try:
        tree = _texts.parse(template)
    except TemplateError as error:
        return BROKEN.format(line=getattr(error, "lineno", None) or 1, fault=error.message or "?")
    except RecursionError:
        return TOO_DEEP
    faults = (TOO_DEEP if depth > DEEPEST else _forbidden(node, names) for node, depth in _walk(tree))
    return next((fault for fault in faults if fault is not None), None)


def _walk(tree: nodes.Node) -> Iterator[tuple[nodes.Node, int]]:
    waiting = [(tree, 0)]
    while waiting:
        node, depth = waiting.pop()
        yield node, depth
        waiting += [(child, depth + 1) for child in node.iter_child_nodes()]


def _forbidden(node: nodes.Node, names: Sequence[str]) -> Text | None:
    if not isinstance(node, _ALLOWED):
        return NOT_ALLOWED.format(line=node.lineno, what=type(node).__name__.lower())
    if isinstance(node, nodes.Getitem) and not _is_named(node):
        return NOT_ALLOWED.format(line=node.lineno, what="[…]")
    if isinstance(node, nodes.Name) and node.name not in names:
        return UNKNOWN_NAME.format(name=node.name, known=", ".join(names))
    if isinstance(node, nodes.Filter) and node.name not in FILTERS:
        return UNKNOWN_FILTER.format(name=node.name, known=", ".join(FILTERS))
    return None


def _is_named(node: nodes.Getitem) -> bool:
    """Tell whether it looks up a property of the event that no dot can: `event["order-id"]`."""
    of_event = isinstance(node.node, nodes.Name) and node.node.name == "event"
    return of_event and isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str)


def _filled(compile_: Callable[..., Filling], template: str, contact: Contact, event: Event | None, *how: bool) -> str:
    try:
        return compile_(template, *how)(contact, event)
    except NOT_FILLED:
        return template


@lru_cache(maxsize=1024)
def _compiled(template: str) -> Filling:
    _demand_right(check(template, OF_MAIL))
    return looking_up(template) or running(template)


@lru_cache(maxsize=64)
def _compiled_page(template: str, html: bool) -> Filling:  # noqa: FBT001 - the cache knows it by its place
    _demand_right(check_page(template))
    return running(template, html=html)


def running(template: str, *, html: bool = False) -> Filling:
    """Return how to fill a template: by Jinja2."""
    compiled = (_pages if html else _texts).from_string(template)

    def fill(contact: Contact, event: Event | None) -> str:
        # What `Template.render` does, without merging globals, of which there are none.
        facts = {"contact": _visible(contact), "event": _happened(contact, event)}
        context = compiled.new_context(facts, shared=True)
        return "".join(compiled.root_render_func(context))

    return fill


def looking_up(template: str) -> Filling | None:
    """Return how to fill a text that only looks facts up, as most do, at a tenth of the cost; None for any other."""
    parts: list[tuple[str, str]] = []  # words, or the name of a fact of the contact
    for output in _texts.parse(template).body:
        for node in output.iter_child_nodes():
            if isinstance(node, nodes.TemplateData):
                parts.append((node.data, ""))
            elif isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name) and node.node.name == "contact":
                parts.append(("", node.attr))
            else:
                return None
    return lambda contact, _event: "".join(
        [str(_said(_fact(contact, name))) if name else words for words, name in parts]
    )


def _demand_right(fault: Text | None) -> None:
    if fault is not None:
        raise TemplateError(fault.en)


def _visible(contact: Contact) -> dict[str, object]:
    """Return what a template sees: attributes by name, the fields, the company's fields and the owner's email."""
    special = {name: read(contact) for name, read in _SPECIAL.items()}
    return _present({**contact.fields, **contact.attributes, **special})


def _happened(contact: Contact, event: Event | None) -> dict[str, object]:
    """Return what a template sees of the event: its properties, its name, and its time where the contact is."""
    if event is None:
        return {}
    known = {EVENT_NAME: event.name, EVENT_TIME: event.at.astimezone(contact.time_zone)}
    return _present({**event.properties, **known})


def _fact(contact: Contact, name: str) -> object:
    """Return what a template sees under this name."""
    if name in _SPECIAL:
        return _SPECIAL[name](contact)
    return contact.attributes[name] if name in contact.attributes else contact.fields.get(name)


def _present(facts: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in facts.items() if value is not None}


def _literally(place: re.Match[str]) -> str:
    return f'{{{{ "{place[0]}" }}}}'


def _said(value: object) -> object:
    """Write a value as people do: nothing for none, 20 for 20.0, choices with commas."""
    if value is None or isinstance(value, Undefined | dict):
        return ""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, tuple | list):
        return ", ".join(str(each) for each in value)
    if isinstance(value, datetime):
        return value.isoformat(timespec="minutes")
    return value.isoformat() if isinstance(value, date) else value


def _default(value: object, instead: object = "", *_also: object) -> object:
    return instead if value in (None, "", ()) or isinstance(value, Undefined) else value


def _rounded(value: object, digits: object = 0) -> object:
    if isinstance(value, int | float) and isinstance(digits, int) and 0 <= digits <= 12:
        return round(value, digits)
    return value


class _Nothing(ChainableUndefined):
    """What a contact does not have: empty as text, and neither more nor less than anything."""

    def _never(self, _other: object) -> bool:
        return False

    __lt__ = __le__ = __gt__ = __ge__ = _never  # type: ignore[assignment]  # Undefined’s own raise


class _Lookups(ImmutableSandboxedEnvironment):
    """A sandbox in which a dot looks a name up in the data, and never on a Python object."""

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - as Jinja2 declares it
        if isinstance(obj, dict) and attribute in obj:
            return obj[attribute]
        return self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:  # noqa: ANN401 - as Jinja2 declares it
        return self.getattr(obj, argument)


_SPECIAL: Final[Mapping[str, Callable[[Contact], object]]] = {
    "email": lambda contact: contact.email,
    "owner": lambda contact: contact.owner,
    "company": lambda contact: _present(contact.company),
    "interest": lambda contact: contact.interest,
    "latest_interest": lambda contact: contact.latest_interest,
}
FILTERS: Final[Mapping[str, Callable[..., object]]] = {
    "default": _default,
    "round": _rounded,
    "upper": lambda value: str(_said(value)).upper(),
    "lower": lambda value: str(_said(value)).lower(),
    "capitalize": lambda value: str(_said(value)).capitalize(),
    "trim": lambda value: str(_said(value)).strip(),
    "urlencode": lambda value: quote(str(_said(value)), safe=""),
}


def _environment(*, escaping: bool) -> _Lookups:
    made = _Lookups(undefined=_Nothing, autoescape=escaping, finalize=_said)
    made.globals.clear()
    made.filters = dict(FILTERS)
    return made


_texts = _environment(escaping=False)
_pages = _environment(escaping=True)
