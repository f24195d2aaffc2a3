"""Who is inside which automation, was before, or waits to enter."""

from collections import deque
from collections.abc import Collection

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.adapters.bulk import among
from app.models import Enrollment, EnrollmentState, EventType, PendingEntry
from app.models import Event as EventRow
from nodes.world import Event
from workflows.batch import Pending, Place, Residents


def load_residents(
    session: Session, automations: Collection[int], entered_once: Collection[int], contacts: Collection[int]
) -> Residents:
    """Load the places of `contacts` in `automations`; `entered_once` are those of them without re-entry."""
    if not automations or not contacts:
        return Residents()
    people = among(Enrollment.contact_id, contacts)
    return Residents(
        live=_places(
            session, people, among(Enrollment.automation_id, automations), Enrollment.state == EnrollmentState.ACTIVE
        ),
        past=_places(session, people, among(Enrollment.automation_id, entered_once)) if entered_once else set(),
        pending=_pending(session, automations, contacts),
    )


def _places(session: Session, *conditions: ColumnElement[bool]) -> set[Place]:
    rows = session.execute(select(Enrollment.automation_id, Enrollment.contact_id).where(*conditions)).all()
    return {(automation, contact) for automation, contact in rows}


def _pending(session: Session, automations: Collection[int], contacts: Collection[int]) -> dict[Place, deque[Pending]]:
    rows = session.execute(
        select(
            PendingEntry.automation_id,
            PendingEntry.contact_id,
            PendingEntry.trigger,
            EventRow.id,
            EventType.name,
            EventRow.at,
            EventRow.properties,
            EventRow.hops,
        )
        .join(EventRow, EventRow.id == PendingEntry.event_id)
        .join(EventType, EventType.id == EventRow.type_id)
        .where(among(PendingEntry.automation_id, automations), among(PendingEntry.contact_id, contacts))
        .order_by(EventRow.id)
    )
    waiting: dict[Place, deque[Pending]] = {}
    for automation, contact, trigger, *event in rows:
        waiting.setdefault((automation, contact), deque()).append(Pending(Event(*event), trigger))
    return waiting
