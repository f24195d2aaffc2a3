"""Indexes on attributes, made and dropped while everybody goes on reading and writing.

They cost each write of their attribute, so not every attribute has one: see `app.services.quick_search`.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Final

from sqlalchemy import Connection, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import DBAPIError

from app import db
from app.adapters.attributes import column, column_name
from app.adapters.conditions_sql import in_index, indexed
from nodes.catalog import Attribute, Catalog, Kind
from nodes.conditions import AnyOf, Condition, Leaf, Not
from nodes.conditions.subjects import OfAttribute

_FOUND: Final = text(
    r"""
    SELECT CAST(substring(c.relname FROM '\d+$') AS bigint), i.indisvalid
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE i.indrelid = CAST('contact' AS regclass) AND c.relname ~ '^ix_contact_a\d+$'
    """
)
# The operators that an index answers; of a boolean it would leave half of the contacts.
_ANSWERED: Final[Mapping[Kind, frozenset[str]]] = {
    Kind.TEXT: frozenset({"eq"}),
    Kind.NUMBER: frozenset({"eq", "gt", "gte", "lt", "lte", "between"}),
    Kind.DATE: frozenset({"eq", "before", "after", "between", "in_last", "in_next"}),
    Kind.BOOLEAN: frozenset(),
    Kind.CATEGORY: frozenset({"eq", "any_of"}),
    Kind.MULTIPLE_CHOICE: frozenset({"any_of", "all_of"}),
}
_CONTACTS: Final = text("SELECT reltuples FROM pg_class WHERE oid = CAST('contact' AS regclass)")


def useful(condition: Condition, catalog: Catalog) -> frozenset[str]:
    """Name the attributes whose indexes can find those for whom the condition holds, without reading every contact."""
    if isinstance(condition, Leaf):
        return _looked_up(condition, catalog)
    if isinstance(condition, Not):
        return frozenset()
    parts = [useful(part, catalog) for part in condition.parts]
    if isinstance(condition, AnyOf) and not all(parts):
        return frozenset()
    return frozenset().union(*parts)


def _looked_up(leaf: Leaf, catalog: Catalog) -> frozenset[str]:
    if not isinstance(leaf.subject, OfAttribute):
        return frozenset()
    attribute = catalog.attributes.get(leaf.subject.attribute)
    too_long = isinstance(leaf.value, str) and not in_index(leaf.value)
    if attribute is None or leaf.op not in _ANSWERED[attribute.kind] or too_long:
        return frozenset()
    return frozenset({attribute.name})


def found() -> set[int]:
    """Return the ids of attributes that have an index. One that a killed process left half made is dropped."""
    with _apart() as connection:
        indexes = {attribute_id: bool(valid) for attribute_id, valid in connection.execute(_FOUND)}
    for attribute_id in [each for each, valid in indexes.items() if not valid]:
        drop(attribute_id)
    return {each for each, valid in indexes.items() if valid}


def make(attribute: Attribute) -> None:
    """Make the index that conditions about this attribute can use; returns when it is there. Raises DBAPIError."""
    name = _name(attribute.id)
    with _apart() as connection:
        try:
            connection.execute(text(f"CREATE INDEX CONCURRENTLY {name} ON contact {_key(attribute)}"))
        except DBAPIError:
            drop(attribute.id)  # it would cost writes, and help nobody
            raise
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
        asked = indexed(column(attribute.id, attribute.kind))
        return f"({asked.compile(dialect=postgresql.dialect())})"  # type: ignore[no-untyped-call] # SQLAlchemy types it not
    return f"({column_name(attribute.id)})"


def _name(attribute_id: int) -> str:
    return f"ix_contact_{column_name(attribute_id)}"


@contextmanager
def _apart() -> Iterator[Connection]:
    """Give a connection outside of every transaction: nothing is made concurrently inside of one."""
    with db.engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        yield connection
