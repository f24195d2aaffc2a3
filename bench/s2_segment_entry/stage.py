"""The workspace of the scenario: two attributes, a segment of everybody, the automation, and contacts."""

from typing import Final, NamedTuple

from psycopg import sql

from app import db
from app.adapters.attributes import column_name
from app.services import attributes, segments, workspace
from bench.automations import Live, Steps, make_live
from bench.database import connect, demand, empty, settle
from nodes.catalog import Kind

POINTS: Final = 5
ENOUGH: Final = 20
SCORES: Final = 40  # contacts begin with 0 to 39 points, evenly
TAG: Final = "hot"
_STEPS: Final[Steps] = {
    "called": ("custom_event", {"event": "never_sent"}),
    "points": ("update_attribute", {"attribute": "SCORE", "operation": "add", "value": POINTS}),
    "hot": ("conditional_split", {"condition": {"all": [{"attribute": "SCORE", "op": "gte", "value": ENOUGH}]}}),
    "tag": ("add_tag", {"tag": TAG}),
}
_WAYS: Final = ("called > points", "points > hot", "hot.yes > tag")
_CONTACTS: Final = """
    INSERT INTO contact (email, {score}, {subscribed})
    SELECT 'contact' || n || '@example.com', n %% %s, true FROM generate_series(1, %s) AS n ORDER BY n
"""


class Stage(NamedTuple):
    """Where the scenario plays: a database, its automation, its segment, and the columns of the attributes."""

    url: str
    live: Live
    segment: int
    score: str
    subscribed: str


def build_stage(url: str) -> Stage:
    """Make it all in a migrated database; leaves this process connected to it."""
    db.configure(url)
    workspace.setup()
    score = attributes.create("SCORE", Kind.NUMBER)
    subscribed = attributes.create("SUBSCRIBED", Kind.BOOLEAN)
    segment = segments.create("Subscribed", {"attribute": "SUBSCRIBED", "op": "eq", "value": True})
    live = make_live(url, "Welcome", _STEPS, _WAYS)
    return Stage(url, live, segment, column_name(score.id), column_name(subscribed.id))


def reset(stage: Stage, contacts: int) -> None:
    """Let there be so many fresh contacts, all in the segment, and no trace of an earlier run."""
    empty(stage.url)
    with connect(stage.url) as connection:
        columns = {"score": sql.Identifier(stage.score), "subscribed": sql.Identifier(stage.subscribed)}
        connection.execute(sql.SQL(_CONTACTS).format(**columns), [SCORES, contacts])
    settle(stage.url)


def demand_exact(stage: Stage, contacts: int) -> None:
    """Demand that everybody went through once. Raises NotExact."""
    before = [number % SCORES for number in range(1, contacts + 1)]
    hot = sum(score + POINTS >= ENOUGH for score in before)
    answers = {
        f"SELECT sum({stage.score})::bigint FROM contact": sum(before) + POINTS * contacts,  # noqa: S608
        "SELECT count(*) FROM contact_tag": hot,
        "SELECT count(*) FROM enrollment WHERE state = 'finished'": contacts,
        "SELECT count(*) FROM enrollment WHERE state <> 'finished'": 0,
        "SELECT count(DISTINCT contact_id) FROM enrollment": contacts,
        "SELECT count(*) FROM visit": contacts,
        "SELECT sum(count)::bigint FROM node_stat WHERE node = '@end'": contacts,
        "SELECT sum(entered)::bigint FROM bulk_entry_part": contacts,
    }
    demand(stage.url, answers)
