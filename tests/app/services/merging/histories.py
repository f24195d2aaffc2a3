"""Two contacts with something in every table, and what all tables say of them."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import inspect, text
from sqlalchemy.orm import Session

# What comes of a merge itself, and is told by others.
_OWN: Final = {"contact_alias", "contact_merge", "contact_merge_rows"}
_FILLED: Final = (
    "INSERT INTO event_type (id, name) VALUES (900, 'x') ON CONFLICT DO NOTHING",
    (
        "INSERT INTO event (id, contact_id, type_id, at, received_at)"
        " SELECT :n + each, :id, 900, now(), now() - each * interval '40 days' FROM generate_series(0, 2) AS each"
    ),
    "INSERT INTO inbox VALUES (:part, :n, :id, 900, now(), now(), '{}')",
    (
        "INSERT INTO enrollment (id, automation_id, version_id, contact_id, event_id, state, node, entered_at, wake_at,"
        " path) VALUES (:n, :n, 1, :id, 900, 'active', 'n', now(), '2027-01-01', '[]')"
    ),
    (
        "INSERT INTO enrollment (id, automation_id, version_id, contact_id, event_id, state, node, entered_at,"
        " exited_at, path) VALUES (:n + 1, 1, 1, :id, 900, 'finished', 'n', now(), now(), '[]')"
    ),
    "INSERT INTO timer (part, wake_at, enrollment_id) VALUES (:part, '2027-01-01', :n)",
    "INSERT INTO held_timer (automation_id, enrollment_id, part, wake_at) VALUES (:n, :n, :part, '2027-01-01')",
    "INSERT INTO pending_entry VALUES (1, :id, :n, 't', '{}'), (1, :id, -7, 't', '{}')",
    "INSERT INTO visit VALUES (1, :id, ''), (:n, :id, '')",
    (
        "INSERT INTO refusal (contact_id, automation_id, reason, times, last_event_id, last_at)"
        " VALUES (:id, 1, 'r', 2, 900, '2026-01-01'), (:id, :n, 'r', 3, 900, '2026-01-01')"
    ),
    "INSERT INTO watch (id, subject) VALUES (900, 'w'), (:n, 'of ' || :n) ON CONFLICT DO NOTHING",
    "INSERT INTO watch_member VALUES (900, :id, '2026-01-01'), (:n, :id, '2026-01-01')",
    "INSERT INTO outbox (key, kind, payload, contact_id) VALUES ('k' || :n, 'mail', '{}', :id)",
    "INSERT INTO dead_letter (contact_id, reason) VALUES (:id, 'r')",
    "INSERT INTO opt_in (id, contact_id, wish) VALUES (:n, :id, '{}')",
    "INSERT INTO note (contact_id, text) VALUES (:id, 'secret')",
    "INSERT INTO task (contact_id, title) VALUES (:id, 'call')",
    "INSERT INTO assignment (contact_id) VALUES (:id)",
    (
        "INSERT INTO message (key, channel, kind, contact_id, address, subject)"
        " VALUES ('m' || :n, 'email', 'automation', :id, 'a', 's')"
    ),
    "INSERT INTO message_ledger VALUES (:id, jsonb_build_array(jsonb_build_array('email', :n)))",
    "INSERT INTO site (id, name, key, domains) VALUES (900, 'Shop', 'k', '{}') ON CONFLICT DO NOTHING",
    "INSERT INTO visitor (site_id, token, contact_id) VALUES (900, 't' || :n, :id)",
    "INSERT INTO webhook_delivery (webhook_id, event, contact_id, data) VALUES (900, 'e', :id, '{}')",
    (
        "INSERT INTO source_message (source_id, kind, name, result, problems, contact_id)"
        " VALUES (900, 'k', 'n', 'taken', '[]', :id)"
    ),
)
_ONCE: Final = (
    "INSERT INTO webhook (id, name, url, events, secret) VALUES (900, 'w', 'u', '{}', 's') ON CONFLICT DO NOTHING",
    "INSERT INTO source (id, name, kind, key) VALUES (900, 's', 'server', 'k') ON CONFLICT DO NOTHING",
)


def fill(database: Session, contact: int, number: int) -> None:
    """Something of the contact in every table that names contacts; rows of its own are numbered from `number`."""
    for statement in (*_ONCE, *_FILLED):
        database.execute(text(statement), {"id": contact, "part": contact % 16, "n": number})


def tables(database: Session) -> list[str]:
    """Every table that names contacts, but those of merges; of a table in parts only the whole."""
    inspector = inspect(database.connection())
    parts = set(database.scalars(text("SELECT CAST(inhrelid AS regclass)::text FROM pg_inherits")))
    named = (name for name in inspector.get_table_names() if name not in _OWN | parts)
    return [name for name in named if "contact_id" in {column["name"] for column in inspector.get_columns(name)}]


def told(database: Session, *contacts: int) -> Mapping[str, Sequence[Any]]:
    """All that is stored of contacts, by table; when a contact was last changed is left out."""
    read = "SELECT to_jsonb(x) FROM {table} x WHERE x.contact_id = ANY(:ids) ORDER BY 1"
    found = {
        table: database.scalars(text(read.format(table=table)), {"ids": list(contacts)}).all()
        for table in tables(database)
    }
    found["contact"] = database.scalars(
        text("SELECT to_jsonb(c) - 'modified_at' FROM contact c WHERE id = ANY(:ids) ORDER BY id"),
        {"ids": list(contacts)},
    ).all()
    for table in ("timer", "held_timer"):
        found[table] = database.scalars(text(f"SELECT to_jsonb(x) FROM {table} x ORDER BY 1")).all()
    return found
