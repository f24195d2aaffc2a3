"""What breaks, breaks alone: one step, one contact, one automation."""

from collections import Counter
from typing import Any

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from app.adapters.catalog import bump_revision
from app.adapters.engine.timers import fail
from app.models import Contact, DeadLetter, Enrollment, PendingEntry
from app.services import attributes, workspace
from app.services.contacts import Identifier
from app.services.drain import drain
from app.services.incoming import IncomingEvent
from app.services.intake import record_events
from nodes.catalog import Kind
from nodes.rules.conditional_split import ConditionalSplit
from nodes.texts import same
from nodes.triggers.email_opened import EmailOpened
from tests.factories.automations import opens
from tests.support import live

MARIA = "maria@example.com"
OPENED = ("opened", "email_opened", {})
POINTS = ("points", "update_attribute", {"attribute": "SCORE", "operation": "add", "value": 5})
HOT = ("hot", "conditional_split", {"condition": {"all": [{"attribute": "SCORE", "op": "gte", "value": 20}]}})
DAY = ("day", "wait", {"until": "duration", "duration": {"amount": 1, "unit": "days"}})
SCORING = live.document([OPENED, POINTS, HOT], [("opened", "next", "points"), ("points", "next", "hot")])


@pytest.fixture(autouse=True)
def _workspace(database: Session) -> None:
    workspace.setup()
    attributes.create("SCORE", Kind.NUMBER)


def open_all(*emails: str) -> None:
    for email in emails:
        opens(email)


def _record(*emails: str) -> None:
    event = [IncomingEvent("email_opened", [Identifier("email", each)], None, b"{}") for each in emails]
    record_events(event, source="test")


def test_a_step_that_breaks_fails_the_run_it_broke_at(database: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """A step that breaks on one contact ends that run, with a reason; nothing it did is left, and the others go on."""
    automation = live.activate(SCORING)
    honest = ConditionalSplit.run

    def break_on_maria(self: ConditionalSplit, step: Any) -> None:
        if any(run.contact.email == MARIA for run in step.runs):
            raise ZeroDivisionError
        honest(self, step)

    monkeypatch.setattr(ConditionalSplit, "run", break_on_maria)
    _record("ann@example.com", MARIA, "ben@example.com")
    drain(range(16))
    states = Counter(run.state for run in live.enrollments(automation))
    assert (states, database.scalar(select(func.count()).select_from(DeadLetter))) == ({"finished": 2, "failed": 1}, 0)
    assert [live.value(each, "SCORE") for each in database.scalars(select(Contact.id))] == [5, 5, 5]


def test_a_poisonous_item_is_set_aside(database: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """A trigger that breaks on one contact's event takes that event out of the way; everybody else goes on."""
    automation = live.activate(SCORING)
    honest = EmailOpened.accepts

    def break_on_maria(self: EmailOpened, config: Any, event: Any, contact: Any, now: Any) -> bool:
        if contact.email == MARIA:
            raise ZeroDivisionError
        return honest(self, config, event, contact, now)

    monkeypatch.setattr(EmailOpened, "accepts", break_on_maria)
    _record("ann@example.com", MARIA, "ben@example.com")
    drain(range(16))
    assert [len(live.enrollments(automation)), database.scalar(select(func.count()).select_from(DeadLetter))] == [2, 1]


def test_an_automation_that_cannot_run_any_more_hurts_no_other(database: Session) -> None:
    """Where an attribute vanished under a running automation, that one stands still; others go on, and nothing dies."""
    broken = live.activate(SCORING)
    sound = live.activate(live.document([OPENED], []))
    database.execute(text("DELETE FROM attribute WHERE name = 'SCORE'"))
    bump_revision()
    open_all("ann@example.com", MARIA)
    assert [len(live.enrollments(each)) for each in (broken, sound)] == [0, 2]
    assert database.scalar(select(func.count()).select_from(DeadLetter)) == 0


def test_a_run_whose_version_cannot_run_any_more_fails_in_words(database: Session) -> None:
    """Who waited in an old version that lost its attribute ends as failed, with the reason, and can be seen."""
    waiting = live.document([OPENED, DAY, POINTS], [("opened", "next", "day"), ("day", "next", "points")])
    automation = live.activate(waiting)
    opens(MARIA)
    live.publish(automation, live.document([OPENED], []))
    database.execute(text("DELETE FROM attribute WHERE name = 'SCORE'"))
    bump_revision()
    live.pass_time(days=1)
    live.drain_all()
    run = live.enrollments(automation)[0]
    assert (run.state, "cannot run here" in run.reason["en"]) == ("failed", True)


def test_what_was_put_off_enters_when_the_webhook_fails(database: Session) -> None:
    """Events that came while a contact waited for an answer count after the run ended, however it ended."""
    hook = ("hook", "call_webhook", {"method": "POST", "url": "https://example.com/"})
    automation = live.activate(live.document([OPENED, hook], [("opened", "next", "hook")]))
    open_all(MARIA, MARIA, MARIA)
    (first,) = live.enrollments(automation)
    assert fail(database, first.id, "hook", same("It answered 404.")) is not None
    live.drain_all()
    assert [run.state for run in live.enrollments(automation)] == ["failed", "active"]
    assert database.scalar(select(func.count()).select_from(PendingEntry)) == 1
    assert database.scalars(select(Enrollment.path).where(Enrollment.state == "failed")).one()[-1][:2] == [
        "hook",
        "failed",
    ]
