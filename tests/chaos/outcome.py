"""What a run came to, by contact: once as the database tells it, once as the reference does."""

from collections import Counter
from collections.abc import Mapping, Sequence
from math import inf
from typing import Any, Final

import psycopg

from app.adapters.templates import render
from tests.chaos.receiver import Receiver
from tests.chaos.scenario import CATALOG, played
from tests.model.interpreter import Model
from tests.model.scenario import Outcome, Send

Facts = dict[str, Any]

_NUMBER: Final = "substring(c.email FROM '^p(\\d+)@')::int"
_QUERIES: Final[Mapping[str, str]] = {
    "score": "SELECT {who}, {score} FROM contact c WHERE {score} IS NOT NULL",
    "rounds": "SELECT {who}, {rounds} FROM contact c WHERE {rounds} IS NOT NULL",
    "tags": "SELECT {who}, array_agg(t.name ORDER BY 1) FROM contact c JOIN contact_tag x ON x.contact_id = c.id "
    "JOIN tag t ON t.id = x.tag_id GROUP BY c.id",
    "lists": "SELECT {who}, array_agg(list_id ORDER BY list_id) FROM contact c "
    "JOIN list_member m ON m.contact_id = c.id GROUP BY c.id",
    "owned": "SELECT {who}, true FROM contact c WHERE owner_id IS NOT NULL",
    "assigned": "SELECT {who}, count(*) FROM contact c JOIN assignment x ON x.contact_id = c.id GROUP BY c.id",
    "alerts": "SELECT {who}, count(*) FROM contact c JOIN notification x ON x.contact_id = c.id GROUP BY c.id",
    "mails": "SELECT {who}, count(*) FROM contact c JOIN outbox x ON x.contact_id = c.id "
    "WHERE x.kind = 'mail' AND x.state = 'kept' GROUP BY c.id",
    "calls": "SELECT {who}, count(*) FROM contact c JOIN outbox x ON x.contact_id = c.id "
    "WHERE x.kind = 'webhook' AND x.state = 'sent' GROUP BY c.id",
}
_PAIRS: Final[Mapping[str, str]] = {
    "notes": "SELECT {who}, x.text, count(*) FROM contact c JOIN note x ON x.contact_id = c.id GROUP BY c.id, x.text",
    "runs": "SELECT {who}, a.name || ' ' || n.state, count(*) FROM contact c JOIN enrollment n ON n.contact_id = c.id "
    "JOIN automation a ON a.id = n.automation_id GROUP BY c.id, a.name, n.state",
    "events": "SELECT {who}, t.name, count(*) FROM contact c JOIN event e ON e.contact_id = c.id "
    "JOIN event_type t ON t.id = e.type_id AND t.name IN ('email_opened', 'order', 'page_visited', 'cart') "
    "GROUP BY c.id, t.name",
}
_PASSED: Final = (
    "SELECT a.name || ' ' || s.node || ' ' || s.port, sum(s.count)::int FROM node_stat s "
    "JOIN automation_version v ON v.id = s.version_id JOIN automation a ON a.id = v.automation_id GROUP BY 1"
)
# What still waits: for the engine, inside, to enter, in a crowd, to be delivered or let go; and what was set aside.
LEFT: Final = (
    "SELECT (SELECT count(*) FROM inbox) AS inbox, "
    "(SELECT count(*) FROM enrollment WHERE state = 'active') AS inside, "
    "(SELECT count(*) FROM pending_entry) AS entering, "
    "(SELECT count(*) FROM bulk_entry_part WHERE finished_at IS NULL) AS crowds, "
    "(SELECT count(*) FROM outbox WHERE state IN ('pending', 'held')) AS outbox, "
    "(SELECT count(*) FROM held_timer) AS timers, "
    "(SELECT count(*) FROM dead_letter) AS set_aside"
)

# Something is on its way, and its sender lives: who delivers holds this lock (app/services/outbox.py).
DELIVERING: Final = (
    "SELECT EXISTS (SELECT FROM outbox WHERE state = 'pending' AND sending AND due_at > now()) "
    "AND EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND classid = 770005)"
)


def happened(connection: psycopg.Connection, receiver: Receiver) -> Facts:
    """Return what the tables and the other side of the webhook tell."""
    columns = connection.execute("SELECT lower(name), 'a' || id FROM attribute").fetchall()
    names = {"who": _NUMBER, **dict(columns)}
    facts: Facts = {
        name: dict(connection.execute(query.format(**names)).fetchall()) for name, query in _QUERIES.items()
    }
    for name, query in _PAIRS.items():
        facts[name] = {(who, what): times for who, what, times in connection.execute(query.format(**names)).fetchall()}
    facts["passed"] = dict(connection.execute(_PASSED).fetchall())
    facts["left"] = connection.execute(LEFT).fetchone()
    stored = {key for (key,) in connection.execute("SELECT key FROM outbox WHERE kind = 'webhook'")}
    facts["keys that only one side knows"] = sorted(stored ^ receiver.calls.keys())
    facts["keys"] = {int(email[1 : email.index("@")]): len(keys) for email, keys in receiver.keys.items()}
    return facts


def expected(documents: Sequence[dict[str, Any]], contacts: int, sent: Sequence[Send], rounds: int = 0) -> Facts:
    """Return the same from the reference; the crowd entered so many times."""
    scenario = played(documents, contacts, sent, rounds)
    outcome = Model(scenario, CATALOG, render, inf).play(scenario)
    names = [each["name"] for each in documents]
    people = outcome.people.items()
    runs = [(who, number, each[0]) for (number, who), entries in outcome.runs.items() for each in entries]
    calls = _times(outcome, "call")
    return {
        "score": _values(outcome, "SCORE"),
        "rounds": _values(outcome, "ROUNDS"),
        "tags": {who: each["tags"] for who, each in people if each["tags"]},
        "lists": {who: each["lists"] for who, each in people if each["lists"]},
        "owned": {who: True for who, each in people if each["owner"]},
        "assigned": _times(outcome, "assigned"),
        "alerts": _times(outcome, "notification"),
        "mails": _times(outcome, "mail"),
        "calls": calls,
        "keys": calls,
        "keys that only one side knows": [],
        "notes": dict(
            Counter(
                (who, text) for (who, kind), notes in outcome.effects.items() if kind == "note" for _, text in notes
            )
        ),
        "runs": dict(Counter((who, f"{names[number - 1]} {state}") for who, number, state in runs)),
        "events": dict(Counter((each.who, each.name) for each in {each.message: each for each in sent}.values())),
        "passed": {f"{names[number - 1]} {node} {port}": n for (number, node, port), n in outcome.passed.items()},
        "left": (0,) * 7,
    }


def _values(outcome: Outcome, attribute: str) -> dict[int, object]:
    held = {who: each["attributes"] for who, each in outcome.people.items()}
    return {who: each[attribute] for who, each in held.items() if attribute in each}


def _times(outcome: Outcome, kind: str) -> dict[int, int]:
    return {who: len(entries) for (who, each), entries in outcome.effects.items() if each == kind}


def differences(found: Facts, wanted: Facts) -> list[str]:
    """Say where the two differ, a line each."""
    lines = []
    for name, value in wanted.items():
        if isinstance(value, dict):
            keys = sorted(key for key in value.keys() | found[name].keys() if value.get(key) != found[name].get(key))
            lines += [f"{name} of {key}: {found[name].get(key)}, not {value.get(key)}" for key in keys]
        elif found[name] != value:
            lines.append(f"{name}: {found[name]}, not {value}")
    return lines
