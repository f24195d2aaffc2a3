"""Counting what is asked of the database."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from app import db


@contextmanager
def counted_statements() -> Iterator[list[str]]:
    """What is sent to the database meanwhile, without savepoints."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not re.match(r"\s*(SAVEPOINT|RELEASE|ROLLBACK)", statement):
            statements.append(statement)

    event.listen(db.engine(), "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(db.engine(), "before_cursor_execute", note)
