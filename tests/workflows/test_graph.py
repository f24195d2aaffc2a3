from typing import Any

import networkx as nx
import pytest
from hypothesis import given

from tests.support.documents import SCORING, documents
from workflows.document import Document, load
from workflows.graph import build, loops, order, reached_from, targets


def drawn(*ways: tuple[str, str, str]) -> Document:
    """A document with these edges (from, port, to)."""
    nodes = sorted({end for start, _, end in ways} | {start for start, _, _ in ways})
    edges = [{"from": start, "port": port, "to": end} for start, port, end in ways]
    steps = [{"id": node, "type": "exit"} for node in nodes]
    return load({"format": "cadenza.automation/1", "name": "x", "nodes": steps, "edges": edges})


def test_steps_come_in_the_order_contacts_meet_them():
    """Every step comes after all that lead to it, by id where the way leaves it open."""
    assert order(load(SCORING)) == ["opened", "pushed", "points", "hot", "assign", "alert"]


def test_each_port_leads_to_one_step():
    """Both ports of a split may lead to the same step."""
    document = drawn(("split", "yes", "end"), ("split", "no", "end"))
    assert targets(document) == {("split", "yes"): "end", ("split", "no"): "end"}
    assert sorted(port for _, _, port in build(document).edges(keys=True)) == ["no", "yes"]


def test_loops_are_found_with_all_their_steps():
    """Circles and steps that lead to themselves are named; there is then no order."""
    document = drawn(("a", "next", "b"), ("b", "next", "a"), ("b", "no", "c"), ("c", "next", "c"))
    assert loops(document) == [["a", "b"], ["c"]]
    with pytest.raises(nx.NetworkXUnfeasible):
        order(document)


def test_what_can_be_reached_is_known():
    """From a start, everything down the ways."""
    document = drawn(("a", "next", "b"), ("b", "next", "c"), ("d", "next", "c"))
    assert reached_from(document, ["a"]) == {"a", "b", "c"}


@given(documents())
def test_any_document_has_a_graph(data: dict[str, Any]):
    """Edges from or to nowhere and doubled ids never crash the reading of a graph."""
    document = load(data)
    known = {node.id for node in document.nodes}
    assert set(build(document)) == known
    assert set(targets(document).values()) <= known
    assert {step for loop in loops(document) for step in loop} <= known
