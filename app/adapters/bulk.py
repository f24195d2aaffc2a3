"""Many rows in one statement: they travel as one JSON value, whatever their number and types."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import orjson
from sqlalchemy import (
    ARRAY,
    JSON,
    ColumnElement,
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
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.types import TypeEngine

from app.models import Base


def recordset(name: str, columns: Mapping[str, TypeEngine[Any]], rows: Sequence[Mapping[str, Any]]) -> TableValuedAlias:
    """Return `rows` as a table for use in a statement; a key that a row lacks is NULL."""
    written = bindparam(None, orjson.dumps(rows).decode(), type_=Text())
    typed = [column(key, type_) for key, type_ in columns.items()]
    return func.json_to_recordset(cast(written, JSON())).table_valued(*typed).render_derived(name, with_types=True)


def among(value: ColumnElement[Any] | InstrumentedAttribute[Any], wanted: Collection[Any]) -> ColumnElement[bool]:
    """Return the condition that `value` is one of `wanted`, which travel as one array."""
    return value == any_(literal(list(wanted), ARRAY(value.type)))


def insert_rows(table: type[Base], rows: Sequence[Mapping[str, Any]]) -> Insert:
    """Return the statement that inserts `rows`, which all have the same keys. There must be at least one."""
    columns = {key: table.__table__.c[key].type for key in rows[0]}
    return insert(table).from_select(list(columns), select(recordset("given", columns, rows)))
