"""What templates are put together from."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from nodes.catalog import Catalog
from nodes.runs import NEXT
from nodes.texts import Language, Text
from workflows.document import Document, Edge, NodeEntry
from workflows.settings import Settings

_IN_CHARGE: Final = frozenset({"owner", "admin"})
Steps = Mapping[str, tuple[str, Mapping[str, Any]]]


def document(name: str, steps: Steps, ways: Sequence[str], *, re_entry: bool = False) -> Document:
    """Put a document together: steps by id, and ways written `from > to` or `from.port > to`."""
    return Document(
        name,
        Settings(re_entry=re_entry),
        tuple(NodeEntry(id_, type_, config) for id_, (type_, config) in steps.items()),
        tuple(_edge(way) for way in ways),
    )


def reps(catalog: Catalog) -> list[str]:
    """Return the emails of the active reps; where there are none, of those who run the workspace."""
    active = [user for user in catalog.users.values() if user.active]
    found = [user.email for user in active if "rep" in user.roles]
    return sorted(found or [user.email for user in active if user.roles & _IN_CHARGE])


class Mail(NamedTuple):
    """A mail that an automation sends; an empty line in `body` parts paragraphs."""

    name: Text
    subject: Text
    body: Text


def sent(mail: Mail, catalog: Catalog, language: Language, *, transactional: bool = False) -> Mapping[str, Any]:
    """Return the configuration of the step that sends it.

    Without a template while the workspace has none of that name: then the checks ask the author to choose one.
    """
    name = mail.name.say(language)
    config = {"transactional": True} if transactional else {}
    known = [number for number, other in catalog.templates.items() if other == name]
    return {**config, "template": known[0]} if known else config


def _edge(way: str) -> Edge:
    source, target = way.split(" > ")
    node, _, port = source.partition(".")
    return Edge(node, port or NEXT, target)
