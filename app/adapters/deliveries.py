"""What an automation has in the outbox: held while it stands still, let go, or dropped with the runs it belongs to."""

import time
from typing import Final

from sqlalchemy import ColumnElement, case, exists, text
from sqlalchemy.orm import Session

from app import db
from app.models import Automation, AutomationState, DeliveryState, Outbox

# So long a pause waits for what is on its way: it answers within a second.
_PATIENCE_SECONDS: Final = 0.8
_LOOK_SECONDS: Final = 0.02

# A delivery's key begins with the run that caused it.
_OF_A_STOPPED_RUN: Final = """
    EXISTS (
        SELECT FROM enrollment n
        WHERE n.contact_id = o.contact_id AND n.id::text = split_part(o.key, ':', 1) AND n.state = 'stopped'
    )
"""
_HOLD: Final = text(
    "UPDATE outbox SET state = 'held' WHERE automation_id = :automation AND state = 'pending' AND NOT sending"
)
_ON_THEIR_WAY: Final = text(
    f"""
    SELECT EXISTS (
        SELECT FROM outbox o
        WHERE automation_id = :automation AND state = 'pending' AND sending AND (NOT :stopped OR {_OF_A_STOPPED_RUN})
    )
    """  # noqa: S608 - a constant of ours
)
_COUNT_HELD: Final = text("SELECT count(*) FROM outbox WHERE automation_id = :automation AND state = 'held'")
_DROP_STOPPED: Final = text(
    f"""
    WITH dropped AS (
        DELETE FROM outbox o
        WHERE automation_id = :automation AND state IN ('pending', 'held') AND NOT (sending AND :spared)
          AND {_OF_A_STOPPED_RUN}
        RETURNING key
    )
    UPDATE message AS m SET state = 'left_out', reason = 'stopped'
    FROM dropped WHERE m.key = dropped.key AND m.state = 'sending'
    """  # noqa: S608 - a constant of ours
)
# The oldest leaves at once, the others one after the other until the time is over.
_LET_GO: Final = text(
    """
    UPDATE outbox AS o SET state = 'pending',
        due_at = CASE WHEN :seconds > 0 THEN now() + make_interval(secs => :seconds * n.place / n.total) ELSE due_at END
    FROM (
        SELECT id, row_number() OVER (ORDER BY due_at, id) - 1 AS place, count(*) OVER () AS total
        FROM outbox WHERE automation_id = :automation AND state = 'held'
    ) AS n
    WHERE o.id = n.id
    """
)


def hold(session: Session, automation: int) -> None:
    """Keep from being sent what is not on its way yet."""
    session.execute(_HOLD, {"automation": automation})


def finish_holding(automation: int) -> None:
    """Wait, for less than a second, for what was on its way when the pause was committed; further tries are held."""
    _wait(automation, stopped=False)
    with db.transaction() as session:
        hold(session, automation)


def held(session: Session, automation: int) -> int:
    """Count what is held."""
    return int(session.scalars(_COUNT_HELD, {"automation": automation}).one())


def let_go(session: Session, automation: int, seconds: float = 0) -> None:
    """Let what is held be sent: when it is due, or evenly over the next so many seconds."""
    session.execute(_LET_GO, {"automation": automation, "seconds": seconds})


def drop_stopped(session: Session, automation: int) -> None:
    """Forget what stopped runs were to send and is not on its way yet."""
    session.execute(_DROP_STOPPED, {"automation": automation, "spared": True})


def finish_dropping(automation: int) -> None:
    """Wait for what was on its way when the stop was committed, for less than a second; then none is tried again."""
    _wait(automation, stopped=True)
    with db.transaction() as session:
        session.execute(_DROP_STOPPED, {"automation": automation, "spared": False})


def stands_still() -> ColumnElement[bool]:
    """Hold for a delivery whose automation is paused."""
    return exists().where(Automation.id == Outbox.automation_id, Automation.state == AutomationState.PAUSED)


def waiting() -> ColumnElement[str]:
    """Give the state of a delivery that is to be tried again."""
    return case((stands_still(), DeliveryState.HELD), else_=DeliveryState.PENDING)


def _wait(automation: int, *, stopped: bool) -> None:
    end = time.monotonic() + _PATIENCE_SECONDS
    while _on_their_way(automation, stopped=stopped) and time.monotonic() < end:
        time.sleep(_LOOK_SECONDS)


def _on_their_way(automation: int, *, stopped: bool) -> bool:
    with db.transaction() as session:
        return bool(session.scalar(_ON_THEIR_WAY, {"automation": automation, "stopped": stopped}))
