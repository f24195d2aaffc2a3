"""The parts of an installation over several hosts: servers, web and clock on one, workers where one likes."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import httpx
import psycopg
from redis import Redis
from rq import Worker
from sqlalchemy import URL, make_url

from app.runtime.postgres import DATABASE, USER, PostgresServer
from app.runtime.preparing import prepare
from app.runtime.processes import end, spawn
from app.runtime.redis import RedisServer
from app.settings import CHECKOUT
from tests.hosts.network import address, standing_on
from tests.support.database import wait_until

PORT: Final = 8000
READY_SECONDS: Final = 60.0
STOP_SECONDS: Final = 20.0


class ReachablePostgres(PostgresServer):
    """The embedded server, listening to the other hosts."""

    @property
    def url(self) -> str:
        url = URL.create("postgresql+psycopg", USER, host=address("main"), database=DATABASE)
        return url.render_as_string(hide_password=False)

    def _prepare(self) -> None:
        super()._prepare()
        with (self.directory / "pg_hba.conf").open("a") as rules:
            rules.write("host all all samenet trust\n")

    def _options(self) -> list[str]:
        return [*super()._options(), f"--listen_addresses={address('main')}"]


class ReachableRedis(RedisServer):
    """The embedded server, listening to the other hosts."""

    @property
    def url(self) -> str:
        return f"redis://{address('main')}:6379/0"

    def _command(self) -> list[str]:
        return [*super()._command(), "--port", "6379", "--bind", address("main"), "--protected-mode", "no"]


@dataclass
class Installation:
    """Servers, web and clock on `main`, whoever this process stands on it; workers come and go."""

    data: Path
    environment: Mapping[str, str]
    workers: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return f"http://{address('main')}:{PORT}"

    @property
    def database_url(self) -> str:
        return self.environment["DATABASE_URL"]

    @property
    def redis_url(self) -> str:
        return self.environment["REDIS_URL"]

    def connect(self) -> psycopg.Connection:
        """Return a connection to the database."""
        url = make_url(self.database_url).set(drivername="postgresql")
        return psycopg.connect(url.render_as_string(hide_password=False), autocommit=True)

    def start_worker(self, host: str) -> None:
        with standing_on(host):
            self.workers[host] = self.start("app.jobs.worker", host)

    def wait_for_workers(self) -> None:
        """Return when every worker has begun to listen."""
        with Redis.from_url(self.redis_url) as client:
            wait_until(lambda: Worker.count(connection=client) >= len(self.workers), READY_SECONDS)

    def stop_workers(self) -> None:
        for worker in self.workers.values():
            end(worker, (signal.SIGTERM, STOP_SECONDS))
        self.workers.clear()

    def start(self, module: str, name: str) -> subprocess.Popen[bytes]:
        """Start one of our processes where this thread stands."""
        command = [sys.executable, "-m", module]
        return spawn(command, directory=CHECKOUT, log=self.data / f"{name}.log", environment=self.environment)


@contextlib.contextmanager
def installation() -> Iterator[Installation]:
    """A fresh installation without workers, on the host that this thread stands on; gone afterwards."""
    data = Path(tempfile.mkdtemp(prefix="cadenza-hosts-"))
    data.chmod(0o711)
    postgres, redis = ReachablePostgres(data / "postgres"), ReachableRedis(data / "redis")
    environment = os.environ | {
        "CADENZA_DATA": str(data),
        "CADENZA_DEMO": "0",
        "CADENZA_ALLOW_PRIVATE_HOSTS": "1",
        "DATABASE_URL": postgres.url,
        "REDIS_URL": redis.url,
        "SECRET_KEY": "the same on every host, and long enough",
        "HOST": address("main"),
        "PORT": str(PORT),
        "WEB_PROCESSES": "1",
    }
    made = Installation(data, environment)
    with contextlib.ExitStack() as stack:
        stack.callback(shutil.rmtree, data)
        for server in (postgres, redis):
            stack.callback(server.stop)
            server.start()
        prepare(environment)
        for module, name in (("app.runtime.web", "web"), ("app.jobs.clock", "clock")):
            stack.callback(end, made.start(module, name), (signal.SIGTERM, STOP_SECONDS))
        stack.callback(made.stop_workers)
        wait_until(lambda: _answers(f"{made.url}/healthz"), READY_SECONDS)
        yield made


def _answers(url: str) -> bool:
    with contextlib.suppress(httpx.TransportError):
        return httpx.get(url, timeout=5).is_success
    return False
