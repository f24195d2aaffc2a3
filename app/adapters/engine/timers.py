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
        WHERE id = :id AND node = :node AND state = 'active' AND wake_at IS NULL
        RETURNING id, contact_id, wake_at
    )
    INSERT INTO timer (part, wake_at, enrollment_id, port)
    SELECT contact_id % {PARTITIONS}, wake_at, id, :port FROM run RETURNING part
    """  # noqa: S608 - a constant of ours
)


def wake(session: Session, enrollment_id: int, node: str, port: str) -> int | None:
    """Let a run that waits at `node`, for no time, go on by `port`.

    Returns the partition to ring for; None if no such run stands there any more: an event may have moved it.
    """
    part: int | None = session.scalar(_WAKE, {"id": enrollment_id, "node": node, "port": port, "reason": None})
    return part


def fail(session: Session, enrollment_id: int, node: str, reason: Text) -> int | None:
    """Let the engine end such a run as failed: who else waits to enter then gets in. Returns as `wake` does."""
    written = orjson.dumps(dict(zip(LANGUAGES, reason, strict=True))).decode()
    part: int | None = session.scalar(_WAKE, {"id": enrollment_id, "node": node, "port": FAILED, "reason": written})
    return part
