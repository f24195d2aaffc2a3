"""What waits to be worked through, and for how long."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.adapters import send_rates
from app.adapters.planning import planned_anew
from app.adapters.send_rates import Waiting
from app.models import LANES, PARTITIONS

# The oldest row of each partition, found by its key: it costs the same however many wait.
_LAG: Final = text(
    """
    SELECT coalesce(max(extract(epoch FROM now() - oldest.received_at)), 0)
    FROM generate_series(0, :last) AS p (part), LATERAL (
        SELECT i.received_at FROM inbox i WHERE i.part = p.part ORDER BY i.id LIMIT 1
    ) AS oldest
    """
)
_PARTITIONS: Final = text(
    f"""
    SELECT p.part, events.count, coalesce(extract(epoch FROM now() - oldest.received_at), 0), timers.count,
           coalesce(extract(epoch FROM now() - timers.earliest), 0)
    FROM generate_series(0, {PARTITIONS - 1}) AS p (part)
    CROSS JOIN LATERAL (SELECT count(*) FROM inbox i WHERE i.part = p.part) AS events
    CROSS JOIN LATERAL (
        SELECT count(*), min(t.wake_at) AS earliest FROM timer t WHERE t.part = p.part AND t.wake_at <= now()
    ) AS timers
    LEFT JOIN LATERAL (
        SELECT i.received_at FROM inbox i WHERE i.part = p.part ORDER BY i.id LIMIT 1
    ) AS oldest ON true
    ORDER BY p.part
    """  # noqa: S608 - a constant of ours
)
# Lane by lane, as their indexes are.
_PENDING: Final = " UNION ALL ".join(
    f"SELECT due_at FROM outbox WHERE state = 'pending' AND {kinds}"  # noqa: S608 - a constant of ours
    for kinds in LANES.values()
)
_DELIVERIES: Final = text(
    f"""
    SELECT count(*), count(*) FILTER (WHERE due_at <= now()),
           greatest(0, coalesce(extract(epoch FROM now() - min(due_at)), 0))
    FROM ({_PENDING}) AS pending
    """  # noqa: S608 - a constant of ours
)


class Partition(NamedTuple):
    """What waits in a partition: events with the age of the oldest, runs that are due with how long the first is."""

    part: int
    events: int
    lag_seconds: float
    timers: int
    overdue_seconds: float


class Deliveries(NamedTuple):
    """What waits in the outbox: in all, now, for how long the first has been due, and what is due by send rates."""

    pending: int
    due: int
    overdue_seconds: float
    waiting_for_rate: Sequence[Waiting]


def lag(session: Session) -> float:
    """Return how many seconds ago the oldest event that nobody has worked through was received; 0 without one."""
    with planned_anew(session):
        return float(session.scalars(_LAG, {"last": PARTITIONS - 1}).one())


def partitions(session: Session) -> Sequence[Partition]:
    """Return what waits in each partition. Counts rows: not for every request."""
    return [
        Partition(part, events, float(lag_), timers, float(overdue))
        for part, events, lag_, timers, overdue in session.execute(_PARTITIONS)
    ]


def deliveries(session: Session) -> Deliveries:
    """Return what waits to be delivered."""
    pending, due, overdue = session.execute(_DELIVERIES).one()
    return Deliveries(pending, due, float(overdue), send_rates.waiting(session))
