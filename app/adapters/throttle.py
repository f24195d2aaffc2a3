"""Counting tries in Redis; while Redis is away, in this process."""

import math
import time
from collections.abc import Sequence
from functools import lru_cache

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import FixedWindowRateLimiter
from redis import ConnectionPool
from redis.exceptions import RedisError

from app.adapters import redis

_local = FixedWindowRateLimiter(MemoryStorage())
_parsed = lru_cache(parse)


def exceeded(limit: str, who: Sequence[str]) -> int | None:
    """Count one try; returns the seconds to wait when `who` has used up `limit` (as in `10 per 5 minutes`)."""
    item = _parsed(limit)
    try:
        return _count(_shared(), item, who)
    except (RedisError, redis.NotConfigured):
        return _count(_local, item, who)


def forget(limit: str, who: Sequence[str]) -> None:
    """Count from zero again."""
    item = _parsed(limit)
    _local.clear(item, *who)
    try:
        _shared().clear(item, *who)
    except (RedisError, redis.NotConfigured):
        return


def _shared() -> FixedWindowRateLimiter:
    return _limiter(redis.client().connection_pool)


@lru_cache(maxsize=1)
def _limiter(pool: ConnectionPool) -> FixedWindowRateLimiter:
    return FixedWindowRateLimiter(RedisStorage("redis://", connection_pool=pool))


def _count(limiter: FixedWindowRateLimiter, item: RateLimitItem, who: Sequence[str]) -> int | None:
    if limiter.hit(item, *who):
        return None
    return max(1, math.ceil(limiter.get_window_stats(item, *who).reset_time - time.time()))
