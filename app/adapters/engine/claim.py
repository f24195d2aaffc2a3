"""Taking work from partitions: events from the inbox, runs whose time has come."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

from app import db
from app.adapters.engine.timers import FAILED
from app.adapters.planning import planned_anew
from app.models import PARTITIONS
from nodes.texts import LANGUAGES, Text
from nodes.world import Event
from workflows.items import Happening

# Any number; with the partition it names the lock that one drain at a time holds.
PARTITION_LOCK: Final = 77

# A plan that was made while a table was small would still read it from end to end when it is large: statements are
# prepared once, and nobody tells them that a segment of a million is entering.
_BEGIN: Final = text(
    """
    SELECT ARRAY(
        SELECT part FROM unnest(CAST(:parts AS int[])) AS part WHERE pg_try_advisory_xact_lock(:lock, part)
    ), now(), (SELECT revision FROM workspace)
    FROM set_config('enable_seqscan', 'off', true)
    """
)

# In this order always: two that hold several never wait for each other.
_HOLD: Final = text(
    "SELECT pg_advisory_xact_lock(:lock, part) FROM unnest(CAST(:parts AS int[])) AS part ORDER BY part"
)

# Events that nobody listens to are taken away without being read. The last row tells how many were taken in all.
_CLAIM_EVENTS: Final = text(
    """
    WITH taken AS (
        DELETE FROM inbox i USING (
            SELECT oldest.* FROM unnest(CAST(:parts AS smallint[])) AS given (part) CROSS JOIN LATERAL (
                SELECT part, id FROM inbox WHERE part = given.part ORDER BY id LIMIT :limit
            ) AS oldest LIMIT :limit
        ) AS mine WHERE i.part = mine.part AND i.id = mine.id RETURNING i.*
    )
    SELECT e.contact_id, e.id, t.name, e.at, e.properties, e.causes
    FROM taken e JOIN event_type t ON t.id = e.type_id AND t.name = ANY(:listened)
    UNION ALL SELECT count(*), NULL, NULL, NULL, NULL, NULL FROM taken
    ORDER BY id
    """
)

# By the keys' order: looking for any row at all, the planner would read the inbox until it meets one of the partition.
_WORK: Final = text(
    """
    SELECT part,
        (SELECT i.id FROM inbox i WHERE i.part = given.part ORDER BY i.id LIMIT 1) IS NOT NULL OR (
            SELECT t.wake_at FROM timer t WHERE t.part = given.part AND t.wake_at <= now() ORDER BY t.wake_at LIMIT 1
        ) IS NOT NULL,
        EXISTS (
            SELECT FROM bulk_entry_part p JOIN bulk_entry b ON b.id = p.bulk_entry_id
            JOIN automation a ON a.id = b.automation_id AND a.state = 'active'
            WHERE p.part = given.part AND p.finished_at IS NULL
        )
    FROM unnest(CAST(:parts AS smallint[])) AS given (part)
    """
)

# A timer of a step that the run has left since is only taken away. What falls due in an automation that stands still is
# laid aside until it goes on.
_CLAIM_RUNS: Final = text(
    """
    WITH due AS (
        DELETE FROM timer t USING (
            SELECT first.* FROM unnest(CAST(:parts AS smallint[])) AS given (part) CROSS JOIN LATERAL (
                SELECT part, wake_at, enrollment_id FROM timer
                WHERE part = given.part AND wake_at <= :now ORDER BY wake_at, enrollment_id LIMIT :limit
            ) AS first LIMIT :limit
        ) AS mine
        WHERE t.part = mine.part AND t.wake_at = mine.wake_at AND t.enrollment_id = mine.enrollment_id
        RETURNING t.part, t.enrollment_id, t.wake_at, t.port
    ), run AS (
        SELECT due.part, due.wake_at AS due_at, due.port, n.* FROM due
        JOIN enrollment n ON n.id = due.enrollment_id AND n.wake_at = due.wake_at AND n.state = 'active'
    ), held AS (
        INSERT INTO held_timer (automation_id, enrollment_id, part, wake_at, port)
        SELECT automation_id, id, part, due_at, port FROM run WHERE automation_id <> ALL(:live)
    )
    SELECT id, automation_id, version_id, contact_id, node, port, reason FROM run WHERE automation_id = ANY(:live)
    ORDER BY due_at, id
    """
)

# What else is due of some contacts, so that a batch knows all who want to go on at once, wherever it was cut.
_CLAIM_COMPANIONS: Final = text(
    """
    DELETE FROM timer t USING enrollment n
    WHERE n.contact_id = ANY(:contacts) AND n.state = 'active' AND n.wake_at <= :now AND n.automation_id = ANY(:live)
        AND t.part = ANY(:parts) AND t.wake_at = n.wake_at AND t.enrollment_id = n.id
    RETURNING n.id, n.automation_id, n.version_id, n.contact_id, n.node, t.port, n.reason
    """
)


class Work(NamedTuple):
    """What is to be done in a partition now: events or runs that are due, and contacts that enter in bulk."""

    part: int
    moving: bool
    entering: bool


class Begun(NamedTuple):
    """The start of a batch: the partitions that are ours, the transaction's time, the workspace's revision."""

    parts: Sequence[int]
    now: datetime
    revision: int


class ClaimedEvents(NamedTuple):
    """The events that somebody listens to, and how many others were taken away."""

    heard: Sequence[Happening]
    unheard: int


class ClaimedRun(NamedTuple):
    """A run whose time has come: it goes on from `node` by `port`, or fails there for this reason."""

    enrollment: int
    automation: int
    version: int
    contact: int
    node: str
    port: str | None
    reason: Text | None


def begin(session: Session, parts: Sequence[int]) -> Begun:
    """Take those of the partitions that are free.

    A statement of its own: what follows must see what was committed before the locks.
    """
    return Begun(*session.execute(_BEGIN, {"lock": PARTITION_LOCK, "parts": list(parts)}).one())


def hold_partitions(session: Session, parts: Iterable[int]) -> None:
    """Wait until nobody works on these partitions, and keep everybody away until the transaction ends."""
    session.execute(_HOLD, {"lock": PARTITION_LOCK, "parts": list(parts)})


def work_in(parts: Iterable[int] = range(PARTITIONS)) -> Sequence[Work]:
    """Return what is to be done in these partitions now, in their order; one without work is left out."""
    with db.autocommit() as session, planned_anew(session):
        found = (Work(*row) for row in session.execute(_WORK, {"parts": list(parts)}))
        return [work for work in found if work.moving or work.entering]


def claim_events(session: Session, parts: Sequence[int], listened: Collection[str], limit: int) -> ClaimedEvents:
    """Take up to `limit` events, the oldest of each partition."""
    names = {"parts": list(parts), "listened": list(listened), "limit": limit}
    *rows, (taken, *_) = session.execute(_CLAIM_EVENTS, names)
    heard = [
        Happening(contact, Event(number, name, at, properties, tuple(causes or ())))
        for contact, number, name, at, properties, causes in rows
    ]
    return ClaimedEvents(heard, taken - len(heard))


def claim_runs(session: Session, begun: Begun, live: Collection[int], limit: int) -> Sequence[ClaimedRun]:
    """Take up to `limit` of the runs that are due in `live` automations, the longest due of each partition first."""
    names = {"parts": list(begun.parts), "now": begun.now, "live": list(live), "limit": limit}
    return _claimed(session.execute(_CLAIM_RUNS, names).all())


def claim_companions(
    session: Session, begun: Begun, live: Collection[int], contacts: Collection[int]
) -> Sequence[ClaimedRun]:
    """Take all that is due in `live` automations of these contacts, in no order."""
    names = {"parts": list(begun.parts), "now": begun.now, "live": list(live), "contacts": list(contacts)}
    return _claimed(session.execute(_CLAIM_COMPANIONS, names).all())


def _claimed(rows: Iterable[Any]) -> Sequence[ClaimedRun]:
    return [ClaimedRun(*row)._replace(reason=_reason(row.port, row.reason)) for row in rows]


def _reason(port: str | None, written: Mapping[str, str]) -> Text | None:
    return Text(*(written[each] for each in LANGUAGES)) if port == FAILED else None
