"""How fast deliveries leave: at most so many tries of a channel in any span, whoever sends; the rest waits its turn.

Tries are counted in slots, a sixtieth of the period each. A slot counts until no moment of it lies in the span any
more: so the limit is never passed, and a sixtieth of the time is the price.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app.adapters.standstill import STANDS_STILL
from app.models import LANES, Workspace
from nodes.pressure import Rate, read_rates

_SLOTS: Final = 60
# Any number: it names the lock of those who count.
_LOCK: Final = 770_011

_TAKE_TURN: Final = text("SELECT pg_advisory_xact_lock(:lock)")
_LEFT: Final = f"""
    SELECT rate.channel, greatest(0, rate.most - coalesce(sum(c.count), 0)) AS most
    FROM unnest(CAST(:channels AS text[]), CAST(:most AS int[]), CAST(:seconds AS float[]))
        AS rate (channel, most, seconds)
    LEFT JOIN send_count c ON c.channel = rate.channel
        AND c.slot > clock_timestamp() - make_interval(secs => rate.seconds * (1 + 1.0 / {_SLOTS}))
    GROUP BY rate.channel, rate.most
"""  # noqa: S608 - a constant of ours
# The channels of what waits, found by leaping through the index; then of each as many as may leave, and of these the
# first of each, the second of each and so on: no channel keeps the others waiting.
_NEXT: Final = f"""
    WITH RECURSIVE lane (channel) AS (
        (SELECT channel FROM outbox WHERE state = 'pending' AND {{lane}} ORDER BY channel LIMIT 1)
        UNION ALL
        SELECT (
            SELECT o.channel FROM outbox o
            WHERE o.state = 'pending' AND {{lane}} AND o.channel > lane.channel ORDER BY o.channel LIMIT 1
        ) FROM lane WHERE lane.channel IS NOT NULL
    ), allowed AS (
        SELECT lane.channel, least(:limit, coalesce(CAST(rate.most AS int), :limit)) AS most
        FROM lane LEFT JOIN ({_LEFT}) AS rate ON rate.channel = lane.channel WHERE lane.channel IS NOT NULL
    ), found AS (
        SELECT o.* FROM allowed CROSS JOIN LATERAL (
            SELECT id, channel, priority, due_at FROM outbox
            WHERE state = 'pending' AND channel = allowed.channel AND due_at <= now()
                AND {{lane}} AND NOT {STANDS_STILL}
            ORDER BY priority DESC, due_at LIMIT allowed.most FOR UPDATE SKIP LOCKED
        ) AS o
    )
    SELECT id, channel FROM found
    ORDER BY row_number() OVER (PARTITION BY channel ORDER BY priority DESC, due_at), channel LIMIT :limit
    """  # noqa: S608 - constants of ours
_NEXT_OF: Final = {lane: text(_NEXT.format(lane=kinds)) for lane, kinds in LANES.items()}
_COUNT: Final = text(
    f"""
    WITH old AS (DELETE FROM send_count WHERE slot < clock_timestamp() - interval '1 day')
    INSERT INTO send_count AS c (channel, slot, count)
    SELECT channel, date_bin(make_interval(secs => seconds / {_SLOTS}), clock_timestamp(), 'epoch'), count
    FROM unnest(CAST(:channels AS text[]), CAST(:seconds AS float[]), CAST(:counts AS int[]))
        AS x (channel, seconds, count)
    ON CONFLICT (channel, slot) DO UPDATE SET count = c.count + excluded.count
    """  # noqa: S608 - a constant of ours
)
# Where it was counted, or a slot later: whoever gives back does so right after, and nobody else counts meanwhile.
_GIVE_BACK: Final = text(
    """
    UPDATE send_count c SET count = c.count - given.count
    FROM unnest(CAST(:channels AS text[]), CAST(:counts AS int[])) AS given (channel, count)
    WHERE c.channel = given.channel AND c.slot = (SELECT max(slot) FROM send_count m WHERE m.channel = given.channel)
    """
)
_DUE_OF: Final = " + ".join(
    f"""(
        SELECT count(*) FROM outbox
        WHERE state = 'pending' AND {kinds} AND channel = given.channel AND due_at <= now()
    )"""  # noqa: S608 - a constant of ours
    for kinds in LANES.values()
)
_WAITING: Final = text(
    f"""
    SELECT given.channel, {_DUE_OF} FROM unnest(CAST(:channels AS text[])) AS given (channel) ORDER BY given.channel
    """  # noqa: S608 - a constant of ours
)


class Waiting(NamedTuple):
    """How many deliveries of a channel with a send rate wait for their turn."""

    channel: str
    deliveries: int


def rates(session: Session) -> Mapping[str, Rate]:
    """Return the send rates by channel."""
    return read_rates(session.scalar(select(Workspace.send_rates)) or ())


def take_next(session: Session, limits: Mapping[str, Rate], lane: str, most: int) -> Sequence[int]:
    """Choose up to `most` due deliveries of a lane whose turn it is and count them; they stay locked meanwhile.

    Of one channel the higher priority goes first, then what has been due the longest.
    """
    session.execute(_TAKE_TURN, {"lock": _LOCK})
    rows = session.execute(_NEXT_OF[lane], {"limit": most, **_columns(limits)}).all()
    counts = Counter(channel for _, channel in rows if channel in limits)
    if counts:
        counted = {channel: limits[channel] for channel in counts}
        session.execute(_COUNT, {"counts": list(counts.values()), **_columns(counted)})
    return [number for number, _ in rows]


def give_back(session: Session, channels: Sequence[str]) -> None:
    """Count no try for these channels that `take_next` has just counted: what it took does not leave yet."""
    counts = Counter(channels)
    session.execute(_GIVE_BACK, {"channels": list(counts), "counts": list(counts.values())})


def waiting(session: Session) -> Sequence[Waiting]:
    """Count what waits for its turn, where there are send rates. Counts rows: not for every request."""
    return [Waiting(*row) for row in session.execute(_WAITING, {"channels": sorted(rates(session))})]


def _columns(limits: Mapping[str, Rate]) -> dict[str, list[Any]]:
    return {
        "channels": list(limits),
        "most": [each.most for each in limits.values()],
        "seconds": [each.period.total_seconds() for each in limits.values()],
    }
