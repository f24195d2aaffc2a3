"""Asking for contacts to enter. A few become events; a crowd is one row, and is worked through part by part."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

import orjson
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from app import db, permissions
from app.adapters import live
from app.adapters.catalog import load_catalog
from app.adapters.doorbell import ring
from app.adapters.events import NewEvent, type_ids, write_events
from app.errors import Conflict, NotFound
from app.models import PARTITIONS, AutomationState, BulkEntry, BulkEntryPart, Contact, Segment
from app.services import audit
from app.services.automations.drafts import find
from app.services.contacts import Identifier, lookup
from app.services.contacts.finding import ContactQuery, matching
from app.services.incoming import read_properties
from nodes.world import SUBJECTS, Json

CALLED: Final = "automation_called"


@dataclass(frozen=True, slots=True, kw_only=True)
class Crowd:
    """Many contacts at once: those of a segment, those that a condition holds for, those found by words; all together.

    Without any of these it is everybody.
    """

    segment_id: int | None = None
    condition: Json = None
    search: str = ""


class Asked(NamedTuple):
    """What came of it: who is to enter, who was asked for before, who is nobody's contact; the row of a crowd."""

    accepted: int
    duplicates: int
    not_found: int
    bulk_entry: int | None = None


def enter_contacts(
    automation_id: int,
    who: Sequence[Identifier],
    properties: Mapping[str, object] | None = None,
    message_id: str | None = None,
) -> Asked:
    """Let these contacts enter an active automation, whatever its triggers say. A repeated message id does nothing.

    Raises NotFound, Invalid (properties), or Conflict unless the automation is active.
    """
    with db.transaction() as session:
        _demand_active(session, automation_id)
        resolved = lookup.resolve(who)
        found = dict.fromkeys(each for each in resolved if each is not None)
        text = _event_data(automation_id, properties)
        kind, now, key = type_ids(session, [CALLED])[CALLED], datetime.now(UTC), _key(message_id)
        events = [NewEvent(each, kind, now, text, key and f"{key}:{each}") for each in found]
        written = write_events(session, events)
        db.after_commit(lambda: ring(written.parts))
        audit.record("automation.entries_asked", "automation", automation_id, {"count": written.new})
    return Asked(written.new, len(found) - written.new, resolved.count(None))


def enter_crowd(
    automation_id: int,
    crowd: Crowd,
    properties: Mapping[str, object] | None = None,
    message_id: str | None = None,
) -> Asked:
    """Let everybody of the crowd enter an active automation, as many as there are, in the background.

    Whoever belongs to it when their turn comes enters, if they were a contact already when this was asked. Raises as
    `enter_contacts` does.
    """
    key = _key(message_id)
    with db.transaction() as session:
        _demand_active(session, automation_id)
        if key:  # whoever repeats it while the first is under way waits for that one's answer
            session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(key, 0))))
        known = key and session.execute(select(BulkEntry.id).where(BulkEntry.key == key)).first()
        if known:
            return Asked(0, _size(session, known.id), 0, known.id)
        stored = orjson.loads(_event_data(automation_id, properties))
        row = BulkEntry(automation_id=automation_id, key=key, properties=stored, **_described(session, crowd))
        total = open_entry(session, row)
        audit.record("automation.entries_asked", "automation", automation_id, {"count": total, "name": row.name})
        return Asked(total, 0, 0, row.id)


def open_entry(session: Session, row: BulkEntry) -> int:
    """Write a bulk entry with its parts, and wake the workers; returns how many contacts it is about now."""
    actor = permissions.current()
    row.created_by = actor.user_id if actor else None
    row.last_contact_id = session.scalar(select(func.max(Contact.id))) or 0
    session.add(row)
    session.flush()
    part = (Contact.id % PARTITIONS).label("part")
    counts = matching(select(part, func.count()), query_of(row), load_catalog()).group_by(part)
    parts: dict[int, int] = dict(session.execute(counts).all())
    if parts:
        rows = [{"bulk_entry_id": row.id, "part": each, "total": count} for each, count in parts.items()]
        session.execute(insert(BulkEntryPart), rows)
    db.after_commit(lambda: ring(parts))
    live.publish(live.WORKSPACE, "stats", {"automation_id": row.automation_id})
    return sum(parts.values())


def query_of(row: BulkEntry) -> ContactQuery:
    """Return how to find those whom a bulk entry is about."""
    before = row.query.get("before")
    return ContactQuery(**{**row.query, "before": before and datetime.fromisoformat(before)})


def _described(session: Session, crowd: Crowd) -> dict[str, Any]:
    """Return the name and the query of a crowd; the segment counts as it is now."""
    name, conditions = "", [] if crowd.condition is None else [crowd.condition]
    if crowd.segment_id is not None:
        segment = session.get(Segment, crowd.segment_id)
        if segment is None:
            raise NotFound.thing("segment", crowd.segment_id)
        name, conditions = segment.name, [segment.condition, *conditions]
    return {"name": name, "query": {"condition": {"all": conditions}, "search": crowd.search}}


def _demand_active(session: Session, automation_id: int) -> None:
    if find(session, automation_id).state != AutomationState.ACTIVE:
        raise Conflict("Contacts can only be added to an automation that is active.")


def _event_data(automation_id: int, properties: Mapping[str, object] | None) -> bytes:
    """Return the data of the event by which contacts enter; the key that names the automation is ours."""
    given = orjson.loads(read_properties("properties", properties))
    return orjson.dumps({**given, SUBJECTS[CALLED]: automation_id})


def _key(message_id: str | None) -> str | None:
    return message_id and f"{permissions.signed_in().source}:entries:{message_id}"


def _size(session: Session, bulk_entry_id: int) -> int:
    total = select(func.sum(BulkEntryPart.total)).where(BulkEntryPart.bulk_entry_id == bulk_entry_id)
    return int(session.scalar(total) or 0)
