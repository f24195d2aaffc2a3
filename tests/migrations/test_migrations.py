import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from app.adapters import migrations
from app.adapters.months import is_part
from app.models import Base
from tests.support.servers import Servers, create_empty, drop

LOCKS = """
    SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
    WHERE l.locktype = 'advisory' AND d.datname = current_database()
    """
DIRECTORY = ScriptDirectory.from_config(migrations.configuration())
SCRIPTS = list(DIRECTORY.walk_revisions())


@pytest.fixture
def migrated(servers: Servers) -> Iterator[str]:
    """The URL of a database that was migrated, and nothing else."""
    url = create_empty(servers, "migrated")
    migrations.upgrade(url)
    yield url
    drop(servers, "migrated")


def test_models_and_migrations_agree(migrated: str):
    """A migrated database has exactly the tables, columns, indexes and constraints of the models."""
    options = {
        "compare_server_default": True,
        "include_name": lambda name, kind, _: kind != "table" or not is_part(name),
    }
    with create_engine(migrated, poolclass=NullPool).connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, Base.metadata) == []


def test_there_is_one_head():
    """Two people's migrations never fork the history."""
    assert len(DIRECTORY.get_heads()) == 1


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.revision)
def test_each_migration_says_what_it_does(script: Script):
    """A migration's file name has a number and words, and its docstring says more than the name."""
    assert re.fullmatch(r"\d{4}_[a-z]+(_[a-z0-9]+)*\.py", Path(script.path).name)
    docstring = ast.get_docstring(ast.parse(Path(script.path).read_text())) or ""
    assert len(docstring.split()) >= 5


def test_an_upgrade_runs_twice_and_keeps_no_lock(migrated: str):
    """An upgrade of a current database changes nothing and lets go of its lock."""
    migrations.upgrade(migrated)
    with create_engine(migrated, poolclass=NullPool).connect() as connection:
        assert migrations.revision(connection) == migrations.newest_revision()
        assert connection.scalar(text(LOCKS)) == 0


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.revision)
def test_each_migration_can_be_undone_or_says_why_not(script: Script):
    """`downgrade` is written out, or raises with a reason."""
    body = next(
        node
        for node in ast.parse(Path(script.path).read_text()).body
        if isinstance(node, ast.FunctionDef) and node.name == "downgrade"
    ).body
    assert not any(isinstance(statement, ast.Pass) for statement in body)
