"""The next of a crowd, as a batch of the engine: they enter in the transaction that moves the cursor past them.

No event is logged for each of a million contacts. One event stands for all of them; its number is the bulk entry's,
below zero. So it is nobody's event of the log, and no contact meets it twice: what is drawn by lot for an entry, and
the keys of what is put off, stay the same whenever the batch is done again, and differ from entry to entry.
"""

from collections.abc import Sequence
from typing import Final

import orjson
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app import db
from app.adapters.doorbell import ring
from app.adapters.engine.claim import Begun
from app.adapters.events import NewEvent, type_ids, write_events
from app.adapters.plans import LivePlans, live_plans
from app.errors import Invalid
from app.models import PARTITIONS, Automation, AutomationState, BulkEntry, BulkEntryPart, Contact
from app.services.batches import Claimed
from app.services.contacts.finding import matching
from app.services.entries.asking import CALLED, query_of
from nodes.world import Event
from workflows.items import Happening

_CANNOT_RUN: Final = "This version of the automation cannot run here."


def take(session: Session, begun: Begun, limit: int) -> Claimed:
    """Take up to `limit` contacts of the oldest crowd that is entering an active automation, in the first partition."""
    part = begun.parts[0]
    plans = live_plans(session, begun.revision)
    row = _oldest(session, part)
    claimed = Claimed(begun, plans, (), ())
    if row is None:
        return claimed
    entry, last = row
    try:
        contacts = _next(session, part, entry, last, limit, plans)
    except Invalid as refusal:  # what the query is about is gone meanwhile
        entry.fault, contacts = refusal.message, ()
    moved = update(BulkEntryPart).where(BulkEntryPart.bulk_entry_id == entry.id, BulkEntryPart.part == part)
    cursor = {"finished_at": func.now()} if len(contacts) < limit else {"last_contact_id": contacts[-1]}
    session.execute(moved.values(taken=BulkEntryPart.taken + len(contacts), **cursor))
    event = Event(-entry.id, CALLED, entry.created_at, entry.properties)
    claimed.events = [Happening(contact, event) for contact in contacts]
    return claimed


def queue_alone(session: Session, claimed: Happening) -> None:
    """Give one of a crowd an event of its own: it is worked through, or set aside, like any other."""
    event = claimed.event
    kind = type_ids(session, [event.name])[event.name]
    written = write_events(session, [NewEvent(claimed.contact, kind, event.at, orjson.dumps(event.properties))])
    db.after_commit(lambda: ring(written.parts))


def _oldest(session: Session, part: int) -> tuple[BulkEntry, int] | None:
    row = session.execute(
        select(BulkEntry, BulkEntryPart.last_contact_id)
        .join(BulkEntryPart, BulkEntryPart.bulk_entry_id == BulkEntry.id)
        .join(Automation, Automation.id == BulkEntry.automation_id)
        .where(
            Automation.state == AutomationState.ACTIVE,
            BulkEntryPart.part == part,
            BulkEntryPart.finished_at.is_(None),
        )
        .order_by(BulkEntry.id)
        .limit(1)
    ).first()
    return (row[0], row[1]) if row else None


def _next(session: Session, part: int, entry: BulkEntry, last: int, limit: int, plans: LivePlans) -> Sequence[int]:
    if plans.live(entry.automation_id) is None:
        raise Invalid(_CANNOT_RUN)
    statement = matching(select(Contact.id), query_of(entry), plans.catalog)
    mine = (Contact.id % PARTITIONS == part, Contact.id > last, Contact.id <= entry.last_contact_id)
    return session.scalars(statement.where(*mine).order_by(Contact.id).limit(limit)).all()
