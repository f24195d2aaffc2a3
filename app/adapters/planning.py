"""Statements whose plan must fit what a table holds now."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from psycopg import Connection
from sqlalchemy.orm import Session


@contextmanager
def planned_anew(session: Session) -> Iterator[None]:
    """Let what is asked meanwhile be planned for what is there now, not prepared.

    A plan that was made while a queue was empty reads it from end to end, and would be kept until the table is analysed
    again: for the first minute of a flood. To plan costs a tenth of a millisecond.
    """
    connection: Connection[Any] = session.connection().connection.driver_connection  # type: ignore[assignment] # psycopg's
    threshold, connection.prepare_threshold = connection.prepare_threshold, None
    try:
        yield
    finally:
        connection.prepare_threshold = threshold
