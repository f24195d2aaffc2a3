"""Statements whose plan must fit what a table holds now."""

from collections.abc import Mapping, Sequence
from typing import Any

from psycopg import Connection
from sqlalchemy import TextClause
from sqlalchemy.orm import Session


def planned_anew(
    session: Session, statement: TextClause, parameters: Mapping[str, Any] | None = None
) -> Sequence[Sequence[Any]]:
    """Run a statement that is never prepared; return its rows.

    A plan that was made while a queue was empty reads it from end to end, and would be kept until the table is analysed
    again: for the first minute of a flood. To plan costs a tenth of a millisecond.
    """
    connection: Connection[Any] = session.connection().connection.driver_connection  # type: ignore[assignment] # psycopg's
    threshold, connection.prepare_threshold = connection.prepare_threshold, None
    try:
        return session.execute(statement, parameters).all()
    finally:
        connection.prepare_threshold = threshold
