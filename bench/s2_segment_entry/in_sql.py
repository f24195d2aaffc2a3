"""The limit: the same effects on the same tables by one SQL statement a batch, over one connection."""

import time
from typing import Any, Final

import psycopg
from psycopg import sql

from app.models import PARTITIONS
from bench.database import connect
from bench.s2_segment_entry.stage import ENOUGH, POINTS, TAG, Stage

_ASK: Final = """
    WITH asked AS (
        INSERT INTO bulk_entry (automation_id, name, query, properties, last_contact_id)
        SELECT %(automation)s, 'Subscribed', '{{}}', '{{}}', max(id) FROM contact RETURNING id
    )
    INSERT INTO bulk_entry_part (bulk_entry_id, part, total)
    SELECT asked.id, contact.id %% %(parts)s, count(*) FROM asked, contact WHERE {subscribed} GROUP BY 1, 2
    RETURNING bulk_entry_id
"""
_LOCK: Final = "SELECT pg_try_advisory_xact_lock(77, %(part)s)"
_ENTER: Final = """
    WITH next AS (
        SELECT c.id, c.xmin AS version, coalesce(c.{score}, 0) + %(points)s AS score
        FROM contact c, bulk_entry_part p
        WHERE p.bulk_entry_id = %(entry)s AND p.part = %(part)s
          AND c.id %% %(parts)s = %(part)s AND c.id > p.last_contact_id AND c.{subscribed}
        ORDER BY c.id LIMIT %(limit)s
    ), walked AS (
        SELECT id, version, score, score >= %(enough)s AS hot FROM next
    ), entered AS (
        INSERT INTO enrollment (
            automation_id, version_id, contact_id, event_id, state, node, entered_at, exited_at, path
        )
        SELECT %(automation)s, %(version)s, id, -%(entry)s, 'finished', CASE WHEN hot THEN 'tag' ELSE 'hot' END,
               now(), now(), format(
                   '[["called","next",0.0,[]],["points","next",0.0,[]],["hot","%%s",0.0,[["SCORE",%%s,"gte",20,%%s]]]%%s]',
                   CASE WHEN hot THEN 'yes' ELSE 'no' END, score, hot::text,
                   CASE WHEN hot THEN ',["tag","next",0.0,[]]' ELSE '' END
               )::jsonb
        FROM walked ORDER BY id
    ), visited AS (
        INSERT INTO visit (automation_id, contact_id, run_key) SELECT %(automation)s, id, '' FROM walked
    ), scored AS (
        UPDATE contact c SET {score} = walked.score, modified_at = now() FROM walked
        WHERE c.id = walked.id AND c.xmin = walked.version
    ), tagged AS (
        INSERT INTO contact_tag (contact_id, tag_id) SELECT id, %(tag)s FROM walked WHERE hot ON CONFLICT DO NOTHING
    ), passed AS (
        SELECT * FROM (SELECT count(*) AS everyone, count(*) FILTER (WHERE hot) AS hot FROM walked) AS tally
        CROSS JOIN LATERAL (VALUES
            ('called', 'next', everyone), ('points', 'next', everyone), ('hot', 'yes', hot),
            ('hot', 'no', everyone - hot), ('tag', 'next', hot), ('@end', 'finished', everyone)
        ) AS port (node, port, count)
    ), counted AS (
        INSERT INTO node_stat AS s (version_id, node, port, day, part, count)
        SELECT %(version)s, node, port, current_date, %(part)s, count FROM passed WHERE count > 0
        ON CONFLICT (version_id, node, port, day, part) DO UPDATE SET count = s.count + excluded.count
    ), found AS (
        SELECT count(*) AS count, max(id) AS last FROM walked
    ), moved AS (
        UPDATE bulk_entry_part p
        SET last_contact_id = coalesce(found.last, p.last_contact_id), taken = taken + found.count,
            entered = entered + found.count,
            finished_at = CASE WHEN found.count < %(limit)s THEN now() END
        FROM found WHERE p.bulk_entry_id = %(entry)s AND p.part = %(part)s
    )
    SELECT count FROM found
"""


def run(stage: Stage, batch: int) -> float:
    """Let everybody enter, partition by partition, each batch in a transaction of its own; returns the seconds."""
    columns = {"score": sql.Identifier(stage.score), "subscribed": sql.Identifier(stage.subscribed)}
    ask, enter = sql.SQL(_ASK).format(**columns), sql.SQL(_ENTER).format(**columns)
    with connect(stage.url) as connection:
        connection.execute("INSERT INTO tag (name) VALUES (%s) ON CONFLICT DO NOTHING", [TAG])
        tag = connection.execute("SELECT id FROM tag WHERE name = %s", [TAG]).fetchone() or (0,)
        given = {**stage.live._asdict(), "parts": PARTITIONS, "points": POINTS, "enough": ENOUGH, "tag": tag[0]}
        began = time.monotonic()
        (entry,) = connection.execute(ask, given).fetchone() or (0,)
        for part in range(PARTITIONS):
            turn = {**given, "entry": entry, "part": part, "limit": batch}
            while _enter(connection, enter, turn) == batch:
                pass
        return time.monotonic() - began


def _enter(connection: psycopg.Connection, statement: sql.Composed, given: dict[str, Any]) -> int:
    with connection.transaction():
        connection.execute(_LOCK, given)
        (count,) = connection.execute(statement, given, prepare=True).fetchone() or (0,)
    return int(count)
