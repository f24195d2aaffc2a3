"""Handing work to the workers by name. What must not be lost is found again in the database."""

import logging
from typing import Final

from redis.exceptions import RedisError
from rq import Queue

from app.adapters import redis

DEFAULT: Final = "default"
_FAILURE_SECONDS: Final = 60
_NO_TIMEOUT: Final = -1

log = logging.getLogger(__name__)


def depth(name: str) -> int:
    """Return how many jobs wait in a queue. Raises RedisError."""
    return Queue(name, connection=redis.client()).count


def enqueue(job: str, *arguments: int) -> bool:
    """Let a worker run the job of this dotted name. Never raises for Redis: False when it is away."""
    try:
        queue = Queue(DEFAULT, connection=redis.client())
        queue.enqueue_call(job, args=arguments, timeout=_NO_TIMEOUT, result_ttl=0, failure_ttl=_FAILURE_SECONDS)
    except (RedisError, redis.NotConfigured) as error:
        log.warning("%s was not queued (%s); the clock will see to it.", job, type(error).__name__)
        return False
    return True
