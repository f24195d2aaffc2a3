"""Ten thousand of a million contacts fall due: while all others wait, too, and while nobody else does.

Each goes on to a tag. They are the same contacts both times: what differs is how many wait, and nothing else.

How one contact waits is seen from the engine; its run and its timer are then written for all others.
"""

import time
from collections.abc import Mapping
from typing import Any, Final, NamedTuple

from psycopg.rows import dict_row

from app import db
from app.adapters.doorbell import ring
from app.models import PARTITIONS
from app.services import entries, workspace
from app.services.contacts import Identifier
from bench.automations import Live, Steps, make_live
from bench.database import add_contacts, connect, demand, empty, settle, wait_for_none
from bench.place import Place
from bench.protocol import Cost, Figure, Result, Scenario, Sizes
from bench.usage import metered

# How many may wait must not show: the same share is due for cost per event.
STEADY: Final = 1 / 1.2
TAG: Final = "waited"
Sample = Mapping[str, Any]
_POLL_SECONDS: Final = 0.05
_STEPS: Final[Steps] = {
    "called": ("custom_event", {"event": "never_sent"}),
    "pause": ("wait", {"duration": {"amount": 30, "unit": "days"}}),
    "tag": ("add_tag", {"tag": TAG}),
}
_WAYS: Final = ("called > pause", "pause > tag")

_SAMPLE: Final = """
    SELECT n.node, n.event::text AS event, n.path::text AS path, t.port
    FROM enrollment n JOIN timer t ON t.enrollment_id = n.id
"""
_COPY: Final = f"""
    WITH copied AS (
        INSERT INTO enrollment (
            automation_id, version_id, contact_id, event_id, state, node, entered_at, arrived_at, wake_at, event, path
        )
        SELECT %(automation)s, %(version)s, id, 1, 'active', %(node)s, now(), now(),
               now() + interval '30 days' + random() * interval '10 days', %(event)s::jsonb, %(path)s::jsonb
        FROM (SELECT id FROM contact ORDER BY hashint8(id) LIMIT %(waiting)s) AS waiting ORDER BY id
        RETURNING id, contact_id, wake_at
    )
    INSERT INTO timer (part, wake_at, enrollment_id, port)
    SELECT contact_id %% {PARTITIONS}, wake_at, id, %(port)s FROM copied
"""  # noqa: S608 - a constant of ours
_FALL_DUE: Final = f"""
    WITH due AS (
        UPDATE enrollment n SET wake_at = now() FROM (
            SELECT id, wake_at AS planned FROM enrollment
            WHERE state = 'active' ORDER BY hashint8(contact_id) LIMIT %(due)s
        ) AS chosen
        WHERE n.id = chosen.id AND n.state = 'active'
        RETURNING n.id, n.contact_id %% {PARTITIONS} AS part, chosen.planned, n.wake_at
    )
    UPDATE timer t SET wake_at = due.wake_at FROM due
    WHERE t.part = due.part AND t.wake_at = due.planned AND t.enrollment_id = due.id
"""  # noqa: S608 - a constant of ours
# As in `wait_for_inbox`: one key a partition, whatever else is there.
_DUE: Final = f"""
    SELECT FROM generate_series(0, {PARTITIONS - 1}) AS given (part)
    WHERE (
        SELECT t.wake_at FROM timer t WHERE t.part = given.part AND t.wake_at <= now() ORDER BY t.wake_at LIMIT 1
    ) IS NOT NULL
"""  # noqa: S608 - a constant of ours
_ADVANCE: Final = """
    WITH due AS (
        DELETE FROM timer WHERE part = %(part)s AND wake_at <= now() RETURNING enrollment_id
    ), moved AS (
        UPDATE enrollment n SET state = 'finished', node = 'tag', exited_at = now(), wake_at = NULL,
            path = path || '[["pause","next",2592000.0,[]],["tag","next",2592000.0,[]]]'::jsonb
        FROM due WHERE n.id = due.enrollment_id AND n.state = 'active' RETURNING n.contact_id
    ), tagged AS (
        INSERT INTO contact_tag (contact_id, tag_id) SELECT contact_id, %(tag)s FROM moved ON CONFLICT DO NOTHING
    )
    INSERT INTO node_stat AS s (version_id, node, port, day, part, count)
    SELECT %(version)s, node, port, current_date, %(part)s, (SELECT count(*) FROM moved)
    FROM (VALUES ('pause', 'next'), ('tag', 'next'), ('@end', 'finished')) AS way (node, port)
    ON CONFLICT (version_id, node, port, day, part) DO UPDATE SET count = s.count + excluded.count
"""


class Stage(NamedTuple):
    """A database and its automation."""

    url: str
    live: Live


class Crowd(NamedTuple):
    """How many contacts there are, how many of them wait, and how many of these fall due."""

    contacts: int
    waiting: int
    due: int


class Turn(NamedTuple):
    """Seconds of SQL alone and of the engine, with processor seconds of the latter."""

    limit: float
    engine: float
    cost: dict[str, float]


def run(place: Place, sizes: Sizes) -> Result:
    """Let as many fall due while many wait, then while nobody else does."""
    limit = _build(place.database_beside())
    stage = _build(place.database_url)
    sample = _wait_once(stage)
    due = sizes["due"]
    contacts = max(sizes["waiting"], due)
    crowded, alone = [], []
    # What every process does once for all must not count against those who come first.
    _turn(place, sample, stage, limit, Crowd(due, due, due))
    for _ in place.turns():
        crowded.append(_turn(place, sample, stage, limit, Crowd(contacts, contacts, due)))
        alone.append(_turn(place, sample, stage, limit, Crowd(contacts, due, due)))
    many, few = tuple(due / turn.engine for turn in crowded), tuple(due / turn.engine for turn in alone)
    return Result(
        [
            Figure("went on while all these wait", "runs/s", many, tuple(due / turn.limit for turn in crowded)),
            Figure("went on while nobody else waits", "runs/s", few, tuple(due / turn.limit for turn in alone)),
            Figure(
                "many waiting to nobody else",
                "×",
                tuple(mine / other for mine, other in zip(many, few, strict=True)),
                at_least=round(STEADY, 2),
            ),
        ],
        [
            Cost("while all these wait", due, tuple(turn.cost for turn in crowded)),
            Cost("while nobody else waits", due, tuple(turn.cost for turn in alone)),
        ],
    )


SCENARIO: Final = Scenario("s4", "Waits fall due", {"waiting": 1_000_000, "due": 10_000}, run)


def _build(url: str) -> Stage:
    db.configure(url)
    workspace.setup()
    return Stage(url, make_live(url, "Patience", _STEPS, _WAYS))


def _turn(place: Place, sample: Sample, stage: Stage, limit: Stage, crowd: Crowd) -> Turn:
    _fill(limit, sample, crowd)
    alone = _in_sql(limit)
    _demand_exact(limit, crowd)
    _fill(stage, sample, crowd)
    with metered(place.instance) as cost:
        began = time.monotonic()
        ring(range(PARTITIONS), force=True)
        wait_for_none(stage.url, _DUE)
        engine = time.monotonic() - began
    _demand_exact(stage, crowd)
    return Turn(alone, engine, cost)


def _wait_once(stage: Stage) -> Sample:
    """Let one contact come to the wait, and return how that is stored."""
    add_contacts(stage.url, 1, 1)
    with connect(stage.url) as connection, connection.cursor(row_factory=dict_row) as cursor:
        entries.enter_contacts(stage.live.automation, [Identifier("id", 1)])
        while (found := cursor.execute(_SAMPLE).fetchone()) is None:
            time.sleep(_POLL_SECONDS)
        return found


def _fill(stage: Stage, sample: Sample, crowd: Crowd) -> None:
    """Let so many wait, and let the time of some come, evenly spread over all contacts."""
    empty(stage.url)
    add_contacts(stage.url, 1, crowd.contacts)
    with connect(stage.url) as connection:
        connection.execute(_COPY, {**sample, **stage.live._asdict(), "waiting": crowd.waiting})
    settle(stage.url)
    with connect(stage.url) as connection:
        connection.execute(_FALL_DUE, {"due": crowd.due})


def _in_sql(stage: Stage) -> float:
    """Let them go on, one statement a partition; returns the seconds."""
    with connect(stage.url) as connection:
        connection.execute("INSERT INTO tag (name) VALUES (%s) ON CONFLICT DO NOTHING", [TAG])
        tag = connection.execute("SELECT id FROM tag WHERE name = %s", [TAG]).fetchone() or (0,)
        began = time.monotonic()
        for part in range(PARTITIONS):
            connection.execute(_ADVANCE, {"part": part, "tag": tag[0], "version": stage.live.version})
        return time.monotonic() - began


def _demand_exact(stage: Stage, crowd: Crowd) -> None:
    left = crowd.waiting - crowd.due
    answers = {
        "SELECT count(*) FROM timer": left,
        "SELECT count(*) FROM enrollment WHERE state = 'active'": left,
        "SELECT count(*) FROM enrollment WHERE state = 'finished'": crowd.due,
        "SELECT count(*) FROM contact_tag": crowd.due,
        "SELECT sum(count)::bigint FROM node_stat WHERE node = '@end'": crowd.due,
    }
    demand(stage.url, answers)
