"""How many may enter a day, and when: who is kept out is told why, who waits at the door comes in."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import Contact
from app.services import entries, journeys, workspace
from app.services.entries import Crowd
from tests.factories.automations import opens
from tests.factories.contacts import make_contacts
from tests.support import live
from workflows.document import DocumentError, dump, load

MARIA = "maria@example.com"
OPENED = ("opened", "email_opened", {})
TAG = ("tag", "add_tag", {"tag": "in"})


@pytest.fixture(autouse=True)
def _workspace(database: Session) -> None:
    workspace.setup()


def active(**settings: Any) -> int:
    stored = live.document([OPENED, TAG], [("opened", "next", "tag")])
    stored["settings"] |= settings
    return live.activate(stored)


def closed(database: Session, outside: str) -> dict[str, Any]:
    """Hours of tomorrow only."""
    tomorrow = (database.scalars(select(func.now())).one() + timedelta(days=1)).isoweekday()
    return {"days": [tomorrow], "from": "09:00", "to": "18:00", "outside": outside}


def maria(database: Session) -> int:
    return database.scalars(select(Contact.id).where(Contact.email == MARIA)).one()


def test_no_more_than_the_limit_enter_a_day(database: Session) -> None:
    """Over all partitions and batches; whoever is kept out is told why."""
    automation = active(entry_limit=3)
    people = make_contacts(20)
    entries.enter_crowd(automation, Crowd())
    for _ in range(2):
        live.drain_all()
        live.drain_crowds()
    inside = {run.contact_id for run in live.enrollments(automation)}
    assert len(inside) == 3
    outside = next(each for each in people if each not in inside)
    assert journeys.refusals(outside, "en")[0].reason == "As many as may enter in a day had entered."


def test_at_other_hours_contacts_wait_at_the_door(database: Session) -> None:
    """They stand at the trigger until the hours begin, and then go on."""
    automation = active(entry_hours=closed(database, "wait"))
    opens(MARIA)
    (run,) = live.enrollments(automation)
    assert ([step[:2] for step in run.path], run.node, run.state) == ([["opened", "wait"]], "opened", "active")
    live.pass_time(days=2)
    live.drain_all()
    (run,) = live.enrollments(automation)
    assert ([step[:2] for step in run.path][1:], run.state) == ([["tag", "next"]], "finished")


def test_or_are_refused_with_the_reason(database: Session) -> None:
    """By the author's choice."""
    automation = active(entry_hours=closed(database, "refuse"))
    opens(MARIA)
    assert live.enrollments(automation) == []
    assert [each.code for each in journeys.refusals(maria(database), "fr")] == ["outside_hours"]


def test_settings_are_written_only_when_set() -> None:
    """An automation that does not use them prints as before; days come sorted and once."""
    stored = live.document([OPENED], [])
    assert set(dump(load(stored))["settings"]) == {"re_entry", "exit_conditions", "time_zone"}
    stored["settings"] |= {"entry_hours": {"days": [5, 1, 1], "from": "09:00", "to": "18:00", "outside": "wait"}}
    assert dump(load(stored))["settings"]["entry_hours"]["days"] == [1, 5]


@pytest.mark.parametrize(
    "wrong",
    [
        {"entry_limit": 0},
        {"entry_limit": "3"},
        {"entry_hours": {"days": [], "from": "09:00", "to": "18:00", "outside": "wait"}},
        {"entry_hours": {"days": [8], "from": "09:00", "to": "18:00", "outside": "wait"}},
        {"entry_hours": {"days": [1], "from": "18:00", "to": "09:00", "outside": "wait"}},
        {"entry_hours": {"days": [1], "from": "9", "to": "18:00", "outside": "wait"}},
        {"entry_hours": {"days": [1], "from": "09:00", "to": "18:00", "outside": "maybe"}},
    ],
)
def test_settings_that_make_no_sense_are_refused(wrong: dict[str, Any]) -> None:
    """By the structure of the document, before anything is kept."""
    stored = live.document([OPENED], [])
    stored["settings"] |= wrong
    with pytest.raises(DocumentError):
        load(stored)
