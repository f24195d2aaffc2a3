"""Handing work straight to a worker that has just ended some and waits a moment for more.

A job of the queue costs milliseconds before it begins, a multiple of what one event costs. Who waits leaves a token;
who has work takes it and thereby owes it to this worker, and to no other. A token whose worker was killed costs that
work the half second until the clock's next sweep.
"""

from collections.abc import Sequence
from typing import Final
from uuid import uuid4

import orjson

from app.adapters import redis

# Redis may answer a tenth of a second late, and a command is not waited for longer than 0.3 s.
SECONDS: Final = 0.15
_TOKENS: Final = "bell:waiting"
_KEPT_SECONDS: Final = 10


def wait() -> Sequence[int]:
    """Wait for work; returns its arguments, none if there is none, or other work, or Redis is away."""
    place = f"bell:hand:{uuid4().hex}"
    try:
        client = redis.client()
        client.rpush(_TOKENS, place)
        found = client.blpop(place, SECONDS)
        if found is None and not client.lrem(_TOKENS, 0, place):
            found = client.blpop(place, SECONDS)  # somebody took the token just now
    except redis.UNREACHED:
        return ()
    return tuple(orjson.loads(found[1])) if found else ()


def give(arguments: Sequence[int]) -> bool:
    """Hand work to somebody who waits; False if nobody does. Raises one of UNREACHED."""
    client = redis.client()
    place = client.lpop(_TOKENS)
    if not isinstance(place, bytes | str):  # a list, if several were asked for
        return False
    with client.pipeline(transaction=False) as pipeline:
        pipeline.rpush(place, orjson.dumps(arguments))
        pipeline.expire(place, _KEPT_SECONDS)
        pipeline.execute()
    return True


def dismiss(count: int) -> None:
    """Let so many of those who wait go back to the queue, in which there is a job. Raises one of UNREACHED."""
    while count and give(()):
        count -= 1
