"""Where the values of contact attributes live: typed columns of `contact`, named after the attribute's id."""

import time
from typing import Any, Final

from psycopg.errors import LockNotAvailable
from sqlalchemy import Boolean, ColumnElement, Date, Double, Text, literal_column, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.exc import OperationalError
from sqlalchemy.types import TypeEngine

from app import db
from app.errors import Conflict
from nodes.catalog import Kind

_TYPES: Final[dict[Kind, tuple[TypeEngine[Any], str]]] = {
    Kind.TEXT: (Text(), "text"),
    Kind.NUMBER: (Double(), "double precision"),
    Kind.DATE: (Date(), "date"),
    Kind.BOOLEAN: (Boolean(), "boolean"),
    Kind.CATEGORY: (Text(), "text"),
    Kind.MULTIPLE_CHOICE: (ARRAY(Text()), "text[]"),
}
# A waiting ALTER TABLE holds up everybody behind it, so it gives way soon and comes back.
_LOCK_TIMEOUT: Final = "400ms"
_PAUSES: Final = (0.1, 0.2, 0.4, 0.8, 1.6)


def column(attribute_id: int, kind: Kind) -> ColumnElement[Any]:
    """Return the column of an attribute, for use in statements over `contact`."""
    return literal_column(f"contact.{column_name(attribute_id)}", _TYPES[kind][0])


def column_name(attribute_id: int) -> str:
    """Return the bare name of an attribute's column."""
    return f"a{attribute_id:d}"


def sql_type(kind: Kind) -> TypeEngine[Any]:
    """Return the type that values of a kind are stored as."""
    return _TYPES[kind][0]


def add_column(attribute_id: int, kind: Kind) -> None:
    """Make the column, empty for every contact. Raises Conflict while the table stays locked by others."""
    _alter(f"ADD COLUMN {column_name(attribute_id)} {_TYPES[kind][1]}")


def drop_column(attribute_id: int) -> None:
    """Drop the column with its values. Raises Conflict while the table stays locked by others."""
    _alter(f"DROP COLUMN IF EXISTS {column_name(attribute_id)}")


def _alter(clause: str) -> None:
    for pause in _PAUSES:
        if _altered(clause):
            return
        time.sleep(pause)
    raise Conflict("The contacts are in heavy use just now, so their attributes could not change. Try again shortly.")


def _altered(clause: str) -> bool:
    try:
        with db.transaction() as session, session.begin_nested():
            session.execute(text(f"SET LOCAL lock_timeout = '{_LOCK_TIMEOUT}'"))
            session.execute(text(f"ALTER TABLE contact {clause}"))
            session.execute(text("SET LOCAL lock_timeout TO DEFAULT"))
    except OperationalError as error:
        if isinstance(error.orig, LockNotAvailable):
            return False
        raise
    return True
