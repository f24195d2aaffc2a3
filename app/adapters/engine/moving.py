"""Moving runs to another version, a partition's share at a time, and counting who stands where."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

import orjson
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.models import PARTITIONS
from workflows.moving import Place, Route

LET_OUT: Final = "let_out"
"""The last entry in the path of a run that was to leave when a new version was published."""

_STANDING: Final = text(
    """
    SELECT version_id, node, count(*), min(coalesce(arrived_at, entered_at)), max(coalesce(arrived_at, entered_at)),
        min(wake_at), max(wake_at), array[min(id), max(id)]
    FROM enrollment WHERE automation_id = :automation AND version_id < :before AND state = 'active'
    GROUP BY version_id, node
    """
)
_TIMERS: Final = text(
    f"""
    SELECT n.id, n.contact_id, t.port FROM enrollment n
    LEFT JOIN timer t ON t.part = n.contact_id % {PARTITIONS} AND t.wake_at = n.wake_at AND t.enrollment_id = n.id
    WHERE n.id = ANY(:runs) AND n.state = 'active'
    """  # noqa: S608 - a constant of ours
)
# Empty partitions, too: a batch that is under way may still let somebody into the old version.
_OPEN: Final = text(
    f"""
    INSERT INTO version_move_part (move_id, part, total)
    SELECT :move, part, count(n.id) FROM generate_series(0, {PARTITIONS - 1}) AS part
    LEFT JOIN enrollment n ON n.contact_id % {PARTITIONS} = part
        AND n.automation_id = :automation AND n.version_id < :version AND n.state = 'active'
    GROUP BY part
    """  # noqa: S608 - a constant of ours
)
# An older move comes first: who is to go from the first version to the third may pass the second.
_TAKE: Final = text(
    """
    SELECT p.move_id, p.part, p.last_enrollment_id FROM version_move_part p
    WHERE p.finished_at IS NULL ORDER BY p.move_id, p.part LIMIT 1 FOR UPDATE SKIP LOCKED
    """
)
_NEXT: Final = text(
    f"""
    SELECT id, version_id, node FROM enrollment
    WHERE automation_id = :automation AND version_id < :version AND state = 'active'
      AND contact_id % {PARTITIONS} = :part AND id > :last
    ORDER BY id LIMIT :limit
    """  # noqa: S608 - a constant of ours
)
# What a run waits for stands at the end of its path. Whose call was made, or whom an event has moved already, goes on
# from there: no step looks at them anew. A step that was waited in, or called from, was left by its one way, unless
# somebody was moved away from it.
_MOVE: Final = text(
    f"""
    WITH route AS (
        SELECT * FROM json_to_recordset(CAST(:routes AS json))
            AS r (version bigint, step text, target text, looks boolean, ports jsonb, repeat boolean)
    ), moving AS (
        SELECT n.id, r.*, n.contact_id % {PARTITIONS} AS part, r.target IS NULL OR r.looks
            AND (r.target <> n.node OR n.path -> -1 ->> 1 IN ('wait', 'quiet', 'capped')) AS wakes
        FROM enrollment n JOIN route r ON r.version = n.version_id AND r.step = n.node
        WHERE n.id = ANY(:runs) AND n.state = 'active'
    ), moved AS (
        UPDATE enrollment n SET
            version_id = CASE WHEN m.target IS NULL THEN n.version_id ELSE :version END,
            node = coalesce(m.target, n.node),
            arrived_at = CASE WHEN m.target <> n.node THEN now() ELSE n.arrived_at END,
            wake_at = CASE WHEN m.wakes THEN now() ELSE n.wake_at END,
            reason = CASE WHEN m.wakes THEN NULL ELSE n.reason END,
            path = CASE WHEN m.target IS NOT NULL THEN n.path ELSE n.path || jsonb_build_array(
                jsonb_build_array(n.node, CAST(:let_out AS text), extract(epoch FROM now() - n.entered_at), '[]'::jsonb)
            ) END,
            moves = coalesce(n.moves, '[]') || jsonb_build_array(
                jsonb_build_array(extract(epoch FROM now() - n.entered_at), n.version_id, n.node, m.target)
            ),
            done = (
                SELECT jsonb_object_agg(
                    step, CASE WHEN NOT m.repeat AND step <> m.target THEN port END ORDER BY place
                ) FROM (
                    SELECT e ->> 0 AS step, place,
                        CASE WHEN e ->> 1 IN ('wait', 'sent') THEN 'next' ELSE e ->> 1 END AS port
                    FROM jsonb_array_elements(n.path) WITH ORDINALITY AS p (e, place)
                    WHERE e ->> 1 <> 'wait' OR place < jsonb_array_length(n.path) AND NOT EXISTS (
                        SELECT FROM jsonb_array_elements(n.moves) AS m WHERE m ->> 2 = e ->> 0 AND m ->> 3 <> e ->> 0
                    )
                ) AS gone
                WHERE jsonb_exists(m.ports, step || ':' || port)
            )
        FROM moving m WHERE n.id = m.id AND n.state = 'active'
        RETURNING n.id, m.part, n.wake_at, m.wakes, n.automation_id, m.target
    ), woken AS (
        INSERT INTO timer (part, wake_at, enrollment_id, port)
        SELECT part, wake_at, id, CASE WHEN target IS NULL THEN '@out:' || CAST(:let_out AS text) END
        FROM moved WHERE wakes
        ON CONFLICT (part, wake_at, enrollment_id) DO UPDATE SET port = excluded.port
    ), unheld AS (
        DELETE FROM held_timer h USING moved m
        WHERE m.wakes AND h.automation_id = m.automation_id AND h.enrollment_id = m.id
    )
    SELECT count(*) FROM moved
    """  # noqa: S608 - a constant of ours
)
_NOTE: Final = text(
    """
    UPDATE version_move_part SET last_enrollment_id = coalesce(:last, last_enrollment_id),
        taken = taken + :taken, moved = moved + :moved,
        finished_at = CASE WHEN CAST(:last AS bigint) IS NULL THEN now() END
    WHERE move_id = :move AND part = :part
    """
)
# A partition that is being worked on is waited for: what its turn moved counts.
_CANCEL: Final = text(
    """
    WITH cancelled AS (
        UPDATE version_move_part p SET finished_at = now() FROM version_move m
        WHERE m.id = p.move_id AND m.automation_id = :automation AND p.finished_at IS NULL
        RETURNING p.total, p.taken
    )
    SELECT count(*), coalesce(sum(greatest(total - taken, 0)), 0) FROM cancelled
    """
)


class Standing(NamedTuple):
    """Those who stand at a step of a version: how many, since when, and when they go on, if that is known.

    `examples` are the run that entered first and the one that entered last.
    """

    version: int
    node: str
    contacts: int
    first_arrival: datetime
    last_arrival: datetime
    first_wake: datetime | None
    last_wake: datetime | None
    examples: Sequence[int]


class Part(NamedTuple):
    """A partition that is to be moved, and the run it has come to."""

    move: int
    part: int
    last: int


class Inside(NamedTuple):
    """A run, and where it stands."""

    run: int
    version: int
    node: str


def standing(session: Session, automation: int, before: int) -> list[Standing]:
    """Count who is inside in versions older than `before`, by version and step."""
    rows = session.execute(_STANDING, {"automation": automation, "before": before})
    return sorted(Standing(*row) for row in rows)


def timers(session: Session, runs: Collection[int]) -> Mapping[int, tuple[int, str | None]]:
    """Return the contact of each of these runs, and the port by which its timer lets it go on."""
    rows = session.execute(_TIMERS, {"runs": list(runs)})
    return {run: (contact, port) for run, contact, port in rows}


def open_move(session: Session, move: int, automation: int, version: int) -> None:
    """Note that every partition is to be gone through, and who is inside an older version in each."""
    session.execute(_OPEN, {"move": move, "automation": automation, "version": version})


def take(session: Session) -> Part | None:
    """Lock a partition in which a move is not over; None: there is none, or others are at the rest."""
    row = session.execute(_TAKE).one_or_none()
    return Part(*row) if row else None


def next_inside(session: Session, part: Part, automation: int, version: int, limit: int) -> list[Inside]:
    """Return the next runs of a partition that are in versions older than `version`. The partition must be held."""
    names = {"automation": automation, "version": version, "part": part.part, "last": part.last, "limit": limit}
    return [Inside(*row) for row in session.execute(_NEXT, names)]


def move(session: Session, runs: Collection[int], version: int, routes: Mapping[Place, Route]) -> int:
    """Move runs to `version` by the routes from their version (its id) and step; returns how many did not stay."""
    names = {"runs": list(runs), "version": version, "routes": _written(routes), "let_out": LET_OUT}
    return int(session.scalars(_MOVE, names).one())


def note(session: Session, part: Part, *, taken: int, moved: int, last: int | None) -> None:
    """Note how far a partition has come: to the run `last`, or (None) to its end."""
    figures = {"taken": taken, "moved": moved, "last": last}
    session.execute(_NOTE, {"move": part.move, "part": part.part, **figures})


def cancel(session: Session, automation: int) -> int | None:
    """Let nobody else of the automation be moved; returns how many had not had their turn, None if no move goes on."""
    parts, left = session.execute(_CANCEL, {"automation": automation}).one()
    return int(left) if parts else None


def _written(routes: Mapping[Place, Route]) -> str:
    rows = [
        {
            "version": version,
            "step": step,
            "target": route.to,
            "looks": route.looks,
            "ports": _keys(route.ports),
            "repeat": route.repeat,
        }
        for (version, step), route in routes.items()
    ]
    return orjson.dumps(rows).decode()


def _keys(ports: Iterable[tuple[str, str]]) -> list[str]:
    return [f"{step}:{port}" for step, port in sorted(ports)]
