"""Everything that is wrong with an automation, in one pass."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from types import MappingProxyType
from typing import Any

from nodes.catalog import Catalog
from nodes.conditions import Scope, check, contradicts, parse
from nodes.contract import Action, Node, Trigger, Walkable
from nodes.errors import ConditionError
from nodes.fields import Config, TemplateCheck, any_template
from nodes.problems import not_a_condition
from workflows import problems
from workflows.document import Document
from workflows.event_texts import SentLately, event_warnings
from workflows.graph import loops, reached_from, whole_edges
from workflows.problems import Problem

_EVENT_NAME = re.compile(r"[A-Za-z0-9_-]{1,255}")
Registry = Mapping[str, Node]


def validate(
    document: Document,
    registry: Registry,
    catalog: Catalog,
    check_template: TemplateCheck = any_template,
    sent: SentLately = MappingProxyType({}),
) -> list[Problem]:
    """Return all problems of a document in this workspace; errors keep it from being activated, warnings do not.

    `sent`: what events were lately sent with, as far as it is known.
    """
    faults = chain(
        _ways_in(document, registry),
        _ids(document),
        _edges(document, registry),
        _steps(document, registry, catalog, check_template),
        _exit_conditions(document, catalog),
    )
    found = _once(faults)
    faulty = {each.node for each in found}
    doubts = chain(
        _warnings(document, registry, catalog, faulty), event_warnings(document, registry, catalog, sent, faulty)
    )
    return found + _once(doubts)


def _once(found: Iterable[Problem]) -> list[Problem]:
    return list({each[:-1]: each for each in found}.values())


def _ways_in(document: Document, registry: Registry) -> Iterator[Problem]:
    triggers = [node.id for node in document.nodes if isinstance(registry.get(node.type), Trigger)]
    if not triggers:
        yield problems.no_trigger()
        return
    reached = reached_from(document, triggers)
    circling = {step for loop in loops(document) for step in loop}
    for node in document.nodes:
        if node.id not in reached and node.id not in circling:
            yield problems.unreachable_step(node.id)


def _ids(document: Document) -> Iterator[Problem]:
    counted = Counter(node.id for node in document.nodes)
    yield from (problems.duplicate_id(node) for node, count in counted.items() if count > 1)


def _edges(document: Document, registry: Registry) -> Iterator[Problem]:
    types = {node.id: registry.get(node.type) for node in document.nodes}
    ports = {node.id: typed.ports_of(node.config) for node in document.nodes if (typed := types[node.id])}
    for edge in document.edges:
        if edge.source not in types or edge.target not in types:
            owner = next((node for node in (edge.source, edge.target) if node in types), None)
            yield problems.dangling_edge(owner, edge.source, edge.target)
            continue
        known = ports.get(edge.source)
        if known is not None and edge.port not in known:
            yield problems.unknown_port(edge.source, edge.port, ", ".join(known))
        if isinstance(types[edge.target], Trigger):
            yield problems.edge_into_trigger(edge.target)
    leaving = Counter((edge.source, edge.port) for edge in whole_edges(document))
    yield from (problems.port_taken(node, port) for (node, port), count in leaving.items() if count > 1)
    yield from (problems.cycle(loop[0], " → ".join(loop)) for loop in loops(document))


def _steps(
    document: Document, registry: Registry, catalog: Catalog, check_template: TemplateCheck
) -> Iterator[Problem]:
    for node in document.nodes:
        node_type = registry.get(node.type)
        if node_type is None:
            yield problems.unknown_node_type(node.id, node.type)
            continue
        if isinstance(node_type, Walkable) and node_type.repeats and not document.settings.re_entry:
            yield problems.repeats_without_re_entry(node.id)
        for fault in node_type.schema().check(node.config, catalog, check_template):
            yield problems.at_step(node.id, fault)


def _exit_conditions(document: Document, catalog: Catalog) -> Iterator[Problem]:
    conditions: list[tuple[str, Any, Scope]] = [
        (f"settings.exit_conditions[{index}]", written, "contact")
        for index, written in enumerate(document.settings.exit_conditions)
    ]
    conditions += [
        (f"settings.exit_events[{index}].filter", written["filter"], "event")
        for index, written in enumerate(document.settings.exit_events)
        if "filter" in written
    ]
    for index, event in enumerate(document.settings.exit_events):
        if not _EVENT_NAME.fullmatch(event["event"]):
            yield problems.unnamed_exit_event(f"settings.exit_events[{index}].event")
    for path, written, scope in conditions:
        try:
            faults = check(parse(written), catalog, scope=scope)
        except ConditionError as error:
            faults = [not_a_condition(error)]
        for fault in faults:
            field, code, message, remedy = fault.inside(path)
            yield Problem(None, field, code, "error", message, remedy)


def _warnings(document: Document, registry: Registry, catalog: Catalog, faulty: set[str | None]) -> Iterator[Problem]:
    taken = {edge.source for edge in whole_edges(document)}
    for node in document.nodes:
        node_type = registry.get(node.type)
        if node_type is None or node.id in faulty:
            continue
        if node.id not in taken and isinstance(node_type, Trigger):
            yield problems.leads_nowhere(node.id)
        elif node.id not in taken and _parts_contacts(node_type, node.config):
            yield problems.empty_branches(node.id)
        stated = node_type.schema().visible(node.config)
        yield from _contradictions(node.id, node_type, stated, catalog)
        if not document.settings.re_entry and isinstance(node_type, Action) and node_type.accumulates(stated):
            yield problems.re_entry_off()


def _parts_contacts(node_type: Node, config: Config) -> bool:
    """Tell whether a step is there for its branches only; a goal counts who achieved it, whatever follows."""
    pulls = isinstance(node_type, Walkable) and node_type.pulls
    return len(node_type.ports_of(config)) > 1 and not pulls and not isinstance(node_type, Action)


def _contradictions(node: str, node_type: Node, stated: Config, catalog: Catalog) -> Iterator[Problem]:
    for name, field in node_type.schema().form.items():
        for path, written in field.conditions(stated[name]) if name in stated else ():
            if contradicts(parse(written), catalog):
                yield problems.never_holds(node, f"{name}{path}")
