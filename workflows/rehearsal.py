"""An automation rehearsed: the interpreter itself, with another clock, another source of events, and no sink at all.

What its steps would have done is written down in order and goes nowhere. Waits end when the clock is moved on, calls to
webhooks are answered at once, and what steps change raises events as it does in life, for this automation alone.
"""

import heapq
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from types import MappingProxyType
from typing import Final, NamedTuple

from nodes.catalog import Catalog
from nodes.effects import Effect
from nodes.runs import NEXT, Emitted, Run, Wait
from nodes.texts import Text
from nodes.world import Contact, Event, Json, Topic, World
from workflows.batch import run_batch
from workflows.items import Happening, Outcome, Refused, Residents, Waking
from workflows.past import Clock, Past
from workflows.plan import Plan, PlanTrigger

MOST_WAKINGS: Final = 20_000
LIFETIME: Final = timedelta(days=36_525)


class Deed(NamedTuple):
    """What a step would have done."""

    at: datetime
    run: Run
    node: str
    effect: Effect
    channel: str


class Turned(NamedTuple):
    """An event that did not let its contact in, and when."""

    at: datetime
    refused: Refused


class End(NamedTuple):
    """How a run ended: `code` as of `Leave`, or `failed`, with the reason."""

    at: datetime
    node: str
    code: str
    reason: Text | None = None


@dataclass(slots=True)
class Account:
    """All that came of a rehearsal, in the order in which it came: each run that entered either waits or ended."""

    entered: list[Run] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    turned: list[Turned] = field(default_factory=list)
    ends: dict[Run, End] = field(default_factory=dict)
    waits: dict[Run, Wait] = field(default_factory=dict)


class Solo:
    """One automation, as if no other were live."""

    def __init__(self, plan: Plan, hop_budget: int) -> None:
        self.plan = plan
        self.hop_budget = hop_budget
        self._found: dict[tuple[Topic, ...], Sequence[tuple[Plan, Sequence[PlanTrigger]]]] = {}

    def listening(self, event: Event) -> Sequence[tuple[Plan, Sequence[PlanTrigger]]]:
        """Return the plan with its triggers for this event."""
        topics = event.topics
        if topics not in self._found:
            triggers = [each for each in self.plan.triggers if each.topic in topics]
            self._found[topics] = [(self.plan, triggers)] if triggers else []
        return self._found[topics]

    def live(self, automation: int) -> Plan | None:
        """Return the plan, if it is asked for."""
        return self.plan if automation == self.plan.automation else None


@dataclass(frozen=True, slots=True)
class Stage:
    """What a rehearsal is played with; `render` and `load` as of `World`."""

    catalog: Catalog
    hop_budget: int
    render: Callable[[str, Contact, Event], str]
    load: Callable[[Sequence[str]], Mapping[str, int]]
    guarded: bool = False


class Rehearsal:
    """Contacts going through one plan. They are changed in place; each run keeps its whole path.

    `past` are the events, by contact, that came before and count where the plan asks how often something happened.
    """

    def __init__(
        self,
        plan: Plan,
        stage: Stage,
        contacts: Mapping[int, Contact],
        now: datetime,
        past: Mapping[int, Iterable[Event]] = MappingProxyType({}),
    ) -> None:
        self.account = Account()
        self.clock = Clock(now)
        self.residents = Residents()
        self._plan, self._stage, self._contacts = plan, stage, contacts
        self._plans = Solo(plan, stage.hop_budget)
        self._listened = plan.hears | {trigger.topic for trigger in plan.triggers}
        self._timers: list[tuple[datetime, int, int, str, str | None, Run]] = []
        self._numbers, self._turns, self._events = count(1), count(), count(1)
        self._tickets: Counter[str] = Counter()
        self._owned: Counter[str] = Counter()
        self._pasts: dict[int, Past] = {}
        for number, contact in contacts.items() if plan.reads.event_counts else ():
            contact.event_counts = known = self._pasts[number] = Past(self.clock, past.get(number, ()))
            contact.event_times = known.times

    def happen(self, contact: int, name: str, properties: Mapping[str, Json], causes: tuple[int, ...] = ()) -> None:
        """Let an event come to a contact now."""
        self.happen_at_once([(contact, name, properties, causes)])

    def happen_at_once(self, events: Iterable[tuple[int, str, Mapping[str, Json], tuple[int, ...]]]) -> None:
        """Let events `(contact, name, properties, causes)` come now, in this order."""
        items = []
        for contact, name, properties, causes in events:
            event = Event(next(self._events), name, self.clock.now, properties, causes)
            if contact in self._pasts:
                self._pasts[contact].add(event)
            items.append(Happening(contact, event))
        self._work(items)

    def pass_until(self, moment: datetime) -> None:
        """Move the clock on to `moment`; whatever falls due on the way happens at its time."""
        while self._timers and self._timers[0][0] <= moment:
            self._wake()
        self.clock.now = max(self.clock.now, moment)

    def pass_all(self, most: int = MOST_WAKINGS) -> None:
        """Move the clock on until nothing waits for it any more, or so often, or for a lifetime."""
        end = self.clock.now + LIFETIME
        for _ in range(most):
            if not self._timers or self._timers[0][0] > end:
                return
            self._wake()

    def _wake(self) -> None:
        """Let all go on who are due next."""
        due = self._timers[0][0]
        self.clock.now = max(self.clock.now, due)
        wakings = []
        while self._timers and self._timers[0][0] == due:
            _, _, _, node, port, run = heapq.heappop(self._timers)
            if run.wake_at == due:
                wakings.append(Waking(self._plan, run, node, port))
        self._work(wakings)

    def _work(self, items: Sequence[Happening | Waking]) -> None:
        """Work through a batch and all that it gives rise to at once."""
        while items:
            contacts = {each.contact: self._contacts[each.contact] for each in items}
            before = {number: contact.owner for number, contact in contacts.items()}
            world = World(
                contacts, self._stage.catalog, self._listened, self._stage.render, self._take_tickets, self._load
            )
            outcome = run_batch(self._plans, items, self.residents, world, self.clock.now, guarded=self._stage.guarded)
            for number, contact in contacts.items():
                if contact.owner != before[number]:
                    self._owned[contact.owner or ""] += 1
                    self._owned[before[number] or ""] -= 1
            self._note(outcome)
            items = [*self._answered(outcome.deliveries), *self._raised(outcome)]

    def _note(self, outcome: Outcome) -> None:
        account, now = self.account, self.clock.now
        for run in outcome.entered:
            run.enrollment = next(self._numbers)
        account.entered += outcome.entered
        for emitted in (*outcome.effects, *outcome.deliveries):
            account.deeds.append(Deed(now, emitted.run, emitted.node, emitted.effect, emitted.channel))
        account.turned += [Turned(now, refused) for refused in outcome.refused]
        for run, wait in outcome.waits.items():
            account.waits[run] = wait
            if wait.until is not None:
                timer = (wait.until, run.enrollment or 0, next(self._turns), wait.node, wait.port, run)
                heapq.heappush(self._timers, timer)
        for leave in outcome.leaves:
            self._end(leave.run, End(now, leave.node, leave.reason))
        for failure in outcome.failures:
            self._end(failure.run, End(now, failure.node, "failed", failure.reason))

    def _end(self, run: Run, end: End) -> None:
        self.account.waits.pop(run, None)
        self.account.ends[run] = end

    def _answered(self, deliveries: Iterable[Emitted]) -> list[Waking]:
        """Answer what was handed over to the outside: at once, and well."""
        return [Waking(self._plan, each.run, each.node, NEXT) for each in deliveries]

    def _raised(self, outcome: Outcome) -> list[Happening]:
        now = self.clock.now
        return [
            Happening(each.contact, Event(next(self._events), each.topic.event, now, each.properties, each.causes))
            for each in outcome.signals
            if each.contact in self._contacts
        ]

    def _take_tickets(self, rotation: str, wanted: int) -> Sequence[int]:
        self._tickets[rotation] += wanted
        return range(self._tickets[rotation] - wanted, self._tickets[rotation])

    def _load(self, users: Sequence[str]) -> Mapping[str, int]:
        return {user: owned + self._owned[user] for user, owned in self._stage.load(users).items()}
