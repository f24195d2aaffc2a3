"""All ways out of this process, closed: whatever would leave by one of them fails the test instead."""

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import pytest
from redis import Redis
from redis.client import Pipeline
from sqlalchemy import event
from sqlalchemy.orm import Session

from app import db
from app.adapters import doorbell, http, live, mail, queue, redis

# The last few are what all the others need, by whatever name a module has imported them.
SINKS: Final[tuple[tuple[Any, str], ...]] = (
    (doorbell, "ring"),
    (doorbell, "ring_sender"),
    (live, "publish"),
    (queue, "put"),
    (queue, "enqueue"),
    (mail, "send"),
    (http, "request"),
    (redis, "client"),
    (Redis, "execute_command"),
    (Pipeline, "execute"),
    (socket.socket, "connect"),
    (socket.socket, "connect_ex"),
    (socket.socket, "sendto"),
)
_WRITES: Final = re.compile(r"\b(INSERT INTO|UPDATE|DELETE FROM|nextval|COPY)\b")


@contextmanager
def every_sink_closed(database: Session) -> Iterator[None]:
    """Fail at whatever would leave: a row, a number taken, a bell, a live update, a job, a mail, a request."""

    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError(f"left the house: {args[:1]}")

    def read_only(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        assert not _WRITES.search(statement), statement

    # A connection that is there already does not hear what its engine begins to listen to; others do.
    connections = (database.connection(), db.engine())
    for each in connections:
        event.listen(each, "before_cursor_execute", read_only)
    try:
        with pytest.MonkeyPatch.context() as monkeypatch:
            for owner, name in SINKS:
                monkeypatch.setattr(owner, name, refuse)
            yield
    finally:
        for each in connections:
            event.remove(each, "before_cursor_execute", read_only)
