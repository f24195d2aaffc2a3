"""Bringing the database to the newest schema, and asking how far it is."""

from functools import cache

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from app.settings import CHECKOUT


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
