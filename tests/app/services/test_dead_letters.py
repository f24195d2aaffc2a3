"""Dead letters of every kind: how they come about, and what trying them again makes of them."""

from collections.abc import Sequence
from typing import Any

import orjson
import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import DataError
from sqlalchemy.orm import Session

from app.errors import Conflict, NotFound
from app.models import AuditEntry, Contact, DeadLetter, Enrollment, Event, InboxItem, Outbox, Timer
from app.services import contacts, dead_letters, drain, workspace
from app.services.contacts import Identifier
from app.services.dead_letters import Letter, Replayed
from app.services.incoming import IncomingEvent
from app.services.intake import record_events
from app.services.paging import Paging
from tests.factories.automations import CALLING, make_automation, make_score, opens, scoring
from tests.support.live import drain_all, enrollments, value

MARIA = "maria@example.com"


@pytest.fixture(autouse=True)
def _workspace(database: Session) -> None:
    workspace.setup()


def set_aside(fault: Exception) -> None:
    """Drain while whatever is worked through breaks the engine."""

    def break_down(*_: object, **__: object) -> None:
        raise fault

    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setattr(drain, "work_through", break_down)
        for part in range(16):
            drain.drain([part])


def listed(**wanted: Any) -> Sequence[Letter]:
    return dead_letters.letters(Paging(), **wanted).items


def count(database: Session, table: Any) -> int:
    return database.scalar(select(func.count()).select_from(table)) or 0


@pytest.fixture
def poisoned_event(database: Session) -> int:
    """Maria's event was set aside. Returns the automation."""
    make_score()
    automation = make_automation(scoring(), active=True).id
    record_events([IncomingEvent("email_opened", [Identifier("email", MARIA)], None, orjson.dumps({}))], source="test")
    set_aside(ZeroDivisionError())
    return automation


@pytest.fixture
def poisoned_run(database: Session) -> int:
    """Maria's run was set aside when its wait had ended. Returns the automation."""
    make_score()
    automation = make_automation(scoring(), active=True).id
    opens(MARIA)
    for table in (Timer, Enrollment):
        database.execute(update(table).values(wake_at=func.now()))
    set_aside(ZeroDivisionError())
    return automation


@pytest.fixture
def given_up(database: Session) -> int:
    """The webhook of Maria's run was given up. Returns the automation."""
    automation = make_automation(CALLING, active=True).id
    opens(MARIA)
    why = {"en": "No answer", "fr": "Pas de réponse", "ru": "Нет ответа"}
    database.execute(update(Enrollment).values(state="failed", reason=why, exited_at=func.now()))
    settled = {"state": "failed", "tries": 6, "error": "It answered 500.", "settled_at": func.now()}
    database.execute(update(Outbox).values(settled))
    return automation


def test_an_event_is_listed_with_its_reason(poisoned_event: int) -> None:
    """The list says what it was, whose, when, and which fault set it aside."""
    letter = listed()[0]
    assert (letter.kind, letter.reason, letter.event) == ("event", "ZeroDivisionError", "email_opened")
    assert letter.contact is not None
    assert letter.contact.name == MARIA


def test_an_event_is_worked_through_when_it_is_replayed(database: Session, poisoned_event: int) -> None:
    """It goes back into the inbox and does all that it would have done; the list is empty, the log says who did it."""
    maria = listed()[0].contact
    assert maria is not None
    assert dead_letters.replay(listed()[0].id) == Replayed(1, 0, 0)
    assert database.scalars(select(InboxItem.contact_id)).all() == [maria.id]
    drain_all()
    assert (value(maria.id, "SCORE"), listed()) == (5, [])
    assert database.scalars(select(AuditEntry.detail).where(AuditEntry.action == "dead_letter.replayed")).all() == [
        {"replayed": 1, "obsolete": 0, "blocked": 0}
    ]


def test_a_run_goes_on_where_it_was_set_aside(poisoned_run: int) -> None:
    """Its wait had ended, so it does not wait again: it leaves the step it stood at and comes to the end."""
    letter = listed()[0]
    assert (letter.kind, letter.node, letter.automation and letter.automation.id) == (
        "enrollment",
        "pause",
        poisoned_run,
    )
    assert dead_letters.replay(letter.id) == Replayed(1, 0, 0)
    drain_all()
    assert [run.state for run in enrollments(poisoned_run)] == ["finished"]


def test_a_run_that_ended_meanwhile_needs_no_second_try(database: Session, poisoned_run: int) -> None:
    """It is taken off the list, and nothing starts."""
    database.execute(update(Enrollment).values(state="stopped", exited_at=func.now()))
    assert dead_letters.replay(listed()[0].id) == Replayed(0, 1, 0)
    assert (listed(), count(database, Timer)) == ([], 0)


def test_a_run_that_goes_on_by_other_means_is_left_alone(database: Session, poisoned_run: int) -> None:
    """Where a timer stands for it again, it is not sent on its way a second time."""
    run = database.scalars(select(Enrollment)).one()
    database.add(Timer(part=run.contact_id % 16, wake_at=run.wake_at, enrollment_id=run.id, port="next"))
    database.flush()
    assert dead_letters.replay_all("enrollment") == Replayed(0, 1, 0)
    assert count(database, Timer) == 1


def test_an_event_that_the_log_no_longer_holds_needs_no_second_try(database: Session, poisoned_event: int) -> None:
    """It is taken off the list."""
    database.execute(delete(Event))
    assert dead_letters.replay_all("event") == Replayed(0, 1, 0)
    assert listed() == []


def test_a_delivery_that_was_given_up_is_sent_again(database: Session, given_up: int) -> None:
    """Its run is inside again and calls anew, with the same idempotency key and all of its tries."""
    letter = listed()[0]
    assert (letter.kind, letter.reason, letter.node, letter.tries) == ("webhook", "It answered 500.", "hook", 6)
    before = database.scalars(select(Outbox.key)).one()
    assert dead_letters.replay(letter.id) == Replayed(1, 0, 0)
    assert listed() == []
    drain_all()
    database.expire_all()
    again = database.scalars(select(Outbox)).one()
    assert (again.key, again.state, again.tries) == (before, "pending", 0)
    assert [run.state for run in enrollments(given_up)] == ["active"]


def test_a_delivery_nobody_waits_for_is_sent_again(database: Session) -> None:
    """A mail that was given up is due at once."""
    database.add(Outbox(key="1:a:mail:1", kind="mail", payload={}, state="failed", tries=6, error="Refused"))
    database.flush()
    assert dead_letters.replay_all("mail") == Replayed(1, 0, 0)
    database.expire_all()
    again = database.scalars(select(Outbox)).one()
    assert (again.state, again.tries, again.error) == ("pending", 0, None)


def test_nobody_is_brought_inside_twice(database: Session, given_up: int) -> None:
    """While the contact is inside anew, the old run stays failed and on the list."""
    old = database.scalars(select(Enrollment)).one()
    twin = {each.key: getattr(old, each.key) for each in Enrollment.__table__.columns if each.key != "id"}
    database.add(Enrollment(**{**twin, "state": "active"}))
    database.flush()
    with pytest.raises(Conflict):
        dead_letters.replay(listed()[0].id)
    assert dead_letters.replay_all("webhook") == Replayed(0, 0, 1)
    assert len(listed()) == 1


def test_a_delivery_whose_run_was_retried_is_no_dead_letter(database: Session, given_up: int) -> None:
    """The list holds what stands still, not what was repaired by other means."""
    database.execute(update(Enrollment).values(state="active", exited_at=None))
    assert listed() == []


def test_all_of_a_kind_and_reason(database: Session, poisoned_event: int) -> None:
    """Only those of the kind, and with the reason, go back to work."""
    database.add(DeadLetter(event_id=1, contact_id=1, reason="KeyError"))
    database.flush()
    assert [(each.kind, each.reason, each.count) for each in dead_letters.groups()] == [
        ("event", "KeyError", 1),
        ("event", "ZeroDivisionError", 1),
    ]
    assert dead_letters.replay_all("enrollment") == Replayed(0, 0, 0)
    assert dead_letters.replay_all("event", "ZeroDivisionError") == Replayed(1, 0, 0)
    assert [each.reason for each in listed()] == ["KeyError"]


def test_the_list_is_filtered_and_paged(database: Session) -> None:
    """By kind and by reason, the newest first, a page at a time."""
    database.add_all(DeadLetter(event_id=number, contact_id=1, reason=f"R{number % 2}") for number in range(1, 6))
    database.add(DeadLetter(enrollment_id=1, contact_id=1, reason="R0"))
    database.flush()
    assert len(listed(kind="event")) == 5
    assert len(listed(kind="event", reason="R0")) == 2
    first = dead_letters.letters(Paging(limit=4))
    rest = dead_letters.letters(Paging(first.next_cursor, 4))
    assert len({each.id for each in (*first.items, *rest.items)}) == 6


@pytest.mark.parametrize("letter", ["", "a", "d", "x1", "a1", "d1", "a-1", "a²", "d99999999999999999999"])
def test_what_is_not_on_the_list_cannot_be_replayed(database: Session, letter: str) -> None:
    """An id that names nothing is refused."""
    with pytest.raises(NotFound):
        dead_letters.replay(letter)


def test_a_value_the_database_refuses_is_set_aside_too(database: Session) -> None:
    """What cannot be stored holds up nobody else of the partition, for ever least of all; its fault is named."""
    make_score()
    make_automation(scoring(), active=True)
    record_events([IncomingEvent("email_opened", [Identifier("email", MARIA)], None, orjson.dumps({}))], source="test")
    set_aside(DataError("UPDATE …", {}, ValueError("out of range")))
    assert ([each.reason for each in listed()], count(database, InboxItem)) == (["ValueError"], 0)


def test_an_erased_contact_leaves_no_dead_letter(database: Session, poisoned_event: int) -> None:
    """Erasing somebody takes what was set aside along."""
    number = database.scalars(select(Contact.id).where(Contact.email == MARIA)).one()
    contacts.delete([number])
    assert listed() == []
