"""What a batch asks of the database: statements sent and rows touched, counted and not timed."""

import contextlib
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from psycopg import Connection
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from app import db

# The server says when a statement is done, and of what kind it was.
_DONE = re.compile(r'^\S+ \S+\tB\t\d+\tCommandComplete\t "(\w+)', re.MULTILINE)
_FRAME = {"BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "SET"}
_ROWS = text(
    """
    SELECT sum(n_tup_ins + n_tup_upd + n_tup_del), sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))
    FROM pg_stat_xact_user_tables
    """
)


@dataclass
class Asked:
    """What was asked: statements over any connection, by their kinds; rows written and read in the test's own.

    What only frames a transaction is left out.
    """

    statements: list[str] = field(default_factory=list)
    written: int = 0
    read: int = 0


@contextlib.contextmanager
def counting(session: Session) -> Iterator[Asked]:
    """Count all that is asked meanwhile; filled in at the end. Indexes are preferred, as in tables that are large."""
    session.execute(text("SET LOCAL enable_seqscan = off"))
    asked, before = Asked(), _rows(session)
    with tempfile.NamedTemporaryFile() as trace, _tracing(session, trace.fileno()):
        yield asked
        asked.statements = _statements(Path(trace.name))
    written, read = _rows(session)
    asked.written, asked.read = written - before[0], read - before[1]


@contextlib.contextmanager
def _tracing(session: Session, file: int) -> Iterator[None]:
    """Let libpq write down every message, over the session's connection and those that are taken from the pool."""

    def trace(connection: Connection[Any], *_: object) -> None:
        connection.pgconn.trace(file)

    def untrace(connection: Connection[Any] | None, *_: object) -> None:
        if connection is not None:
            connection.pgconn.untrace()

    own = session.connection().connection.driver_connection
    event.listen(db.engine(), "checkout", trace)
    event.listen(db.engine(), "checkin", untrace)
    trace(own)
    try:
        yield
    finally:
        untrace(own)
        event.remove(db.engine(), "checkout", trace)
        event.remove(db.engine(), "checkin", untrace)


def _statements(trace: Path) -> list[str]:
    return [kind for kind in _DONE.findall(trace.read_text()) if kind not in _FRAME]


def _rows(session: Session) -> tuple[int, int]:
    written, read = session.execute(_ROWS).one()
    return int(written or 0), int(read or 0)
