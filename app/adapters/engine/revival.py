"""Putting back to work what was set aside or given up. One statement a kind, however many there are."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.adapters.catalog import bump_revision
from app.models import PARTITIONS

# A run that was set aside is still active, and the time it was to go on at has no timer any more. One that has moved
# since, by other means, waits for something else.
_RESTART: Final = text(
    f"""
    WITH back AS (
        UPDATE enrollment n SET wake_at = now()
        FROM unnest(CAST(:ids AS bigint[]), CAST(:ports AS text[])) AS given (id, port)
        WHERE n.id = given.id AND n.state = 'active' AND n.wake_at IS NOT NULL
          AND NOT EXISTS (SELECT FROM held_timer h WHERE h.automation_id = n.automation_id AND h.enrollment_id = n.id)
          AND NOT EXISTS (
              SELECT FROM timer t
              WHERE t.part = n.contact_id % {PARTITIONS} AND t.wake_at = n.wake_at AND t.enrollment_id = n.id
          )
        RETURNING n.id, n.contact_id, n.wake_at, given.port
    )
    INSERT INTO timer (part, wake_at, enrollment_id, port)
    SELECT contact_id % {PARTITIONS}, wake_at, id, port FROM back
    RETURNING enrollment_id, part
    """  # noqa: S608 - a constant of ours
)

# Of several failed runs of one contact that may not be inside at once, the newest comes back.
_REVIVE: Final = text(
    f"""
    WITH fit AS (
        SELECT DISTINCT ON (n.automation_id, n.contact_id, n.run_key) n.id, n.contact_id
        FROM unnest(CAST(:ids AS bigint[]), CAST(:contacts AS bigint[])) AS given (id, contact)
        JOIN enrollment n ON n.contact_id = given.contact AND n.id = given.id AND n.state = 'failed'
        JOIN automation a ON a.id = n.automation_id AND a.state <> 'archived'
        WHERE NOT EXISTS (
            SELECT FROM enrollment o
            WHERE o.automation_id = n.automation_id AND o.contact_id = n.contact_id AND o.run_key = n.run_key
              AND o.state = 'active'
        )
        ORDER BY n.automation_id, n.contact_id, n.run_key, n.id DESC
    ), back AS (
        UPDATE enrollment n SET state = 'active', exited_at = NULL, reason = NULL, wake_at = now()
        FROM fit WHERE n.contact_id = fit.contact_id AND n.id = fit.id
        RETURNING n.id, n.contact_id, n.wake_at
    )
    INSERT INTO timer (part, wake_at, enrollment_id)
    SELECT contact_id % {PARTITIONS}, wake_at, id FROM back
    RETURNING enrollment_id, part
    """  # noqa: S608 - a constant of ours
)


class Restarted(NamedTuple):
    """The runs that go on, and the partitions that have work by that."""

    runs: frozenset[int]
    parts: frozenset[int]


def restart_runs(session: Session, ports: Mapping[int, str | None]) -> Restarted:
    """Let active runs that lost their timer go on by these ports; those that ended meanwhile are left out."""
    rows = session.execute(_RESTART, {"ids": list(ports), "ports": list(ports.values())}).all()
    return Restarted(frozenset(row.enrollment_id for row in rows), frozenset(row.part for row in rows))


def revive_runs(session: Session, contacts: Mapping[int, int]) -> Restarted:
    """Let failed runs, given as contact by run, try their step again.

    Left out are those whose contact is inside anew, and those of automations in the archive.
    """
    rows = session.execute(_REVIVE, {"ids": list(contacts), "contacts": list(contacts.values())}).all()
    bump_revision()  # somebody moves in their versions again
    return Restarted(frozenset(row.enrollment_id for row in rows), frozenset(row.part for row in rows))
