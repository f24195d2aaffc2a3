"""Events of contacts: recorded one at a time or a thousand, and listed."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from flask import Response, jsonify, request
from sqlalchemy import ColumnElement, Row, func, select

from app import db, permissions
from app.compat.brevo.door import door
from app.compat.brevo.identifiers import KINDS
from app.compat.brevo.refusals import missing, out_of_range
from app.compat.brevo.requests import body, numbers, period, whole, written
from app.models import Event, EventType
from app.permissions import requires
from app.services.incoming import RESERVED, IncomingEvent, Vocabulary, read_batch, read_one
from app.services.intake import record_events

_MOST: Final = 10_000
_USUAL_DAYS: Final = 182
_VOCABULARY: Final = Vocabulary(
    name="event_name",
    contact="identifiers",
    identifiers=KINDS,
    at="event_date",
    properties="event_properties",
    attributes="contact_properties",
    unknown_refused=False,
)


@door.post("/events")
@requires("events.record")
def create_event() -> tuple[str, int]:
    """Record one event."""
    _record([read_one(body().raw, _VOCABULARY)])
    return "", 204


@door.post("/events/batch")
@requires("events.record")
def create_events() -> tuple[Response, int]:
    """Record up to a thousand events, or none of them if one is wrong."""
    sent = body()
    if not sent.has("events"):
        raise missing("events")
    events = read_batch(sent.raw["events"], _VOCABULARY)
    _record(events)
    return jsonify(message="Events queued for processing", count=len(events)), 202


@door.get("/events")
@requires("contacts.view")
def list_events() -> Response:
    """List events, the newest first; those that Cadenza raises itself are left out."""
    limit, offset = whole("limit", 100), whole("offset", 0)
    if not 1 <= limit <= _MOST:
        raise out_of_range("limit", f"limit should be from 1 to {_MOST}")
    if offset < 0:
        raise out_of_range("offset", "offset should not be negative")
    chosen = _chosen()
    columns = (Event.contact_id, EventType.name, Event.at, Event.properties)
    with db.transaction() as session:
        joined = select(*columns).join(EventType, EventType.id == Event.type_id).where(*chosen)
        rows = session.execute(joined.order_by(Event.at.desc(), Event.id.desc()).limit(limit).offset(offset)).all()
        count = session.scalar(select(func.count()).select_from(joined.subquery()))
    return jsonify(events=[_shown(row) for row in rows], count=count)


def _record(events: list[IncomingEvent]) -> None:
    record_events(events, source=f"key{permissions.signed_in().api_key_id}")


def _chosen() -> list[ColumnElement[bool]]:
    start, end = period() or (datetime.now(UTC) - timedelta(days=_USUAL_DAYS), None)
    chosen: list[ColumnElement[bool]] = [Event.at >= start, EventType.name.not_in(RESERVED)]
    if end is not None:
        chosen.append(Event.at <= end)
    if contact_ids := numbers("contact_id"):
        chosen.append(Event.contact_id.in_(contact_ids))
    if names := request.args.getlist("event_name"):
        chosen.append(EventType.name.in_(names))
    if request.args.getlist("object_type"):
        chosen.append(Event.id.is_(None))  # events of objects are not kept
    return chosen


def _shown(row: Row[Any]) -> Mapping[str, object]:
    return {
        "contact_id": row.contact_id,
        "event_name": row.name,
        "event_date": written(row.at),
        "event_properties": row.properties,
        "contact_properties": {},
        "object_type": "",
        "event_filter_id": "",
        "source": "api",
    }
