"""A version of an automation, compiled: what runs."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from functools import reduce
from operator import or_
from typing import Any, Final

from nodes.catalog import Catalog
from nodes.conditions import All, Condition, Judge, compile_condition, parse
from nodes.conditions import reads as condition_reads
from nodes.contract import Configuration, Node, Trigger, Walkable
from nodes.errors import UnknownNodeType
from nodes.hours import Hours
from nodes.pressure import PRIORITIES, Cap
from nodes.quiet import Quiet, read_quiet
from nodes.watches import Members, Watch
from nodes.world import Contact, Event, Reads, Topic
from workflows.document import Document
from workflows.graph import order, reached_from, targets

LONGEST_KEY: Final = 200


CALLED: Final = "@called"


@dataclass(frozen=True, slots=True)
class PlanTrigger:
    """A way in at `step`; `topic` is what it listens to, `config` is prepared. No type: whoever is called enters."""

    id: str
    step: str
    type: Trigger | None
    config: Configuration
    topic: Topic

    def accepts(self, event: Event, contact: Contact, now: datetime) -> bool:
        """Decide whether this event of this contact starts a run."""
        return self.type is None or self.type.accepts(self.config, event, contact, now)


@dataclass(frozen=True, slots=True)
class PlanStep:
    """A step to walk through, with its prepared configuration, and what a contact that waits there hears.

    One that reaches contacts does so by its `channel`, empty if it does not, as far as the `caps` leave room.
    """

    id: str
    type: Walkable
    config: Configuration
    hears: frozenset[Topic]
    channel: str
    caps: tuple[Cap, ...]


@dataclass(frozen=True, slots=True)
class ExitRule:
    """Who meets this leaves: when its event comes, if it names one, else whenever a fact it is about changes."""

    judge: Judge
    event: str | None
    hears: frozenset[Topic]


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """One version, ready to run: its ways in, its steps in topological order, where each port leads, what it reads.

    Events of a smaller number than `first_event` came before it was switched on, and do not count (their time would not
    tell: a clock may be set back); a crowd's, below zero, does. `run_key` is the event property that tells several runs
    of one contact apart. At most `entry_limit` runs begin a day, and only within `hours`; in the `quiet` hours nobody
    is reached from outside. Of several plans that reach a contact, the one with the higher `priority` goes first; where
    caps leave no room, runs wait unless it `skips_when_capped`. `goals` are the steps that pull contacts forward, the
    last first; `beyond`, what follows each.
    """

    automation: int
    version: int
    first_event: int
    re_entry: bool
    run_key: str
    entry_limit: int | None
    hours: Hours | None
    waits_for_hours: bool
    quiet: Quiet | None
    priority: int
    skips_when_capped: bool
    triggers: tuple[PlanTrigger, ...]
    steps: tuple[PlanStep, ...]
    targets: Mapping[tuple[str, str], str]
    reads: Reads
    exits: tuple[ExitRule, ...]
    goals: tuple[PlanStep, ...]
    beyond: Mapping[str, frozenset[str]]
    step: Mapping[str, PlanStep]
    hears: frozenset[Topic]

    def listens(self, topics: Iterable[Topic]) -> bool:
        """Tell whether an event about these topics may move a contact that is inside."""
        return not self.hears.isdisjoint(topics)

    def key_of(self, event: Event) -> str:
        """Return what tells the run that this event starts from others of its contact."""
        return str(event.properties.get(self.run_key, ""))[:LONGEST_KEY] if self.run_key else ""


@dataclass(frozen=True, slots=True)
class Source:
    """What a plan is compiled from: a version's document and what it belongs to."""

    automation: int
    version: int
    first_event: int
    document: Document


def compile_plan(source: Source, registry: Mapping[str, Node], catalog: Catalog) -> Plan:
    """Compile a valid document. Raises `UnknownNodeType` or `ConditionError` for what validation would have refused."""
    triggers: list[PlanTrigger] = []
    steps: list[PlanStep] = []
    reads: list[Reads] = []
    document = source.document
    stored = {node.id: node for node in document.nodes}
    for node_id in order(document):
        node = stored[node_id]
        if node.type not in registry:
            raise UnknownNodeType(node.type)
        node_type = registry[node.type]
        schema = node_type.schema()
        config, stated = schema.prepare(node.config, catalog), schema.visible(node.config)
        reads.append(node_type.reads(stated))
        if isinstance(node_type, Trigger):
            topic = entered_by(source.automation, node_id, node_type, stated)
            triggers.append(PlanTrigger(node_id, node_id, node_type, config, topic))
            if node_type.members(stated) is not None:
                topic = called(source.automation, node_id)
                triggers.append(PlanTrigger(f"@{node_id}", node_id, node_type, config, topic))
        elif isinstance(node_type, Walkable):
            steps.append(_step(node_id, node_type, config, stated, catalog))
    if triggers:
        triggers.append(PlanTrigger(CALLED, triggers[0].step, None, {}, called(source.automation)))
    exits = list(_exits(document))
    goals = tuple(step for step in reversed(steps) if step.type.pulls)
    return Plan(
        automation=source.automation,
        version=source.version,
        first_event=source.first_event,
        re_entry=document.settings.re_entry,
        run_key=document.settings.run_key,
        entry_limit=document.settings.entry_limit,
        hours=_hours(document.settings.entry_hours),
        waits_for_hours=(document.settings.entry_hours or {}).get("outside") != "refuse",
        quiet=read_quiet(document.settings.quiet_hours) if document.settings.quiet_hours else catalog.quiet,
        priority=PRIORITIES[document.settings.priority],
        skips_when_capped=document.settings.when_capped == "skip",
        triggers=tuple(triggers),
        steps=tuple(steps),
        targets=targets(document),
        reads=reduce(
            or_,
            [*reads, *(condition_reads(condition) for condition, _ in exits)],
            Reads(messages=any(step.caps for step in steps)),
        ),
        exits=tuple(
            ExitRule(compile_condition(condition, catalog), event, _heard(condition, event))
            for condition, event in exits
        ),
        goals=goals,
        beyond={goal.id: frozenset(reached_from(document, [goal.id])) for goal in goals},
        step={step.id: step for step in steps},
        hears=heard(document, registry) | {Topic("automation_dismissed", str(source.automation))},
    )


def _step(
    node_id: str, node_type: Walkable, config: Configuration, stated: Configuration, catalog: Catalog
) -> PlanStep:
    channel = node_type.channel_of(stated)
    key = channel.key if channel else ""
    caps = tuple(cap for cap in catalog.caps if channel and cap.counts(key))
    return PlanStep(node_id, node_type, config, node_type.hears(stated), key, caps)


def _hours(written: Mapping[str, Any] | None) -> Hours | None:
    if written is None:
        return None
    return Hours(frozenset(written["days"]), time.fromisoformat(written["from"]), time.fromisoformat(written["to"]))


def called(automation: int, step: str | None = None) -> Topic:
    """Return what lets contacts in whatever they did; at a `step` with members, if that trigger's filters hold."""
    return Topic("automation_called", str(automation) if step is None else place(automation, step))


def place(automation: int, step: str) -> str:
    """Return what names a step among those of all automations."""
    return f"{automation}/{step}"


def entered_by(automation: int, step: str, trigger: Trigger, config: Configuration) -> Topic:
    """Return what a trigger listens to at its place. `config` as stored, valid."""
    topic = trigger.topic(config)
    return Topic(topic.event, place(automation, step)) if trigger.addressed else topic


def topics(automation: int, document: Document, registry: Mapping[str, Node]) -> frozenset[Topic]:
    """Return what lets contacts in, without compiling the document."""
    found = {called(automation)}
    for step, trigger, config in _triggers(document, registry):
        found.add(entered_by(automation, step, trigger, config))
        if trigger.members(config) is not None:
            found.add(called(automation, step))
    return frozenset(found)


def watches(document: Document, registry: Mapping[str, Node]) -> frozenset[Watch]:
    """Return what the clock is to look for."""
    wanted = (trigger.watch(config) for _, trigger, config in _triggers(document, registry))
    return frozenset(watch for watch in wanted if watch is not None)


def members(document: Document, registry: Mapping[str, Node]) -> Mapping[str, Members]:
    """Return the triggers that know to whom it happened already, by step, with where these are found."""
    told = ((step, trigger.members(config)) for step, trigger, config in _triggers(document, registry))
    return {step: known for step, known in told if known is not None}


def _triggers(document: Document, registry: Mapping[str, Node]) -> Iterator[tuple[str, Trigger, Configuration]]:
    for node in document.nodes:
        if isinstance(trigger := registry.get(node.type), Trigger):
            yield node.id, trigger, trigger.schema().visible(node.config)


def heard(document: Document, registry: Mapping[str, Node]) -> frozenset[Topic]:
    """Return what may move contacts that are inside, without compiling the document."""
    steps = (each.hears(config) for each, config in _stated(document, registry) if isinstance(each, Walkable))
    exits = (_heard(condition, event) for condition, event in _exits(document))
    return frozenset().union(*steps, *exits)


def _stated(document: Document, registry: Mapping[str, Node]) -> Iterator[tuple[Node, Configuration]]:
    for node in document.nodes:
        if node_type := registry.get(node.type):
            yield node_type, node_type.schema().visible(node.config)


def _exits(document: Document) -> Iterator[tuple[Condition, str | None]]:
    """Return each exit's condition, and the event at which it is judged, if it names one."""
    for written in document.settings.exit_conditions:
        if (condition := parse(written)) != All():  # nothing said yet
            yield condition, None
    for written in document.settings.exit_events:
        if written["event"]:
            yield parse(written["filter"]) if "filter" in written else All(), written["event"]


def _heard(condition: Condition, event: str | None) -> frozenset[Topic]:
    return frozenset({Topic(event)}) if event else condition_reads(condition).topics()
