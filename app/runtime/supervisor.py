"""Starts every part of an instance in order, keeps them running, and stops them in the reverse order."""

import dataclasses
import os
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from types import FrameType
from typing import NoReturn

from app.instance import Running, announced, sole_instance
from app.runtime.greeting import greet
from app.runtime.parts import Part, Program, Watch, require_free
from app.runtime.postgres import PostgresServer
from app.runtime.preparing import prepare
from app.runtime.processes import MARK, end_leftovers, leftovers
from app.runtime.readiness import wait_until_ready
from app.runtime.redis import RedisServer
from app.runtime.terminal import step
from app.settings import Settings

GLANCE_SECONDS = 0.2
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopRequested(BaseException):
    """Ctrl-C or SIGTERM: unwind, stopping what was started."""


def supervise(settings: Settings) -> None:
    """Run one instance until it is asked to stop; raises StartError when it cannot start."""
    for number in _SIGNALS:
        signal.signal(number, _request_stop)
    try:
        with sole_instance(settings.data), ExitStack() as stack:
            parts = _start(settings, stack)
            _watch([Watch(part) for part in parts])
    except StopRequested:
        print("Stopped.", file=sys.stderr)


def _request_stop(_number: int, _frame: FrameType | None) -> NoReturn:
    """Unwind once: the unwinding itself is not to be interrupted."""
    for each in _SIGNALS:
        signal.signal(each, signal.SIG_IGN)
    print("\nStopping …", file=sys.stderr, flush=True)
    raise StopRequested


def _start(settings: Settings, stack: ExitStack) -> list[Part]:
    """Start everything; `stack` stops it again."""
    end_leftovers(leftovers(settings.data))  # before the port is asked for: they may still hold it
    require_free(settings.host, settings.port)
    logs = settings.data / "logs"
    logs.mkdir(exist_ok=True)
    servers, settings = _start_servers(settings, stack)
    environment = _environment(settings)
    logins = prepare(environment)
    stack.enter_context(announced(settings.data, _announcement(settings)))
    programs = _programs(settings, environment)
    stack.callback(_stop_together, programs)
    with step("Starting web, workers, clock"):
        for program in programs:
            program.start()
        wait_until_ready(settings, programs)
    greet(settings, logins)
    return [*servers, *programs]


def _start_servers(settings: Settings, stack: ExitStack) -> tuple[list[Part], Settings]:
    """Start what the environment does not provide; returns the settings with every address."""
    servers: list[Part] = []
    if not settings.redis_url:
        redis = RedisServer(settings.data / "redis")
        _start_server(redis, stack)
        servers.append(redis)
        settings = dataclasses.replace(settings, redis_url=redis.url)
    if not settings.database_url:
        postgres = PostgresServer(settings.data / "postgres")
        _start_server(postgres, stack)
        servers.append(postgres)
        settings = dataclasses.replace(settings, database_url=postgres.url)
    return servers, settings


def _start_server(server: Part, stack: ExitStack) -> None:
    stack.callback(server.stop)
    with step(f"Starting {server.name}"):
        server.start()


def _programs(settings: Settings, environment: dict[str, str]) -> list[Program]:
    logs = settings.data / "logs"
    workers = [f"worker {number}" for number in range(1, settings.workers + 1)]
    return [
        Program("web", "app.runtime.web", logs, environment),
        *(Program(name, "app.jobs.worker", logs, environment) for name in workers),
        Program("clock", "app.jobs.clock", logs, environment),
    ]


def _environment(settings: Settings) -> dict[str, str]:
    """What the children need to know: the addresses found, what was concluded without them, and whose they are."""
    return {
        **os.environ,
        "PYTHONUNBUFFERED": "1",
        "CADENZA_DATA": str(settings.data),
        "DATABASE_URL": settings.database_url or "",
        "REDIS_URL": settings.redis_url or "",
        "CADENZA_DEMO": str(int(settings.demo)),
        "SECRET_KEY": settings.secret_key,
        MARK: str(settings.data),
    }


def _announcement(settings: Settings) -> Running:
    return Running(
        pid=os.getpid(),
        url=settings.public_url,
        database_url=settings.database_url or "",
        redis_url=settings.redis_url or "",
    )


def _stop_together(programs: Sequence[Program]) -> None:
    for program in programs:
        program.ask_to_stop()
    for program in programs:
        program.stop()


def _watch(watches: Sequence[Watch]) -> NoReturn:
    while True:
        time.sleep(GLANCE_SECONDS)
        for watch in watches:
            if news := watch.look():
                print(news, file=sys.stderr, flush=True)
