"""One batch: what it may know is loaded, the interpreter decides, and all that comes of it is stored."""

import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Final

import orjson
from sqlalchemy.orm import Session

from app import db
from app.adapters import doorbell, live, pulse
from app.adapters.engine import news
from app.adapters.engine.claim import Begun, ClaimedRun
from app.adapters.engine.effects import OutdatedSnapshot, Scene, apply_effects
from app.adapters.engine.loops import warn_of_loops
from app.adapters.engine.messages import Told, write_messages
from app.adapters.engine.moments import fill_moments
from app.adapters.engine.pressure import store_messages
from app.adapters.engine.residents import Resident, load_inside, load_residents
from app.adapters.engine.store import (
    store_counts,
    store_entered,
    store_pending,
    store_refusals,
    store_runs,
    store_timers,
    store_visits,
)
from app.adapters.engine.tickets import Tickets
from app.adapters.engine.world import load_world
from app.adapters.events import NewEvent, type_ids, write_events
from app.adapters.merging import aliases
from app.adapters.plans import LivePlans
from nodes.runs import Run
from nodes.texts import Text
from nodes.world import Reads, Signal, World
from workflows.batch import Item, run_batch
from workflows.items import Happening, Outcome, Waking
from workflows.plan import Plan

_WARY_SECONDS: Final = 5.0
_GONE: Final = Text(
    "This version of the automation cannot run here any more.",
    "Cette version de l’automatisation ne peut plus être exécutée ici.",
    "Эту версию автоматизации здесь больше нельзя выполнить.",
)


@dataclass(slots=True)
class Claimed:
    """The work of one batch, as taken from the database; `unheard` counts the events that nobody listens to."""

    begun: Begun
    plans: LivePlans
    runs: Sequence[ClaimedRun]
    events: Sequence[Happening]
    unheard: int = 0

    @property
    def now(self) -> datetime:
        """The time of the batch, which is the transaction's."""
        return self.begun.now

    @property
    def part(self) -> int:
        """One of its partitions: whatever is kept under this number, no other batch writes meanwhile."""
        return self.begun.parts[0]

    @property
    def contacts(self) -> set[int]:
        """Everybody whom the batch is about."""
        return {run.contact for run in self.runs} | {event.contact for event in self.events}

    @property
    def automations(self) -> set[int]:
        """Every automation in which the batch may move somebody."""
        kinds = {each.event.topics: each.event for each in self.events}.values()
        entered = {plan.automation for event in kinds for plan, _ in self.plans.listening(event)}
        return entered.union({run.automation for run in self.runs}, *(self.plans.hearing(event) for event in kinds))


def work_through(session: Session, claimed: Claimed, *, guarded: bool = False) -> tuple[Outcome, Told]:
    """Walk a batch and store all that comes of it, in the caller's transaction and as of `claimed.now`.

    Contacts are not locked at first, but one that somebody else changed meanwhile is noticed: then nothing was stored,
    and the batch is walked again with locks. Where that happened a moment ago it is likely to happen again.
    """
    tickets = Tickets()
    if not _Collisions.are_likely():
        try:
            world, outcome = _walk(session, claimed, tickets, guarded=guarded, lock=False)
            with session.begin_nested():
                return outcome, _store(session, claimed, world, outcome)
        except OutdatedSnapshot:
            _Collisions.note()
            tickets.again()
    world, outcome = _walk(session, claimed, tickets, guarded=guarded, lock=True)
    return outcome, _store(session, claimed, world, outcome)


def _redirect(session: Session, claimed: Claimed, gone: Collection[int]) -> None:
    """Hand on what came for contacts while they became part of others; for erased ones there is nothing to do."""
    strayed = {each.event.id: each.contact for each in claimed.events if each.contact in gone and each.event.id > 0}
    if strayed:
        parts = aliases.redirect(session, strayed)
        db.after_commit(lambda: doorbell.ring(parts))


class _Collisions:
    """When this process last met a contact that somebody else had changed."""

    last = float("-inf")

    @classmethod
    def are_likely(cls) -> bool:
        return time.monotonic() - cls.last < _WARY_SECONDS

    @classmethod
    def note(cls) -> None:
        cls.last = time.monotonic()
        pulse.count(redone=1)


def _walk(session: Session, claimed: Claimed, tickets: Tickets, *, guarded: bool, lock: bool) -> tuple[World, Outcome]:
    """Load what the batch may know, and let the interpreter decide.

    Whoever leaves may be followed by an event that was put off, so the facts that live plans read are needed too.
    """
    plans, contacts, automations = claimed.plans, claimed.contacts, claimed.automations
    inside = load_inside(session, automations, contacts)
    versions = plans.versions(session, {each.version for each in inside})
    live_ones = [plan for each in automations if (plan := plans.live(each))]
    involved = {plan.version: plan for plan in (*live_ones, *versions.values())}.values()
    reads = reduce(or_, (plan.reads for plan in involved), Reads())
    world = load_world(session, contacts, reads, plans, claimed.now, tickets, lock=lock)
    fill_moments(session, world.contacts, reads, claimed.events)
    if gone := contacts - world.contacts.keys():
        _redirect(session, claimed, gone)
    runs = {each.enrollment: found for each in inside if (found := _run(each, versions, plans, world))}
    residents = load_residents(session, runs.values(), live_ones, contacts)
    wakings = sorted(_wakings(claimed.runs, runs, versions), key=lambda waking: waking.turn)
    items: list[Item] = [*wakings, *claimed.events]
    return world, run_batch(plans, items, residents, world, claimed.now, guarded=guarded)


def _run(resident: Resident, versions: Mapping[int, Plan], plans: LivePlans, world: World) -> tuple[Plan, Run] | None:
    """Return the run and its plan; where its version cannot run any more, the live one stands in to let it fail."""
    contact = world.contacts.get(resident.contact)
    plan = versions.get(resident.version) or plans.live(resident.automation)
    return (plan, resident.run(contact)) if contact and plan else None


def _wakings(
    claimed: Sequence[ClaimedRun], runs: Mapping[int, tuple[Plan, Run]], versions: Collection[int]
) -> Iterator[Waking]:
    for each in claimed:
        if each.enrollment in runs:
            plan, run = runs[each.enrollment]
            reason = each.reason if each.version in versions else _GONE
            yield Waking(plan, run, each.node, each.port, reason)


def _store(session: Session, claimed: Claimed, world: World, outcome: Outcome) -> Told:
    """Write everything; returns who is to be told."""
    scene = Scene(session, world, claimed.now)
    store_runs(session, outcome, claimed.now)
    store_visits(session, outcome)
    store_timers(session, outcome)
    store_counts(session, outcome, claimed.part, claimed.now)
    store_entered(session, outcome)
    store_refusals(session, outcome, claimed.now)
    store_pending(session, outcome)
    store_messages(session, world.catalog.caps, outcome.reached, world.contacts, claimed.now)
    apply_effects(scene, outcome.effects)
    _signal(session, outcome.signals, claimed.now)
    news.announce(scene, outcome)
    told = write_messages(scene, outcome.effects, outcome.deliveries)
    return told._replace(notifications=[*told.notifications, *warn_of_loops(scene, outcome.refused)])


def tell(outcome: Outcome, told: Told) -> None:
    """Tell senders and open browsers once the batch is durable."""
    if told.deliveries:
        db.after_commit(doorbell.ring_sender)
    for user in {user for _, user in told.notifications}:
        live.publish(live.user_channel(user), "notification")
    for automation in _touched(outcome):
        live.publish(live.WORKSPACE, "stats", {"automation_id": automation})


def _touched(outcome: Outcome) -> set[int]:
    ends = (*outcome.waits, *(each.run for group in (outcome.leaves, outcome.failures) for each in group))
    return {run.automation for run in ends}


def _signal(session: Session, signals: Sequence[Signal], now: datetime) -> None:
    """Queue the events that this batch's changes give rise to."""
    if signals:
        ids = type_ids(session, {signal.topic.event for signal in signals})
        events = [
            NewEvent(each.contact, ids[each.topic.event], now, orjson.dumps(each.properties), causes=each.causes)
            for each in signals
        ]
        written = write_events(session, events)
        db.after_commit(lambda: doorbell.ring(written.parts))
