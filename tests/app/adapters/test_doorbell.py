import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from redis import Redis
from rq import Queue

from app.adapters import doorbell, handover
from app.adapters import redis as clients


@pytest.fixture(autouse=True)
def _connected(redis: "Redis", redis_url: str) -> Iterator[None]:
    clients.configure(redis_url)
    yield
    clients.dispose()


def waiting(redis: "Redis") -> list[int]:
    """The partitions that somebody is asked to drain, in order."""
    return [part for job in Queue(doorbell.DRAIN, connection=redis).jobs for part in job.args]


def test_a_partition_is_asked_for_once(redis: "Redis"):
    """Who rings where the bell was rung adds no second job."""
    assert doorbell.ring([3, 1, 3])
    assert doorbell.ring([1, 2])
    assert waiting(redis) == [1, 3, 2]


def test_many_partitions_make_few_jobs(redis: "Redis"):
    """What little is in many partitions is worked through together."""
    doorbell.ring(range(16))
    jobs = Queue(doorbell.DRAIN, connection=redis).jobs
    assert [len(jobs), sorted(waiting(redis))] == [2, list(range(16))]


def test_who_answers_lets_others_ring_again(redis: "Redis"):
    """From the moment somebody looks, a new ring makes a new job: nothing that comes later is overlooked."""
    doorbell.ring([1])
    doorbell.answer([1])
    doorbell.ring([1])
    assert waiting(redis) == [1, 1]


def test_force_asks_again_when_a_job_was_lost(redis: "Redis"):
    """The flag is up but no job waits: the clock's ring makes one all the same."""
    doorbell.ring([1])
    Queue(doorbell.DRAIN, connection=redis).empty()
    doorbell.ring([1], force=True)
    assert waiting(redis) == [1]


def test_force_piles_nothing_up_while_workers_are_behind(redis: "Redis"):
    """As long as jobs wait, the clock asks only for partitions that nobody asked for."""
    doorbell.ring([1, 2])
    doorbell.ring([1, 2, 3], force=True)
    doorbell.ring([1, 2, 3], force=True)
    assert waiting(redis) == [1, 2, 3]


def test_a_flag_runs_out(redis: "Redis"):
    """A flag whose job was lost while others wait holds nobody up for long."""
    doorbell.ring([1])
    assert 0 < redis.ttl("bell:1") <= 10


def test_without_redis_it_says_so():
    """No Redis: no error, and the caller learns that nobody was asked."""
    clients.dispose()
    assert not doorbell.ring([1])


def test_who_waits_is_handed_the_work(redis: "Redis"):
    """A worker that waits a moment gets the partitions without a job; the next ring, when nobody waits, makes one."""
    with ThreadPoolExecutor() as others:
        waits = others.submit(handover.wait)
        while not redis.llen("bell:waiting"):
            time.sleep(0.001)
        doorbell.ring([7])
        assert waits.result() == (7,)
    doorbell.ring([8])
    assert waiting(redis) == [8]


def test_a_job_of_the_queue_waits_for_nobody_who_waits(redis: "Redis"):
    """Whoever waits to be handed something goes back to the queue as soon as there is a job."""
    with ThreadPoolExecutor() as others:
        waits = others.submit(handover.wait)
        while not redis.llen("bell:waiting"):
            time.sleep(0.001)
        began = time.monotonic()
        doorbell.ring_sender()
        assert waits.result() == ()
        assert time.monotonic() - began < handover.SECONDS


def test_who_waited_in_vain_owes_nothing(redis: "Redis"):
    """After a moment nobody waits any more: what comes then becomes a job."""
    assert handover.wait() == ()
    doorbell.ring([1])
    assert waiting(redis) == [1]


def test_what_was_handed_to_a_dead_worker_is_asked_for_again(redis: "Redis"):
    """A worker that is killed while it waits leaves its token: it is taken once, and the clock's ring makes a job."""
    redis.rpush("bell:waiting", "bell:hand:nobody")
    doorbell.ring([1])
    assert waiting(redis) == []
    doorbell.ring([1], force=True)
    assert waiting(redis) == [1]


def test_nobody_waits_without_redis():
    """No Redis: no error, and nothing to do."""
    clients.dispose()
    assert handover.wait() == ()
