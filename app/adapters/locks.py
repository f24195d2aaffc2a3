"""Doing something in one process at a time, wherever the others run."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import text

from app import db


@contextmanager
def alone(lock: int, key: int = 0) -> Iterator[bool]:
    """Tell whether nobody else holds this lock; keeps others off until the block ends or the process dies."""
    with db.engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        names = {"lock": lock, "key": key % 2**31}
        ours = bool(connection.scalar(text("SELECT pg_try_advisory_lock(:lock, :key)"), names))
        try:
            yield ours
        finally:
            if ours:
                connection.execute(text("SELECT pg_advisory_unlock(:lock, :key)"), names)
