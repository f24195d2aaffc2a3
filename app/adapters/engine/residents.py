"""Who is inside which automation, was before, or waits to enter."""

from collections import deque
from collections.abc import Collection

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.adapters.bulk import among
from app.adapters.event_text import read_event
from app.models import Enrollment, EnrollmentState, PendingEntry, Visit
from workflows.batch import Pending, Place, Residents


def load_residents(
    session: Session, automations: Collection[int], entered_once: Collection[int], contacts: Collection[int]
) -> Residents:
    """Load the places of `contacts` in `automations`; `entered_once` are those of them without re-entry."""
    if not automations or not contacts:
        return Residents()
    return Residents(
        live=_places(session, Enrollment, automations, contacts, Enrollment.state == EnrollmentState.ACTIVE),
        past=_places(session, Visit, entered_once, contacts) if entered_once else set(),
        pending=_pending(session, automations, contacts),
    )


def _places(
    session: Session,
    table: type[Enrollment | Visit],
    automations: Collection[int],
    contacts: Collection[int],
    *conditions: ColumnElement[bool],
) -> set[Place]:
    where = (among(table.contact_id, contacts), among(table.automation_id, automations), *conditions)
    rows = session.execute(select(table.automation_id, table.contact_id).where(*where)).all()
    return {(automation, contact) for automation, contact in rows}


def _pending(session: Session, automations: Collection[int], contacts: Collection[int]) -> dict[Place, deque[Pending]]:
    rows = session.execute(
        select(PendingEntry.automation_id, PendingEntry.contact_id, PendingEntry.trigger, PendingEntry.event)
        .where(among(PendingEntry.automation_id, automations), among(PendingEntry.contact_id, contacts))
        .order_by(PendingEntry.event_id)
    )
    waiting: dict[Place, deque[Pending]] = {}
    for automation, contact, trigger, event in rows:
        waiting.setdefault((automation, contact), deque()).append(Pending(read_event(event), trigger))
    return waiting
