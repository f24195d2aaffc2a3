"""Working through a partition: batch after batch, each claimed, walked and stored in one transaction.

A batch is all or nothing, its claim included: kill any process at any instant and the work is done again, once.
"""

import logging
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Final

import orjson
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app import db
from app.adapters import doorbell, live
from app.adapters.engine import claim
from app.adapters.engine.claim import ClaimedEvent, ClaimedRun
from app.adapters.engine.effects import Scene, apply_effects
from app.adapters.engine.messages import Told, write_messages
from app.adapters.engine.residents import load_residents
from app.adapters.engine.store import (
    store_counts,
    store_pending,
    store_refusals,
    store_runs,
    store_timers,
    store_visits,
)
from app.adapters.engine.world import load_world
from app.adapters.events import NewEvent, type_ids, write_events
from app.adapters.plans import LivePlans, live_plans
from app.models import DeadLetter
from nodes.contract import Failure, Run
from nodes.texts import Text
from nodes.world import Contact, Reads, Signal, World
from workflows.batch import Happening, Outcome, Waking, run_batch
from workflows.plan import Plan

BATCH: Final = 2000
# After this long the partition goes to the back of the queue, so that other work gets its turn.
TURN_SECONDS: Final = 2.0

_GONE: Final = Text(
    "This version of the automation cannot run here any more.",
    "Cette version de l’automatisation ne peut plus être exécutée ici.",
    "Эту версию автоматизации здесь больше нельзя выполнить.",
)

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Claimed:
    """The work of one batch, as taken from the database."""

    part: int
    now: datetime
    plans: LivePlans
    runs: Sequence[ClaimedRun]
    events: Sequence[ClaimedEvent]


def drain(part: int) -> None:
    """Work through a partition until it is empty, another process works on it, or the turn is over."""
    # Before looking at the database: a ring that comes later then starts a new job.
    doorbell.answer(part)
    end = time.monotonic() + TURN_SECONDS
    while claim.has_work(part):
        if not _drain_some(part, BATCH):
            return  # whoever holds the partition looks again after letting go of it
        if time.monotonic() > end:
            doorbell.ring([part], force=True)
            return


def _drain_some(part: int, limit: int) -> bool:
    """Work through one batch of at most `limit`; False if another process holds the partition.

    A batch that cannot be worked through is halved until the poisonous item stands alone, and that is set aside.
    """
    try:
        return drain_batch(part, limit)
    except DBAPIError as error:
        if error.connection_invalidated or limit == 1:
            raise
        return _drain_some(part, limit // 2)
    except Exception as error:  # the fault may lie in any node: the others must go on
        if limit > 1:
            return _drain_some(part, limit // 2)
        log.exception("Set aside one item of partition %d", part)
        return _set_aside(part, type(error).__name__)


def drain_batch(part: int, limit: int = BATCH) -> bool:
    """Claim, walk and store up to `limit` items in one transaction; False if another process holds the partition."""
    with db.transaction() as session:
        begun = claim.begin(session, part)
        if not begun.locked:
            return False
        claimed = _claim(session, part, begun, limit)
        if claimed.runs or claimed.events:
            _tell(*work_through(session, claimed))
    return True


def work_through(session: Session, claimed: Claimed) -> tuple[Outcome, Told]:
    """Walk a batch and store all that comes of it, in the caller's transaction and as of `claimed.now`."""
    world, outcome = _walk(session, claimed)
    return outcome, _store(session, claimed, world, outcome)


def _claim(session: Session, part: int, begun: claim.Begun, limit: int) -> Claimed:
    """Take the runs that are due, and events for the rest of the batch."""
    plans = live_plans(session, begun.revision)
    runs = claim.claim_runs(session, part, begun.now, plans.automations(), limit)
    events = claim.claim_events(session, part, plans.events(), limit - len(runs))
    return Claimed(part, begun.now, plans, runs, events)


def _walk(session: Session, claimed: Claimed) -> tuple[World, Outcome]:
    """Load what the batch may know, and let the interpreter decide."""
    plans = claimed.plans
    versions = plans.versions(session, {run.version for run in claimed.runs})
    listening = [plan for name in {each.event.name for each in claimed.events} for plan, _ in plans.listening(name)]
    involved = {plan.version: plan for plan in (*listening, *versions.values())}.values()
    contacts = {run.contact for run in claimed.runs} | {event.contact for event in claimed.events}
    world = load_world(session, contacts, reduce(or_, (plan.reads for plan in involved), Reads()), plans, claimed.now)
    residents = load_residents(session, *_automations(involved), contacts)
    items: list[Happening | Waking] = []
    stranded: list[Failure] = []
    for each in claimed.runs:
        if contact := world.contacts.get(each.contact):
            run = _run(each, contact)
            if plan := versions.get(each.version):
                items.append(Waking(plan, run, each.node, each.port))
            else:
                stranded.append(Failure(run, each.node, _GONE))
    items += [Happening(*each) for each in claimed.events]
    outcome = run_batch(plans, items, residents, world, claimed.now)
    outcome.failures += stranded
    return world, outcome


def _run(claimed: ClaimedRun, contact: Contact) -> Run:
    place = (claimed.enrollment, claimed.node, claimed.arrived_at)
    return Run(claimed.automation, claimed.version, contact, claimed.event, claimed.entered_at, *place)


def _automations(plans: Collection[Plan]) -> tuple[set[int], set[int]]:
    """Return the automations concerned, and which of them a contact enters only once."""
    return {plan.automation for plan in plans}, {plan.automation for plan in plans if not plan.re_entry}


def _store(session: Session, claimed: Claimed, world: World, outcome: Outcome) -> Told:
    """Write everything; returns who is to be told."""
    scene = Scene(session, world, claimed.now)
    store_runs(session, outcome, claimed.now)
    store_visits(session, outcome)
    store_timers(session, outcome, claimed.part)
    store_counts(session, outcome, claimed.part, claimed.now)
    store_refusals(session, outcome, claimed.now)
    store_pending(session, outcome)
    apply_effects(scene, outcome.effects)
    _signal(session, outcome.signals, claimed.now)
    return write_messages(scene, outcome.effects, outcome.deliveries)


def _tell(outcome: Outcome, told: Told) -> None:
    """Tell senders and open browsers once the batch is durable."""
    if told.deliveries:
        db.after_commit(doorbell.ring_sender)
    for user in {user for _, user in told.notifications}:
        live.publish(live.user_channel(user), "notification")
    for automation in _touched(outcome):
        live.publish(live.WORKSPACE, "stats", {"automation_id": automation})


def _touched(outcome: Outcome) -> set[int]:
    ends = (outcome.waits, outcome.leaves, outcome.failures)
    return {each.run.automation for group in ends for each in group}


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


def _set_aside(part: int, reason: str) -> bool:
    """Take one item out of the partition and keep it with the reason."""
    with db.transaction() as session:
        begun = claim.begin(session, part)
        if not begun.locked:
            return False
        claimed = _claim(session, part, begun, 1)
        for run in claimed.runs:
            session.add(DeadLetter(enrollment_id=run.enrollment, port=run.port, contact_id=run.contact, reason=reason))
        for event in claimed.events:
            session.add(DeadLetter(event_id=event.event.id, contact_id=event.contact, reason=reason))
    return True
