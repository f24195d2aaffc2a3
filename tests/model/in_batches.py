"""The same scenario through `run_batch`, however the work is cut, with storage kept in memory."""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from nodes import effects
from nodes.catalog import Catalog
from nodes.contract import Emitted, PathStep, Run
from nodes.pressure import read_caps, still_counted
from nodes.registry import registry
from nodes.world import Contact, Event, EventCount, World
from tests.model.live import Live
from tests.model.looking import Clock
from tests.model.reading import as_contact, described, fits, read
from tests.model.scenario import (
    START,
    Change,
    Enter,
    Interruption,
    Logged,
    Memory,
    Outcome,
    Pass,
    Scenario,
    Send,
    Switch,
    Tally,
    changed,
    label,
)
from workflows import document
from workflows.batch import run_batch
from workflows.items import Happening, KeyedPlace, Pending, Place, Residents, Waking
from workflows.items import Outcome as Came
from workflows.plan import Source, compile_plan

KEEPERS = {"owner", "admin"}


@dataclass
class Stored:
    """A run as a table would keep it; `run` is it as of its last batch."""

    run: Run
    state: str = "active"
    node: str = ""
    port: str | None = None
    due_at: datetime | None = None
    path: list[PathStep] = field(default_factory=list)

    @property
    def place(self) -> Place:
        return (self.run.automation, self.run.contact.id)


class InBatches:
    """`cut(waiting)` says how many of the waiting items the next batch takes; `mix` orders what is sent meanwhile."""

    def __init__(
        self,
        scenario: Scenario,
        catalog: Catalog,
        render: Callable[[str, Contact, Event], str],
        cut: Callable[[int], int],
        mix: Callable[[list[Send]], list[Send]],
    ) -> None:
        self.catalog = catalog = replace(catalog, caps=read_caps(scenario.caps))
        self.render, self.cut, self.mix, self.now = render, cut, mix, START
        sources = {
            number: Source(number, number, 0, document.load(each))
            for number, each in enumerate(scenario.automations, 1)
        }
        self.plans = Live({number: compile_plan(each, registry(), catalog) for number, each in sources.items()})
        self.people = {each.number: as_contact(each, catalog) for each in scenario.people}
        self.log: list[Logged] = []
        self.memory = Memory()
        self.inbox: deque[Happening] = deque()
        self.runs: list[Stored] = []
        self.visited: set[KeyedPlace] = set()
        self.pending: dict[Place, list[Pending]] = {}
        self.calls: list[tuple[Run, str]] = []
        self.turns: Counter[str] = Counter()
        self.events = self.crowds = 0
        read_ones = [read(number, each, catalog) for number, each in enumerate(scenario.automations, 1)]
        self.clock = Clock(read_ones, self.people, self.fits)
        self.outcome = Outcome()

    def play(self, scenario: Scenario) -> Outcome:
        """Let everything happen, and tell what came of it."""
        for number in self.people:
            self.queue(number, "contact_created", {})
        self.look()
        for sent, interruption in scenario.rounds():
            for each in self.mix(sent):
                self.receive(each)
            self.work()
            while calls := [each for each in self.calls if each[0].automation not in self.plans.paused]:
                self.answer(calls)
                self.work()
            if interruption is not None:
                self.interrupt(interruption)
                self.look()
                self.work()
        return self.told()

    def answer(self, calls: Iterable[tuple[Run, str]]) -> None:
        """Each call is answered; who has moved on meanwhile does not mind."""
        for run, node in calls:
            self.calls.remove((run, node))
            stored = self.runs[(run.enrollment or 0) - 1]
            if (stored.state, stored.node, stored.due_at) == ("active", node, None):
                stored.port, stored.due_at = "next", self.now
                stored.run.wake_at = self.now

    def interrupt(self, interruption: Interruption) -> None:
        match interruption:
            case Pass(span):
                self.now += span
            case Switch(number) if number in self.plans.paused:
                self.plans.paused.remove(number)
                self.plans.plans[number] = replace(self.plans.plans[number], first_event=self.events + 1)
            case Switch(number):
                self.plans.paused.add(number)
            case Change(who):
                for name, properties in changed(self.people[who], interruption):
                    self.queue(who, name, properties)
            case Enter(number) if number not in self.plans.paused:
                self.let_in(interruption)

    def receive(self, sent: Send) -> None:
        if self.memory.is_new(sent.message, self.now):
            self.log.append(Logged(sent.who, sent.name, self.now, sent.properties))
            self.queue(sent.who, sent.name, sent.properties)

    def queue(self, who: int, name: str, properties: Any, causes: tuple[int, ...] = ()) -> None:
        self.events += 1
        self.inbox.append(Happening(who, Event(self.events, name, self.now, properties, causes)))

    def let_in(self, entry: Enter) -> None:
        """One event, below zero, stands for everybody."""
        self.crowds += 1
        properties = {**entry.properties, "automation": entry.automation}
        event = Event(-self.crowds, "automation_called", self.now, properties)
        self.inbox += [Happening(who, event) for who in self.people if self.fits(who, entry.condition)]

    def fits(self, who: int, condition: Mapping[str, Any]) -> bool:
        self.people[who].event_counts = Tally(self.log, who, self.now)
        return fits(self.people[who], condition, self.catalog, self.now)

    def look(self) -> None:
        """What the clock finds is the reference's: it comes to the interpreter as events like any other."""
        for told in list(self.clock.look(self.now, self.plans.paused)):
            self.queue(*told)

    def work(self) -> None:
        """Batch after batch, as the engine claims them: who is due first, then events, the oldest of each first."""
        while waiting := len(due := self.due()) + len(self.inbox):
            size = self.cut(waiting)
            woken = due[:size]
            events = [self.inbox.popleft() for _ in range(min(size - len(woken), len(self.inbox)))]
            self.batch(woken, events)

    def due(self) -> list[Stored]:
        moving = [each for each in self.runs if each.run.automation not in self.plans.paused]
        found = [each for each in moving if each.due_at is not None and each.due_at <= self.now]
        return sorted(found, key=lambda each: (each.due_at, each.run.enrollment))

    def batch(self, woken: Sequence[Stored], events: Sequence[Happening]) -> None:
        who = {*(each.run.contact.id for each in woken), *(each.contact for each in events)}
        if self.catalog.caps:
            woken = [each for each in self.due() if each in woken or each.run.contact.id in who]
        contacts = {number: self.snapshot(number) for number in who}
        residents = Residents(
            visited=set(self.visited), pending={place: deque(waiting) for place, waiting in self.pending.items()}
        )
        for each in self.runs:
            if each.state == "active" and each.run.contact.id in contacts:
                each.run = replace(each.run, contact=contacts[each.run.contact.id], path=[])
                residents.enter(self.plans.plans[each.run.automation], each.run)
        wakings = [Waking(self.plans.plans[each.run.automation], each.run, each.node, each.port) for each in woken]
        for each in woken:
            each.due_at = None
        items = [*sorted(wakings, key=lambda each: each.turn), *events]
        world = World(contacts, self.catalog, self.plans.heard(), self.render, self.tickets, self.load)
        came = run_batch(self.plans, items, residents, world, self.now)
        self.store(came)
        for number in came.reached:
            self.people[number].messages = still_counted(self.catalog.caps, contacts[number].messages, self.now)

    def snapshot(self, number: int) -> Contact:
        contact = deepcopy(self.people[number])
        tally = Tally(self.log, number, self.now)
        contact.event_counts = {question: tally.get(question) for question in self.questions()}
        return contact

    def questions(self) -> set[EventCount]:
        return {question for plan in self.plans.plans.values() for question in plan.reads.event_counts}

    def tickets(self, rotation: str, count: int) -> Sequence[int]:
        self.turns[rotation] += count
        return range(self.turns[rotation] - count, self.turns[rotation])

    def load(self, users: Sequence[str]) -> dict[str, int]:
        """As the database would tell before the batch is stored."""
        owned = Counter(each.owner for each in self.people.values())
        return {user: owned[user] for user in users}

    def store(self, came: Came) -> None:
        for run, wait in came.waits.items():
            stored = self.stored(run, "active", wait.node)
            stored.port, stored.due_at = wait.port, wait.until
        for leave in came.leaves:
            self.stored(leave.run, "finished", leave.node).due_at = None
        for failure in came.failures:
            self.stored(failure.run, "failed", failure.node).due_at = None
        self.visited.update(came.visits)
        for emitted in came.effects:
            emitted.effect.fold(self.people[emitted.effect.contact])
            self.keep(emitted)
        for emitted in came.deliveries:
            self.keep(emitted)
            self.calls.append((emitted.run, emitted.node))
        self.count(came)
        for place, pending in came.put_off:
            self.pending.setdefault(place, []).append(pending)
        for place, pending in came.taken_up:
            self.pending[place].remove(pending)
        for signal in came.signals:
            self.queue(signal.contact, signal.topic.event, signal.properties, signal.causes)

    def stored(self, run: Run, state: str, node: str) -> Stored:
        if run.enrollment is None:
            run.enrollment = len(self.runs) + 1
            self.runs.append(Stored(run))
        stored = self.runs[run.enrollment - 1]
        stored.state, stored.node = state, node
        stored.path += run.path
        return stored

    def count(self, came: Came) -> None:
        self.outcome.passed += came.moved
        self.outcome.passed += Counter((leave.run.automation, "@end", "finished") for leave in came.leaves)
        self.outcome.passed += Counter((each.run.automation, each.node, "failed") for each in came.failures)
        self.outcome.refused += Counter((each.automation, each.contact, each.reason) for each in came.refused)

    def keep(self, emitted: Emitted) -> None:
        """Write down an effect as the tables would show it."""
        run, node, effect = emitted.run, emitted.node, emitted.effect
        noted = self.outcome.effects
        match effect:
            case effects.AddNote(contact, text):
                noted[contact, "note"].append((run.automation, text))
            case effects.CreateTask(contact, title, note, due, assignee):
                noted[contact, "task"].append((run.automation, title, note, due, assignee))
            case effects.AssignOwner(contact, owner):
                noted[contact, "assigned"].append((run.automation, owner))
                self.outcome.dealt[owner] += 1
            case effects.CallWebhook(contact, method, url, _, body):
                noted[contact, "call"].append((run.automation, node, method, url, body))
            case effects.SendEmail(contact, _, _, subject):
                noted[contact, "email"].append((run.automation, subject))
            case effects.SendSms(contact, words) | effects.SendWebPush(contact, words):
                noted[contact, "sms" if isinstance(effect, effects.SendSms) else "push"].append((run.automation, words))
            case effects.Notify(contact, users, title, body, by_mail):
                keepers = [each.email for each in self.catalog.users.values() if each.active and each.roles & KEEPERS]
                for user in users or keepers:
                    noted[contact, "notification"].append((run.automation, user, title, body))
                    if by_mail:
                        noted[contact, "mail"].append((run.automation, user, title, body))

    def told(self) -> Outcome:
        """Write down where everybody stands in the end."""
        outcome = self.outcome
        outcome.people = {number: described(contact) for number, contact in self.people.items()}
        for each in self.runs:
            outcome.runs[each.place].append(entry(each))
        for place, waiting in self.pending.items():
            if waiting:
                outcome.waiting[place] = [label(each.event.name, each.event.properties) for each in waiting]
        return outcome


def entry(each: Stored) -> object:
    path = tuple((step.node, step.port) for step in each.path)
    cause = label(each.run.event.name, each.run.event.properties)
    return (each.state, each.node, cause, path, each.due_at)
