"""Waking the workers. Redis is only the bell: a lost ring costs the half second until the clock's next sweep."""

import logging
from collections.abc import Callable, Collection, Iterable, Sequence

from app.adapters import handover, queue, redis
from app.adapters.queue import Arguments
from app.adapters.redis import UNREACHED

DRAIN = "drain"
SEND = "send"
_DRAIN_JOB = "app.jobs.drain.drain"
_SEND_JOB = "app.jobs.send.send"
_SENDER = "bell:send"
# A flag saves jobs, no more: it must outlive a busy moment and not a lost worker.
_FLAG_SECONDS = 10
# Few jobs a ring, so that what little is in many partitions becomes one batch. More workers find work, too: who takes a
# job takes its flags down, and the next ring makes others.
_JOBS = 2

log = logging.getLogger(__name__)


def ring(parts: Iterable[int], *, force: bool = False) -> bool:
    """Ask for partitions to be drained; `force` asks even where somebody already did.

    Never raises for Redis: False when it is away. While workers are behind, `force` would only pile up jobs that find
    nothing to do: then a flag counts, which runs out should its job be lost.
    """
    wanted = {_part_key(part): part for part in sorted(set(parts))}
    return _ring(
        wanted, DRAIN, _DRAIN_JOB, lambda bells: _left([wanted[bell] for bell in bells], force=force), force=force
    )


def ring_sender(*, force: bool = False) -> bool:
    """Ask for due deliveries to be sent; False when Redis is away."""
    return _ring([_SENDER], SEND, _SEND_JOB, lambda bells: [() for _ in bells], force=force)


def answer(parts: Iterable[int]) -> None:
    """Take the bells off the hook: to be called before looking at the database, so that no later ring is lost."""
    _forget(_part_key(part) for part in parts)


def answer_sender() -> None:
    """The same for the sender."""
    _forget([_SENDER])


def _ring(
    bells: Collection[str],
    target: str,
    job: str,
    calls: Callable[[Sequence[str]], Iterable[Arguments]],
    *,
    force: bool,
) -> bool:
    if not bells:
        return True
    try:
        only_free = not force or queue.depth(target) > 0
        with redis.client().pipeline(transaction=False) as pipeline:
            for bell in bells:
                pipeline.set(bell, 1, nx=only_free, ex=_FLAG_SECONDS)
            fresh = pipeline.execute()
        queue.put(target, job, calls([bell for bell, new in zip(bells, fresh, strict=True) if new]))
    except UNREACHED as error:
        log.warning("The bell did not ring (%s); the clock will sweep.", type(error).__name__)
        return False
    return True


def _left(parts: Sequence[int], *, force: bool) -> Iterable[Arguments]:
    """Return the jobs for what is not handed to workers that wait; for all, where one of these may be dead."""
    shares = (tuple(parts[first::_JOBS]) for first in range(_JOBS))
    return [share for share in shares if share and (force or not handover.give(share))]


def _forget(bells: Iterable[str]) -> None:
    try:
        redis.client().delete(*bells)
    except UNREACHED as error:
        log.warning("The bell could not be answered (%s).", type(error).__name__)


def _part_key(part: int) -> str:
    return f"bell:{part}"
