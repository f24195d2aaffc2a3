"""Looking into databases, emptying them between turns, and demanding that what is there is exactly right."""

import time
from collections.abc import Mapping
from typing import Final

import psycopg
from sqlalchemy import make_url

from app.models import PARTITIONS

_EMPTIED: Final = (
    *("event", "inbox", "enrollment", "visit", "timer", "pending_entry", "refusal", "node_stat", "rotation", "outbox"),
    *("notification", "assignment", "dead_letter", "bulk_entry", "visitor", "contact"),
)
_CONTACTS: Final = """
    INSERT INTO contact (email)
    SELECT 'contact' || n || '@example.com' FROM generate_series(%s::bigint, %s) AS n ORDER BY n
"""
# What PostgreSQL does of its own accord after much was written, and would still do while the clock runs.
_TIDYING: Final = "SELECT FROM pg_stat_activity WHERE backend_type = 'autovacuum worker'"
_PATIENCE_SECONDS: Final = 1800
# Seldom enough not to be measured, and nothing beside what takes seconds.
_POLL_SECONDS: Final = 0.05
# By the keys' order, as the engine itself looks: reading the table would cost what was deleted from it lately.
_WAITING: Final = f"""
    SELECT FROM generate_series(0, {PARTITIONS - 1}) AS given (part)
    WHERE (SELECT i.id FROM inbox i WHERE i.part = given.part ORDER BY i.id LIMIT 1) IS NOT NULL
"""  # noqa: S608 - a constant of ours


class NotExact(RuntimeError):
    """A run ended with other numbers than it must."""


def connect(url: str) -> psycopg.Connection:
    """Return a connection of its own, outside of any pool; each statement commits."""
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(plain, autocommit=True)


def empty(url: str) -> None:
    """Leave no contact, and no trace of what happened to any. An engine that looks for work meanwhile may go first."""
    with connect(url) as connection:
        while True:
            try:
                connection.execute(f"TRUNCATE {', '.join(_EMPTIED)} RESTART IDENTITY CASCADE")
                return
            except psycopg.errors.DeadlockDetected:
                time.sleep(_POLL_SECONDS)


def add_contacts(url: str, first: int, last: int) -> None:
    """Make contacts with these numbers, of whom nothing is known but a mail address that holds the number."""
    with connect(url) as connection:
        connection.execute(_CONTACTS, [first, last])


def event_type(connection: psycopg.Connection, name: str) -> int:
    """Return the number of a kind of event, met before or not."""
    connection.execute("INSERT INTO event_type (name) VALUES (%s) ON CONFLICT DO NOTHING", [name])
    (number,) = connection.execute("SELECT id FROM event_type WHERE name = %s", [name]).fetchone() or (0,)
    return int(number)


def settle(url: str) -> None:
    """Let what was written stop making work: statistics are taken, nobody vacuums, dirty pages are on the disk."""
    with connect(url) as connection:
        connection.execute("VACUUM (ANALYZE)")
    wait_for_none(url, _TIDYING)
    with connect(url) as connection:
        connection.execute("CHECKPOINT")


def demand(url: str, answers: Mapping[str, int]) -> None:
    """Ask each question, a SELECT of one number. Raises NotExact naming every answer that is another one."""
    with connect(url) as connection:
        found = {question: (connection.execute(question).fetchone() or (None,))[0] for question in answers}
    wrong = [f"{each}: {found[each]}, not {wanted}" for each, wanted in answers.items() if found[each] != wanted]
    if wrong:
        raise NotExact("\n".join(wrong))


def wait_for_none(url: str, rows: str) -> None:
    """Wait until a SELECT finds no row any more."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    with connect(url) as connection:
        connection.execute("SET enable_seqscan = off")
        while connection.execute(f"{rows} LIMIT 1").fetchone() is not None:
            if time.monotonic() > deadline:
                raise RuntimeError(f"Not done within {_PATIENCE_SECONDS} s: {rows}")
            time.sleep(_POLL_SECONDS)


def wait_for_inbox(url: str) -> None:
    """Wait until the inbox is empty: an event leaves it in the transaction that commits its effects."""
    wait_for_none(url, _WAITING)
