"""A batch of what happened, worked through: who may enter which automation, and where everybody goes from there.

Pure like `advance`, which it calls. Several items of one contact in one batch give exactly what one batch each would.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, NamedTuple, Protocol

from nodes.contract import NEXT, Emitted, Failure, Leave, PathStep, Run, Wait
from nodes.world import Event, Signal, World
from workflows.advance import Standing, advance
from workflows.plan import Plan, PlanTrigger

MAX_HOPS: Final = 8

ALREADY_INSIDE: Final = "already_inside"
ENTERED_BEFORE: Final = "entered_before"
NO_LONGER_MATCHES: Final = "no_longer_matches"
TOO_MANY_HOPS: Final = "too_many_hops"


class Happening(NamedTuple):
    """An event of a contact, and when it reached us (aware)."""

    contact: int
    event: Event
    received_at: datetime


class Waking(NamedTuple):
    """A run that goes on: it stands at `node` and leaves by `port`, or is worked on again there (no port)."""

    plan: Plan
    run: Run
    node: str
    port: str | None

    @property
    def contact(self) -> int:
        """The contact's id."""
        return self.run.contact.id


class Pending(NamedTuple):
    """An event that came while the contact was inside, and the trigger it matched."""

    event: Event
    trigger: str


class Refused(NamedTuple):
    """An event that did not let its contact in, with a stable reason."""

    automation: int
    contact: int
    reason: str
    event: int


class Plans(Protocol):
    """The automations that are live."""

    def listening(self, event: str) -> Sequence[tuple[Plan, Sequence[PlanTrigger]]]:
        """Return the live plans with triggers for this event."""

    def live(self, automation: int) -> Plan | None:
        """Return the version of an automation that contacts enter now, if any."""


Place = tuple[int, int]  # automation, contact


@dataclass(slots=True)
class Residents:
    """Who is inside which automation (`live`), who was before (`past`; where re-entry is off), who is to enter next."""

    live: set[Place] = field(default_factory=set)
    past: set[Place] = field(default_factory=set)
    pending: dict[Place, deque[Pending]] = field(default_factory=dict)


@dataclass(slots=True)
class Outcome:
    """All that a batch came to. Every run of the batch stands in exactly one of `waits`, `leaves` and `failures`."""

    entered: list[Run] = field(default_factory=list)
    visits: list[Place] = field(default_factory=list)
    effects: list[Emitted] = field(default_factory=list)
    signals: list[Signal] = field(default_factory=list)
    deliveries: list[Emitted] = field(default_factory=list)
    waits: list[Wait] = field(default_factory=list)
    leaves: list[Leave] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    moved: Counter[tuple[int, str, str]] = field(default_factory=Counter)  # version, node, port
    refused: list[Refused] = field(default_factory=list)
    put_off: list[tuple[Place, Pending]] = field(default_factory=list)
    taken_up: list[tuple[Place, Pending]] = field(default_factory=list)


def run_batch(
    plans: Plans,
    items: Sequence[Happening | Waking],
    residents: Residents,
    world: World,
    now: datetime,
) -> Outcome:
    """Work through `items`, in their order for each contact. Items of contacts that the world lacks are left out."""
    outcome = Outcome()
    for wave in _waves(item for item in items if item.contact in world.contacts):
        for plan, arrivals, wakings in _by_plan(plans, wave):
            work = _Work(plan, plans, residents, world, now, outcome)
            work.go([*(Standing(each.run, each.node, each.port) for each in wakings), *work.admit_all(arrivals)])
    return outcome


def _waves(items: Iterable[Happening | Waking]) -> Iterator[list[Happening | Waking]]:
    """Cut the items into waves, each with at most one item a contact: the k-th wave holds everybody's k-th item."""
    seen: Counter[int] = Counter()
    waves: list[list[Happening | Waking]] = []
    for item in items:
        index = seen[item.contact]
        seen[item.contact] = index + 1
        if index == len(waves):
            waves.append([])
        waves[index].append(item)
    yield from waves


Arrival = tuple[Sequence[PlanTrigger], Happening]


def _by_plan(plans: Plans, wave: Iterable[Happening | Waking]) -> Iterator[tuple[Plan, list[Arrival], list[Waking]]]:
    """Sort a wave by the plan concerned, in the order of automation and version."""
    arrivals: defaultdict[Plan, list[Arrival]] = defaultdict(list)
    wakings: defaultdict[Plan, list[Waking]] = defaultdict(list)
    for item in wave:
        if isinstance(item, Waking):
            wakings[item.plan].append(item)
        else:
            for plan, triggers in plans.listening(item.event.name):
                arrivals[plan].append((triggers, item))
    for plan in sorted({*arrivals, *wakings}, key=lambda each: (each.automation, each.version)):
        yield plan, arrivals.get(plan, []), wakings.get(plan, [])


@dataclass(slots=True)
class _Work:
    """One plan's share of one wave."""

    plan: Plan
    plans: Plans
    residents: Residents
    world: World
    now: datetime
    outcome: Outcome

    def admit_all(self, arrivals: Iterable[Arrival]) -> Iterator[Standing]:
        """Let those in whose event one of the triggers accepts."""
        for triggers, (contact, event, received_at) in arrivals:
            if self.plan.since is not None and received_at < self.plan.since:
                continue
            trigger = next((each for each in triggers if self._accepts(each, event, contact)), None)
            if trigger is not None and (standing := self._admit(trigger, event, contact)):
                yield standing

    def go(self, batch: list[Standing]) -> None:
        """Walk the batch; who leaves makes room for what was put off meanwhile."""
        while batch:
            result = advance(self.plan, batch, self.world, self.now)
            self.outcome.effects += result.effects
            self.outcome.signals += result.signals
            self.outcome.deliveries += result.deliveries
            self.outcome.waits += result.waits
            self.outcome.leaves += result.leaves
            self.outcome.failures += result.failures
            for (node, port), count in result.moved.items():
                self.outcome.moved[self.plan.version, node, port] += count
            ended = [each.run for group in (result.leaves, result.failures) for each in group]
            for run in ended:
                self.residents.live.discard((self.plan.automation, run.contact.id))
            if (live := self.plans.live(self.plan.automation)) is None:
                return
            successor = self if live is self.plan else replace(self, plan=live)
            batch = [standing for run in ended for standing in successor.next_in(run.contact.id)]
            if successor is not self:
                successor.go(batch)
                return

    def _accepts(self, trigger: PlanTrigger, event: Event, contact: int) -> bool:
        return trigger.type.accepts(trigger.config, event, self.world.contacts[contact], self.now)

    def _admit(self, trigger: PlanTrigger, event: Event, contact: int) -> Standing | None:
        """Decide about an event that a trigger accepts: enter now, later, or not at all."""
        place = (self.plan.automation, contact)
        if len(event.causes) > MAX_HOPS:
            self._refuse(place, TOO_MANY_HOPS, event)
        elif place in self.residents.live:
            self._put_off(place, trigger, event)
        elif not self.plan.re_entry and place in self.residents.past:
            self._refuse(place, ENTERED_BEFORE, event)
        else:
            return self._enter(trigger, event, contact)
        return None

    def _enter(self, trigger: PlanTrigger, event: Event, contact: int) -> Standing:
        place = (self.plan.automation, contact)
        self.residents.live.add(place)
        if not self.plan.re_entry:
            self.residents.past.add(place)
            self.outcome.visits.append(place)
        run = Run(self.plan.automation, self.plan.version, self.world.contacts[contact], event, self.now)
        run.path.append(PathStep(trigger.id, NEXT, self.now))
        self.outcome.entered.append(run)
        return Standing(run, trigger.id, NEXT)

    def _put_off(self, place: Place, trigger: PlanTrigger, event: Event) -> None:
        if not self.plan.re_entry:
            self._refuse(place, ALREADY_INSIDE, event)
            return
        pending = Pending(event, trigger.id)
        self.residents.pending.setdefault(place, deque()).append(pending)
        self.outcome.put_off.append((place, pending))

    def _refuse(self, place: Place, reason: str, event: Event) -> None:
        self.outcome.refused.append(Refused(*place, reason, event.id))

    def next_in(self, contact: int) -> Iterator[Standing]:
        """Let the oldest put-off event of a contact that just left enter, if it still may."""
        place = (self.plan.automation, contact)
        waiting = self.residents.pending.get(place)
        while waiting and place not in self.residents.live:
            pending = waiting.popleft()
            self.outcome.taken_up.append((place, pending))
            trigger = next((each for each in self.plan.triggers if each.id == pending.trigger), None)
            if trigger is None or not self._accepts(trigger, pending.event, contact):
                self._refuse(place, NO_LONGER_MATCHES, pending.event)
            elif standing := self._admit(trigger, pending.event, contact):
                yield standing
