"""The workspace of the scenario: reps, the automation, contacts; and emptying it between runs."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from app import db
from app.adapters.attributes import column_name
from app.services import attributes, users, workspace
from app.services.automation_templates import build
from app.services.automations.activation import activate
from app.services.automations.drafts import add
from bench.database import add_contacts, connect, demand, empty, settle
from nodes.catalog import Kind

OPENS: Final = 4
REPS: Final = ("rep1@example.com", "rep2@example.com", "rep3@example.com")


class Stage(NamedTuple):
    """Where the scenario plays: a database, its automation, and the column of the score."""

    url: str
    automation: int
    version: int
    score: str
    reps: Sequence[int]


def build_stage(url: str) -> Stage:
    """Make users, attribute and automation in a migrated database; leaves this process connected to it."""
    db.configure(url)
    workspace.setup()
    reps = [users.create(email, email.partition("@")[0], ["rep"]).id for email in REPS]
    score = attributes.create("SCORE", Kind.NUMBER)
    automation = activate(add(build("lead_scoring", "en")).id, "en")
    with connect(url) as connection:
        (version,) = connection.execute(
            "SELECT live_version_id FROM automation WHERE id = %s", [automation.id]
        ).fetchone() or (0,)
    return Stage(url, automation.id, version, column_name(score.id), reps)


def reset(stage: Stage, contacts: int) -> None:
    """Let there be so many fresh contacts, numbered from 1, and no trace of an earlier run."""
    empty(stage.url)
    add_contacts(stage.url, 1, contacts)
    settle(stage.url)


def demand_exact(stage: Stage, contacts: int) -> None:
    """Demand what must come of four opens of each of so many contacts. Raises NotExact."""
    answers = {
        f"SELECT count(*) FROM contact WHERE {stage.score} = 20 AND owner_id IS NOT NULL": contacts,  # noqa: S608
        "SELECT count(*) FROM event": contacts * OPENS,
        "SELECT count(*) FROM enrollment WHERE state = 'finished'": contacts * OPENS,
        "SELECT count(*) FROM enrollment WHERE state <> 'finished'": 0,
        "SELECT count(DISTINCT contact_id) FROM assignment": contacts,
        "SELECT count(*) FROM assignment": contacts,
        "SELECT count(*) FROM notification": contacts,
        "SELECT sum(count)::bigint FROM node_stat WHERE node = '@end'": contacts * OPENS,
        "SELECT count(*) FROM inbox": 0,
    }
    demand(stage.url, answers)
