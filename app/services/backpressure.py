"""Refusing events while those already taken are not worked through: late and told beats later and later.

What is measured is the lag, the age of the oldest event in the inbox; at most once a second in each process, so that
taking events in costs no more than before.
"""

import time
from typing import Final

from app import db
from app.adapters import backlog
from app.errors import TooManyRequests

_MEASURED_FOR_SECONDS: Final = 1.0
# An event that is replayed, or that waited while the instance was off, is old only until somebody has looked at it.
_PATIENCE_SECONDS: Final = 3.0
_SHORTEST_WAIT, _LONGEST_WAIT = 5, 60


class _State:
    limit = float("inf")
    lag = 0.0
    measured_at = float("-inf")
    over_since: float | None = None


def configure(limit: float) -> None:
    """Take no events once the lag is beyond `limit` seconds; forgets what was measured."""
    _State.limit = limit
    _State.measured_at, _State.over_since = float("-inf"), None


def excess() -> str | None:
    """Say by how much the lag is beyond its limit; None while it is not, or only for a moment."""
    now = time.monotonic()
    if now - _State.measured_at >= _MEASURED_FOR_SECONDS:
        _State.measured_at = now
        with db.autocommit() as session:
            _State.lag = backlog.lag(session)
        if _State.lag <= _State.limit:
            _State.over_since = None
        elif _State.over_since is None:
            _State.over_since = now
    if _State.over_since is None or now - _State.over_since < _PATIENCE_SECONDS:
        return None
    return f"{_State.lag:.0f} seconds behind; the limit is {_State.limit:.0f}"


def demand_room() -> None:
    """Raise TooManyRequests while events are not worked through fast enough."""
    if words := excess():
        wait = round(min(_LONGEST_WAIT, max(_SHORTEST_WAIT, _State.lag - _State.limit)))
        raise TooManyRequests(
            f"The automations are {words}. Nothing was recorded; send these events again in {wait} seconds.", wait
        )
