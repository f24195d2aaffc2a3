"""Waking the workers. Redis is only the bell: a lost ring costs the half second until the clock's next sweep.

Partitions with work are a set. Whoever drains takes from it, and looks once more before it rests: so a ring wakes
somebody only if nobody is at work, or if more is in the set than one takes.
"""

import logging
from collections.abc import Iterable, Sequence
from typing import Final

from app.adapters import handover, queue, redis
from app.adapters.redis import UNREACHED
from app.models import PARTITIONS

DRAIN: Final = "drain"
SEND: Final = "send"
_DRAIN_JOB: Final = "app.jobs.drain.drain"
_SEND_JOB: Final = "app.jobs.send.send"
_RUNG: Final = "bell:rung"
_AT_WORK: Final = "bell:at-work"
# Longer than a turn: it only ends by itself when a worker was killed.
_AT_WORK_SECONDS: Final = 5
# What little is in many partitions becomes one batch, and of much there is something left for the next.
_SHARE: Final = PARTITIONS // 2
_SENDER: Final = "bell:send"
# A flag saves jobs, no more: it must outlive a busy moment and not a lost worker.
_FLAG_SECONDS: Final = 10

log = logging.getLogger(__name__)


def ring(parts: Iterable[int], *, force: bool = False) -> bool:
    """Ask for partitions to be drained; `force` asks for a job even where somebody seems to be at work.

    Never raises for Redis: False when it is away.
    """
    wanted = set(parts)
    if not wanted:
        return True
    try:
        with redis.client().pipeline(transaction=False) as pipeline:
            pipeline.scard(_RUNG)
            pipeline.sadd(_RUNG, *wanted)
            pipeline.scard(_RUNG)
            pipeline.exists(_AT_WORK)
            pipeline.llen(queue.place(DRAIN))
            before, _, rung, at_work, jobs = pipeline.execute()
        # A job that waits has woken somebody already.
        if not jobs and (force or rung > _SHARE or not (before or at_work)):
            _wake(force=force)
    except UNREACHED as error:
        _missed(error)
        return False
    return True


def take() -> Sequence[int]:
    """Begin to work on partitions that were rung for; to be called before looking at the database."""
    try:
        with redis.client().pipeline(transaction=False) as pipeline:
            pipeline.set(_AT_WORK, 1, ex=_AT_WORK_SECONDS)
            pipeline.spop(_RUNG, _SHARE)
            _, taken = pipeline.execute()
    except UNREACHED as error:
        _missed(error)
        return ()
    return sorted(int(part) for part in taken)


def rest() -> bool:
    """Wait a moment to be woken; False if nobody did, or if a queue holds a job."""
    return handover.wait(_look_again)


def leave() -> None:
    """Look into the set no more for a while; what was rung for meanwhile, and what comes, is others' work."""
    try:
        if _look_again():
            _wake(force=False)
    except UNREACHED as error:
        _missed(error)


def ring_sender(*, force: bool = False) -> bool:
    """Ask for due deliveries to be sent; `force` asks even where somebody did. False when Redis is away."""
    try:
        only_free = not force or queue.depth(SEND) > 0
        if redis.client().set(_SENDER, 1, nx=only_free, ex=_FLAG_SECONDS):
            queue.put(SEND, _SEND_JOB, [()])
    except UNREACHED as error:
        _missed(error)
        return False
    return True


def answer_sender() -> None:
    """Take the sender's bell off the hook: to be called before looking at the database, so that no ring is lost."""
    try:
        redis.client().delete(_SENDER)
    except UNREACHED as error:
        _missed(error)


def _look_again() -> bool:
    """No longer be at work, and tell whether somebody relied on it until now. Raises one of UNREACHED."""
    with redis.client().pipeline(transaction=False) as pipeline:
        pipeline.delete(_AT_WORK)
        pipeline.scard(_RUNG)
        _, rung = pipeline.execute()
    return bool(rung)


def _wake(*, force: bool) -> None:
    """Wake a worker that waits, or else let one come by a job; by force by a job, because who waits may be dead."""
    if (force or not handover.give()) and not queue.depth(DRAIN):
        queue.put(DRAIN, _DRAIN_JOB, [()])


def _missed(error: Exception) -> None:
    log.warning("The bell was not heard (%s); the clock will sweep.", type(error).__name__)
