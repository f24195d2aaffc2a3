"""The limit: the same effects on the same tables by one SQL statement a batch, over one connection."""

import time
from random import Random
from typing import Final, NamedTuple

import psycopg
from psycopg import sql

from app.models import PARTITIONS
from bench.database import connect, event_type
from bench.s1_lead_scoring.stage import OPENS, Stage

INTAKE: Final = 500

_TAKE_IN: Final = """
    WITH logged AS (
        INSERT INTO event (contact_id, type_id, at, properties)
        SELECT contact, %(type)s, now(), '{"message_kind": "campaign"}'
        FROM unnest(%(contacts)s::bigint[]) AS given (contact)
        RETURNING *
    )
    INSERT INTO inbox (part, id, contact_id, type_id, at, received_at, properties)
    SELECT contact_id %% %(parts)s, id, contact_id, type_id, at, received_at, properties FROM logged
"""
_LOCK: Final = "SELECT pg_try_advisory_xact_lock(77, %(part)s)"

# Every event adds 5, in its order for each contact. The first that reaches 20 hands the contact over, later ones find
# an owner. Each is a run of its own, with its path and what the split compared.
_WORK: Final = """
    WITH taken AS (
        DELETE FROM inbox WHERE part = %(part)s AND id IN (
            SELECT id FROM inbox WHERE part = %(part)s ORDER BY id LIMIT %(limit)s
        ) RETURNING id, contact_id, properties
    ), heard AS (
        SELECT t.id AS event_id, t.contact_id, c.email, c.owner_id = ANY(%(reps)s) AS owned,
               coalesce(c.{score}, 0) + 5 * row_number() OVER (PARTITION BY t.contact_id ORDER BY t.id) AS score
        FROM taken t
        JOIN contact c ON c.id = t.contact_id
        WHERE t.properties ->> 'message_kind' = 'campaign' AND NOT EXISTS (
            SELECT FROM enrollment n
            WHERE n.automation_id = %(automation)s AND n.contact_id = t.contact_id AND n.state = 'active'
        )
    ), walked AS (
        SELECT *, score >= 20 AS hot,
               score >= 20 AND owned IS NOT TRUE
               AND (score - 5 < 20 OR row_number() OVER (PARTITION BY contact_id ORDER BY event_id) = 1) AS handed
        FROM heard
    ), turn AS (
        INSERT INTO rotation (key, next) SELECT %(rotation)s, count(*) FROM walked WHERE handed
        ON CONFLICT (key) DO UPDATE SET next = rotation.next + excluded.next RETURNING next
    ), placed AS (
        SELECT walked.*, CASE WHEN handed THEN (%(reps)s::bigint[])[
            1 + (turn.next - count(*) FILTER (WHERE handed) OVER (ORDER BY event_id)) %% cardinality(%(reps)s)
        ] END AS rep
        FROM walked, turn
    ), entered AS (
        INSERT INTO enrollment (
            automation_id, version_id, contact_id, event_id, state, node, entered_at, exited_at, path
        )
        SELECT %(automation)s, %(version)s, contact_id, event_id, 'finished',
               CASE WHEN handed THEN 'alert' WHEN hot THEN 'assign' ELSE 'hot' END, now(), now(),
               format(
                   '[["opened","next",0.0,[]],["points","next",0.0,[]],["hot","%%s",0.0,[["SCORE",%%s,"gte",20,%%s]]]%%s]',
                   CASE WHEN hot THEN 'yes' ELSE 'no' END, score, hot::text,
                   CASE WHEN handed THEN ',["assign","next",0.0,[]],["alert","next",0.0,[]]'
                        WHEN hot THEN ',["assign","kept",0.0,[]]' ELSE '' END
               )::jsonb
        FROM walked ORDER BY event_id
    ), scored AS (
        UPDATE contact c SET {score} = final.score, owner_id = coalesce(final.rep, c.owner_id), modified_at = now()
        FROM (SELECT contact_id, max(score) AS score, max(rep) AS rep FROM placed GROUP BY 1) AS final
        WHERE c.id = final.contact_id
    ), assigned AS (
        INSERT INTO assignment (contact_id, user_id, automation_id, at)
        SELECT contact_id, rep, %(automation)s, now() FROM placed WHERE handed
    ), told AS (
        INSERT INTO notification (user_id, contact_id, automation_id, title, body)
        SELECT rep, contact_id, %(automation)s, 'Hot lead: ' || email, email || ' now has ' || score || ' points.'
        FROM placed WHERE handed
    ), passed AS (
        SELECT * FROM (
            SELECT count(*) AS everyone, count(*) FILTER (WHERE hot) AS hot, count(*) FILTER (WHERE handed) AS handed
            FROM walked
        ) AS tally CROSS JOIN LATERAL (VALUES
            ('opened', 'next', everyone), ('points', 'next', everyone), ('hot', 'yes', hot),
            ('hot', 'no', everyone - hot), ('assign', 'next', handed), ('assign', 'kept', hot - handed),
            ('alert', 'next', handed), ('@end', 'finished', everyone)
        ) AS port (node, port, count)
    ), counted AS (
        INSERT INTO node_stat AS s (version_id, node, port, day, part, count)
        SELECT %(version)s, node, port, current_date, %(part)s, count FROM passed WHERE count > 0
        ON CONFLICT (version_id, node, port, day, part) DO UPDATE SET count = s.count + excluded.count
    )
    SELECT count(*) FROM taken
"""


class Limit(NamedTuple):
    """Seconds that taking the events in and working through them took."""

    intake: float
    work: float


def run(stage: Stage, contacts: int, batch: int, rng: Random) -> Limit:
    """Take all events in, then work through every partition, each batch in a transaction of its own."""
    order = [number for number in range(1, contacts + 1) for _ in range(OPENS)]
    rng.shuffle(order)
    with connect(stage.url) as connection:
        type_id = event_type(connection, "email_opened")
        began = time.monotonic()
        for start in range(0, len(order), INTAKE):
            given = {"contacts": order[start : start + INTAKE], "type": type_id, "parts": PARTITIONS}
            connection.execute(_TAKE_IN, given, prepare=True)
        taken_in = time.monotonic()
        for part in range(PARTITIONS):
            while _work(connection, stage, part, batch):
                pass
        return Limit(taken_in - began, time.monotonic() - taken_in)


def _work(connection: psycopg.Connection, stage: Stage, part: int, batch: int) -> bool:
    """Work through one batch; False when it was the last one."""
    statement = sql.SQL(_WORK).format(score=sql.Identifier(stage.score))
    given = {
        "part": part,
        "limit": batch,
        "automation": stage.automation,
        "version": stage.version,
        "rotation": f"{stage.automation}:assign",
        "reps": list(stage.reps),
    }
    with connection.transaction():
        connection.execute(_LOCK, {"part": part})
        (count,) = connection.execute(statement, given, prepare=True).fetchone() or (0,)
    return int(count) == batch
