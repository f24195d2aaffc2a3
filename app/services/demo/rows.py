"""Numbers for rows that are written in bulk and refer to each other."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.adapters.bulk import insert_rows
from app.models import Base

_RESERVE: Final = text("SELECT nextval(pg_get_serial_sequence(:table, 'id')) FROM generate_series(1, :count)")


def reserve(session: Session, table: type[Base], count: int) -> Sequence[int]:
    """Take the next `count` ids of a table, in ascending order."""
    return sorted(session.scalars(_RESERVE, {"table": table.__tablename__, "count": count}))


def insert(session: Session, table: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert `rows`, of which a small world may have none."""
    if rows:
        session.execute(insert_rows(table, rows))
