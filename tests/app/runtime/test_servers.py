import os
import pwd
import shutil
import signal
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
from redis import Redis
from sqlalchemy import make_url

from app.runtime.account import Account, database_account
from app.runtime.errors import StartError
from app.runtime.postgres import PostgresServer
from app.runtime.redis import RedisServer, find_server
from app.runtime.sockets import LONGEST_PATH, clear, socket_directory


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that another account may pass through."""
    made = Path(tempfile.mkdtemp(prefix="cadenza-test-"))
    yield made
    shutil.rmtree(made)


@pytest.fixture
def postgres(folder: Path) -> Iterator[PostgresServer]:
    """A running server of its own."""
    server = PostgresServer(folder / "postgres", durable=False)
    server.start()
    yield server
    server.stop()


def connect(server: PostgresServer) -> psycopg.Connection:
    return psycopg.connect(
        make_url(server.url).set(drivername="postgresql").render_as_string(hide_password=False), autocommit=True
    )


def test_postgres_listens_to_this_machine_only(postgres: PostgresServer):
    """No TCP port is opened, and the socket is closed to other accounts."""
    with connect(postgres) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
        assert connection.execute("SHOW unix_socket_permissions").fetchone() == ("0700",)


def test_postgres_runs_as_measured(postgres: PostgresServer):
    """The settings of the engine's measurements are in force, text is UTF-8 and sorts the same everywhere."""
    expected = {"jit": "off", "random_page_cost": "1.1", "max_wal_size": "2GB", "server_encoding": "UTF8"}
    with connect(postgres) as connection:
        found = {name: connection.execute(f"SHOW {name}").fetchone()[0] for name in expected}
        lower = connection.execute("SELECT lower('ÉÑШ')").fetchone()[0]
    assert found == expected
    assert lower == "éñш"


@pytest.mark.chaos
def test_postgres_keeps_its_data_over_a_kill(folder: Path):
    """After kill -9 of the server, the next start recovers what was committed, without hand work."""
    first = PostgresServer(folder / "postgres")
    first.start()
    with connect(first) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS n")
    assert first.process
    first.process.kill()
    first.process.wait()
    second = PostgresServer(folder / "postgres")
    second.start()
    with connect(second) as connection:
        kept = connection.execute("SELECT n FROM kept").fetchone()
    second.stop()
    assert kept == (42,)


@pytest.mark.chaos
def test_a_server_left_running_is_ended_first(folder: Path):
    """A server whose supervisor died before it could stop it does not block the next start."""
    first, second = (PostgresServer(folder / "postgres", durable=False) for _ in range(2))
    first.start()
    assert first.process
    old = psutil.Process(first.process.pid)
    second.start()
    first.process.wait()
    second.stop()
    assert not old.is_running()


def test_a_half_made_data_folder_is_made_anew(folder: Path):
    """A first start that was killed in the middle does not spoil the next."""
    (folder / "postgres" / "base").mkdir(parents=True)
    (folder / "postgres" / "postgresql.conf").write_text("nonsense")
    server = PostgresServer(folder / "postgres", durable=False)
    server.start()
    server.stop()
    assert (folder / "postgres" / "PG_VERSION").read_text().strip() == "18"


def test_a_server_that_cannot_start_shows_its_log(folder: Path):
    """The error holds PostgreSQL's own words."""
    server = PostgresServer(folder / "postgres", durable=False)
    server.start()
    server.stop()
    with (folder / "postgres" / "postgresql.conf").open("a") as file:
        file.write("no_such_setting = 1\n")
    with pytest.raises(StartError, match="no_such_setting"):
        server.start()


def test_a_deep_data_folder_gets_a_short_socket(folder: Path):
    """Unix sockets have short names only: a deep folder's lie elsewhere, closed to others."""
    deep = folder / ("long-" * 20) / ("path-" * 10)
    deep.mkdir(parents=True)
    short = socket_directory(deep, "redis.sock")
    mode = short.stat().st_mode
    clear(short, deep)
    assert len(str(short / "redis.sock")) <= LONGEST_PATH
    assert mode & 0o077 == 0


def test_servers_work_in_a_deep_data_folder(folder: Path, monkeypatch: pytest.MonkeyPatch):
    """Both servers start where a socket would not fit, and leave nothing in the temporary folder."""
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(folder))
    deep = folder / ("long-" * 20)
    redis, postgres = RedisServer(deep / "redis"), PostgresServer(deep / "postgres", durable=False)
    redis.start()
    postgres.start()
    with connect(postgres) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    postgres.stop()
    redis.stop()
    assert list(folder.iterdir()) == [deep]


def test_somebody_elses_socket_folder_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch):
    """A short folder prepared by another account is not trusted."""
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(folder))
    deep = Path("/") / ("x" * 120)
    squatted = socket_directory(deep, "redis.sock")
    squatted.rmdir()
    (folder / "elsewhere").mkdir()
    squatted.symlink_to(folder / "elsewhere")
    with pytest.raises(PermissionError):
        socket_directory(deep, "redis.sock")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root changes accounts")
def test_root_lends_the_database_to_another_account(postgres: PostgresServer):
    """PostgreSQL refuses root: its process and files belong to somebody else."""
    assert postgres.process
    owner = psutil.Process(postgres.process.pid).uids().effective
    assert owner == postgres.directory.stat().st_uid != 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root changes accounts")
def test_root_keeps_the_account_that_owns_the_data(folder: Path):
    """Data made by an ordinary user stays theirs when root starts Cadenza."""
    nobody = pwd.getpwnam("nobody")
    os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    assert database_account(folder) == Account(nobody.pw_uid, nobody.pw_gid)


def test_somebody_elses_data_is_refused(folder: Path, monkeypatch: pytest.MonkeyPatch):
    """An ordinary user is told whose the data is, instead of a failure deep in PostgreSQL."""
    monkeypatch.setattr(os, "geteuid", lambda: folder.stat().st_uid + 1)
    with pytest.raises(StartError, match="belongs to another account"):
        database_account(folder)


def test_redis_keeps_nothing_on_disk(folder: Path):
    """Redis is a doorbell: after a stop it starts empty, and leaves no dump."""
    server = RedisServer(folder / "redis")
    server.start()
    with Redis.from_url(server.url) as client:
        client.set("bell", 1)
    server.stop()
    server.start()
    with Redis.from_url(server.url) as client:
        assert client.get("bell") is None
    server.stop()
    assert not list(folder.rglob("*.rdb"))


def test_an_ended_redis_starts_again(folder: Path):
    """A server killed by somebody starts again on the same folder."""
    server = RedisServer(folder / "redis")
    server.start()
    assert server.process
    server.process.send_signal(signal.SIGKILL)
    server.process.wait()
    server.start()
    with Redis.from_url(server.url) as client:
        assert client.ping()
    server.stop()


def test_without_any_redis_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch):
    """A machine for which no server exists says what to install or set."""
    monkeypatch.setattr("app.runtime.redis._candidates", lambda: iter(["/nowhere/redis-server"]))
    with pytest.raises(StartError, match="REDIS_URL"):
        find_server()


def test_a_server_that_dies_while_it_starts_is_told_of(postgres: PostgresServer, monkeypatch: pytest.MonkeyPatch):
    """Killed between its first connection and the first statement: whoever watches over it may start it again."""
    postgres.stop()

    def kill(connection: psycopg.Connection) -> None:
        assert postgres.process
        postgres.process.kill()
        postgres.process.wait()
        for _ in range(100):  # its children end when they notice
            connection.execute("SELECT pg_sleep(0.1)")

    with monkeypatch.context() as patch:
        patch.setattr("app.runtime.postgres._create_database", kill)
        with pytest.raises(StartError, match="went away while it started"):
            postgres.start()
    postgres.start()
    with connect(postgres) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
