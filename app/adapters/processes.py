"""The sign of life that web processes and the clock leave in Redis; requests and batches pay nothing for it.

Times are those of Redis, one clock for all hosts.
"""

import json
import logging
import os
import socket
import threading
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final, Literal, NamedTuple, TypeAlias

from redis.exceptions import RedisError

from app.adapters import redis
from app.adapters.workers import SEEN_SECONDS

WEB, CLOCK = "web", "clock"
State: TypeAlias = Literal["running", "silent"]

_KEY: Final = "cadenza:processes"
_PERIOD_SECONDS: Final = 3.0
# A process that was killed is shown as silent for so long.
_FORGOTTEN_SECONDS: Final = 120

log = logging.getLogger(__name__)


class Process(NamedTuple):
    """A web process or clock: where it runs, whether it was heard of within SEEN_SECONDS, since when, and when last."""

    role: str
    host: str
    pid: int
    state: State
    started_at: datetime
    seen_at: datetime


class Sign:
    """This process's own."""

    def __init__(self, role: str) -> None:
        self._role, self._started_at = role, time.time()
        self._due = 0.0

    def give(self) -> None:
        """Say that the process does its work; to be called as often as one likes. Never raises for Redis."""
        if time.monotonic() < self._due:
            return
        self._due = time.monotonic() + _PERIOD_SECONDS
        try:
            client = redis.client()
            name = json.dumps([self._role, socket.gethostname(), os.getpid()])
            client.hset(_KEY, name, json.dumps([self._started_at, client.time()[0]]))
        except (RedisError, redis.NotConfigured) as error:
            log.debug("No sign of life was left (%s).", type(error).__name__)


def begin(role: str) -> None:
    """Give a sign from now on, in a thread of its own."""
    sign = Sign(role)

    def give() -> None:
        while True:
            sign.give()
            time.sleep(_PERIOD_SECONDS)

    threading.Thread(target=give, daemon=True, name="sign of life").start()


def everyone() -> Sequence[Process]:
    """Return the processes that were heard of lately, by role and host. Raises RedisError."""
    client = redis.client()
    now = client.time()[0]
    found = []
    for name, told in client.hgetall(_KEY).items():
        (role, host, pid), (started_at, seen_at) = json.loads(name), json.loads(told)
        if now - seen_at > _FORGOTTEN_SECONDS:
            client.hdel(_KEY, name)
            continue
        state: State = "running" if now - seen_at <= SEEN_SECONDS else "silent"
        found.append(Process(role, host, pid, state, _at(started_at), _at(seen_at)))
    return sorted(found)


def seen(role: str) -> bool:
    """Tell whether any process of that role was heard of within the last SEEN_SECONDS. Raises RedisError."""
    return any(each.role == role and each.state == "running" for each in everyone())


def _at(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
