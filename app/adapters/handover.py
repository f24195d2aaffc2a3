"""Waking a worker that has just ended some work and waits a moment for more.

A job of the queue costs milliseconds before it begins, a multiple of what one event costs. Who waits leaves a token;
who has work takes it and thereby owes it to this worker, and to no other. A token whose worker was killed costs that
work the half second until the clock's next sweep.
"""

from collections.abc import Callable
from typing import Final
from uuid import uuid4

from app.adapters import redis

# Redis may answer a tenth of a second late, and a command is not waited for longer than 0.3 s.
SECONDS: Final = 0.15
_TOKENS: Final = "bell:waiting"
_KEPT_SECONDS: Final = 10
_WORK, _GO = b"work", b"go"


def wait(look: Callable[[], bool]) -> bool:
    """Wait for work; False if none comes, or other work does, or Redis is away.

    `look` tells whether there was some before the token lay where others find it.
    """
    place = f"bell:hand:{uuid4().hex}"
    try:
        client = redis.client()
        client.rpush(_TOKENS, place)
        if look():
            client.lrem(_TOKENS, 0, place)
            return True
        found = client.blpop(place, SECONDS)
        if found is None and not client.lrem(_TOKENS, 0, place):
            found = client.blpop(place, SECONDS)  # somebody took the token just now
    except redis.UNREACHED:
        return False
    return found is not None and found[1] == _WORK


def give() -> bool:
    """Wake somebody who waits; False if nobody does. Raises one of UNREACHED."""
    return _say(_WORK)


def dismiss(count: int) -> None:
    """Let so many of those who wait go back to the queue, in which there is a job. Raises one of UNREACHED."""
    while count and _say(_GO):
        count -= 1


def _say(word: bytes) -> bool:
    client = redis.client()
    place = client.lpop(_TOKENS)
    if not isinstance(place, bytes | str):  # a list, if several were asked for
        return False
    with client.pipeline(transaction=False) as pipeline:
        pipeline.rpush(place, word)
        pipeline.expire(place, _KEPT_SECONDS)
        pipeline.execute()
    return True
