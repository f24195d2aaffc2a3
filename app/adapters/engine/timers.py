"""Waking a run from outside: a timer that is due at once."""

from typing import Final

import orjson
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.models import PARTITIONS
from nodes.texts import LANGUAGES, Text

FAILED: Final = "@failed"
"""The port of a timer whose run is to fail for the reason that was written beside it."""

_WAKE: Final = text(
    f"""
    WITH run AS (
        UPDATE enrollment SET wake_at = now(), reason = CAST(:reason AS jsonb)
        WHERE id = :id AND state = 'active' AND wake_at IS NULL
        RETURNING id, contact_id, wake_at
    )
    INSERT INTO timer (part, wake_at, enrollment_id, port)
    SELECT contact_id % {PARTITIONS}, wake_at, id, :port FROM run RETURNING part
    """  # noqa: S608 - a constant of ours
)


def wake(session: Session, enrollment_id: int, port: str | None) -> int | None:
    """Let a run that waits for no time go on: by `port`, or, without one, trying its step again.

    Returns the partition to ring for; None if there is no such run.
    """
    part: int | None = session.scalar(_WAKE, {"id": enrollment_id, "port": port, "reason": None})
    return part


def fail(session: Session, enrollment_id: int, reason: Text) -> int | None:
    """Let the engine end such a run as failed: who else waits to enter then gets in. Returns as `wake` does."""
    written = orjson.dumps(dict(zip(LANGUAGES, reason, strict=True))).decode()
    part: int | None = session.scalar(_WAKE, {"id": enrollment_id, "port": FAILED, "reason": written})
    return part
