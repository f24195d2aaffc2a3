"""Keeping everybody away from two contacts, and reading them as they are."""

from collections.abc import Collection, Mapping
from typing import Any, Final

import orjson
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.adapters.engine.claim import hold_partitions
from app.models import PARTITIONS

Row = Mapping[str, Any]
"""A row of `contact` by column, as JSON has it."""

# Whoever takes a page view holds its visitor first, and the contact afterwards.
_VISITORS: Final = text("SELECT id FROM visitor WHERE contact_id = ANY(:ids) ORDER BY id FOR UPDATE")
_CONTACTS: Final = text("SELECT c.id, to_jsonb(c) FROM contact c WHERE c.id = ANY(:ids) ORDER BY c.id FOR UPDATE")
_CHANGE: Final = "UPDATE contact c SET {columns} FROM jsonb_populate_record(NULL::contact, CAST(:row AS jsonb)) r "
_DROP: Final = text("DELETE FROM contact WHERE id = :id")
# A company may be gone since; nobody leaves the table of users.
_REVIVE: Final = """
    INSERT INTO contact ({columns})
    SELECT {values} FROM jsonb_populate_record(NULL::contact, CAST(:row AS jsonb)) r
"""
_COMPANY: Final = "(SELECT id FROM company WHERE id = r.company_id)"


def hold(session: Session, contact_ids: Collection[int]) -> dict[int, Row]:
    """Wait until nobody works on these contacts, keep everybody away, and return those that exist."""
    ids = sorted(contact_ids)
    hold_partitions(session, {each % PARTITIONS for each in ids})
    session.execute(_VISITORS, {"ids": ids})
    return read(session, ids)


def read(session: Session, contact_ids: Collection[int]) -> dict[int, Row]:
    """Return contacts by id, and let nobody change them until the transaction ends."""
    return {number: row for number, row in session.execute(_CONTACTS, {"ids": sorted(contact_ids)})}  # noqa: C416 - rows


def change(session: Session, contact_id: int, columns: Row) -> None:
    """Write columns of a contact."""
    names = sorted({*columns} | {"modified_at"})
    values = ", ".join(f'"{name}" = r."{name}"' if name != "modified_at" else "modified_at = now()" for name in names)
    statement = _CHANGE.format(columns=values) + "WHERE c.id = :id"
    session.execute(text(statement), {"id": contact_id, "row": orjson.dumps(columns).decode()})


def revive(session: Session, row: Row, columns: Collection[str]) -> None:
    """Write a contact that is gone, as it was, as far as the table still has these columns."""
    names = sorted(row.keys() & set(columns))
    values = (_COMPANY if name == "company_id" else f'r."{name}"' for name in names)
    quoted = (f'"{name}"' for name in names)
    statement = _REVIVE.format(columns=", ".join(quoted), values=", ".join(values))
    session.execute(text(statement), {"row": orjson.dumps(row).decode()})


def drop(session: Session, contact_id: int) -> None:
    """Take away a contact that has nothing any more."""
    session.execute(_DROP, {"id": contact_id})
