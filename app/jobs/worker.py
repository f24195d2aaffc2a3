"""A worker of the queue: `python -m app.jobs.worker`. Runs jobs in this very process, one after another."""

import importlib
import logging
import os
import pkgutil
import threading
import time
from types import FrameType

from redis.exceptions import RedisError
from rq import SimpleWorker

from app import jobs
from app.adapters import redis, workers
from app.jobs.process import StopRequest, begin, calm_collector, end

# In this order, and what is not an event works in turns: one waits no longer than for the turn that has begun.
QUEUES = ("drain", "send", "default")
HEARTBEAT_SECONDS = 5
RECONNECT_SECONDS = 1
WORKER_TTL = 30  # RQ waits 15 s less than this for a job, then says that it lives

_LOOPS = {"clock", "process", "worker"}
_stop = StopRequest()

log = logging.getLogger(__name__)


class Worker(SimpleWorker):
    """RQ's worker without a fork a job, back within a second after Redis was away."""

    max_connection_wait_time = RECONNECT_SECONDS

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        """Finish the job at hand, then end."""
        _stop.make()
        super().request_stop(signum, frame)  # type: ignore[no-untyped-call] # RQ types it not


def main() -> None:
    """Work until asked to stop; Redis may come and go meanwhile."""
    url = begin("worker").redis_url or ""
    preload()
    calm_collector()
    threading.Thread(target=_report, args=(url,), daemon=True).start()
    while not _stop:
        _stop.listen()
        _work(url)
    end()


def preload() -> None:
    """Import every job now, so that the first one is as fast as the next."""
    for found in pkgutil.iter_modules(jobs.__path__):
        if found.name not in _LOOPS:
            importlib.import_module(f"{jobs.__name__}.{found.name}")


def _work(url: str) -> None:
    """One life of RQ's worker; it ends when asked to stop, or when Redis goes away during a job."""
    client = redis.patient_client(url)
    try:
        client.ping()
        worker = Worker(QUEUES, connection=client, worker_ttl=WORKER_TTL, log_job_description=False)
        worker.work(logging_level="WARNING")
    except RedisError as error:
        log.warning("Redis is away: %s", type(error).__name__)
        time.sleep(RECONNECT_SECONDS)
    finally:
        client.close()


def _report(url: str) -> None:
    """Give the sign of life of this process, during long jobs too."""
    client = redis.patient_client(url)
    while True:
        try:
            workers.report(client)
            time.sleep(HEARTBEAT_SECONDS)
        except RedisError:
            time.sleep(RECONNECT_SECONDS)


if __name__ == "__main__":
    main()
    logging.shutdown()
    os._exit(0)  # a thread of RQ may still wait for a Redis that is gone
