"""Waking the workers. Redis is only the bell: a lost ring costs the half second until the clock's next sweep."""

import logging
from collections.abc import Iterable

from app.adapters import queue, redis
from app.adapters.queue import UNREACHED, Arguments

DRAIN = "drain"
SEND = "send"
_DRAIN_JOB = "app.jobs.drain.drain"
_SEND_JOB = "app.jobs.send.send"
# A flag saves jobs, no more: it must outlive a busy moment and not a lost worker.
_FLAG_SECONDS = 10

log = logging.getLogger(__name__)


def ring(parts: Iterable[int], *, force: bool = False) -> bool:
    """Ask for partitions to be drained; `force` asks even where somebody already did.

    Never raises for Redis: False when it is away. While workers are behind, `force` would only pile up jobs that find
    nothing to do: then a flag counts, which runs out should its job be lost.
    """
    return _ring({_part_key(part): (part,) for part in sorted(set(parts))}, DRAIN, _DRAIN_JOB, force=force)


def ring_sender(*, force: bool = False) -> bool:
    """Ask for due deliveries to be sent; False when Redis is away."""
    return _ring({"bell:send": ()}, SEND, _SEND_JOB, force=force)


def answer(part: int) -> None:
    """Take the bell off the hook: to be called before looking at the database, so that no later ring is lost."""
    _forget(_part_key(part))


def answer_sender() -> None:
    """The same for the sender."""
    _forget("bell:send")


def _ring(bells: dict[str, Arguments], target: str, job: str, *, force: bool) -> bool:
    if not bells:
        return True
    try:
        only_free = not force or queue.depth(target) > 0
        with redis.client().pipeline(transaction=False) as pipeline:
            for bell in bells:
                pipeline.set(bell, 1, nx=only_free, ex=_FLAG_SECONDS)
            fresh = pipeline.execute()
        queue.put(target, job, [arguments for arguments, new in zip(bells.values(), fresh, strict=True) if new])
    except UNREACHED as error:
        log.warning("The bell did not ring (%s); the clock will sweep.", type(error).__name__)
        return False
    return True


def _forget(bell: str) -> None:
    try:
        redis.client().delete(bell)
    except UNREACHED as error:
        log.warning("The bell could not be answered (%s).", type(error).__name__)


def _part_key(part: int) -> str:
    return f"bell:{part}"
