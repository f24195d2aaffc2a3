"""Servers that are somebody else's: reached over TCP by name and password, by a role that owns its database only."""

import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import psycopg
from sqlalchemy import URL

from app.runtime.postgres import USER, PostgresServer
from app.runtime.redis import RedisServer

ROLE: Final = "shop"
PASSWORD: Final = "p@ss/word: %41"
# Their own ports at an address of their own: a loopback answers at all of 127.0.0.0/8.
_NETWORK: Final = "127.13.{}.{}"


class ExternalPostgres(PostgresServer):
    """The embedded server, as if it stood elsewhere."""

    def __init__(self, directory: Path, host: str) -> None:
        super().__init__(directory, durable=False)
        self.host = host

    def start(self) -> None:
        super().start()
        with psycopg.connect(self.url_of("postgres").replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(f"CREATE ROLE {ROLE} LOGIN PASSWORD '{PASSWORD}'")

    def make(self, database: str) -> str:
        """Make an empty database that the role owns; returns its address."""
        with psycopg.connect(self.url_of("postgres").replace("+psycopg", ""), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {database} OWNER {ROLE}")
        url = URL.create("postgresql", ROLE, PASSWORD, self.host, database=database)
        return url.render_as_string(hide_password=False)

    def _prepare(self) -> None:
        super()._prepare()
        rules = f"local all {USER} trust\nhost all {ROLE} 127.0.0.0/8 scram-sha-256\n"
        (self.directory / "pg_hba.conf").write_text(rules)

    def _options(self) -> list[str]:
        return [*super()._options(), f"--listen_addresses={self.host}"]


class ExternalRedis(RedisServer):
    """The embedded Redis, likewise; one of its databases."""

    def __init__(self, directory: Path, host: str) -> None:
        super().__init__(directory)
        self.host = host

    @property
    def url(self) -> str:
        return f"redis://{self.host}:6379/3"

    def _command(self) -> list[str]:
        return [*super()._command(), "--port", "6379", "--bind", self.host]


@contextmanager
def external_servers() -> Iterator[tuple[ExternalPostgres, ExternalRedis]]:
    """Both, started; gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="cadenza-external-"))
    folder.chmod(0o711)
    host = _NETWORK.format(random.randrange(256), random.randrange(1, 255))
    postgres, redis = ExternalPostgres(folder / "postgres", host), ExternalRedis(folder / "redis", host)
    try:
        postgres.start()
        redis.start()
        yield postgres, redis
    finally:
        redis.stop()
        postgres.stop()
        shutil.rmtree(folder)
