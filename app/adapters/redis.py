"""Clients of Redis: one that gives up at once (doorbell, web), one with patience (workers)."""

from typing import Final

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

_IMPATIENCE = 0.3


class NotConfigured(RuntimeError):
    """Redis was used before `configure`."""


UNREACHED: Final = (RedisError, NotConfigured)
"""What a command raises while Redis is away."""


class _State:
    client: "Redis | None" = None


def configure(url: str) -> None:
    """Point this process at Redis; safe to call again with another URL."""
    dispose()
    _State.client = Redis.from_url(
        url,
        retry=Retry(NoBackoff(), 0),
        socket_timeout=_IMPATIENCE,
        socket_connect_timeout=_IMPATIENCE,
    )


def client() -> "Redis":
    """Return this process's client. Each command answers or raises within 0.3 s."""
    if _State.client is None:
        raise NotConfigured("Call app.adapters.redis.configure(url) first.")
    return _State.client


def dispose() -> None:
    """Close every connection of the client."""
    if _State.client is not None:
        _State.client.close()
        _State.client = None


def patient_client(url: str) -> "Redis":
    """Make a client that may block for long, for workers that wait for jobs."""
    return Redis.from_url(url, socket_connect_timeout=5, health_check_interval=30)
