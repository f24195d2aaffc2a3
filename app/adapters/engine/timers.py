"""Waking a run from outside: a timer that is due at once."""

from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.models import PARTITIONS

_WAKE: Final = text(
    f"""
    WITH run AS (
        UPDATE enrollment SET wake_at = now() WHERE id = :id AND state = 'active' AND wake_at IS NULL
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
    return session.scalar(_WAKE, {"id": enrollment_id, "port": port})
