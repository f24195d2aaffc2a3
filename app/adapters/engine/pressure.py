"""How many messages reached each contact: loading them, keeping them, and waking who waits for room."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final

import orjson
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.adapters.bulk import among
from app.adapters.engine.claim import hold_partitions
from app.models import PARTITIONS, MessageLedger
from nodes.pressure import Cap, Message, still_counted
from nodes.world import Contact

_KEEP: Final = text(
    """
    INSERT INTO message_ledger (contact_id, messages)
    SELECT contact, CAST(messages AS jsonb)
    FROM unnest(CAST(:contacts AS bigint[]), CAST(:messages AS text[])) AS given (contact, messages)
    ON CONFLICT (contact_id) DO UPDATE SET messages = excluded.messages
    """
)
# A partition that is looked through at this moment is asked for anew: whoever asks waits until that is done.
_ASK: Final = text(
    """
    INSERT INTO room_check (part) SELECT unnest(CAST(:parts AS smallint[]))
    ON CONFLICT (part) DO UPDATE SET part = excluded.part
    """
)
_TAKE: Final = text(
    """
    DELETE FROM room_check WHERE part = (SELECT part FROM room_check ORDER BY part LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING part
    """
)
_WAKE: Final = text(
    """
    WITH woken AS (
        UPDATE enrollment n SET wake_at = now()
        FROM timer t
        WHERE t.part = :part AND t.wake_at > now() AND n.id = t.enrollment_id AND n.wake_at = t.wake_at
            AND n.state = 'active' AND n.path -> -1 ->> 1 = 'capped'
        RETURNING n.id
    )
    INSERT INTO timer (part, wake_at, enrollment_id) SELECT :part, now(), id FROM woken
    """
)


def fill_messages(session: Session, ids: Sequence[int], snapshots: Mapping[int, Contact]) -> None:
    """Tell the snapshots which messages are counted."""
    rows = select(MessageLedger.contact_id, MessageLedger.messages).where(among(MessageLedger.contact_id, ids))
    for contact, messages in session.execute(rows):
        snapshots[contact].messages = [Message(channel, datetime.fromisoformat(at)) for channel, at in messages]


def store_messages(
    session: Session, caps: Sequence[Cap], reached: Collection[int], contacts: Mapping[int, Contact], now: datetime
) -> None:
    """Keep which messages are counted of the contacts to whom some went, and forget those that count no more."""
    if reached:
        ids = sorted(reached)
        counted = [still_counted(caps, contacts[each].messages, now) for each in ids]
        written = [orjson.dumps([tuple(each) for each in messages]).decode() for messages in counted]
        session.execute(_KEEP, {"contacts": ids, "messages": written})


def ask_to_look_again(session: Session) -> None:
    """Note that the caps changed."""
    session.execute(_ASK, {"parts": list(range(PARTITIONS))})


def look_again(session: Session) -> int | None:
    """Let all who wait for room in one of the partitions look again; returns which, or None: all have.

    The partition is held from here on: whoever waits then, waits under the caps of before or saw the new ones.
    """
    part: int | None = session.scalar(_TAKE)
    if part is not None:
        hold_partitions(session, [part])
        session.execute(_WAKE, {"part": part})
    return part
