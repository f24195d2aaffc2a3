import logging

import pytest
from redis.exceptions import ConnectionError as RedisConnectionError
from sqlalchemy.exc import OperationalError

from app.jobs import clock
from app.jobs.process import StopRequest

AWAY = OperationalError("SELECT", {}, Exception("gone"))


class Ticks:
    """A tick that raises what it is told to, in turn, and asks to stop after the last."""

    def __init__(self, stop: StopRequest, *outcomes: Exception | None) -> None:
        self._stop, self._outcomes = stop, list(outcomes)

    def __call__(self) -> None:
        outcome = self._outcomes.pop(0)
        if not self._outcomes:
            self._stop.make()
        if outcome:
            raise outcome


def run(*outcomes: Exception | None) -> None:
    stop = StopRequest()
    clock.run(Ticks(stop, *outcomes), stop, period=0.001)


def test_the_clock_survives_every_outage(caplog: pytest.LogCaptureFixture):
    """PostgreSQL or Redis going away stops no clock; the log tells once when, and once that it ended."""
    with caplog.at_level(logging.WARNING):
        run(None, AWAY, AWAY, RedisConnectionError("gone"), AWAY, None, None)
    assert [record.getMessage()[:16] for record in caplog.records] == ["A server is away", "All servers are "]


def test_each_outage_is_told(caplog: pytest.LogCaptureFixture):
    """A second outage is logged as the first was."""
    with caplog.at_level(logging.WARNING):
        run(AWAY, None, AWAY, None)
    assert len(caplog.records) == 4


def test_a_bug_ends_the_clock():
    """Only servers may be away: a bug is for the supervisor to show, not to swallow."""
    with pytest.raises(ZeroDivisionError):
        run(ZeroDivisionError())
