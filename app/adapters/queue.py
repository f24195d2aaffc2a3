"""Handing work to the workers by name. What must not be lost is found again in the database."""

import logging
from collections.abc import Iterable
from typing import Final, TypeAlias

from rq import Queue

from app.adapters import handover, redis
from app.adapters.redis import UNREACHED

TURN_SECONDS: Final = 2.0
"""How long one kind of work may keep a worker, and a watch the clock; then it goes behind what came meanwhile."""

Arguments: TypeAlias = tuple[int, ...]

DEFAULT: Final = "default"
_FAILURE_SECONDS: Final = 60
_NO_TIMEOUT: Final = -1

log = logging.getLogger(__name__)


def put(queue: str, job: str, calls: Iterable[Arguments]) -> None:
    """Queue a job of this dotted name, once for each of the arguments; raises one of UNREACHED."""
    prepared = [
        Queue.prepare_data(job, args=arguments, result_ttl=0, failure_ttl=_FAILURE_SECONDS, timeout=_NO_TIMEOUT)
        for arguments in calls
    ]
    if prepared:
        Queue(queue, connection=redis.client()).enqueue_many(prepared)
        handover.dismiss(len(prepared))


def place(queue: str) -> str:
    """Return the name of the list in Redis that holds the jobs of a queue."""
    return f"{Queue.redis_queue_namespace_prefix}{queue}"


def depth(queue: str) -> int:
    """Return how many jobs wait in a queue; raises one of UNREACHED."""
    return Queue(queue, connection=redis.client()).count


def idle(*queues: str) -> bool:
    """Tell whether no job waits in any of these queues; while Redis is away, none is known of."""
    try:
        with redis.client().pipeline(transaction=False) as pipeline:
            for each in queues:
                pipeline.llen(place(each))
            return not any(pipeline.execute())
    except UNREACHED:
        return True


def enqueue(job: str, *arguments: int) -> bool:
    """Let a worker run the job soon, unless it waits already. Never raises for Redis: False when it is away."""
    try:
        waiting = Queue(DEFAULT, connection=redis.client()).get_jobs()
        if all((each.func_name, each.args) != (job, arguments) for each in waiting):
            put(DEFAULT, job, [arguments])
    except UNREACHED as error:
        log.warning("%s was not queued (%s); the clock will see to it.", job, type(error).__name__)
        return False
    return True
