"""Runs of an automation that stands still: what fell due meanwhile, and taking contacts out by hand."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from app.models import PARTITIONS, Enrollment, EnrollmentState

SKIPPED: Final = "skipped_on_resume"
"""The last entry in the path of a run that left because what it waited for fell due during a pause."""

STOPPED: Final = "stopped"
"""The last entry in the path of a run that somebody stopped."""

# A timer says by its port what happens: these are for runs that leave or fail whatever was chosen.
_ENDING: Final = "(port LIKE '@out:%' OR port = '@failed')"
_STEP: Final = (
    "jsonb_build_array(jsonb_build_array(n.node, CAST(:ending AS text), "
    "extract(epoch FROM now() - n.entered_at), '[]'::jsonb))"
)

_OVERDUE: Final = text(
    f"""
    SELECT n.node, count(*) AS contacts FROM enrollment n
    WHERE n.automation_id = :automation AND n.state = 'active' AND n.wake_at <= now() AND (
        EXISTS (SELECT FROM held_timer h WHERE h.automation_id = n.automation_id AND h.enrollment_id = n.id)
        OR EXISTS (
            SELECT FROM timer t
            WHERE t.part = n.contact_id % {PARTITIONS} AND t.wake_at = n.wake_at AND t.enrollment_id = n.id
        )
    )
    GROUP BY n.node
    """  # noqa: S608 - a constant of ours
)
_TAKE: Final = f"""
    held AS (
        DELETE FROM held_timer WHERE automation_id = :automation RETURNING enrollment_id, part, wake_at, port
    ), due AS (
        DELETE FROM timer t USING enrollment n
        WHERE n.automation_id = :automation AND n.state = 'active' AND n.wake_at <= now()
          AND t.part = n.contact_id % {PARTITIONS} AND t.wake_at = n.wake_at AND t.enrollment_id = n.id
        RETURNING t.enrollment_id, t.part, t.wake_at, t.port
    ), overdue AS (
        SELECT *, row_number() OVER (ORDER BY wake_at, enrollment_id) - 1 AS place, count(*) OVER () AS total
        FROM (SELECT * FROM held UNION ALL SELECT * FROM due) AS either
    )
"""  # noqa: S608 - a constant of ours

# The longest due goes on at once, the others one after the other until the time is over.
_LET_GO: Final = text(
    f"""
    WITH {_TAKE}, moved AS (
        UPDATE enrollment n SET wake_at = CASE
            WHEN :seconds > 0 THEN now() + make_interval(secs => :seconds * o.place / o.total) ELSE o.wake_at
        END
        FROM overdue o WHERE n.id = o.enrollment_id AND n.state = 'active' AND n.wake_at = o.wake_at
        RETURNING o.part, n.wake_at, n.id, o.port
    )
    INSERT INTO timer (part, wake_at, enrollment_id, port) SELECT * FROM moved ON CONFLICT DO NOTHING
    """  # noqa: S608 - a constant of ours
)
_SKIP: Final = text(
    f"""
    WITH {_TAKE}, unsent AS (
        DELETE FROM outbox WHERE automation_id = :automation AND state IN ('pending', 'held') AND NOT sending
        RETURNING enrollment_id
    ), ended AS (
        SELECT enrollment_id, port, wake_at FROM overdue
        UNION ALL SELECT enrollment_id, NULL, NULL FROM unsent WHERE enrollment_id IS NOT NULL
    ), moved AS (
        UPDATE enrollment n SET wake_at = coalesce(e.wake_at, now()),
            path = CASE WHEN {_ENDING} THEN path ELSE path || {_STEP} END
        FROM ended e
        WHERE n.id = e.enrollment_id AND n.state = 'active' AND n.wake_at IS NOT DISTINCT FROM e.wake_at
        RETURNING n.contact_id % {PARTITIONS}, n.wake_at, n.id,
            CASE WHEN {_ENDING} THEN e.port ELSE '@out:' || CAST(:ending AS text) END
    )
    INSERT INTO timer (part, wake_at, enrollment_id, port) SELECT * FROM moved ON CONFLICT DO NOTHING
    """  # noqa: S608 - constants of ours
)
# What came while they were inside does not enter later: who is stopped is to be left alone.
_STOP: Final = text(
    f"""
    WITH ended AS (
        UPDATE enrollment n SET state = 'stopped', exited_at = now(), wake_at = NULL, path = path || {_STEP}
        WHERE n.automation_id = :automation AND n.state = 'active'
          AND (CAST(:node AS text) IS NULL OR n.node = :node) AND (CAST(:run AS bigint) IS NULL OR n.id = :run)
        RETURNING n.id, n.contact_id
    ), unheld AS (
        DELETE FROM held_timer h USING ended WHERE h.automation_id = :automation AND h.enrollment_id = ended.id
    ), unkept AS (
        DELETE FROM pending_entry p USING ended
        WHERE p.automation_id = :automation AND p.contact_id = ended.contact_id
    )
    SELECT count(*) FROM ended
    """  # noqa: S608 - a constant of ours
)


def overdue(session: Session, automation: int) -> Mapping[str, int]:
    """Count the runs whose time came during the pause, by the step where they stand."""
    return {row.node: row.contacts for row in session.execute(_OVERDUE, {"automation": automation})}


def inside(session: Session, automation: int) -> int:
    """Count the runs that are under way."""
    ours = Enrollment.automation_id == automation, Enrollment.state == EnrollmentState.ACTIVE
    return session.scalar(select(func.count()).where(*ours)) or 0


def let_go(session: Session, automation: int, seconds: float = 0) -> None:
    """Let runs whose time came go on: at once, or evenly over the next so many seconds."""
    session.execute(_LET_GO, {"automation": automation, "seconds": seconds})


def skip(session: Session, automation: int) -> None:
    """Let runs whose time came, or whose call is held, leave when the automation goes on; nothing held is sent."""
    session.execute(_SKIP, {"automation": automation, "ending": SKIPPED})


def stop(session: Session, automation: int, *, node: str | None = None, run: int | None = None) -> int:
    """End the runs inside: all, those at a step, or one; returns how many. The partitions must be held."""
    names: dict[str, Any] = {"automation": automation, "node": node, "run": run, "ending": STOPPED}
    return int(session.scalars(_STOP, names).one())
