"""How much processor time and memory each kind of process of an instance takes."""

import contextlib
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

import psutil

from tests.support.instance import Instance

_KINDS: Final = {
    "app.runtime.web": "web",
    "app.jobs.worker": "workers",
    "app.jobs.clock": "clock",
    "postgres": "postgres",
    "redis": "redis",
    "valkey": "redis",
}
KINDS: Final = ("web", "workers", "clock", "postgres", "redis")
_MEGABYTE: Final = 1024 * 1024
# What a connection's process took is known a moment after it ended.
_REAPING_SECONDS: Final = 0.5


class Memory(NamedTuple):
    """Memory in MB: `own` counts what processes share once in all, `resident` once a process."""

    own: float
    resident: float


@contextlib.contextmanager
def metered(instance: Instance) -> Iterator[dict[str, float]]:
    """Fill in, at the end, the processor seconds that each kind of process took meanwhile."""
    spent: dict[str, float] = {}
    before = processor_seconds(instance)
    yield spent
    time.sleep(_REAPING_SECONDS)
    after = processor_seconds(instance)
    spent |= {kind: round(seconds - before.get(kind, 0.0), 2) for kind, seconds in after.items()}


def processor_seconds(instance: Instance) -> Mapping[str, float]:
    """Return the processor time taken so far by kind of process, ended children included."""
    seconds: defaultdict[str, float] = defaultdict(float)
    for process in instance.children():
        with contextlib.suppress(psutil.NoSuchProcess):  # its parent counts it from now on
            kind, times = _kind(process), process.cpu_times()
            seconds[kind] += times.user + times.system + times.children_user + times.children_system
    return seconds


def memory(instance: Instance) -> Mapping[str, Memory]:
    """Return the memory in use by kind of process."""
    kinds: dict[str, Memory] = {}
    for process in instance.children():
        with contextlib.suppress(psutil.NoSuchProcess):
            kind, info = _kind(process), process.memory_full_info()
            own = getattr(info, "pss", info.uss)  # only Linux knows shares
            before = kinds.get(kind, Memory(0, 0))
            kinds[kind] = Memory(before.own + own / _MEGABYTE, before.resident + info.rss / _MEGABYTE)
    return kinds


def _kind(process: psutil.Process) -> str:
    words = [process.name(), *process.cmdline()]
    return next((kind for mark, kind in _KINDS.items() if any(mark in word for word in words)), "other")
