"""Indexes on attributes, made and dropped while everybody goes on reading and writing.

They cost each write of their attribute, so not every attribute has one: see `app.services.quick_search`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Connection, text
from sqlalchemy.dialects import postgresql

from app import db
from app.adapters.attributes import column, column_name
from app.adapters.conditions_sql import folded
from nodes.catalog import Attribute, Kind

_FOUND: Final = text(
    r"""
    SELECT CAST(substring(c.relname FROM '\d+$') AS bigint), i.indisvalid
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE i.indrelid = CAST('contact' AS regclass) AND c.relname ~ '^ix_contact_a\d+$'
    """
)
_CONTACTS: Final = text("SELECT reltuples FROM pg_class WHERE oid = CAST('contact' AS regclass)")


def found() -> set[int]:
    """Return the ids of attributes that have an index. One that a killed process left half made is dropped."""
    with _apart() as connection:
        indexes = {attribute_id: bool(valid) for attribute_id, valid in connection.execute(_FOUND)}
    for attribute_id in [each for each, valid in indexes.items() if not valid]:
        drop(attribute_id)
    return {each for each, valid in indexes.items() if valid}


def make(attribute: Attribute) -> None:
    """Make the index that conditions about this attribute can use; returns when it is there."""
    name = _name(attribute.id)
    with _apart() as connection:
        connection.execute(text(f"CREATE INDEX CONCURRENTLY {name} ON contact {_key(attribute)}"))
        connection.execute(text("ANALYZE contact"))  # how its values are spread is known from now on


def drop(attribute_id: int) -> None:
    """Drop the index of an attribute."""
    with _apart() as connection:
        connection.execute(text(f"DROP INDEX CONCURRENTLY IF EXISTS {_name(attribute_id)}"))


def contacts() -> int:
    """Return about how many contacts there are, without counting them."""
    with db.transaction() as session:
        return round(session.scalar(_CONTACTS) or 0)


def _key(attribute: Attribute) -> str:
    """Return what is indexed, exactly as conditions ask for it."""
    if attribute.kind == Kind.MULTIPLE_CHOICE:
        return f"USING gin ({column_name(attribute.id)})"
    if attribute.kind == Kind.TEXT:
        asked = folded(column(attribute.id, attribute.kind))
        return f"({asked.compile(dialect=postgresql.dialect())})"  # type: ignore[no-untyped-call] # SQLAlchemy types it not
    return f"({column_name(attribute.id)})"


def _name(attribute_id: int) -> str:
    return f"ix_contact_{column_name(attribute_id)}"


@contextmanager
def _apart() -> Iterator[Connection]:
    """Give a connection outside of every transaction: nothing is made concurrently inside of one."""
    with db.engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        yield connection
