"""What every test may ask for: servers, a database that forgets, a frozen clock, the app and its client."""

import contextlib
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings as hypothesis_settings
from redis import Redis
from sqlalchemy.orm import Session

from app import create_app, db
from app.settings import Settings
from tests.support import network
from tests.support import servers as session_servers
from tests.support.servers import Servers

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
# Machines are noisy: no test may fail for taking its time.
hypothesis_settings.register_profile("cadenza", deadline=None)
hypothesis_settings.load_profile("cadenza")
_controller = contextlib.ExitStack()
_story_numbers = count()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Give each worker the servers that the controller keeps running."""
    if not hasattr(node.config, "cadenza_servers"):
        node.config.cadenza_servers = _controller.enter_context(session_servers.running())
    servers: Servers = node.config.cadenza_servers
    node.workerinput["servers"] = (servers.postgres_url, servers.redis_url)


def pytest_unconfigure() -> None:
    """Stop what the controller started."""
    _controller.close()


@pytest.fixture(scope="session", autouse=True)
def _confined() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as monkeypatch:
        network.confine(monkeypatch)
        yield


@pytest.fixture(scope="session")
def servers(request: pytest.FixtureRequest) -> Iterator[Servers]:
    """The session's PostgreSQL and Redis."""
    handed = getattr(request.config, "workerinput", {}).get("servers")
    if handed:
        yield Servers(*handed)
        return
    with session_servers.running() as own:
        yield own


@pytest.fixture(scope="session")
def worker_number(request: pytest.FixtureRequest) -> int:
    """The number of this xdist worker; 0 without xdist."""
    worker: str = getattr(request.config, "workerinput", {}).get("workerid", "gw0")
    return int(worker.removeprefix("gw"))


@pytest.fixture(scope="session")
def database_url(servers: Servers, worker_number: int) -> str:
    """This worker's own migrated database."""
    return session_servers.clone(servers, f"worker_{worker_number}")


@pytest.fixture(scope="session")
def redis_url(servers: Servers, worker_number: int) -> str:
    """This worker's own Redis database."""
    return servers.redis_of(worker_number)


@pytest.fixture
def redis(redis_url: str) -> Iterator["Redis"]:
    """A client of this worker's Redis, empty before and after."""
    with contextlib.closing(Redis.from_url(redis_url)) as client:
        client.flushdb()
        yield client
        client.flushdb()


@pytest.fixture(scope="session")
def settings(database_url: str, redis_url: str, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The settings of the app under test."""
    return make_settings(database_url, redis_url, tmp_path_factory.mktemp("data"))


def make_settings(database_url: str, redis_url: str, data: Path) -> Settings:
    """Settings for a test instance on these servers."""
    return Settings.from_env(
        {
            "CADENZA_DATA": str(data),
            "CADENZA_DEMO": "0",
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "SECRET_KEY": "only-for-tests-only-for-tests-only-for-tests",
        }
    )


@pytest.fixture
def database(database_url: str) -> Iterator[Session]:
    """A session on the worker's database, sharing one connection with the services; all is rolled back."""
    db.configure(database_url)
    with db.engine().connect() as connection, connection.begin() as outer:
        with (
            db.testing_connection(connection),
            Session(connection, expire_on_commit=False, join_transaction_mode="create_savepoint") as session,
        ):
            yield session
        outer.rollback()
    db.dispose()


@pytest.fixture
def committed_database(servers: Servers, worker_number: int) -> Iterator[str]:
    """The URL of a fresh database whose commits are real, for tests with several processes or connections."""
    name = f"story_{worker_number}_{next(_story_numbers)}"
    url = session_servers.clone(servers, name)
    db.configure(url)
    yield url
    db.dispose()
    session_servers.drop(servers, name)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Time stands still at NOW until the test moves it: `clock.shift(seconds)`."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture(scope="session")
def app(settings: Settings) -> Flask:
    """The whole web application."""
    return create_app(settings)


@pytest.fixture
def client(app: Flask, database: Session) -> FlaskClient:
    """A client of the application that nobody has signed in with."""
    return app.test_client()
