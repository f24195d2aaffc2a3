import threading
import time

import pytest
from sqlalchemy import text

from app import db
from app.errors import Conflict
from app.services import attributes
from nodes.catalog import Kind


def held_for(seconds):
    """Let another connection read the contacts, and keep the transaction open for so long."""
    begun = threading.Event()

    def hold():
        with db.engine().connect() as connection:
            connection.execute(text("SELECT count(*) FROM contact"))
            begun.set()
            time.sleep(seconds)
            connection.rollback()

    thread = threading.Thread(target=hold)
    thread.start()
    begun.wait()
    return thread


def test_a_column_is_added_while_contacts_are_read(committed_database):
    """The change gives way to those who read, holds nobody up for long, and comes back."""
    thread = held_for(1.0)
    attributes.create("SCORE", Kind.NUMBER)
    thread.join()
    assert "SCORE" in {each.name for each in attributes.every()}


def test_a_change_that_never_gets_its_turn_is_refused(committed_database, monkeypatch):
    """Nothing is left behind, and the refusal asks to try again."""
    monkeypatch.setattr("app.adapters.attributes._PAUSES", (0.01,))
    thread = held_for(1.5)
    with pytest.raises(Conflict, match="Try again"):
        attributes.create("SCORE", Kind.NUMBER)
    thread.join()
    assert "SCORE" not in {each.name for each in attributes.every()}
