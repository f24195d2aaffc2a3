"""Signs of life of web processes and the clock, in a real Redis."""

import os
import socket

import pytest
from redis import Redis

from app.adapters import processes
from app.adapters import redis as app_redis
from app.jobs import clock
from app.services import sweep


def silence(redis: "Redis", seconds: float) -> None:
    """Let every sign be so many seconds older."""
    for name, told in redis.hgetall(processes._KEY).items():
        started_at, seen_at = processes.json.loads(told)
        redis.hset(processes._KEY, name, processes.json.dumps([started_at, seen_at - seconds]))


def test_a_process_is_known_by_host_and_number(redis_live: None) -> None:
    """Its role, where it runs, since when, and that it was heard of."""
    processes.Sign(processes.WEB).give()
    (found,) = processes.everyone()
    assert found[:4] == ("web", socket.gethostname(), os.getpid(), "running")
    assert found.started_at <= found.seen_at or (found.started_at - found.seen_at).total_seconds() < 1


def test_one_that_gives_no_sign_is_silent_then_forgotten(redis_live: None, redis: "Redis") -> None:
    """After 15 seconds it counts as missing; a while later the list is rid of it."""
    processes.Sign(processes.CLOCK).give()
    assert processes.seen(processes.CLOCK)
    silence(redis, 20)
    assert not processes.seen(processes.CLOCK)
    assert [each.state for each in processes.everyone()] == ["silent"]
    silence(redis, 120)
    assert processes.everyone() == []
    assert redis.exists(processes._KEY) == 0


def test_signs_are_few(redis_live: None, redis: "Redis") -> None:
    """However often it is asked to, a process writes once in some seconds."""
    sign = processes.Sign(processes.CLOCK)
    sign.give()
    redis.delete(processes._KEY)
    sign.give()
    assert processes.everyone() == []


def test_a_sign_that_cannot_be_left_harms_nobody() -> None:
    """While Redis is away the clock has other work to do."""
    app_redis.configure("redis://127.0.0.1:1")
    processes.Sign(processes.CLOCK).give()
    app_redis.dispose()


def test_a_clock_that_hangs_does_not_look_alive(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sign comes after each piece of its work, and after none that broke."""
    given: list[str] = []
    work = iter([None, None, OSError("away"), None, KeyboardInterrupt()])

    def look() -> None:
        if (outcome := next(work)) is not None:
            raise outcome

    monkeypatch.setattr(clock, "begin", lambda _: None)
    monkeypatch.setattr(clock, "PERIOD_SECONDS", 0.0)
    monkeypatch.setattr(clock.StopRequest, "listen", lambda _: None)
    monkeypatch.setattr(processes.Sign, "give", lambda sign: given.append(sign._role))
    for name in ("_ring", "_do_hourly", "_do_rarely"):
        monkeypatch.setattr(sweep, name, look)
    monkeypatch.setattr(sweep.watching, "look", look)
    monkeypatch.setattr(sweep.spreading, "ask", look)
    with pytest.raises(KeyboardInterrupt):
        clock.main()
    assert given == ["clock"] * 3
