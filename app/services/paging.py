"""Reading a list page by page: by the last row seen, never by counting rows to skip."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeAlias, TypeVar

from sqlalchemy import ColumnElement, Row, Select, and_, false, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.errors import Invalid

T = TypeVar("T")
Key: TypeAlias = "str | float | bool | date | None"
Column: TypeAlias = "ColumnElement[Any] | InstrumentedAttribute[Any]"
Statement: TypeAlias = "Select[*tuple[Any, ...]]"

_READERS: dict[type, Callable[[Any], Key]] = {
    str: str,
    int: int,
    float: float,
    bool: bool,
    date: date.fromisoformat,
    datetime: datetime.fromisoformat,
}


@dataclass(frozen=True, slots=True)
class Paging:
    """Which part of a list is wanted: after `cursor`, at most `limit` rows."""

    cursor: str | None = None
    limit: int = 50


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows, and the cursor of the next page if there is one. `total` where it was asked for."""

    items: list[T]
    next_cursor: str | None
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """One sort key. Empty values come last either way."""

    column: Column
    descending: bool = False

    def clause(self) -> ColumnElement[Any]:
        """Return the ORDER BY element, as an index has it: PostgreSQL reads none backwards with empty values last."""
        if not self.descending:
            return self.column.asc()
        may_be_empty = getattr(self.column.expression, "nullable", True)
        return self.column.desc().nulls_last() if may_be_empty else self.column.desc()

    def after(self, value: Key) -> ColumnElement[bool]:
        """Hold for rows that come behind `value`."""
        if value is None:
            return false()
        behind = self.column < value if self.descending else self.column > value
        return or_(behind, self.column.is_(None))

    def equal(self, value: Key) -> ColumnElement[bool]:
        """Hold for rows with just this value."""
        return self.column.is_(None) if value is None else self.column == value

    def read(self, value: object) -> Key:
        """Return a cursor's value in the column's own type; raises ValueError or TypeError."""
        if value is None:
            return None
        kind = self.column.type.python_type
        if kind in {str, int, float, bool} and type(value) is not kind and not (kind is float and type(value) is int):
            raise TypeError(f"{value!r} is no {kind.__name__}")
        return _READERS[kind](value)


def page(
    session: Session,
    statement: Statement,
    order: Sequence[Order],
    paging: Paging,
    *,
    count: bool = False,
) -> Page[Any]:
    """Run `statement` for one page. The keys of `order` together must be unique.

    Rows of a single column come as that column's values. With `count`, `total` is the number of all rows.
    """
    total = session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) if count else None
    if paging.cursor is not None:
        statement = statement.where(_behind(order, _decode(paging.cursor, order)))
    keys: list[ColumnElement[Any]] = [each.column.label(f"page_key_{number}") for number, each in enumerate(order)]
    statement = statement.order_by(None).order_by(*(each.clause() for each in order))
    found = session.execute(statement.add_columns(*keys).limit(paging.limit + 1)).all()
    rows = found[: paging.limit]
    more = len(found) > paging.limit
    return Page(
        [_bare(row, len(keys)) for row in rows], _encode(rows[-1][-len(keys) :]) if more and rows else None, total
    )


def _bare(row: Row[Any], keys: int) -> Any:  # noqa: ANN401 - what the statement selects
    return row[0] if len(row) == keys + 1 else row[:-keys]


def _behind(order: Sequence[Order], values: Sequence[Key]) -> ColumnElement[bool]:
    """The rows after these values, by the first key that differs."""
    cases: list[ColumnElement[bool]] = []
    same: ColumnElement[bool] = true()
    for each, value in zip(order, values, strict=True):
        cases.append(and_(same, each.after(value)))
        same = and_(same, each.equal(value))
    return or_(*cases)


def _encode(values: Sequence[Any]) -> str:
    text = json.dumps([value.isoformat() if isinstance(value, date) else value for value in values])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decode(cursor: str, order: Sequence[Order]) -> list[Key]:
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return [each.read(value) for each, value in zip(order, values, strict=True)]
    except (binascii.Error, ValueError, TypeError, KeyError, RecursionError) as error:
        raise Invalid.field(
            "cursor", "bad_cursor", "This cursor does not belong to this list.", "Use `next_cursor` of the page before."
        ) from error
