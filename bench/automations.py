"""Automations of the scenarios, made and switched on as people do it."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from app.services.automations.activation import activate
from app.services.automations.drafts import add
from bench.database import connect
from nodes.runs import NEXT
from workflows.document import Document, Edge, NodeEntry
from workflows.settings import Settings

Steps = Mapping[str, tuple[str, Mapping[str, Any]]]


class Live(NamedTuple):
    """An active automation and the version that runs."""

    automation: int
    version: int


def make_live(url: str, name: str, steps: Steps, ways: Sequence[str], *, re_entry: bool = False) -> Live:
    """Activate steps by id and ways `from > to` or `from.port > to`, in `url`, which the services work on."""
    nodes = tuple(NodeEntry(id_, type_, config) for id_, (type_, config) in steps.items())
    document = Document(name, Settings(re_entry=re_entry), nodes, tuple(_edge(way) for way in ways))
    automation = activate(add(document).id, "en").id
    with connect(url) as connection:
        row = connection.execute("SELECT live_version_id FROM automation WHERE id = %s", [automation]).fetchone()
    return Live(automation, row[0] if row else 0)


def _edge(way: str) -> Edge:
    source, target = way.split(" > ")
    node, _, port = source.partition(".")
    return Edge(node, port or NEXT, target)
