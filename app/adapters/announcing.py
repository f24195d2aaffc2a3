"""Telling webhooks what happens: in the transaction in which it does, one statement whatever the batch."""

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

import orjson
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app import db
from app.adapters import doorbell
from app.models import Webhook

KIND: Final = "hook"
"""Of deliveries to webhooks, in the outbox."""

RECORDED: Final = "event."
"""What is told of an event in the history of a contact begins so; the event's name follows."""

# A process looks once a second who listens: not at each event, of which there are many.
_KNOWN_FOR_SECONDS: Final = 1.0
_WRITE: Final = text(
    """
    WITH written AS (
        INSERT INTO webhook_delivery (webhook_id, event, contact_id, data)
        SELECT w.id, x.event, x.contact, x.data
        FROM json_to_recordset(CAST(:rows AS json)) AS x (webhook bigint, event text, contact bigint, data jsonb)
        JOIN webhook w ON w.id = x.webhook AND w.enabled
        RETURNING id, contact_id
    )
    INSERT INTO outbox (key, kind, payload, contact_id)
    SELECT 'hook:' || id, 'hook', jsonb_build_object('delivery', id), contact_id FROM written ORDER BY id
    """
)

Listeners = Mapping[str, Sequence[int]]


class News(NamedTuple):
    """Something that happened. `data` is told as it is; the contact and its data are added when it leaves."""

    event: str
    contact: int | None
    data: Mapping[str, Any] = {}


class _Kept:
    """Who listens, in the database of this number."""

    known: tuple[int, Listeners] = (0, {})
    read_at = float("-inf")


def listeners(session: Session) -> Listeners:
    """Return the webhooks that are told of each kind of news, as of a second ago."""
    now = time.monotonic()
    if _Kept.known[0] != db.number() or now - _Kept.read_at > _KNOWN_FOR_SECONDS:
        found: dict[str, list[int]] = {}
        for webhook, events in session.execute(select(Webhook.id, Webhook.events).where(Webhook.enabled)):
            for event in events:
                found.setdefault(event, []).append(webhook)
        _Kept.read_at, _Kept.known = now, (db.number(), found)
    return _Kept.known[1]


def forget() -> None:
    """Look anew who listens when something happens next."""
    _Kept.read_at = float("-inf")


def announce(session: Session, news: Iterable[News]) -> None:
    """Write what is to be told to whom; it leaves once the transaction is durable."""
    wanted = listeners(session)
    if not wanted:
        return
    rows = [
        {"webhook": webhook, "event": each.event, "contact": each.contact, "data": each.data}
        for each in news
        for webhook in wanted.get(each.event, ())
    ]
    if rows:
        session.execute(_WRITE, {"rows": orjson.dumps(rows).decode()})
        db.after_commit(doorbell.ring_sender)
