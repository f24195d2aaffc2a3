from redis import Redis
from rq import Queue

from app.adapters import redis as clients
from app.adapters.queue import enqueue

JOB = "app.jobs.imports.run_import"


def waiting(redis: "Redis") -> list[tuple[int, ...]]:
    return [job.args for job in Queue("default", connection=redis).jobs]


def test_what_waits_is_not_asked_for_again(redis_live: None, redis: "Redis") -> None:
    """The clock asks for every unfinished import, over and over: each waits in the queue once."""
    assert enqueue(JOB, 1)
    assert enqueue(JOB, 2)
    assert enqueue(JOB, 1)
    assert waiting(redis) == [(1,), (2,)]


def test_without_redis_it_says_so() -> None:
    """No Redis: no error, and the caller learns that nothing was queued."""
    clients.dispose()
    assert not enqueue(JOB, 1)
