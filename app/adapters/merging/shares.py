"""What two contacts may both have one of: on a list, of a tag, in a deal, on a topic. The kept one has it once."""

from collections.abc import Iterable, Mapping
from typing import Any, Final, NamedTuple

import orjson
from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

Shares = Mapping[str, Mapping[str, list[Any]]]
"""Rows by table, and by whose they are: `kept` or `merged`."""


class _Share(NamedTuple):
    """A table with one row a contact and `key`; `whole`: what must still be there for a row to come back.

    `near` helps to find the rows where no index begins with the contact.
    """

    key: tuple[str, ...]
    whole: str = "true"
    near: str = "true"


_SHARES: Final[Mapping[str, _Share]] = {
    "list_member": _Share(("list_id",), "EXISTS (SELECT FROM list WHERE id = m.list_id)"),
    "contact_tag": _Share(("tag_id",), "EXISTS (SELECT FROM tag WHERE id = m.tag_id)"),
    "deal_contact": _Share(("deal_id",), "EXISTS (SELECT FROM deal WHERE id = m.deal_id)"),
    "watch_member": _Share(
        ("watch_id",), "EXISTS (SELECT FROM watch WHERE id = m.watch_id)", "x.watch_id IN (SELECT id FROM watch)"
    ),
    "visit": _Share(("automation_id", "run_key")),
    "consent": _Share(("topic_id",), "EXISTS (SELECT FROM topic WHERE id = m.topic_id)"),
    "refusal": _Share(("automation_id", "reason")),
    "message_ledger": _Share(()),
    "pending_entry": _Share(("automation_id", "event_id")),
}
# What is to become of a row that both have: else the kept one's stays as it is.
_STRICTNESS: Final = "array_position(ARRAY['given', 'pending', 'withdrawn'], {})"
_BOTH: Final[Mapping[str, str]] = {
    "consent": (
        "UPDATE SET state = excluded.state, at = excluded.at, asks = excluded.asks, asked_at = excluded.asked_at "
        f"WHERE {_STRICTNESS.format('excluded.state')} > {_STRICTNESS.format('x.state')}"
    ),
    "refusal": (
        "UPDATE SET times = x.times + excluded.times, last_at = greatest(x.last_at, excluded.last_at), "
        "last_event_id = greatest(x.last_event_id, excluded.last_event_id)"
    ),
    "message_ledger": (
        "UPDATE SET messages = (SELECT jsonb_agg(each ORDER BY each ->> 1) "
        "FROM jsonb_array_elements(x.messages || excluded.messages) AS each)"
    ),
    "watch_member": "UPDATE SET since = least(x.since, excluded.since)",
}
_READ: Final = """
    SELECT coalesce(jsonb_agg(x) FILTER (WHERE x.contact_id = :kept), '[]'),
        coalesce(jsonb_agg(x) FILTER (WHERE x.contact_id = :merged), '[]')
    FROM {table} x WHERE x.contact_id IN (:kept, :merged) AND {near}
"""
_ROWS: Final = "jsonb_populate_recordset(NULL::{table}, CAST(:{whose} AS jsonb))"
_GIVE: Final = """
    INSERT INTO {table} AS x
    SELECT r.* FROM jsonb_array_elements(CAST(:merged_rows AS jsonb)) AS m,
        jsonb_populate_record(NULL::{table}, m || jsonb_build_object('contact_id', CAST(:kept AS bigint))) AS r
    ON CONFLICT ({key}) DO {both}
"""
_DROP: Final = "DELETE FROM {table} x WHERE contact_id = :merged AND {near}"
# What the kept one had before the merge, or has changed since, stays.
_GIVE_BACK: Final[Mapping[str, tuple[str, ...]]] = {
    "refusal": (
        (
            "UPDATE refusal x SET times = x.times - m.times FROM {merged} m "
            "WHERE x.contact_id = :kept AND x.automation_id = m.automation_id AND x.reason = m.reason"
        ),
        "DELETE FROM refusal WHERE contact_id = :kept AND times <= 0",
        "INSERT INTO refusal SELECT m.* FROM {merged} m",
    ),
    # Where the person has asked for less since, the kept one's stay as they are.
    "consent": (
        (
            "DELETE FROM consent x USING {merged} m WHERE x.contact_id = :kept AND x.topic_id = m.topic_id "
            "AND x.state = m.state AND x.at = m.at AND NOT CAST(:strict AS boolean)"
        ),
        "INSERT INTO consent SELECT m.* FROM {kept} m WHERE {whole} ON CONFLICT DO NOTHING",
        "INSERT INTO consent SELECT m.* FROM {merged} m WHERE {whole} ON CONFLICT DO NOTHING",
    ),
    "message_ledger": (
        (
            "UPDATE message_ledger x SET messages = ("
            "SELECT coalesce(jsonb_agg(each), '[]') FROM jsonb_array_elements(x.messages) AS each "
            "WHERE NOT m.messages @> jsonb_build_array(each)) FROM {merged} m WHERE x.contact_id = :kept"
        ),
        "DELETE FROM message_ledger WHERE contact_id = :kept AND messages = '[]'",
        "INSERT INTO message_ledger SELECT m.* FROM {merged} m",
    ),
    # Who has entered meanwhile does not wait to enter any more.
    "pending_entry": (
        (
            "UPDATE pending_entry x SET contact_id = :merged FROM {merged} m WHERE x.contact_id = :kept "
            "AND x.automation_id = m.automation_id AND x.event_id = m.event_id AND x.turn = m.turn"
        ),
        (
            "INSERT INTO pending_entry SELECT m.* FROM {merged} m JOIN pending_entry x ON x.contact_id = :kept "
            "AND x.automation_id = m.automation_id AND x.event_id = m.event_id"
        ),
    ),
}
_TAKE_BACK: Final = (
    (
        "DELETE FROM {table} x USING {merged} m WHERE x.contact_id = :kept AND {same} "
        "AND NOT EXISTS (SELECT FROM {kept} x WHERE {same})"
    ),
    "INSERT INTO {table} SELECT m.* FROM {merged} m WHERE {whole} ON CONFLICT DO NOTHING",
)


def _given(table: str) -> Iterable[TextClause]:
    key = ", ".join(("contact_id", *_SHARES[table].key))
    yield text(_GIVE.format(table=table, key=key, both=_BOTH.get(table, "NOTHING")))
    yield text(_DROP.format(table=table, near=_SHARES[table].near))


def _given_back(table: str) -> Iterable[TextClause]:
    share = _SHARES[table]
    words = {
        "table": table,
        "whole": share.whole,
        "same": " AND ".join(f"x.{name} = m.{name}" for name in share.key),
        "merged": _ROWS.format(table=table, whose="merged_rows"),
        "kept": _ROWS.format(table=table, whose="kept_rows"),
    }
    return (text(statement.format(**words)) for statement in _GIVE_BACK.get(table, _TAKE_BACK))


_READS: Final = {table: text(_READ.format(table=table, near=share.near)) for table, share in _SHARES.items()}
_GIVEN: Final = {table: tuple(_given(table)) for table in _SHARES}
_GIVEN_BACK: Final = {table: tuple(_given_back(table)) for table in _SHARES}


def give(session: Session, merged: int, kept: int) -> Shares:
    """Let the kept contact have what the merged one has; returns what each had."""
    before: dict[str, Mapping[str, list[Any]]] = {}
    for table, read in _READS.items():
        own, others = session.execute(read, {"kept": kept, "merged": merged}).one()
        before[table] = {"kept": own, "merged": others}
        for statement in _GIVEN[table] if others else ():
            session.execute(statement, _names(merged, kept, before[table]))
    return before


def give_back(session: Session, merged: int, kept: int, before: Shares, *, strict: bool) -> None:
    """Let the merged contact have again what it had, and the kept one no more what it had by the merge only.

    `strict`: consents of the kept one stay as they are.
    """
    for table, rows in before.items():
        for statement in _GIVEN_BACK[table] if rows["merged"] else ():
            session.execute(statement, {"strict": strict, **_names(merged, kept, rows)})


def _names(merged: int, kept: int, rows: Mapping[str, list[Any]]) -> dict[str, Any]:
    written = {f"{whose}_rows": orjson.dumps(each).decode() for whose, each in rows.items()}
    return {"merged": merged, "kept": kept, **written}
