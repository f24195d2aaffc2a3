"""Many rows in one statement: they travel as one JSON value, whatever their number and types."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

import orjson
from psycopg import Connection, sql
from sqlalchemy import (
    ARRAY,
    JSON,
    BindParameter,
    ColumnElement,
    Dialect,
    TableValuedAlias,
    Text,
    any_,
    bindparam,
    cast,
    column,
    func,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.orm import InstrumentedAttribute, Session
from sqlalchemy.types import TypeDecorator, TypeEngine

from app.models import Base

_NULL: Final = "\\N"
_ESCAPED: Final = str.maketrans({"\t": "\\t", "\n": "\\n", "\r": "\\r"})


def recordset(name: str, columns: Mapping[str, TypeEngine[Any]], rows: Sequence[Mapping[str, Any]]) -> TableValuedAlias:
    """Return `rows` as a table for use in a statement; a key that a row lacks is NULL."""
    return _recordset(name, columns, bindparam(None, as_recordset(rows), type_=Text()))


def recordset_given(name: str, columns: Mapping[str, TypeEngine[Any]], parameter: str) -> TableValuedAlias:
    """The same for a statement that is built once: the rows come as the parameter of this name, `as_recordset`."""
    return _recordset(name, columns, bindparam(parameter, type_=Text()))


def as_recordset(rows: Sequence[Mapping[str, Any]]) -> str:
    """Write rows as such a table takes them."""
    return orjson.dumps(rows).decode()


def _recordset(name: str, columns: Mapping[str, TypeEngine[Any]], written: BindParameter[str]) -> TableValuedAlias:
    typed = [column(key, type_) for key, type_ in columns.items()]
    return func.json_to_recordset(cast(written, JSON())).table_valued(*typed).render_derived(name, with_types=True)


def copy_lines(session: Session, table: type[Base], columns: Sequence[str], lines: Iterable[str]) -> None:
    """Write many rows by COPY, the fastest way in.

    A line is a row: its cells, each a number or written by `text_cell` or `moment_cell`, with tabs between, and an end.
    """
    connection: Connection[Any] = session.connection().connection.driver_connection  # type: ignore[assignment] # psycopg's
    into = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table.__tablename__), sql.SQL(", ").join(map(sql.Identifier, columns))
    )
    with connection.cursor() as cursor, cursor.copy(into) as copy:
        copy.write("".join(lines))


def text_cell(value: str | None) -> str:
    """Write a text as COPY's text format has it; JSON travels as its text."""
    if value is None:
        return _NULL
    if "\\" in value:
        value = value.replace("\\", "\\\\")
    return value if value.isprintable() else value.translate(_ESCAPED)


# A batch writes the same few moments over and over.
@lru_cache(maxsize=256)
def moment_cell(value: datetime | None) -> str:
    """Write a moment as COPY's text format has it."""
    return _NULL if value is None else value.isoformat()


def among(value: ColumnElement[Any] | InstrumentedAttribute[Any], wanted: Collection[Any]) -> ColumnElement[bool]:
    """Return the condition that `value` is one of `wanted`, which travel as one array."""
    return value == any_(literal(list(wanted), ARRAY(value.type)))


class _Numbers(TypeDecorator[Collection[int]]):
    """Whole numbers as the text of an array: the driver would look at each of them by itself."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Collection[int] | None, dialect: Dialect) -> str:
        return f"{{{','.join(map(str, value or ()))}}}"


def among_given(value: ColumnElement[int] | InstrumentedAttribute[int], name: str) -> ColumnElement[bool]:
    """The same of numbers, for a statement that is built once: they come as the parameter of this name."""
    return value == any_(cast(bindparam(name, type_=_Numbers()), ARRAY(value.type)))


def insert_rows(table: type[Base], rows: Sequence[Mapping[str, Any]]) -> Insert:
    """Return the statement that inserts `rows`, which all have the same keys. There must be at least one."""
    columns = {key: table.__table__.c[key].type for key in rows[0]}
    return insert(table).from_select(list(columns), select(recordset("given", columns, rows)))
