"""The sign of life that workers leave in Redis."""

from redis import Redis

from app.adapters import redis

SEEN_SECONDS = 15
_KEY = "cadenza:worker-seen"


def report(client: "Redis") -> None:
    """Say that a worker lives; to be repeated well within SEEN_SECONDS."""
    client.set(_KEY, 1, ex=SEEN_SECONDS)


def seen() -> bool:
    """Tell whether any worker reported within the last SEEN_SECONDS."""
    return bool(redis.client().exists(_KEY))
