"""What templates are put together from."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from nodes.catalog import Catalog
from nodes.runs import NEXT
from nodes.texts import Language, Text
from workflows.document import Document, Edge, NodeEntry
from workflows.settings import Settings

NEWSLETTER: Final = Text("Newsletter", "Newsletter", "Рассылка")
_IN_CHARGE: Final = frozenset({"owner", "admin"})
Steps = Mapping[str, tuple[str, Mapping[str, Any]]]


def document(
    name: str, steps: Steps, ways: Sequence[str], *, re_entry: bool = False, anew: Mapping[str, Any] | None = None
) -> Document:
    """Put a document together: steps by id, and ways written `from > to` or `from.port > to`.

    `anew` is an event that lets contacts leave, wherever they stand, and enter again: without it, each that comes while
    they are inside is put off, and walked later as if it were new.
    """
    return Document(
        name,
        Settings(re_entry=re_entry or anew is not None, exit_events=() if anew is None else (anew,)),
        tuple(NodeEntry(id_, type_, config) for id_, (type_, config) in steps.items()),
        tuple(_edge(way) for way in ways),
    )


def reps(catalog: Catalog) -> list[str]:
    """Return the emails of the active reps; where there are none, of those who run the workspace."""
    active = [user for user in catalog.users.values() if user.active]
    found = [user.email for user in active if "rep" in user.roles]
    return sorted(found or [user.email for user in active if user.roles & _IN_CHARGE])


class Mail(NamedTuple):
    """A mail that an automation sends; an empty line in `body` parts paragraphs.

    Only who agreed to the newsletter gets it; with `asked`, the automation has seen to that by itself.
    """

    name: Text
    subject: Text
    body: Text
    asked: bool = False


def sent(mail: Mail, catalog: Catalog, language: Language, *, transactional: bool = False) -> Mapping[str, Any]:
    """Return the configuration of the step that sends it.

    Without a template or topic while the workspace has none: then the checks ask the author to choose one.
    """
    name = mail.name.say(language)
    known = [number for number, other in catalog.templates.items() if other == name]
    topic = None if mail.asked else newsletter(catalog)
    return {
        **({"template": known[0]} if known else {}),
        **({"transactional": True} if transactional else {}),
        **({"topic": topic} if topic else {}),
    }


def newsletter(catalog: Catalog) -> int | None:
    """Return the topic that stands for mail in general: the one of that name, or the first of mail there is."""
    topics = {number: each.name for number, each in catalog.consent_topics.items() if each.channel == "email"}
    named = [number for number, name in topics.items() if name in {NEWSLETTER.en, NEWSLETTER.ru}]
    return next(iter([*named, *topics]), None)


def _edge(way: str) -> Edge:
    source, target = way.split(" > ")
    node, _, port = source.partition(".")
    return Edge(node, port or NEXT, target)
