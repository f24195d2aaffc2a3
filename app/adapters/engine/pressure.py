"""How many messages reached each contact: loading them, keeping them, and waking who waits for room."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final

import orjson
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.adapters.bulk import among
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
_WAKE: Final = text(
    f"""
    WITH woken AS (
        UPDATE enrollment SET wake_at = now()
        WHERE state = 'active' AND wake_at > now() AND path -> -1 ->> 1 = 'capped'
        RETURNING contact_id % {PARTITIONS} AS part, wake_at, id
    )
    INSERT INTO timer (part, wake_at, enrollment_id) SELECT part, wake_at, id FROM woken RETURNING part
    """  # noqa: S608 - a constant of ours
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


def wake_capped(session: Session) -> set[int]:
    """Let all who wait for room look again, because the caps changed; returns the partitions to ring for.

    The partitions must be held. Reads every run that moves: not for every day.
    """
    return set(session.scalars(_WAKE))
