"""Automations that send messages, on a clock that is moved, in batches of any size; storage is kept in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, NamedTuple

from nodes.pressure import Cap, Message, still_counted
from nodes.registry import registry
from nodes.runs import Run
from nodes.world import Contact, Event, World
from tests.support.live import document
from tests.support.steps import CATALOG
from workflows.batch import run_batch
from workflows.document import load
from workflows.items import Happening, Outcome, Residents, Waking
from workflows.plan import Plan, PlanTrigger, Source, compile_plan

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
Wish = tuple[str, str, bool]  # priority, what happens when capped, whether it hears clicks, too


def plan(number: int, caps: Sequence[Cap], wish: Wish = ("normal", "wait", False), **config: Any) -> Plan:
    """An automation that calls a webhook for each order in an opened mail."""
    priority, then, clicks = wish
    hook = ("hook", "call_webhook", {"url": "https://example.com/hook", **config})
    written = document([("opened", "email_opened", {}), hook], [("opened", "next", "hook")])
    if clicks:
        written["nodes"].append({"id": "clicked", "type": "email_clicked", "config": {}})
        written["edges"].append({"from": "clicked", "port": "next", "to": "hook"})
    written["settings"] |= {"run_key": "order", "priority": priority, "when_capped": then}
    return compile_plan(Source(number, number, 0, load(written)), registry(), replace(CATALOG, caps=tuple(caps)))


class Told(NamedTuple):
    """What became of an order in an automation: sent at a time, or left out (None)."""

    contact: int
    automation: int
    order: int
    at: datetime | None


@dataclass
class Playing:
    """Automations on a clock that is moved, in batches of at most `cut` items."""

    plans: Sequence[Plan]
    caps: Sequence[Cap]
    cut: int = 1000
    now: datetime = NOON
    hop_budget: int = 8
    told: list[Told] = field(default_factory=list)
    waiting: list[tuple[Plan, Run]] = field(default_factory=list)
    messages: dict[int, list[Message]] = field(default_factory=dict)
    numbers: Any = field(default_factory=lambda: count(1))

    def listening(self, event: Event) -> Sequence[tuple[Plan, Sequence[PlanTrigger]]]:
        found = ((plan, [each for each in plan.triggers if each.topic in event.topics]) for plan in self.plans)
        return [(plan, triggers) for plan, triggers in found if triggers]

    def live(self, automation: int) -> Plan | None:
        return next((each for each in self.plans if each.automation == automation), None)

    def until(self, moment: datetime) -> None:
        """Let everything happen that falls due until then."""
        while due := [run.wake_at for _, run in self.waiting if run.wake_at and run.wake_at <= moment]:
            self.now = max(self.now, min(due))
            self.work([])
        self.now = moment

    def work(self, events: Sequence[Happening]) -> None:
        """Take what is due, then events, a batch at a time; with a contact comes all that is due of it."""
        rest = list(events)
        while (due := [each for each in self.waiting if each[1].wake_at and each[1].wake_at <= self.now]) or rest:
            taken = sorted(due, key=lambda each: (each[1].wake_at, each[1].enrollment))[: self.cut]
            room = self.cut - len(taken)
            now, rest = rest[:room], rest[room:]
            people = {run.contact.id for _, run in taken} | {each.contact for each in now}
            self.batch([each for each in due if each[1].contact.id in people], now)

    def batch(self, woken: Sequence[tuple[Plan, Run]], events: Sequence[Happening]) -> None:
        people = {run.contact.id for _, run in woken} | {each.contact for each in events}
        contacts = {each: Contact(each, messages=list(self.messages.get(each, ()))) for each in people}
        residents = Residents()
        for of, run in self.waiting:
            run.contact = contacts.get(run.contact.id, run.contact)
            residents.enter(of, run)
        wakings = sorted((Waking(of, run, run.stands_at or "", None) for of, run in woken), key=lambda each: each.turn)
        world = World(contacts, replace(CATALOG, caps=tuple(self.caps)))
        self.store(run_batch(self, [*wakings, *events], residents, world, self.now))

    def store(self, came: Outcome) -> None:
        for emitted in came.deliveries:
            self.tell(emitted.run, self.now)
        for leave in came.leaves:
            self.tell(leave.run, None)
        gone = {each.run for each in came.leaves} | {each.run for each in came.deliveries}
        self.waiting = [each for each in self.waiting if each[1] not in gone]
        known = {run for _, run in self.waiting}
        for run, wait in came.waits.items():
            run.enrollment = run.enrollment or next(self.numbers)
            if wait.until and run not in known:
                self.waiting.append((self.plans[run.automation - 1], run))
        people = {run.contact.id: run.contact for run in came.waits}
        for contact in came.reached:
            self.messages[contact] = still_counted(self.caps, people[contact].messages, self.now)

    def tell(self, run: Run, at: datetime | None) -> None:
        self.told.append(Told(run.contact.id, run.automation, int(run.key), at))


def order(number: int, at: datetime, contact: int = 1, name: str = "email_opened") -> Happening:
    """An order that a contact sends off by opening a mail."""
    return Happening(contact, Event(number, name, at, {"order": number}))
