"""Somebody changes a contact while a batch has it in hand: neither change is lost."""

import threading
import time

import pytest

from app.services import batches, contacts
from app.services.contacts import ContactInput, Identifier
from tests.factories.automations import make_automation, make_score, opens, scoring
from workflows.batch import run_batch

MARIA = Identifier("email", "maria@example.com")


def attributes_of_maria():
    return contacts.get(contacts.one(MARIA)).attributes


def edit(**attributes):
    contacts.write([ContactInput(who=MARIA, attributes=attributes)], "update")


def while_a_batch_walks(monkeypatch, act, *, wait=True):
    """Let `act` happen between a batch's look at its contacts and its writing, the first time; returns the times."""
    walked, walk = [], run_batch

    def slow(*given, **more):
        walked.append(1)
        if len(walked) == 1:
            thread = threading.Thread(target=act)  # a connection of its own
            thread.start()
            thread.join() if wait else time.sleep(0.3)
        return walk(*given, **more)

    monkeypatch.setattr(batches, "run_batch", slow)
    return walked


@pytest.fixture(autouse=True)
def _scoring(committed_database, monkeypatch):
    monkeypatch.setattr(batches._Collisions, "last", float("-inf"))
    make_score()
    make_automation(scoring(), active=True)
    contacts.create(ContactInput(fields={"email": MARIA.value}, attributes={"SCORE": 10}))


def test_points_are_added_to_what_somebody_wrote_meanwhile(monkeypatch):
    """The batch is done again with what it says now: 50 + 5, not 10 + 5."""
    walked = while_a_batch_walks(monkeypatch, lambda: edit(SCORE=50))

    opens(MARIA.value)

    assert attributes_of_maria()["SCORE"] == 55
    assert len(walked) == 2


def test_the_day_s_only_place_is_not_lost_by_it(monkeypatch):
    """The batch that is done again is dealt the ticket it had: it would find the day full otherwise."""
    make_automation(scoring(entry_limit=1), active=True)
    while_a_batch_walks(monkeypatch, lambda: edit(SCORE=50))

    opens(MARIA.value)

    assert attributes_of_maria()["SCORE"] == 60


def test_who_met_a_collision_is_wary_for_a_while(monkeypatch):
    """The next batch locks its contacts: whoever edits one then waits, and nothing is done again."""
    while_a_batch_walks(monkeypatch, lambda: edit(SCORE=50))
    opens(MARIA.value)
    editing = threading.Thread(target=edit, kwargs={"SCORE": 100})
    walked = while_a_batch_walks(monkeypatch, editing.start, wait=False)

    opens(MARIA.value)

    editing.join()
    assert (len(walked), attributes_of_maria()["SCORE"]) == (1, 100)


def test_a_batch_that_nobody_disturbs_is_walked_once(monkeypatch):
    """Doing it again is the exception."""
    walked = while_a_batch_walks(monkeypatch, lambda: None)

    opens(MARIA.value)

    assert (attributes_of_maria()["SCORE"], len(walked)) == (15, 1)
