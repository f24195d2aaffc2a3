"""The sign of life that workers leave in Redis, and what RQ knows of each."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from redis import Redis
from rq import Worker

from app.adapters import redis

SEEN_SECONDS = 15
_KEY = "cadenza:worker-seen"


class Seen(NamedTuple):
    """A worker: on which host, what it does (RQ's word: idle, busy …), when it began and was last heard of."""

    name: str
    host: str
    pid: int
    state: str
    started_at: datetime | None
    seen_at: datetime | None


def everyone() -> Sequence[Seen]:
    """Return the workers that RQ knows, by host. One that was killed stays until RQ forgets it. Raises RedisError."""
    found = [
        Seen(
            each.name,
            each.hostname or "",
            each.pid or 0,
            each.get_state(),
            _aware(each.birth_date),
            _aware(each.last_heartbeat),
        )
        for each in Worker.all(connection=redis.client())
    ]
    return sorted(found, key=lambda each: (each.host, each.pid))


def _aware(at: datetime | None) -> datetime | None:
    return at and (at if at.tzinfo else at.replace(tzinfo=UTC))


def report(client: "Redis") -> None:
    """Say that a worker lives; to be repeated well within SEEN_SECONDS."""
    client.set(_KEY, 1, ex=SEEN_SECONDS)


def seen() -> bool:
    """Tell whether any worker reported within the last SEEN_SECONDS."""
    return bool(redis.client().exists(_KEY))
