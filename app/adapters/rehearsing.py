"""What a rehearsal is played with: the workspace's names, and contacts as they are, taken once and never written."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.adapters.bulk import among
from app.adapters.catalog import load_catalog
from app.adapters.engine.tickets import Tickets
from app.adapters.engine.world import load_world
from app.adapters.plans import LivePlans, live_plans
from app.models import Event as EventRow
from app.models import EventType, Workspace
from nodes.registry import registry
from nodes.world import Contact, Event, Reads
from workflows.document import Document
from workflows.plan import Plan, Source, compile_plan
from workflows.rehearsal import Stage


def compiled(automation: int, document: Document) -> Plan:
    """Compile a valid document for rehearsing; events count from the first."""
    return compile_plan(Source(automation, 0, 0, document), registry(), load_catalog())


def stage(session: Session, now: datetime, *, guarded: bool) -> Stage:
    """Return what rehearsals are played with, inside this transaction."""
    plans = _plans(session)
    world = load_world(session, (), Reads(), plans, now, Tickets())
    return Stage(world.catalog, plans.hop_budget, world.render, world.load, guarded)


def contacts_as_they_are(session: Session, ids: Collection[int], reads: Reads, now: datetime) -> Mapping[int, Contact]:
    """Load what is read of these contacts, without their counts of events."""
    facts = replace(reads, event_counts=frozenset())
    return load_world(session, ids, facts, _plans(session), now, Tickets()).contacts


def past_events(session: Session, ids: Collection[int], reads: Reads, until: datetime) -> Mapping[int, list[Event]]:
    """Return the events before `until` that questions about the past of these contacts may count."""
    found: defaultdict[int, list[Event]] = defaultdict(list)
    names = {question.event for question in reads.event_counts}
    if not names:
        return found
    rows = session.execute(
        select(EventRow.contact_id, EventRow.id, EventType.name, EventRow.at, EventRow.properties)
        .join(EventType, EventType.id == EventRow.type_id)
        .where(among(EventRow.contact_id, ids), among(EventType.name, names), EventRow.received_at < until)
        .order_by(EventRow.id)
    )
    for contact, number, name, at, properties in rows:
        found[contact].append(Event(number, name, at, properties))
    return found


def _plans(session: Session) -> LivePlans:
    return live_plans(session, session.scalars(select(Workspace.revision)).one())
