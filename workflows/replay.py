"""The past once more: real events through a plan, and what came of it in figures that can be laid beside others."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, NamedTuple, TypeAlias

from nodes.effects import AssignOwner, CallWebhook, CreateTask, Effect, Notify
from nodes.world import ATTRIBUTE_CHANGED, Contact, Event, Json
from workflows.items import KeyedPlace
from workflows.plan import Plan
from workflows.rehearsal import Account, Rehearsal, Stage
from workflows.scenarios import typed

_TOGETHER: Final = timedelta(minutes=1)
_MOST_TOGETHER: Final = 500
_KINDS: Final[Mapping[type[Effect], str]] = {
    AssignOwner: "assignments",
    Notify: "alerts",
    CreateTask: "tasks",
    CallWebhook: "calls",
}
Passes: TypeAlias = Mapping[tuple[str, str], Sequence[int]]


class Happened(NamedTuple):
    """An event of the log: when it was taken in, and the automations that led to it."""

    contact: int
    at: datetime
    name: str
    properties: Mapping[str, Json]
    causes: tuple[int, ...]


@dataclass(slots=True)
class Figures:
    """What came of a replay, or of life: for each figure, the contact of each time it was counted.

    `ways` are counted by step and port.
    """

    counted: dict[str, list[int]] = field(default_factory=dict)
    ways: dict[tuple[str, str], list[int]] = field(default_factory=dict)

    def pressure(self) -> Counter[int]:
        """Return how many contacts got how many messages."""
        return Counter(Counter(self.counted.get("messages", ())).values())

    def paths(self) -> dict[int, Counter[tuple[str, str]]]:
        """Return the ways that each contact took, and how often."""
        found: defaultdict[int, Counter[tuple[str, str]]] = defaultdict(Counter)
        for way, contacts in self.ways.items():
            for contact in contacts:
                found[contact][way] += 1
        return found


@dataclass(frozen=True, slots=True)
class Window:
    """The time that is played again; who was inside or before (`visited`) and what happened before (`past`)."""

    since: datetime
    until: datetime
    visited: frozenset[KeyedPlace] = frozenset()
    past: Mapping[int, Sequence[Event]] = field(default_factory=dict)


def play(
    plan: Plan,
    stage: Stage,
    contacts: Mapping[int, Contact],
    events: Iterable[Happened],
    window: Window,
    report: Callable[[int], None],
) -> Account:
    """Let the events of a window happen to contacts, which are changed. `report` is told how many have, now and then.

    Events of different contacts within a minute happen at once, when the last of them did: so do they in life, where
    the engine takes what has come as one batch. What this automation itself did in life is left out: in the replay it
    does as its plan says.
    """
    rehearsal = Rehearsal(plan, stage, contacts, window.since, window.past)
    rehearsal.residents.visited |= window.visited
    for together in _together(events):
        rehearsal.pass_until(together[-1].at)
        outside = [each for each in together if each.contact in contacts and plan.automation not in each.causes]
        for each in outside:
            if each.name == ATTRIBUTE_CHANGED:
                _change(contacts[each.contact], each.properties, stage)
        rehearsal.happen_at_once((each.contact, each.name, each.properties, each.causes) for each in outside)
        report(len(together))
    rehearsal.pass_until(window.until)
    return rehearsal.account


def _together(events: Iterable[Happened]) -> Iterator[list[Happened]]:
    """Cut the events, in their order, into batches of a minute at most in which each contact comes once."""
    batch: list[Happened] = []
    met: set[int] = set()
    for each in events:
        if batch and (each.contact in met or each.at - batch[0].at > _TOGETHER or len(batch) == _MOST_TOGETHER):
            yield batch
            batch, met = [], set()
        batch.append(each)
        met.add(each.contact)
    if batch:
        yield batch


def measure(account: Account) -> Figures:
    """Count what came of a rehearsal."""
    figures = Figures()
    counted, ways = defaultdict[str, list[int]](list), defaultdict[tuple[str, str], list[int]](list)
    for run in account.entered:
        counted["entered"].append(run.contact.id)
        for step in run.path:
            ways[step.node, step.port].append(run.contact.id)
    counted["people"] = sorted(set(counted["entered"]))
    counted["refused"] = [each.refused.contact for each in account.turned]
    counted["inside"] = [run.contact.id for run in account.waits]
    for run, end in account.ends.items():
        counted["failed" if end.reason else "left"].append(run.contact.id)
    for deed in account.deeds:
        if deed.channel:
            counted["messages"].append(deed.run.contact.id)
        if kind := _KINDS.get(type(deed.effect)):
            counted[kind].append(deed.run.contact.id)
    figures.counted, figures.ways = dict(counted), dict(ways)
    return figures


def taken_back(
    contacts: Mapping[int, Contact], stage: Stage, changes: Iterable[Happened], plan: Plan | None, passes: Passes
) -> None:
    """Take contacts back to how they were before the window, as far as that is known.

    Recorded changes of attributes, the oldest first, tell the value before the first of them. Of others, what steps of
    the live `plan` added is subtracted again; `passes` are the contacts that went through each of its ways meanwhile.
    """
    known: set[tuple[int, str]] = set()
    for change in changes:
        name, contact = str(change.properties.get("attribute")), contacts.get(change.contact)
        if contact is not None and name in stage.catalog.attributes and (change.contact, name) not in known:
            known.add((change.contact, name))
            contact.attributes[name] = typed(change.properties.get("old"), stage.catalog.attributes[name].kind)
    added = _added(plan) if plan else {}
    for (node, _), passed in passes.items():
        for attribute, amount in added.get(node, {}).items():
            for number, times in Counter(passed).items():
                contact = contacts.get(number)
                value = contact.attributes.get(attribute) if contact else None
                if contact and isinstance(value, float) and (number, attribute) not in known:
                    contact.attributes[attribute] = value - amount * times


def _change(contact: Contact, properties: Mapping[str, Json], stage: Stage) -> None:
    """Let an attribute change as it did in life: numbers by as much, others to the same."""
    attribute = stage.catalog.attributes.get(str(properties.get("attribute")))
    if attribute is None:
        return
    before, after = (typed(properties.get(name), attribute.kind) for name in ("old", "new"))
    value = contact.attributes.get(attribute.name)
    if isinstance(value, float) and isinstance(before, float) and isinstance(after, float):
        contact.attributes[attribute.name] = value + after - before
    else:
        contact.attributes[attribute.name] = after


def _added(plan: Plan) -> Mapping[str, Mapping[str, float]]:
    """Return what each step adds to which attribute."""
    found: dict[str, dict[str, float]] = {}
    for step in plan.steps:
        for write in step.type.writes(step.config):
            if write.thing.kind == "attribute" and write.how == "change" and isinstance(write.value, int | float):
                found.setdefault(step.id, {})[write.thing.key] = write.value
    return found
