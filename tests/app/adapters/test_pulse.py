from datetime import timedelta

import pytest
import time_machine
from redis import Redis

from app.adapters import pulse
from app.adapters import redis as app_redis
from nodes.registry import registry
from tests.support.steps import person, walk


@pytest.fixture(autouse=True)
def _nothing_counted(redis_live: None) -> None:
    pulse._Counted.figures.clear()
    pulse._Counted.untold.clear()


def test_what_processes_count_is_added_up_by_the_minute(clock: time_machine.Traveller) -> None:
    """Figures of two beats of one minute are one sum; the next minute has its own, and the totals have all."""
    for _ in range(2):
        pulse.count(received=3, worked=2)
        pulse.beat()
    clock.shift(timedelta(minutes=1))
    pulse.count(received=1, failed=1)
    pulse.beat()
    before, present = [figures for _, figures in pulse.last_hour()[-2:]]
    assert (before.received, before.worked, before.failed) == (6, 4, 0)
    assert (present.received, present.worked, present.failed) == (1, 0, 1)
    assert pulse.totals().received == 7


def test_an_hour_has_sixty_minutes_and_is_forgotten_afterwards(clock: time_machine.Traveller, redis: "Redis") -> None:
    """Minutes without anything are there, and are zero; nothing stays in Redis for ever but the totals."""
    pulse.count(received=1)
    pulse.beat()
    hour = pulse.last_hour()
    assert [figures.received for _, figures in hour] == [0] * 59 + [1]
    assert [at for at, _ in hour] == sorted({at for at, _ in hour})
    assert sorted(redis.ttl(key) > 0 for key in redis.keys("pulse:*")) == [False, True]


def test_while_redis_is_away_figures_are_kept(redis_url: str) -> None:
    """They are handed over at the first beat after it is back."""
    app_redis.configure("redis://127.0.0.1:1")
    pulse.count(worked=5)
    pulse.beat()
    app_redis.configure(redis_url)
    pulse.beat()
    pulse.beat()
    assert pulse.totals().worked == 5


def test_the_time_of_a_step_is_counted_by_its_type(monkeypatch: pytest.MonkeyPatch) -> None:
    """A step that is worked on with two runs counts two, and takes some time, whatever comes of it."""
    for node in registry().values():  # so that the test leaves every type as it was
        if hasattr(node, "run"):
            monkeypatch.setattr(node, "run", node.run)
    pulse.time_steps()
    walk("add_points", {"points": 5}, person(1, SCORE=1.0), person(2, SCORE=2.0))
    pulse.beat()
    runs, microseconds = pulse.totals().steps["add_points"]
    assert runs == 2
    assert microseconds >= 0


def test_the_log_says_what_was_done_and_nothing_where_nothing_was(caplog: pytest.LogCaptureFixture) -> None:
    """A line has what was counted since the one before, whether or not Redis heard of it."""
    caplog.set_level("INFO", "app.adapters.pulse")
    app_redis.configure("redis://127.0.0.1:1")
    pulse.count(received=1200, worked=2)
    pulse.beat()
    pulse.count(received=34)
    pulse.count_delivered(sent=1)
    for _ in range(2):
        pulse.tell()
    pulse.count(redone=1)
    pulse.tell()
    assert caplog.messages == ["Done: events taken in 1,234, events and waits worked through 2, deliveries sent 1."]
