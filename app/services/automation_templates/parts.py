"""What templates are put together from."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from nodes.catalog import Catalog
from nodes.runs import NEXT
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


def _edge(way: str) -> Edge:
    source, target = way.split(" > ")
    node, _, port = source.partition(".")
    return Edge(node, port or NEXT, target)
