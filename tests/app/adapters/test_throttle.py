import pytest
from redis import Redis

from app.adapters import redis as redis_adapter
from app.adapters import throttle

LIMIT = "3 per 5 minutes"


def tries(number: int, *who: str) -> list[bool]:
    return [throttle.exceeded(LIMIT, who) is not None for _ in range(number)]


def test_the_tries_beyond_the_limit_wait(redis_live: None) -> None:
    """The fourth try hears how long to wait; somebody else's tries are counted apart."""
    assert tries(5, "a") == [False, False, False, True, True]
    assert tries(1, "b") == [False]
    assert 0 < (throttle.exceeded(LIMIT, ("a",)) or 0) <= 300


def test_counting_starts_anew(redis_live: None) -> None:
    """Forgetting gives all tries back."""
    tries(4, "a")
    throttle.forget(LIMIT, ("a",))
    assert tries(1, "a") == [False]


def test_processes_count_together(redis_live: None, redis: Redis) -> None:
    """The counts stand in Redis, for every web process."""
    tries(1, "a")
    assert len(redis.keys("LIMITS*")) == 1


@pytest.mark.parametrize("url", ["redis://127.0.0.1:1/0", None])
def test_without_redis_this_process_counts(url: str | None) -> None:
    """While Redis is away, or was never there, tries are limited all the same."""
    redis_adapter.dispose()
    if url:
        redis_adapter.configure(url)
    try:
        assert tries(4, "away", url or "") == [False, False, False, True]
        throttle.forget(LIMIT, ("away", url or ""))
        assert tries(1, "away", url or "") == [False]
    finally:
        redis_adapter.dispose()
