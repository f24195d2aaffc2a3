"""Which forms were seen, and how often: counted in Redis, so that whoever opens a page writes to no row.

What is counted while Redis is away, and what it forgets, is lost to a figure.
"""

from collections.abc import Mapping
from typing import Any, Final

from redis.exceptions import ResponseError

from app.adapters import redis

_SEEN: Final = "forms:seen"
_TAKEN: Final = "forms:seen:taken"


def note(form_id: int) -> None:
    """Count one more."""
    try:
        redis.client().hincrby(_SEEN, str(form_id), 1)
    except redis.UNREACHED:
        return


def take() -> Mapping[int, int]:
    """Return how often each form was seen since the last `take`, by id. What `done` was not said of comes again."""
    try:
        if not redis.client().exists(_TAKEN):
            redis.client().rename(_SEEN, _TAKEN)
        found: Any = redis.client().hgetall(_TAKEN)  # redis-py types answers as awaitable or not
    except (ResponseError, *redis.UNREACHED):  # nobody saw any
        return {}
    return {int(form): int(times) for form, times in found.items()}


def done() -> None:
    """Forget what was taken: it is kept elsewhere now."""
    try:
        redis.client().delete(_TAKEN)
    except redis.UNREACHED:
        return
