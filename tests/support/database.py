"""Looking into the database of a running instance."""

import time
from collections.abc import Callable

import psycopg

from app.instance import find
from app.runtime.archive import address
from tests.support.instance import Instance


def connect(to: Instance) -> psycopg.Connection:
    """Return a connection to the instance's database, by what it announces."""
    announced = find(to.data)
    assert announced
    return psycopg.connect(address(announced.database_url), autocommit=True)


def wait_until(holds: Callable[[], bool], seconds: float) -> None:
    """Wait for something to become true; fails when it does not in time."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, f"It did not happen within {seconds} s."
        time.sleep(0.05)


def terminate_all(url: str) -> None:
    """End every connection to the database of this URL but the one that says so."""
    with psycopg.connect(address(url), autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
