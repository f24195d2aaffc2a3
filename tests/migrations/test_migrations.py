import ast
import contextlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import Script, ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, text
from sqlalchemy import event as sqlalchemy_events
from sqlalchemy.pool import NullPool

from app.adapters import migrations
from app.adapters.months import is_part
from app.models import Base
from app.settings import CHECKOUT
from tests.support.servers import Servers, create_empty, drop

LOCKS = """
    SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database
    WHERE l.locktype = 'advisory' AND d.datname = current_database()
    """
# Of this process: another worker may be at the same.
MIGRATED, FIRST_VERSION = f"migrated_{os.getpid()}", f"first_version_{os.getpid()}"
DIRECTORY = ScriptDirectory.from_config(migrations.configuration())
SCRIPTS = list(DIRECTORY.walk_revisions())


@pytest.fixture
def migrated(servers: Servers) -> Iterator[str]:
    """The URL of a database that was migrated, and nothing else."""
    url = create_empty(servers, MIGRATED)
    migrations.upgrade(url)
    yield url
    drop(servers, MIGRATED)


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


@contextlib.contextmanager
def at_first_version(servers: Servers) -> Iterator[tuple[str, Connection]]:
    """A database as the first release left it: its URL, and a connection that commits each statement."""
    url = create_empty(servers, FIRST_VERSION)
    command.upgrade(migrations.configuration(url), "0001")
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        yield url, connection
    drop(servers, FIRST_VERSION)


WAITING = """
    INSERT INTO pending_entry (automation_id, contact_id, event_id, trigger, event)
    SELECT 1, contact, event, 'start', '{}'
    FROM generate_series(1, 15000) contact, (VALUES (7), (-9), (30), (-2)) AS e (event)
    """
FILES = (
    "SELECT relname, relfilenode FROM pg_class "
    "WHERE relname IN ('outbox', 'pending_entry', 'contact', 'enrollment') ORDER BY relname"
)


def test_a_filled_database_is_upgraded(servers: Servers):
    """No large table is written anew, and what waits keeps its order, before all that comes since."""
    with at_first_version(servers) as (url, connection):
        connection.execute(text(WAITING))
        files = connection.execute(text(FILES)).all()
        migrations.upgrade(url)
        connection.execute(text(WAITING.replace("15000", "1").replace("(7), (-9), (30), (-2)", "(5)")))
        assert connection.execute(text(FILES)).all() == files
        turns = "SELECT DISTINCT array_agg(event_id ORDER BY turn) FROM pending_entry GROUP BY contact_id ORDER BY 1"
        assert list(connection.scalars(text(turns))) == [[7, 30, -2, -9], [7, 30, -2, -9, 5]]


def test_an_index_left_half_made_is_made_again(servers: Servers):
    """An upgrade that is killed while it makes an index concurrently leaves one that nobody may use."""
    with at_first_version(servers) as (url, connection):
        connection.execute(text("CREATE INDEX ix_outbox_turn_mail ON outbox (due_at)"))
        migrations.upgrade(url)
        (made,) = connection.scalars(text("SELECT indexdef FROM pg_indexes WHERE indexname = 'ix_outbox_turn_mail'"))
        assert "priority DESC" in made


@contextlib.contextmanager
def heard() -> Iterator[list[str]]:
    """The statements that are said meanwhile."""
    said: list[str] = []

    def listen(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(statement)

    sqlalchemy_events.listen(Engine, "before_cursor_execute", listen)
    try:
        yield said
    finally:
        sqlalchemy_events.remove(Engine, "before_cursor_execute", listen)


def test_nobody_waits_for_an_index(servers: Servers):
    """A table that was there before gets its indexes concurrently, and without a limit of time; new ones are empty."""
    with at_first_version(servers) as (url, _), heard() as said:
        migrations.upgrade(url)
    new = {name for statement in said for name in re.findall(r"CREATE TABLE (\w+)", statement)}
    made = [re.search(r"INDEX (CONCURRENTLY )?\w+ ON (\w+)", each) for each in said]
    assert [each.group() for each in made if each and not each[1] and each[2] not in new] == []
    online = next(place for place, each in enumerate(said) if "INDEX CONCURRENTLY" in each)
    assert (
        said.index("SET statement_timeout = 0") < online < len(said) - said[::-1].index("SET statement_timeout = '60s'")
    )


def test_nobody_waits_while_tables_are_looked_through(servers: Servers):
    """A check is added in a moment, and what stands in the table is looked through without a limit of time."""
    limits = []
    with at_first_version(servers) as (url, _):
        command.upgrade(migrations.configuration(url), "0020")
        with heard() as said:
            migrations.upgrade(url)
    limit = ""
    for statement in said:
        limit = statement if "statement_timeout" in statement else limit
        limits += [limit] if "VALIDATE" in statement else []
    assert set(limits) == {"SET statement_timeout = 0"}
    added = [each for each in said if "ADD CONSTRAINT" in each]
    assert [each for each in added if not each.endswith("NOT VALID")] == []


def test_visitors_are_not_written_anew(servers: Servers):
    """There are millions of them, and their pages wait for whoever writes them."""
    versions = "SELECT xmin, ctid FROM visitor"
    with at_first_version(servers) as (url, connection):
        command.upgrade(migrations.configuration(url), "0021")
        connection.execute(text("INSERT INTO visitor (token) VALUES ('anybody')"))
        before = connection.execute(text(versions)).all()
        migrations.upgrade(url)
        assert connection.execute(text(versions)).all() == before


def test_an_upgrade_killed_at_its_checks_is_done_again(servers: Servers):
    """What was there before the tables were looked through is there already."""
    with at_first_version(servers) as (url, connection):
        command.upgrade(migrations.configuration(url), "0021")
        connection.execute(text("UPDATE alembic_version SET version_num = '0020'"))
        migrations.upgrade(url)
        assert migrations.revision(connection) == migrations.newest_revision()


def test_hosts_that_upgrade_at_once_wait_for_each_other(servers: Servers):
    """The one goes on while the other waits: not even an index that is made concurrently waits for that."""
    with at_first_version(servers) as (url, connection):
        begin = [sys.executable, "-m", "alembic", "upgrade", "head"]
        connection.execute(text("SELECT pg_advisory_lock(770001)"))
        hosts = [subprocess.Popen(begin, cwd=CHECKOUT, env={**os.environ, "DATABASE_URL": url}) for _ in range(2)]
        there = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        while connection.scalar(there) < 3:
            assert [host.poll() for host in hosts] == [None, None]
            time.sleep(0.1)
        connection.execute(text("SELECT pg_advisory_unlock(770001)"))
        assert [host.wait(60) for host in hosts] == [0, 0]
        assert migrations.revision(connection) == migrations.newest_revision()
