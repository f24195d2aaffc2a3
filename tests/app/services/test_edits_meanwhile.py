"""Somebody changes a contact while a batch has it in hand: neither change is lost."""

import threading

import pytest

from app.services import attributes, batches, contacts
from app.services.contacts import ContactInput, Identifier
from nodes.catalog import Kind
from tests.factories.automations import make_automation, make_score, opens, scoring
from tests.support.live import drain_all

MARIA = Identifier("email", "maria@example.com")


def attributes_of_maria():
    return contacts.get(contacts.one(MARIA)).attributes


def edit(**attributes):
    contacts.write([ContactInput(who=MARIA, attributes=attributes)], "update")


def while_a_batch_walks(monkeypatch, act):
    """Let `act` happen between a batch's look at its contacts and its writing, the first time; returns the times."""
    walked, walk = [], batches.run_batch

    def slow(*given, **more):
        walked.append(1)
        if len(walked) == 1:
            thread = threading.Thread(target=act)  # a connection of its own
            thread.start()
            thread.join()
        return walk(*given, **more)

    monkeypatch.setattr(batches, "run_batch", slow)
    return walked


@pytest.fixture(autouse=True)
def _scoring(committed_database):
    make_score()
    attributes.create("CITY", Kind.TEXT)
    make_automation(scoring(), active=True)
    contacts.create(ContactInput(fields={"email": MARIA.value}, attributes={"SCORE": 10}))


def test_points_are_added_to_what_somebody_wrote_meanwhile(monkeypatch):
    """The batch is done again with what it says now: 50 + 5, not 10 + 5."""
    walked = while_a_batch_walks(monkeypatch, lambda: edit(SCORE=50))

    opens(MARIA.value)

    assert attributes_of_maria()["SCORE"] == 55
    assert len(walked) == 2


def test_another_value_that_was_written_meanwhile_stays(monkeypatch):
    """Neither of the two writes takes back the other."""
    while_a_batch_walks(monkeypatch, lambda: edit(CITY="Bern"))

    opens(MARIA.value)
    drain_all()

    found = attributes_of_maria()
    assert (found["SCORE"], found["CITY"]) == (15, "Bern")


def test_a_batch_that_nobody_disturbs_is_walked_once(monkeypatch):
    """Doing it again is the exception."""
    walked = while_a_batch_walks(monkeypatch, lambda: None)

    opens(MARIA.value)

    assert (attributes_of_maria()["SCORE"], len(walked)) == (15, 1)
