"""What becomes of those inside when a paused automation goes on, or when they are stopped: nobody is lost."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import Enrollment, HeldTimer, Outbox, PendingEntry, Timer
from app.services.automations import activation, pausing
from tests.app.conftest import Caller
from tests.factories.automations import make_automation, make_score, opens, scoring
from tests.support.live import drain_all, enrollments, pass_time

PEOPLE = [f"p{number}@example.com" for number in range(6)]


@pytest.fixture
def paused(database: Session) -> int:
    """Six contacts inside a paused automation; the day's wait of each is over."""
    make_score()
    made = make_automation(scoring(), active=True)
    for person in PEOPLE:
        opens(person)
    activation.pause(made.id)
    pass_time(days=2)
    drain_all()
    return made.id


def states(automation: int, database: Session) -> Counter[str]:
    database.expire_all()
    return Counter(run.state for run in enrollments(automation))


def hold(database: Session, automation: int) -> None:
    run = enrollments(automation)[0]
    payload = {"to": "rep@example.com", "subject": "Hot", "text": "Call."}
    key = f"{run.id}:alert:mail:1"
    held: dict[str, Any] = {"state": "held", "automation_id": automation, "contact_id": run.contact_id}
    database.add(Outbox(key=key, kind="mail", payload=payload, **held))
    database.flush()


def test_the_preview_counts_what_fell_due(database: Session, paused: int) -> None:
    """By step, and with what is held."""
    hold(database, paused)
    found = pausing.preview(paused)
    assert (found.inside, found.contacts, found.deliveries) == (6, 6, 1)
    assert found.steps == [pausing.StepOverdue("pause", 6)]


def test_now_everybody_goes_on_at_once(database: Session, paused: int) -> None:
    """Six before, six after."""
    activation.resume(paused)
    drain_all()
    assert states(paused, database) == {"finished": 6}


def test_spread_everybody_goes_on_one_after_the_other(database: Session, paused: int) -> None:
    """The first at once, the others evenly over the hours; nobody is left behind."""
    hold(database, paused)
    activation.resume(paused, overdue="spread", spread_hours=6)
    wakes = sorted(database.scalars(select(Timer.wake_at)))
    assert [wake - wakes[0] for wake in wakes] == [timedelta(hours=number) for number in range(6)]
    assert database.scalars(select(Outbox.state)).all() == ["pending"]
    drain_all()
    assert states(paused, database) == {"finished": 1, "active": 5}
    pass_time(hours=6)
    drain_all()
    assert states(paused, database) == {"finished": 6}


def test_skipped_everybody_leaves_and_nothing_held_is_sent(database: Session, paused: int) -> None:
    """They do not do what comes behind the wait, and their path says why they left."""
    hold(database, paused)
    activation.resume(paused, overdue="skip")
    drain_all()
    assert states(paused, database) == {"finished": 6}
    assert {run.path[-1][:2] == ["pause", "skipped_on_resume"] for run in enrollments(paused)} == {True}
    assert database.scalar(select(func.count()).select_from(Outbox)) == 0


def test_who_waits_for_a_held_call_leaves_when_it_is_skipped(database: Session, paused: int) -> None:
    """A run whose call is not made would wait for its answer for ever."""
    run = enrollments(paused)[0]
    database.query(HeldTimer).filter_by(enrollment_id=run.id).delete()
    database.get_one(Enrollment, run.id).wake_at = None
    call = Outbox(key=f"{run.id}:pause", kind="webhook", payload={}, state="held", automation_id=paused)
    call.enrollment_id = run.id
    database.add(call)
    database.flush()
    activation.resume(paused, overdue="skip")
    drain_all()
    assert states(paused, database) == {"finished": 6}


def test_one_or_those_at_a_step_or_all_are_stopped(database: Session, paused: int) -> None:
    """At once, and said in their path; whoever is not meant stays inside."""
    hold(database, paused)
    first = enrollments(paused)[0]
    database.add(
        PendingEntry(automation_id=paused, contact_id=first.contact_id, event_id=9, trigger="opened", event={})
    )
    database.flush()
    assert pausing.stop(paused, node="tag") == 0
    assert pausing.stop(paused, enrollment_id=first.id) == 1
    assert states(paused, database) == {"active": 5, "stopped": 1}
    assert database.get_one(Enrollment, first.id).path[-1][:2] == ["pause", "stopped"]
    for table in (Outbox, PendingEntry):
        assert database.scalar(select(func.count()).select_from(table)) == 0
    assert pausing.stop(paused, node="pause") == 5
    activation.resume(paused)
    drain_all()
    assert states(paused, database) == {"stopped": 6}


def test_resuming_and_stopping_by_the_api(admin: Caller, paused: int) -> None:
    """Numbers first, then the choice; a choice that is none is refused."""
    path = f"/api/automations/{paused}"
    assert admin.get(f"{path}/resume-preview").json == {
        "inside": 6,
        "contacts": 6,
        "deliveries": 0,
        "steps": [{"node": "pause", "contacts": 6}],
    }
    assert admin.post(f"{path}/resume", json={"overdue": "later"}).status_code == 422
    assert admin.post(f"{path}/resume", json={"overdue": "spread", "spread_hours": 2}).json["state"] == "active"
    assert admin.post(f"{path}/stop", json={}).json == {"stopped": 6}
