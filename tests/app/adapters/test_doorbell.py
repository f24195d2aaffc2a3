import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
from redis import Redis
from rq import Queue

from app.adapters import doorbell, handover
from app.adapters import redis as clients
from app.models import PARTITIONS

FEW, MUCH = range(3), range(PARTITIONS)


@pytest.fixture(autouse=True)
def _connected(redis: "Redis", redis_url: str) -> Iterator[None]:
    clients.configure(redis_url)
    yield
    clients.dispose()


@pytest.fixture
def others() -> Iterator[ThreadPoolExecutor]:
    """Another worker."""
    with ThreadPoolExecutor() as pool:
        yield pool


def jobs(redis: "Redis") -> int:
    """How many jobs wait for a worker."""
    return Queue(doorbell.DRAIN, connection=redis).count


def waiting(redis: "Redis", others: ThreadPoolExecutor, wait: Callable[[], bool] = doorbell.rest) -> "Future[bool]":
    """Let another worker rest, and come back when its token lies there."""
    rests = others.submit(wait)
    while not redis.llen("bell:waiting"):
        time.sleep(0.001)
    return rests


def test_what_was_rung_for_is_taken_once(redis: "Redis"):
    """Who rings where somebody was woken adds no second job; whoever comes takes all of it."""
    assert doorbell.ring([3, 1, 3])
    assert doorbell.ring([1, 2])
    assert jobs(redis) == 1
    assert doorbell.take() == [1, 2, 3]
    assert doorbell.take() == []


def test_who_is_at_work_is_not_woken(redis: "Redis"):
    """What comes meanwhile waits for whoever is at work, who takes it before it rests."""
    doorbell.take()
    doorbell.ring(FEW)
    assert jobs(redis) == 0
    assert doorbell.rest()
    assert doorbell.take() == list(FEW)


def test_of_much_somebody_else_takes_a_share(redis: "Redis"):
    """More than one takes wakes another worker, though one is at work."""
    doorbell.take()
    doorbell.ring(MUCH)
    assert jobs(redis) == 1
    first, second = doorbell.take(), doorbell.take()
    assert sorted([*first, *second]) == list(MUCH)
    assert len(first) == len(second)


def test_who_leaves_lets_others_ring_again(redis: "Redis"):
    """What was rung for while one was at work becomes a job when it leaves, and what comes later another."""
    doorbell.take()
    doorbell.ring([1])
    doorbell.leave()
    assert jobs(redis) == 1
    Queue(doorbell.DRAIN, connection=redis).empty()
    doorbell.take()
    doorbell.leave()
    assert jobs(redis) == 0
    doorbell.ring([1])
    assert jobs(redis) == 1


def test_force_asks_again_when_a_job_was_lost(redis: "Redis"):
    """It was rung, or somebody seems to be at work, but nobody comes: the clock's ring makes a job all the same."""
    doorbell.ring([1])
    Queue(doorbell.DRAIN, connection=redis).empty()
    doorbell.ring([1])
    assert jobs(redis) == 0
    doorbell.ring([1], force=True)
    assert jobs(redis) == 1
    doorbell.take()
    Queue(doorbell.DRAIN, connection=redis).empty()
    doorbell.ring([1], force=True)
    assert jobs(redis) == 1


def test_force_piles_nothing_up_while_workers_are_behind(redis: "Redis"):
    """As long as a job waits, nobody asks for another."""
    for _ in range(3):
        doorbell.ring(MUCH, force=True)
    assert jobs(redis) == 1


def test_who_was_killed_at_work_holds_nobody_up_for_long(redis: "Redis"):
    """That somebody is at work runs out by itself."""
    doorbell.take()
    assert 0 < redis.ttl("bell:at-work") <= 5


def test_the_sender_is_asked_for_once(redis: "Redis"):
    """From the moment the sender looks, a new ring makes a new job; by force where the job was lost."""
    sends = Queue(doorbell.SEND, connection=redis)
    assert doorbell.ring_sender()
    assert doorbell.ring_sender()
    assert sends.count == 1
    doorbell.answer_sender()
    doorbell.ring_sender()
    assert sends.count == 2
    sends.empty()
    doorbell.ring_sender(force=True)
    assert sends.count == 1
    assert 0 < redis.ttl("bell:send") <= 10


def test_without_redis_it_says_so():
    """No Redis: no error, and the caller learns that nobody was asked."""
    clients.dispose()
    assert not doorbell.ring([1])
    assert not doorbell.ring_sender()
    assert not doorbell.take()
    assert not doorbell.rest()
    doorbell.leave()


def test_who_waits_is_woken(redis: "Redis", others: ThreadPoolExecutor):
    """A worker that waits a moment is woken without a job; the next ring, when nobody waits, makes one."""
    rests = waiting(redis, others)
    doorbell.ring([7])
    assert rests.result()
    assert doorbell.take() == [7]
    doorbell.leave()
    doorbell.ring([8])
    assert jobs(redis) == 1


def test_a_job_of_the_queue_waits_for_nobody_who_waits(redis: "Redis", others: ThreadPoolExecutor):
    """Whoever waits to be woken goes back to the queue as soon as there is a job."""
    rests = waiting(redis, others)
    began = time.monotonic()
    doorbell.ring_sender()
    assert not rests.result()
    assert time.monotonic() - began < handover.SECONDS


def test_who_waited_in_vain_owes_nothing(redis: "Redis"):
    """After a moment nobody waits any more: what comes then becomes a job."""
    assert not doorbell.rest()
    doorbell.ring([1])
    assert jobs(redis) == 1


def test_what_came_before_one_waits_is_seen(redis: "Redis"):
    """Who relied on a worker that was about to rest is not forgotten, and nobody is woken in its place."""
    assert handover.wait(lambda: True)
    assert redis.llen("bell:waiting") == 0


def test_what_a_dead_worker_owes_is_asked_for_again(redis: "Redis"):
    """A worker that is killed while it waits leaves its token: it is taken once, and the clock's ring makes a job."""
    redis.rpush("bell:waiting", "bell:hand:nobody")
    doorbell.ring([1])
    assert jobs(redis) == 0
    doorbell.ring([1], force=True)
    assert jobs(redis) == 1
