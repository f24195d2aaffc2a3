"""The clock: `python -m app.jobs.clock`. Rings for what is due and sweeps for what was missed."""

import logging
import time
from collections.abc import Callable

from redis.exceptions import RedisError
from sqlalchemy.exc import SQLAlchemyError

from app.adapters import processes
from app.jobs.process import StopRequest, begin, end
from app.services import sweep

PERIOD_SECONDS = 0.5

log = logging.getLogger(__name__)


class Outage:
    """Tells the log when servers go away and come back, once each."""

    def __init__(self) -> None:
        self._since: float | None = None

    def began(self, error: Exception) -> None:
        """A tick failed because a server was away."""
        if self._since is None:
            self._since = time.monotonic()
            log.warning("A server is away (%s); trying on.", type(error).__name__)

    def ended(self) -> None:
        """A tick succeeded."""
        if self._since is not None:
            log.warning("All servers are back after %.1f s.", time.monotonic() - self._since)
            self._since = None


def run(tick: Callable[[], object], stop: StopRequest, period: float = PERIOD_SECONDS) -> None:
    """Call `tick` every `period` seconds until asked to stop, whatever servers come and go meanwhile."""
    outage = Outage()
    while not stop:
        began = time.monotonic()
        try:
            tick()
        except (SQLAlchemyError, RedisError, OSError) as error:
            outage.began(error)
        else:
            outage.ended()
        time.sleep(max(0.0, period - (time.monotonic() - began)))


def main() -> None:
    """Tick until SIGTERM or Ctrl-C."""
    begin("clock")
    stop = StopRequest()
    stop.listen()
    sign = processes.Sign(processes.CLOCK)
    # From here and from no thread: a clock that hangs is not to look alive.
    run(lambda: sweep.tick(sign.give), stop)
    end()


if __name__ == "__main__":
    main()
