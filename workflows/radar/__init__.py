"""The radar: all automations of a workspace in one graph, and what is wrong with them together. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple, TypeAlias

from nodes.catalog import Catalog
from nodes.conditions import parse
from nodes.contract import Node, Trigger
from nodes.declared import How, Thing
from workflows.radar import alone, loops, together
from workflows.radar.asking import things
from workflows.radar.findings import Finding, Place, of_one
from workflows.radar.flows import Flow, Segments, Source
from workflows.validation import validate

Way: TypeAlias = Literal["reads", "enters", "sends"] | How
# What validation says too, and is worth telling of many automations at once; the rest is the editor's affair.
TOLD_BY_VALIDATION = frozenset({"leads_nowhere", "empty_branches", "never_holds", "re_entry_off"})


class Link(NamedTuple):
    """That a step (None: the settings) reads or changes a thing, or lets contacts in because of it."""

    place: Place
    way: Way
    thing: Thing


class Radar(NamedTuple):
    """What came of a look at all automations; `unread` are those with errors, which cannot be looked at."""

    links: list[Link]
    findings: list[Finding]
    unread: list[int]


def scan(sources: Iterable[Source], registry: Mapping[str, Node], catalog: Catalog, segments: Segments) -> Radar:
    """Look at automations together; `segments` are the written conditions of saved segments by id."""
    flows: dict[int, Flow] = {}
    found: list[Finding] = []
    unread: list[int] = []
    for source in sources:
        problems = validate(source.document, registry, catalog)
        if any(problem.severity == "error" for problem in problems):
            unread.append(source.id)
            continue
        flow = flows[source.id] = Flow(source, registry, catalog, segments)
        inside = (*(each for each in problems if each.code in TOLD_BY_VALIDATION), *alone.look(flow))
        found += [of_one(source.id, problem) for problem in inside]
    between = [
        *loops.find(flows),
        *together.two_writers(flows.values()),
        *together.two_messages(list(flows.values()), catalog.caps),
    ]
    return Radar([link for flow in flows.values() for link in _links(flow)], between + found, unread)


def _links(flow: Flow) -> Iterator[Link]:
    for part in flow.parts.values():
        place = Place(flow.id, part.id)
        way: Way = "enters" if isinstance(part.type, Trigger) else "reads"
        watched = flow.watched(part.id) if part.id in flow.triggers else None
        read = part.reads | (things(watched) if watched else set())
        yield from (Link(place, way, thing) for thing in sorted(read))
        yield from (Link(place, write.how, write.thing) for write in part.writes)
        if part.channel is not None:
            yield Link(place, "sends", Thing("channel", part.channel.key))
    ends = {thing for written in flow.settings.exit_conditions for thing in things(parse(written))}
    ends |= {Thing("event", each["event"]) for each in flow.settings.exit_events}
    yield from (Link(Place(flow.id, None), "reads", thing) for thing in sorted(ends))
