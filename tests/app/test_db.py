import contextlib

from sqlalchemy import text

from app import db
from tests.support.database import terminate_all


def backend():
    with db.transaction() as session:
        return session.scalar(text("SELECT pg_backend_pid()"))


def test_a_connection_that_died_at_rest_is_replaced(committed_database, monkeypatch):
    """A server that was started anew is noticed before anything is lost by it."""
    monkeypatch.setattr(db, "_RESTED_SECONDS", 0.0)
    before = backend()

    terminate_all(committed_database)

    assert backend() != before


def test_a_connection_that_was_used_a_moment_ago_is_not_asked(committed_database, monkeypatch):
    """An event that comes alone pays for no statement that tells nothing new."""
    asked = []
    backend()
    monkeypatch.setattr(db.engine().dialect, "do_ping", asked.append)

    backend()

    assert asked == []


def test_a_statement_that_stands_alone_is_durable_at_once(committed_database):
    """Even if what comes after it breaks."""
    with contextlib.suppress(ZeroDivisionError), db.autocommit() as session:
        session.execute(text("INSERT INTO tag (name) VALUES ('kept')"))
        raise ZeroDivisionError
    with db.transaction() as session:
        assert session.scalar(text("SELECT count(*) FROM tag")) == 1


def test_a_statement_alone_joins_the_transaction_it_stands_in(committed_database):
    """It sees what that wrote, and is undone with it."""
    with contextlib.suppress(ZeroDivisionError), db.transaction() as outer:
        with db.autocommit() as session:
            session.execute(text("INSERT INTO tag (name) VALUES ('lost')"))
        assert outer.scalar(text("SELECT count(*) FROM tag")) == 1
        raise ZeroDivisionError
    with db.transaction() as session:
        assert session.scalar(text("SELECT count(*) FROM tag")) == 0
