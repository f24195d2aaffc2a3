"""Working through partitions."""

import time
from typing import Final

from app.adapters import doorbell, queue
from app.adapters.doorbell import DRAIN, SEND
from app.jobs.job import job
from app.jobs.process import uncollected
from app.logging import about
from app.services import drain as service

# What was so much and no more comes all the time, from many at once. A batch costs milliseconds whatever is in it: a
# moment later it holds many.
_SOME: Final = range(4, 200)
_GATHERING_SECONDS: Final = 0.03


@job
def drain() -> None:
    """Drain what was rung for, as long as there is more and no other job waits."""
    end = time.monotonic() + queue.TURN_SECONDS
    try:
        while _drained_some() or doorbell.rest():
            if time.monotonic() > end or not queue.idle(DRAIN, SEND, queue.DEFAULT):
                return
    finally:
        doorbell.leave()


def _drained_some() -> bool:
    parts = doorbell.take()
    if parts:
        with about(parts=",".join(map(str, parts))), uncollected():
            worked = service.drain(parts)
        if worked in _SOME:
            time.sleep(_GATHERING_SECONDS)
    return bool(parts)
