"""The database: one engine a process, and transactions that nest by joining.

`with db.transaction() as session` begins one, or joins the one this context is already in; `db.after_commit(ring)`
runs `ring` once the outermost transaction is durable. `db.autocommit()` is for one statement that stands alone.
"""

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

import orjson
from psycopg import Error as DatabaseError
from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, InvalidatePoolError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

from app.errors import CadenzaError

Hook = Callable[[], object]

# A host that is cut off says no goodbye. Whoever is left hears of it within half a minute: we give the connection up,
# and the server lets go of what its transaction held.
_PROBES: Final = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3}
_PATIENCE_MS: Final = 25_000
_CONNECTION: Final = {
    "connect_timeout": 5,
    "application_name": "cadenza",
    **_PROBES,
    "tcp_user_timeout": _PATIENCE_MS,
    "options": " ".join(
        [*(f"-c tcp_{name}={value}" for name, value in _PROBES.items()), f"-c tcp_user_timeout={_PATIENCE_MS}"]
    ),
}
_HURRY: Final = text("SET LOCAL lock_timeout = '50ms'")
# Whoever used a connection a moment ago would have noticed.
_RESTED_SECONDS: Final = 1.0

_current: ContextVar[Session | None] = ContextVar("current_session", default=None)


class NotConfigured(RuntimeError):
    """The database was used before `configure`."""


class _State:
    engine: Engine | None = None
    number = 0
    sessions: sessionmaker[Session] | None = None
    autocommitting: sessionmaker[Session] | None = None


def configure(url: str, *, pool_size: int = 10, max_overflow: int = 10) -> None:
    """Point this process at the database; safe to call again with another URL. Accepts `postgresql://…`."""
    dispose()
    _State.number += 1
    _State.engine = create_engine(
        _with_driver(url),
        pool_size=pool_size,
        max_overflow=max_overflow,
        json_deserializer=orjson.loads,
        hide_parameters=True,  # errors are logged, and what is written is people's data
        connect_args=_CONNECTION,
    )
    event.listen(_State.engine, "checkin", _rest)
    event.listen(_State.engine, "checkout", _greet)
    _State.sessions = sessionmaker(_State.engine, expire_on_commit=False)
    _State.autocommitting = sessionmaker(_State.engine.execution_options(isolation_level="AUTOCOMMIT"))


def engine() -> Engine:
    """Return this process's engine."""
    if _State.engine is None:
        raise NotConfigured("Call app.db.configure(url) first.")
    return _State.engine


def number() -> int:
    """Return a number that changes with each `configure`: what is kept in memory was read from one database."""
    return _State.number


def dispose() -> None:
    """Close every connection; the next use opens new ones."""
    if _State.engine is not None:
        _State.engine.dispose()


@contextmanager
def transaction() -> Iterator[Session]:
    """Give a session inside a transaction: a new one, or the one already open in this context."""
    current = _current.get()
    if current is not None:
        yield current
        return
    if _State.sessions is None:
        raise NotConfigured("Call app.db.configure(url) first.")
    hooks: list[Hook] = []
    with _State.sessions() as session:
        session.info["after_commit"] = hooks
        token = _current.set(session)
        try:
            with session.begin():
                yield session
        finally:
            _current.reset(token)
    for hook in hooks:
        hook()


@contextmanager
def autocommit() -> Iterator[Session]:
    """Give a session in which each statement commits by itself: a third of the round trips, where one is all.

    Inside a transaction it is that transaction.
    """
    current = _current.get()
    if current is not None:
        yield current
        return
    if _State.autocommitting is None:
        raise NotConfigured("Call app.db.configure(url) first.")
    with _State.autocommitting.begin() as session:
        yield session


def undone(error: Exception) -> bool:
    """Tell whether a transaction that this error ended is known to have left nothing: not if the connection was lost.

    Whoever loses it while it commits does not know what became of it.
    """
    return not error.connection_invalidated if isinstance(error, DBAPIError) else isinstance(error, CadenzaError)


def hurry(session: Session) -> None:
    """Let the rest of the transaction wait for nobody's lock: it fails instead, soon."""
    session.execute(_HURRY)


def in_transaction() -> bool:
    """Tell whether this context is inside a transaction, which what is begun now would join."""
    return _current.get() is not None


def after_commit(hook: Hook) -> None:
    """Run `hook` when the current transaction is durable, or now if there is none. Not run after a rollback."""
    current = _current.get()
    if current is None:
        hook()
    else:
        current.info["after_commit"].append(hook)


@contextmanager
def testing_connection(connection: Connection) -> Iterator[None]:
    """Bind every transaction to savepoints on `connection`, so that a test can roll all of them back."""
    before = (_State.sessions, _State.autocommitting)
    joining = sessionmaker(connection, expire_on_commit=False, join_transaction_mode="create_savepoint")
    _State.sessions = _State.autocommitting = joining
    try:
        yield
    finally:
        _State.sessions, _State.autocommitting = before


def _rest(_connection: object, record: ConnectionPoolEntry) -> None:
    record.info["resting_since"] = time.monotonic()


def _greet(connection: DBAPIConnection, record: ConnectionPoolEntry, _proxy: object) -> None:
    """Ask a connection that rested whether it still stands; if it does not, the pool makes new ones.

    SQLAlchemy's `pool_pre_ping` asks each time, which is a fifth of all that an event needs that comes alone.
    """
    if time.monotonic() - record.info.get("resting_since", math.inf) > _RESTED_SECONDS:
        try:
            engine().dialect.do_ping(connection)
        except DatabaseError as error:
            raise InvalidatePoolError from error


def _with_driver(url: str) -> str:
    scheme, separator, rest = url.partition("://")
    return f"postgresql+psycopg://{rest}" if separator and scheme in {"postgres", "postgresql"} else url
