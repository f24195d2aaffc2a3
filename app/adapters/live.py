"""Telling open browsers at once, over Redis. Only news of change travels here: what is missed is in the database."""

import contextlib
import logging
import queue
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

import orjson
from redis.client import PubSub
from redis.connection import ConnectionPool
from redis.exceptions import RedisError

from app import db
from app.adapters import redis

WORKSPACE: Final = "workspace"
_PATIENCE_SECONDS: Final = 1.0
_LONGEST_QUEUE: Final = 1000

log = logging.getLogger(__name__)


class Message(NamedTuple):
    """A piece of news; without a type: look at the database, something may have been missed."""

    type: str | None
    data: Mapping[str, Any]


Inbox = queue.Queue[Message]
LOOK: Final = Message(None, {})


def user_channel(user_id: int) -> str:
    """Return the channel that one user's browsers listen to."""
    return f"user:{user_id:d}"


def publish(channel: str, type_: str, data: Mapping[str, Any] | None = None) -> None:
    """Tell a channel, once the current transaction is durable. Never raises for Redis."""
    body = orjson.dumps([type_, data or {}])
    db.after_commit(lambda: _send(channel, body))


def _send(channel: str, body: bytes) -> None:
    try:
        redis.client().publish(_prefix() + channel, body)
    except (RedisError, redis.NotConfigured) as error:
        log.warning("Nobody was told live (%s).", type(error).__name__)


def _prefix() -> str:
    """Channels know no database numbers: two instances on one Redis must not hear each other."""
    return f"live:{redis.client().connection_pool.connection_kwargs.get('db', 0)}:"


class Hub:
    """One subscription of this process, shared by all of its open streams."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._inboxes: defaultdict[str, set[Inbox]] = defaultdict(set)
        self._listening = False
        self._connected = threading.Event()

    @contextlib.contextmanager
    def listen(self, channels: Sequence[str]) -> Iterator[Inbox]:
        """Collect the news of these channels inside the block."""
        inbox: Inbox = queue.Queue(_LONGEST_QUEUE)
        with self._lock:
            for channel in channels:
                self._inboxes[channel].add(inbox)
            if not self._listening:
                self._listening = True
                threading.Thread(target=self._run, daemon=True, name="live").start()
        try:
            self._connected.wait(_PATIENCE_SECONDS)
            yield inbox
        finally:
            with self._lock:
                for channel in channels:
                    self._inboxes[channel].discard(inbox)
                    if not self._inboxes[channel]:
                        del self._inboxes[channel]

    def _run(self) -> None:
        """Listen for as long as anybody is interested; while Redis is away, send everybody to the database."""
        while self._wanted():
            try:
                self._follow()
            except (RedisError, redis.NotConfigured, OSError) as error:
                log.warning("Live news are cut off (%s).", type(error).__name__)
                self._connected.clear()
                self._tell_all()
                time.sleep(_PATIENCE_SECONDS)

    def _wanted(self) -> bool:
        with self._lock:
            self._listening = bool(self._inboxes)
            if not self._listening:
                self._connected.clear()
            return self._listening

    def _follow(self) -> None:
        usual = redis.client().connection_pool
        own = ConnectionPool(usual.connection_class, **usual.connection_kwargs)  # closing the usual one must not hurt
        with contextlib.closing(own), PubSub(own) as subscription:
            prefix = _prefix()
            subscription.psubscribe(f"{prefix}*")
            while self._wanted():
                found = subscription.get_message(timeout=_PATIENCE_SECONDS)
                if found and found["type"] == "psubscribe":
                    self._connected.set()
                    self._tell_all()
                elif found:
                    self._tell(found["channel"].decode().removeprefix(prefix), Message(*orjson.loads(found["data"])))

    def _tell_all(self) -> None:
        with self._lock:
            channels = list(self._inboxes)
        for channel in channels:
            self._tell(channel, LOOK)

    def _tell(self, channel: str, message: Message) -> None:
        with self._lock:
            inboxes = list(self._inboxes.get(channel, ()))
        for inbox in inboxes:
            # A browser that reads too slowly loses news, never what they are about.
            with contextlib.suppress(queue.Full):
                inbox.put_nowait(message)


hub: Final = Hub()
