"""Runs of two contacts in the same automation: which go on side by side, and which one ends."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

import orjson
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.models import PARTITIONS

MERGED: Final = "merged"
"""The last entry in the path of a run that ended because its contact was inside with another one further on."""

_BOTH: Final = text(
    """
    SELECT k.automation_id, a.name, array[k.id, m.id], array[k.version_id, m.version_id], array[k.node, m.node],
        array[coalesce(k.arrived_at, k.entered_at), coalesce(m.arrived_at, m.entered_at)]
    FROM enrollment k
    JOIN enrollment m ON m.automation_id = k.automation_id AND m.run_key = k.run_key AND m.state = 'active'
    JOIN automation a ON a.id = k.automation_id
    WHERE k.contact_id = :kept AND m.contact_id = :merged AND k.state = 'active'
    ORDER BY k.automation_id, k.id
    """
)
_READ: Final = text(
    f"""
    SELECT jsonb_build_object('id', n.id, 'contact_id', n.contact_id, 'wake_at', n.wake_at, 'path', n.path,
        'port', coalesce(t.port, h.port), 'timed', t.enrollment_id IS NOT NULL, 'held', h.enrollment_id IS NOT NULL,
        'node', n.node, 'call', (
            SELECT max(o.key) FROM outbox o WHERE o.enrollment_id = n.id AND o.state IN ('pending', 'held')
                AND n.wake_at IS NULL AND split_part(split_part(o.key, ':', 2), '@', 1) = n.node
        ))
    FROM enrollment n
    LEFT JOIN timer t ON t.part = n.contact_id % {PARTITIONS} AND t.wake_at = n.wake_at AND t.enrollment_id = n.id
    LEFT JOIN held_timer h ON h.automation_id = n.automation_id AND h.enrollment_id = n.id
    WHERE n.id = ANY(:ids) AND n.state = 'active' ORDER BY n.id
    """  # noqa: S608 - a constant of ours
)
# A timer of a run that has ended is taken away when it falls due.
_END: Final = text(
    """
    WITH ended AS (
        UPDATE enrollment n SET state = 'stopped', exited_at = now(), wake_at = NULL, path = path || jsonb_build_array(
            jsonb_build_array(n.node, CAST(:ending AS text), extract(epoch FROM now() - n.entered_at), '[]'::jsonb)
        ) WHERE n.id = ANY(:ids) AND n.state = 'active' RETURNING n.id, n.automation_id
    )
    DELETE FROM held_timer h USING ended WHERE h.automation_id = ended.automation_id AND h.enrollment_id = ended.id
    """
)
# Whoever has entered anew since is not inside twice.
_GO_ON: Final = text(
    f"""
    WITH given AS (
        SELECT * FROM jsonb_to_recordset(CAST(:runs AS jsonb)) AS g (
            id bigint, contact_id bigint, wake_at timestamptz, path jsonb, port text, timed boolean, held boolean
        )
    ), back AS (
        UPDATE enrollment n SET state = 'active', exited_at = NULL, wake_at = g.wake_at, path = g.path FROM given g
        WHERE n.contact_id = g.contact_id AND n.id = g.id AND n.state = 'stopped' AND NOT EXISTS (
            SELECT FROM enrollment o WHERE o.automation_id = n.automation_id AND o.contact_id = n.contact_id
                AND o.run_key = n.run_key AND o.state = 'active'
        )
        RETURNING n.id, n.automation_id, n.contact_id, n.wake_at
    ), held AS (
        INSERT INTO held_timer (automation_id, enrollment_id, part, wake_at, port)
        SELECT automation_id, id, back.contact_id % {PARTITIONS}, back.wake_at, g.port
        FROM back JOIN given g USING (id) WHERE g.held
    )
    INSERT INTO timer (part, wake_at, enrollment_id, port)
    SELECT back.contact_id % {PARTITIONS}, back.wake_at, id, g.port FROM back JOIN given g USING (id) WHERE g.timed
    ON CONFLICT (part, wake_at, enrollment_id) DO UPDATE SET port = excluded.port
    """  # noqa: S608 - a constant of ours
)


class Double(NamedTuple):
    """Both contacts are inside an automation: first the kept one's run, then the other's."""

    automation: int
    name: str
    runs: Sequence[int]
    versions: Sequence[int]
    steps: Sequence[str]
    arrived: Sequence[datetime]


def doubles(session: Session, merged: int, kept: int) -> list[Double]:
    """Return the automations in which both are, and could not both be as one contact."""
    return [Double(*row) for row in session.execute(_BOTH, {"merged": merged, "kept": kept})]


def end(session: Session, ids: Collection[int]) -> list[Any]:
    """End these runs; returns what `go_on` needs to let them go on, and of each its `node` and the `call` it waits for.

    A call is the key of a delivery whose answer lets the run go on; null where it waits for something else.
    """
    if not ids:
        return []
    ended = session.scalars(_READ, {"ids": list(ids)}).all()
    session.execute(_END, {"ids": list(ids), "ending": MERGED})
    return list(ended)


def go_on(session: Session, ended: Sequence[Any]) -> None:
    """Let runs that `end` ended go on where they stood, with the time they waited for, past or not."""
    if ended:
        session.execute(_GO_ON, {"runs": orjson.dumps(ended).decode()})
