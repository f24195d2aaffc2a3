"""Working through partitions."""

import time

from app.adapters import doorbell, queue
from app.adapters.doorbell import DRAIN, SEND
from app.jobs.job import job
from app.logging import about
from app.services import drain as service


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
        with about(parts=",".join(map(str, parts))):
            service.drain(parts)
    return bool(parts)
