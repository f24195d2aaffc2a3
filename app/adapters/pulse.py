"""How much the instance does: counted in each process, added up in Redis once a second, and logged once a minute.

Counting costs the engine no more than an addition. What is lost is lost to a chart: a second's figures of a process
that was killed, all of them with Redis.
"""

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any, ClassVar, Final

from redis.exceptions import RedisError

from app.adapters import redis
from nodes.contract import Step, Walkable
from nodes.registry import registry

MINUTES: Final = 60
_BEAT_SECONDS: Final = 1.0
_TOLD_SECONDS: Final = 60.0
_KEPT_SECONDS: Final = (MINUTES + 2) * 60
_TOTALS: Final = "pulse:totals"
_RUNS: Final = "runs:"
_MICROSECONDS: Final = "us:"

_WORDS: Final[Mapping[str, str]] = {
    "received": "events taken in",
    "worked": "events and waits worked through",
    "steps": "steps",
    "sent": "deliveries sent",
    "kept": "deliveries kept",
    "failed": "runs failed",
}

log = logging.getLogger(__name__)


class _Counted:
    """What this process has counted since its last beat, and since it was last logged."""

    lock = threading.Lock()
    figures: ClassVar[Counter[str]] = Counter()
    untold: ClassVar[Counter[str]] = Counter()


class Figures:
    """What was counted in some time: `received` events, items `worked` through, runs that `failed`, time of steps.

    `redone` are batches that were walked twice, because somebody had changed a contact meanwhile.
    """

    def __init__(self, counts: Mapping[str, int]) -> None:
        self.received = counts.get("received", 0)
        self.worked = counts.get("worked", 0)
        self.redone = counts.get("redone", 0)
        self.failed = counts.get("failed", 0)
        self.steps = {
            name.removeprefix(_RUNS): (count, counts.get(_MICROSECONDS + name.removeprefix(_RUNS), 0))
            for name, count in counts.items()
            if name.startswith(_RUNS)
        }
        """By node type: how many runs it worked on, and the microseconds that took."""


def count(**figures: int) -> None:
    """Add to `received`, `worked`, `failed` or `redone`."""
    with _Counted.lock:
        _Counted.figures.update(figures)
        _Counted.untold.update(figures)


def count_delivered(**figures: int) -> None:
    """Add to deliveries that were `sent` or `kept`, of which only the log tells."""
    with _Counted.lock:
        _Counted.untold.update(figures)


def begin() -> None:
    """Beat from now on, in a thread of its own."""
    threading.Thread(target=_beat_on, daemon=True, name="pulse").start()


def time_steps() -> None:
    """Measure from now on how long steps take in this process: from outside, because the interpreter knows no clock."""
    for node in registry().values():
        if isinstance(node, Walkable):
            node.run = _timed(node.key, node.run)  # type: ignore[assignment, method-assign]


def beat() -> None:
    """Hand over what was counted; while Redis is away it is kept."""
    with _Counted.lock:
        figures, _Counted.figures = _Counted.figures, Counter()
    if not figures:
        return
    minute = _key(int(time.time()) // 60)
    try:
        with redis.client().pipeline(transaction=False) as pipeline:
            for key in (minute, _TOTALS):
                for name, figure in figures.items():
                    pipeline.hincrby(key, name, figure)
            pipeline.expire(minute, _KEPT_SECONDS)
            pipeline.execute()
    except (RedisError, redis.NotConfigured) as error:
        log.debug("The pulse was not heard (%s).", type(error).__name__)
        with _Counted.lock:
            _Counted.figures.update(figures)


def tell() -> None:
    """Log what was done since this was last asked, if anything was: numbers only."""
    with _Counted.lock:
        figures, _Counted.untold = _Counted.untold, Counter()
    if said := [f"{words} {figures[name]:,}" for name, words in _WORDS.items() if figures[name]]:
        log.info("Done: %s.", ", ".join(said))


def last_hour() -> Sequence[tuple[int, Figures]]:
    """Return each of the last MINUTES minutes (Unix time of its start) and its figures, oldest first, this one last.

    Raises RedisError.
    """
    now = int(time.time()) // 60
    minutes = range(now - MINUTES + 1, now + 1)
    with redis.client().pipeline(transaction=False) as pipeline:
        for minute in minutes:
            pipeline.hgetall(_key(minute))
        return [(minute * 60, _read(found)) for minute, found in zip(minutes, pipeline.execute(), strict=True)]


def totals() -> Figures:
    """Return the figures since Redis began. Raises RedisError."""
    return _read(redis.client().hgetall(_TOTALS))


def _beat_on() -> None:
    told_at = time.monotonic()
    while True:
        time.sleep(_BEAT_SECONDS)
        beat()
        if time.monotonic() - told_at >= _TOLD_SECONDS:
            tell()
            told_at = time.monotonic()


def _timed(key: str, run: Callable[[Step], None]) -> Callable[[Step], None]:
    @wraps(run)
    def timed(step: Step) -> None:
        began = time.perf_counter()
        try:
            run(step)
        finally:
            spent = round((time.perf_counter() - began) * 1e6)
            with _Counted.lock:
                _Counted.figures[_RUNS + key] += len(step.runs)
                _Counted.figures[_MICROSECONDS + key] += spent
                _Counted.untold["steps"] += len(step.runs)

    return timed


def _read(found: Any) -> Figures:  # noqa: ANN401 - redis-py types answers as awaitable or not
    return Figures({name.decode(): int(figure) for name, figure in found.items()})


def _key(minute: int) -> str:
    return f"pulse:{minute}"
