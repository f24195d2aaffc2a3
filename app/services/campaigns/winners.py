"""Which of two versions did better."""

from typing import NamedTuple

from app.services.campaigns.plans import Variant


class Tried(NamedTuple):
    """What became of a version: how many it was sent to, and how many of them opened it, or clicked in it."""

    sent: int
    hits: int


def better(a: Tried, b: Tried) -> Variant | None:
    """Return the version with the higher rate; None: they are equal. What was sent to nobody has a rate of zero."""
    # Compared as whole numbers: rates as fractions of a computer are not equal when they should be.
    first, second = a.hits * max(b.sent, 1), b.hits * max(a.sent, 1)
    if first == second:
        return None
    return "a" if first > second else "b"
