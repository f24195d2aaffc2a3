"""Loops: automations that start each other, or themselves, again and again without a rest."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, NamedTuple

import networkx as nx

from nodes.conditions import All, Condition, Leaf, contradicts
from nodes.conditions.subjects import OfEvent
from nodes.contract import Walkable
from nodes.declared import Thing, Write
from workflows.radar import findings
from workflows.radar.asking import after, subjects, things
from workflows.radar.findings import Finding, Place
from workflows.radar.flows import TOPICS, Flow

LONGEST: Final = 6
MOST: Final = 500
_BY_NUMBER: Final = {True: frozenset({"gt", "gte"}), False: frozenset({"lt", "lte"})}


class Entry(NamedTuple):
    """A way into an automation: by one of its triggers, or (None) because another one starts it."""

    automation: int
    trigger: str | None


class Start(NamedTuple):
    """That a step lets contacts enter: what it changes to that end, and what holds for whoever comes to it at once."""

    step: str
    write: Write
    guards: frozenset[Condition]


def find(flows: Mapping[int, Flow]) -> Iterator[Finding]:
    """Return one loop for each set of automations that go round."""
    graph: nx.DiGraph[Entry] = nx.DiGraph()
    for flow in flows.values():
        for entry in (Entry(flow.id, trigger) for trigger in (*flow.triggers, None)):
            for target, start in _starts(flow, entry, flows):
                graph.add_edge(entry, target, start=start)
    told: set[frozenset[int]] = set()
    for circle in islice(nx.simple_cycles(graph, LONGEST), MOST):
        around = frozenset(entry.automation for entry in circle)
        if around not in told and _is_endless(circle, [_start(graph, *way) for way in _round(circle)], flows):
            told.add(around)
            yield _told(circle, [_start(graph, *way) for way in _round(circle)], flows)


def starts(flow: Flow, trigger: str, write: Write) -> bool:
    """Tell whether a change can be what a trigger waits for."""
    if write.how in {"take", "stop"}:
        return False
    watched = flow.watched(trigger)
    if watched is not None:
        return write.thing in things(watched)
    topic = flow.topic(trigger)
    if topic.event not in TOPICS or (TOPICS[topic.event], topic.subject) != write.thing:
        return False
    if write.how != "set" or not isinstance(write.value, str | int | float):
        return True
    arrived = Leaf(OfEvent("new"), "eq", write.value)
    asked = [guard for guard in flow.facts([trigger])[trigger].guards if any(_of_event(guard))]
    return not contradicts(All((arrived, *asked)), flow.catalog)


def _of_event(condition: Condition) -> Iterator[OfEvent]:
    return (each for each in subjects(condition) if isinstance(each, OfEvent))


def _starts(flow: Flow, entry: Entry, flows: Mapping[int, Flow]) -> Iterator[tuple[Entry, Start]]:
    begin = flow.triggers if entry.trigger is None else [entry.trigger]
    facts = flow.facts(begin)
    for step in flow.at_once(begin):
        part = flow.parts[step]
        writes = part.writes
        if isinstance(part.type, Walkable) and part.type.repeats:
            writes = (*writes, Write(Thing("automation", str(flow.id)), "start"))
        for write in writes:
            for target in _entered(write, flows.values()):
                yield target, Start(step, write, facts[step].guards)


def _entered(write: Write, flows: Iterable[Flow]) -> Iterator[Entry]:
    for flow in flows:
        if write == Write(Thing("automation", str(flow.id)), "start"):
            yield Entry(flow.id, None)
        yield from (Entry(flow.id, trigger) for trigger in flow.triggers if starts(flow, trigger, write))


def _round(circle: Sequence[Entry]) -> Iterator[tuple[Entry, Entry]]:
    return zip(circle, (*circle[1:], circle[0]), strict=True)


def _start(graph: "nx.DiGraph[Entry]", source: Entry, target: Entry) -> Start:
    start: Start = graph.edges[source, target]["start"]
    return start


def _is_endless(circle: Sequence[Entry], ways: Sequence[Start], flows: Mapping[int, Flow]) -> bool:
    """Tell whether a contact that went round once finds the way open again."""
    if not all(flows[entry.automation].settings.re_entry for entry in circle):
        return False
    changes = [write for entry in circle for write in _changes(flows[entry.automation], entry)]
    if not all(_happens_again(way.write, changes) for way in ways):
        return False
    catalog = flows[circle[0].automation].catalog
    settled = [
        known
        for write in changes
        if len({(each.how, str(each.value)) for each in changes if each.thing == write.thing}) == 1
        and (known := after(write, catalog))
    ]
    if any(contradicts(All((*settled, *way.guards)), catalog) for way in ways):
        return False
    return all(_stays_open(guard, changes, way.write) for way in ways for guard in way.guards)


def _changes(flow: Flow, entry: Entry) -> Iterator[Write]:
    begin = flow.triggers if entry.trigger is None else [entry.trigger]
    return (write for step in flow.at_once(begin) for write in flow.parts[step].writes)


def _happens_again(write: Write, changes: Sequence[Write]) -> bool:
    """Tell whether a change is one again in the next turn: a contact that is on a list cannot be added to it."""
    if write.how in {"start", "change"}:
        return True
    return any(each.thing == write.thing and (each.how, each.value) != (write.how, write.value) for each in changes)


def _stays_open(guard: Condition, changes: Sequence[Write], way: Write) -> bool:
    """Tell whether a condition goes on holding while a number that it asks for grows, or shrinks, with every turn."""
    about = things(guard) | ({way.thing} if any(_of_event(guard)) else set())
    amounts = [each.value for each in changes if each.how == "change" and each.thing in about]
    if not amounts:
        return True
    growing = {isinstance(each, int | float) and each > 0 for each in amounts}
    return len(growing) == 1 and isinstance(guard, Leaf) and guard.op in _BY_NUMBER[growing.pop()]


def _told(circle: Sequence[Entry], ways: Sequence[Start], flows: Mapping[int, Flow]) -> Finding:
    witness: list[Place] = []
    for entry, way in zip(circle, ways, strict=True):
        if entry.trigger is not None:
            witness.append(Place(entry.automation, entry.trigger))
        witness.append(Place(entry.automation, way.step))
    names = " → ".join(flows[entry.automation].name for entry in (*circle, circle[0]))
    return findings.loop(tuple(witness), names, flows[circle[0].automation].name)
