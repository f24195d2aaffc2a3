"""Bringing the database to the newest schema, and asking how far it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Final

from alembic import command, op
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from app.settings import CHECKOUT

# What a migration may take: whoever waits for a lock holds up everybody behind it.
_HURRY: Final = {"lock_timeout": "4s", "statement_timeout": "60s"}


def configuration(url: str | None = None) -> Config:
    """Alembic's configuration; without a URL it asks the environment, as the `alembic` command does."""
    config = Config(CHECKOUT / "alembic.ini")
    config.attributes["url"] = url
    return config


def upgrade(url: str) -> None:
    """Run every migration the database lacks; waits for an upgrade that another host is running."""
    command.upgrade(configuration(url), "head")


@cache
def newest_revision() -> str | None:
    """The revision this code is written for; raises when the migrations have two heads."""
    return ScriptDirectory.from_config(configuration()).get_current_head()


def revision(connection: Connection) -> str | None:
    """The revision the database is at; None when it was never migrated."""
    return MigrationContext.configure(connection).get_current_revision()


def hurry(connection: Connection) -> None:
    """Let no statement of this session wait for a lock or run for long."""
    for name, most in _HURRY.items():
        connection.exec_driver_sql(f"SET {name} = '{most}'")


@contextmanager
def unhurried() -> Iterator[None]:
    """For what takes long and holds nobody up: each statement of a migration commits by itself, without time limits."""
    with op.get_context().autocommit_block():
        for name in _HURRY:
            op.execute(f"SET {name} = 0")
        yield
        hurry(op.get_bind())
