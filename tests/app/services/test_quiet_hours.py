"""Quiet hours of the workspace and of an automation, from the settings to the contact's page."""

from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import Contact, Outbox
from app.services import journeys, workspace
from app.services.paging import Paging
from nodes.texts import Language
from tests.factories.automations import opens
from tests.support import live
from workflows.document import DocumentError, dump, load

MARIA = "maria@example.com"
OPENED = ("opened", "email_opened", {})
HOOK = ("hook", "call_webhook", {"url": "https://example.com/hook"})


@pytest.fixture(autouse=True)
def _workspace(database: Session) -> None:
    workspace.setup()


@pytest.fixture
def today(database: Session) -> dict[str, Any]:
    """Hours of the whole day that it is where contacts without a zone are."""
    return {"from": "00:00", "to": "00:00", "days": [database.scalars(select(func.now())).one().isoweekday()]}


def stored(**settings: Any) -> dict[str, Any]:
    written = live.document([OPENED, HOOK], [("opened", "next", "hook")])
    written["settings"] |= settings
    return written


def sent(database: Session) -> int:
    return database.scalars(select(func.count()).select_from(Outbox)).one()


def way(database: Session, language: Language) -> list[str | None]:
    """Why the contact went as it did, step by step."""
    maria = database.scalars(select(Contact.id).where(Contact.email == MARIA)).one()
    (journey,) = journeys.of_contact(maria, Paging(), language).items
    return [step.because for step in journey.path]


def test_a_run_waits_for_the_end_of_the_workspaces_quiet_hours(database: Session, today: dict[str, Any]) -> None:
    """Nothing is sent while they last; when they are over, the step is done, and the way says both."""
    workspace.update({"quiet_hours": {**today, "then": "wait"}})
    automation = live.activate(stored())
    opens(MARIA)
    (run,) = live.enrollments(automation)
    assert (run.node, run.state, run.wake_at is not None, sent(database)) == ("hook", "active", True, 0)
    workspace.update({"quiet_hours": None})
    live.pass_time(days=2)
    live.drain_all()
    assert sent(database) == 1
    assert way(database, "en")[-2:] == ["Waiting for quiet hours to end", "Waiting for the answer"]


def test_an_automations_own_quiet_hours_hold_in_their_place(database: Session, today: dict[str, Any]) -> None:
    """It may leave out what the workspace would put off."""
    workspace.update({"quiet_hours": {**today, "then": "wait"}})
    automation = live.activate(stored(quiet_hours={**today, "then": "skip"}))
    opens(MARIA)
    (run,) = live.enrollments(automation)
    assert (run.state, sent(database)) == ("finished", 0)
    assert way(database, "fr")[-1] == "Omis\u00a0: heures calmes"


def test_quiet_hours_are_written_only_when_set(today: dict[str, Any]) -> None:
    """An automation without them prints as ever; with them it says the same again."""
    assert "quiet_hours" not in dump(load(stored()))["settings"]
    hours = {**today, "then": "send"}
    assert dump(load(stored(quiet_hours=hours)))["settings"]["quiet_hours"] == hours


@pytest.mark.parametrize(
    ("hours", "path"),
    [
        ({"from": "21:00", "then": "wait"}, "to"),
        ({"from": "21:00", "to": "8:00", "then": "wait"}, "to"),
        ({"from": "21:00", "to": "21:00", "then": "wait"}, "to"),
        ({"from": "21:00", "to": "08:00", "days": [], "then": "wait"}, "days"),
        ({"from": "21:00", "to": "08:00", "days": [0], "then": "wait"}, "days[0]"),
        ({"from": "21:00", "to": "08:00", "then": "shout"}, "then"),
    ],
)
def test_hours_that_make_no_sense_are_refused(hours: dict[str, Any], path: str) -> None:
    """By the part that is wrong; hours that never end would keep everybody for ever."""
    with pytest.raises(DocumentError) as refused:
        load(stored(quiet_hours=hours))
    assert [where for where, _ in refused.value.faults] == [f"settings.quiet_hours.{path}"]
