"""One PostgreSQL and one Redis for a whole test session, whatever number of workers runs it."""

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from app import db
from app.adapters import migrations
from app.runtime.postgres import PostgresServer
from app.runtime.redis import RedisServer
from app.services import workspace

TEMPLATE = "cadenza_template"
_TEMPLATE_LOCK = 770_002


@dataclass(frozen=True, slots=True)
class Servers:
    """Where the session's servers listen: any database of the one, database 0 of the other."""

    postgres_url: str
    redis_url: str

    def postgres_of(self, database: str) -> str:
        return make_url(self.postgres_url).set(database=database).render_as_string(hide_password=False)

    def redis_of(self, number: int) -> str:
        return self.redis_url.replace("db=0", f"db={number}")


@contextlib.contextmanager
def running() -> Iterator[Servers]:
    """Start both servers on a folder of their own, and leave nothing behind."""
    folder = Path(tempfile.mkdtemp(prefix="cadenza-test-"))
    postgres, redis = PostgresServer(folder / "postgres", durable=False), RedisServer(folder / "redis")
    folder.chmod(0o711)
    try:
        redis.start()
        postgres.start()
        yield Servers(postgres.url, redis.url)
    finally:
        postgres.stop()
        redis.stop()
        shutil.rmtree(folder)


def clone(servers: Servers, database: str) -> str:
    """Make `database` a fresh copy of the migrated template; returns its URL."""
    with _administration(servers) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", [_TEMPLATE_LOCK])
        if not _exists(connection, TEMPLATE):
            _make_template(servers, connection)
        _drop(connection, database)
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(database), sql.Identifier(TEMPLATE))
        )
    return servers.postgres_of(database)


def create_empty(servers: Servers, database: str) -> str:
    """Make `database` without any table; returns its URL."""
    with _administration(servers) as connection:
        _drop(connection, database)
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))
    return servers.postgres_of(database)


def drop(servers: Servers, database: str) -> None:
    """Drop it, whoever is still connected."""
    with _administration(servers) as connection:
        _drop(connection, database)


def _make_template(servers: Servers, connection: psycopg.Connection) -> None:
    draft = f"{TEMPLATE}_{os.getpid()}"
    url = create_empty(servers, draft)
    migrations.upgrade(url)
    db.configure(url)
    workspace.setup()
    db.dispose()
    connection.execute(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(draft), sql.Identifier(TEMPLATE))
    )


def _administration(servers: Servers) -> psycopg.Connection:
    url = make_url(servers.postgres_of("postgres")).set(drivername="postgresql")
    return psycopg.connect(url.render_as_string(hide_password=False), autocommit=True)


def _exists(connection: psycopg.Connection, database: str) -> bool:
    return bool(connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone())


def _drop(connection: psycopg.Connection, database: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))
