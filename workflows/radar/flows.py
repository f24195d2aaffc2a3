"""One automation as the radar sees it: what each step reads and changes, and what is known of whoever comes to it."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from nodes.catalog import Catalog
from nodes.channels import Channel
from nodes.conditions import Condition, Leaf, Not, parse
from nodes.conditions.consents import OfConsent
from nodes.conditions.subjects import OfList
from nodes.contract import FILTERS, Node, Trigger, Walkable
from nodes.declared import Kind, Thing, Write
from nodes.watches import SegmentWatch
from nodes.world import SUBJECTS, Json, Topic
from workflows.document import Document
from workflows.graph import order, targets
from workflows.radar.asking import after, atoms, consents, things

TOPICS: Final[Mapping[str, Kind]] = {"attribute_changed": "attribute", "list_added": "list", "consent_given": "consent"}
Segments = Mapping[int, Json]


class Source(NamedTuple):
    """An automation to look at."""

    id: int
    name: str
    document: Document


class Facts(NamedTuple):
    """What holds for everybody who comes to a step.

    `guards` are conditions that hold just then; `days` have passed since the entry at least; `agreed` is what stood for
    consent somewhere on the way.
    """

    guards: frozenset[Condition]
    days: float
    agreed: frozenset[Thing]


@dataclass(frozen=True, slots=True)
class Part:
    """One step: its type, its configuration as far as it counts, and what it declares."""

    id: str
    type: Node
    config: Mapping[str, Any]
    reads: frozenset[Thing]
    writes: tuple[Write, ...]
    channel: Channel | None

    @property
    def asks_consent(self) -> bool:
        """Whether the step itself leaves out who has not agreed."""
        return isinstance(self.type, Walkable) and self.type.asks_consent(self.config)

    @property
    def stays(self) -> bool:
        """Whether contacts may stay here for a while."""
        return isinstance(self.type, Walkable) and self.type.stays


class Flow:
    """An automation without errors, read for one workspace; `segments` are its written conditions by id."""

    def __init__(self, source: Source, registry: Mapping[str, Node], catalog: Catalog, segments: Segments) -> None:
        self.id, self.name, self.document = source.id, source.name, source.document
        self.settings, self.catalog, self.segments = source.document.settings, catalog, segments
        self.parts = {each.id: _part(each.id, registry[each.type], each.config) for each in self.document.nodes}
        self.targets = targets(self.document)
        self.order = order(self.document)
        # Whoever meets an exit condition has left: of those inside, none does.
        self._inside = [Not(parse(written)) for written in self.settings.exit_conditions]
        self._facts: dict[tuple[str, ...], dict[str, Facts]] = {}
        self._agreed: dict[Condition, frozenset[Thing]] = {}
        self.triggers = [each for each in self.order if isinstance(self.parts[each].type, Trigger)]

    def topic(self, trigger: str) -> Topic:
        """Return what a trigger listens to."""
        part = self.parts[trigger]
        if not isinstance(part.type, Trigger):
            raise TypeError(f"“{trigger}” is no trigger.")
        return part.type.topic(part.config)

    def narrowed(self, trigger: str) -> Json:
        """Return what a trigger asks of the events of its topic, beside its filters."""
        part = self.parts[trigger]
        return part.type.narrows(part.config) if isinstance(part.type, Trigger) else None

    def watched(self, trigger: str) -> Condition | None:
        """Return the condition that contacts have to come to fit, where a trigger looks for one."""
        part = self.parts[trigger]
        watch = part.type.watch(part.config) if isinstance(part.type, Trigger) else None
        if not isinstance(watch, SegmentWatch):
            return None
        if watch.segment is None:
            return parse(json.loads(watch.condition))
        return parse(self.segments[watch.segment]) if watch.segment in self.segments else None

    def ways(self, step: str) -> Iterator[tuple[str, str]]:
        """Return the ports of a step that lead on, each with the next step."""
        part = self.parts[step]
        ports = ((port, self.targets.get((step, port))) for port in part.type.ports_of(part.config))
        return ((port, target) for port, target in ports if target is not None)

    def facts(self, starts: Sequence[str]) -> Mapping[str, Facts]:
        """Return what is known at every step that a way leads to from one of `starts`, these included."""
        known = tuple(starts)
        if known not in self._facts:
            self._facts[known] = self._followed(known)
        return self._facts[known]

    def _followed(self, starts: Sequence[str]) -> dict[str, Facts]:
        found = {start: self._known(self._entry(start), 0) for start in starts}
        for step in self.order:
            if step in found:
                for port, target in self.ways(step):
                    left = self._left(found[step], self.parts[step], port)
                    found[target] = _common(found[target], left) if target in found else left
        return found

    def at_once(self, starts: Iterable[str]) -> set[str]:
        """Return the steps that contacts come to from `starts` in the same instant."""
        found: set[str] = set()
        waiting = list(starts)
        while waiting:
            step = waiting.pop()
            if step not in found:
                found.add(step)
                waiting += [] if self.parts[step].stays else [target for _, target in self.ways(step)]
        return found

    def _entry(self, start: str) -> Iterator[Condition]:
        part = self.parts[start]
        if not isinstance(part.type, Trigger):
            return
        yield from (parse(part.config[name]) for name in FILTERS if part.config.get(name))
        if watched := self.watched(start):
            yield watched
        topic = self.topic(start)
        if TOPICS.get(topic.event) == "list" and topic.subject:
            yield Leaf(OfList(int(topic.subject)), "in")
        if TOPICS.get(topic.event) == "consent" and topic.subject:
            yield Leaf(OfConsent(int(topic.subject)), "given")

    def _left(self, facts: Facts, part: Part, port: str) -> Facts:
        """Return what is known of those who leave a step by a port."""
        holds: list[Condition] = [*facts.guards]
        days = facts.days
        if isinstance(part.type, Walkable):
            changed = {write.thing for write in part.writes}
            holds = [guard for guard in holds if not (things(guard) if part.stays else changed & things(guard))]
            holds += [known for write in part.writes if (known := after(write, self.catalog))]
            said = part.type.holds(part.config)
            holds += [said[port]] if port in said else []
            days += part.type.lasts(part.config, port)
        return self._known(holds, days, facts.agreed)

    def _known(self, holds: Iterable[Condition], days: float, agreed: frozenset[Thing] = frozenset()) -> Facts:
        guards = frozenset(atom for each in (*holds, *self._inside) for atom in atoms(each))
        for each in guards - self._agreed.keys():
            self._agreed[each] = frozenset(consents(each, self.catalog))
        return Facts(guards, days, agreed.union(*(self._agreed[each] for each in guards)))


def _part(step: str, node_type: Node, written: Mapping[str, Any]) -> Part:
    schema = node_type.schema()
    config = schema.visible(written)
    asked = [
        parse(condition)
        for name, field in schema.form.items()
        if name in config
        for _, condition in field.conditions(config[name])
    ]
    reads = {thing for condition in asked for thing in things(condition)}
    reads |= {Thing("attribute", name) for name in node_type.reads(config).attributes}
    if not isinstance(node_type, Walkable):
        heard = _heard(node_type.topic(config)) if isinstance(node_type, Trigger) else None
        return Part(step, node_type, config, frozenset(reads | ({heard} if heard else set())), (), None)
    writes = node_type.writes(config)
    reads |= {Thing("event", topic.event) for topic in node_type.hears(config) if topic.event not in SUBJECTS}
    reads -= {write.thing for write in writes}
    return Part(step, node_type, config, frozenset(reads), writes, node_type.channel_of(config))


def _heard(topic: Topic) -> Thing | None:
    if topic.event not in SUBJECTS:
        return Thing("event", topic.event)
    return Thing(TOPICS[topic.event], topic.subject) if topic.event in TOPICS and topic.subject else None


def _common(one: Facts, other: Facts) -> Facts:
    return Facts(one.guards & other.guards, min(one.days, other.days), one.agreed & other.agreed)
