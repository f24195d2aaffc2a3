"""The graph of a document: steps, and the ways between them by port."""

from collections.abc import Mapping

import networkx as nx

from workflows.document import Document, Edge


def build(document: Document) -> "nx.MultiDiGraph[str]":
    """Return the graph; each edge's key is the port it leaves by. Edges that lead from or to nowhere are left out."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_nodes_from(node.id for node in document.nodes)
    for edge in whole_edges(document):
        graph.add_edge(edge.source, edge.target, edge.port)
    return graph


def whole_edges(document: Document) -> list[Edge]:
    """Return the edges of which both ends exist."""
    known = {node.id for node in document.nodes}
    return [edge for edge in document.edges if edge.source in known and edge.target in known]


def order(document: Document) -> list[str]:
    """Return the ids of all steps in topological order, the same for the same document.

    Raises networkx.NetworkXUnfeasible for a graph with a loop.
    """
    return list(nx.lexicographical_topological_sort(build(document)))


def targets(document: Document) -> Mapping[tuple[str, str], str]:
    """Return where each `(step, port)` leads."""
    return {(edge.source, edge.port): edge.target for edge in whole_edges(document)}


def loops(document: Document) -> list[list[str]]:
    """Return the groups of steps that lead back to themselves, each sorted."""
    graph = build(document)
    found = [sorted(group) for group in nx.strongly_connected_components(graph) if len(group) > 1]
    return sorted(found + [[node] for node in sorted(nx.nodes_with_selfloops(graph))])


def reached_from(document: Document, starts: list[str]) -> set[str]:
    """Return the steps that a way leads to from one of `starts`, these included."""
    graph = build(document)
    found = set(starts)
    for start in starts:
        found |= nx.descendants(graph, start)
    return found
