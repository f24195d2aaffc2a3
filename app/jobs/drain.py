"""Working through partitions."""

import time
from collections.abc import Sequence

from app.adapters import handover, queue
from app.adapters.doorbell import DRAIN, SEND
from app.jobs.job import job
from app.logging import about
from app.services import drain as service


@job
def drain(*parts: int) -> None:
    """Drain the partitions, and then others as long as work is handed over and no other job waits."""
    end = time.monotonic() + queue.TURN_SECONDS
    given: Sequence[int] = parts
    while given:
        with about(parts=",".join(map(str, given))):
            service.drain(given)
        free = time.monotonic() < end and queue.idle(DRAIN, SEND, queue.DEFAULT)
        given = handover.wait() if free else ()
