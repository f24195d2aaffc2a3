"""Contacts that are let in by hand: a few by name, and whole crowds by the engine, part by part."""

from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import Conflict, Invalid, NotFound
from app.models import PARTITIONS, BulkEntry, DeadLetter, Enrollment, Event, Refusal
from app.permissions import Actor, acting_as
from app.services import entries, lists, segments, workspace
from app.services.automations import activation
from app.services.contacts import Identifier, delete
from app.services.drain import drain, drain_batch
from app.services.entries import Crowd
from nodes.actions.add_tag import AddTag
from nodes.contract import Step
from tests.factories.contacts import make_contact, make_contacts, make_list
from tests.factories.users import make_user
from tests.support import live
from workflows.items import Happening
from workflows.work import Work

OPENED = ("opened", "email_opened", {})
TAG = ("tag", "add_tag", {"tag": "in"})
DAY = ("day", "wait", {"until": "duration", "duration": {"amount": 1, "unit": "days"}})
WAYS = [("opened", "next", "tag")]


@pytest.fixture(autouse=True)
def _workspace(database: Session) -> None:
    workspace.setup()


def tagging(*, re_entry: bool = True) -> int:
    return live.activate(live.document([OPENED, TAG], WAYS, re_entry=re_entry))


def let_in() -> None:
    drain(range(PARTITIONS))


def inside(automation: int) -> list[int]:
    return sorted(run.contact_id for run in live.enrollments(automation))


def figures(automation: int) -> tuple[int, int, int]:
    entry = entries.of_automation(automation)[0]
    return entry.total, entry.taken, entry.entered


def test_a_few_enter_by_name() -> None:
    """They enter at the first step, whatever the trigger says; nobody's address is only counted."""
    automation, ann, bob = tagging(), make_contact(email="ann@example.com"), make_contact()
    who = [Identifier("email", "ANN@example.com"), Identifier("id", bob), Identifier("email", "no@example.com")]
    assert entries.enter_contacts(automation, who, {"why": "fair"}) == (2, 0, 1, None)
    let_in()
    assert inside(automation) == [ann, bob]
    assert [step[0] for step in live.enrollments(automation)[0].path] == ["opened", "tag"]


def test_a_repeated_message_does_nothing() -> None:
    """Named contacts and crowds alike: what is sent twice by the same sender counts once."""
    automation, contact = tagging(), make_contact()
    with acting_as(Actor("person", frozenset(), user_id=make_user().id)):
        for expected in ((1, 0, 0), (0, 1, 0)):
            assert entries.enter_contacts(automation, [Identifier("id", contact)], None, "m-1")[:3] == expected
        first, again = (entries.enter_crowd(automation, Crowd(), None, "m-1") for _ in range(2))
    assert (first.accepted, again.accepted, again.duplicates, again.bulk_entry) == (1, 0, 1, first.bulk_entry)
    let_in()
    assert len(live.enrollments(automation)) == 2


def test_an_automation_that_is_off_lets_nobody_in() -> None:
    """Neither by name nor as a crowd; and one that does not exist is not found."""
    automation, contact = tagging(), make_contact()
    activation.pause(automation)
    with pytest.raises(Conflict):
        entries.enter_contacts(automation, [Identifier("id", contact)])
    with pytest.raises(Conflict):
        entries.enter_crowd(automation, Crowd())
    with pytest.raises(NotFound):
        entries.enter_crowd(999, Crowd())


def test_a_segment_enters_without_an_event_for_each(database: Session) -> None:
    """All of the segment and nobody else; the log holds no event, and the figures say how many."""
    automation, members = tagging(), [make_contact(tags=["vip"]) for _ in range(40)]
    make_contacts(10)
    segment = segments.create("VIP", {"tag": "vip", "op": "has"})
    before = database.scalar(select(func.count()).select_from(Event))
    assert entries.enter_crowd(automation, Crowd(segment_id=segment)).accepted == 40
    let_in()
    assert inside(automation) == members
    assert database.scalar(select(func.count()).select_from(Event)) == before
    assert (figures(automation), entries.of_automation(automation)[0].name) == ((40, 40, 40), "VIP")
    assert entries.of_automation(automation)[0].finished_at is not None


def test_condition_and_words_narrow_together() -> None:
    """What the page of contacts shows is what enters."""
    automation = tagging()
    wanted = make_contact(email="eva@acme.com", tags=["vip"])
    make_contact(email="tom@acme.com")
    make_contact(email="eva@other.com")
    entries.enter_crowd(automation, Crowd(condition={"tag": "vip", "op": "has"}, search="acme"))
    let_in()
    assert inside(automation) == [wanted]


def test_small_batches_come_to_the_same(database: Session) -> None:
    """However often it is interrupted between batches, everybody enters once, each from where the cursor stands."""
    automation, people = tagging(), sorted(make_contacts(50))
    entries.enter_crowd(automation, Crowd())
    for _ in range(3):
        for part in range(PARTITIONS):
            drain_batch([part], 1, entries.take)
    assert figures(automation) == (50, 48, 48)
    let_in()
    assert inside(automation) == people


def test_who_comes_later_is_not_meant() -> None:
    """A contact made after the asking does not enter, one that is gone by then is left out."""
    automation, (first, second) = tagging(), make_contacts(2)
    entries.enter_crowd(automation, Crowd())
    make_contact()
    delete([first])
    let_in()
    assert inside(automation) == [second]
    assert figures(automation) == (2, 1, 1)


def test_who_was_in_before_is_refused_with_the_reason(database: Session) -> None:
    """Without re-entry a second go lets nobody in, and says so; the crowd's figures too."""
    automation = tagging(re_entry=False)
    make_contacts(3)
    for _ in range(2):
        entries.enter_crowd(automation, Crowd())
        let_in()
    assert figures(automation) == (3, 3, 0)
    assert set(database.scalars(select(Refusal.reason))) == {"entered_before"}


def test_who_is_inside_enters_after_the_exit() -> None:
    """As with every event: it is put off, and counted when it comes to it."""
    automation = live.activate(live.document([OPENED, DAY], [("opened", "next", "day")]))
    make_contact()
    for _ in range(2):
        entries.enter_crowd(automation, Crowd())
        let_in()
    assert figures(automation) == (1, 1, 0)
    live.pass_time(days=1)
    let_in()
    assert figures(automation) == (1, 1, 1)
    assert [run.state for run in live.enrollments(automation)] == ["finished", "active"]


def test_who_is_put_off_enters_in_turn(database: Session) -> None:
    """What came first enters first: an event of the log before a crowd, the first crowd before the second."""
    automation = live.activate(live.document([OPENED, DAY], [("opened", "next", "day")]))
    contact = make_contact()
    with acting_as(Actor("person", frozenset(), user_id=make_user().id)):
        for name in ("inside", "event"):
            entries.enter_contacts(automation, [Identifier("id", contact)], {"why": name})
            let_in()
        for name in ("first crowd", "second crowd"):
            entries.enter_crowd(automation, Crowd(), {"why": name})
            let_in()
    for _ in range(4):
        live.pass_time(days=1)
        let_in()
    runs = database.scalars(select(Enrollment).order_by(Enrollment.id)).all()
    assert [_why(database, run.event_id) for run in runs] == ["inside", "event", "first crowd", "second crowd"]


def _why(database: Session, event: int) -> object:
    kept = database.get(BulkEntry, -event) if event < 0 else database.scalar(select(Event).where(Event.id == event))
    return kept and kept.properties["why"]


def test_a_pause_holds_a_crowd_and_resuming_lets_it_on() -> None:
    """Nobody is lost, though the automation counts only what it hears from now on."""
    automation = tagging()
    make_contacts(5)
    entries.enter_crowd(automation, Crowd())
    activation.pause(automation)
    let_in()
    assert inside(automation) == []
    activation.resume(automation)
    let_in()
    assert len(inside(automation)) == 5


def test_cancelling_stops_a_crowd() -> None:
    """Who is in stays in, nobody else comes; a second time there is nothing to cancel. Archiving cancels too."""
    automation = tagging()
    make_contacts(32)
    asked = entries.enter_crowd(automation, Crowd())
    for part in range(PARTITIONS):
        drain_batch([part], 1, entries.take)
    cancelled = entries.cancel(automation, asked.bulk_entry or 0)
    let_in()
    assert (cancelled.cancelled_at is not None, len(inside(automation))) == (True, 16)
    with pytest.raises(Conflict):
        entries.cancel(automation, asked.bulk_entry or 0)
    entries.enter_crowd(automation, Crowd())
    activation.archive(automation)
    assert entries.of_automation(automation)[0].cancelled_at is not None


def test_a_query_that_lost_its_meaning_ends_with_the_reason() -> None:
    """A list that is deleted meanwhile: the entry ends and says why, and the engine goes on."""
    automation, list_id = tagging(), make_list()
    make_contact(lists=[list_id])
    entries.enter_crowd(automation, Crowd(condition={"list": list_id, "op": "in"}))
    lists.delete(list_id)
    let_in()
    (entry,) = entries.of_automation(automation)
    assert "list" in (entry.fault or "")
    assert entry.finished_at is not None


@pytest.mark.parametrize("crowd", [Crowd(condition={"attribute": "NOPE", "op": "eq", "value": 1}), Crowd(condition=5)])
def test_a_condition_that_makes_no_sense_is_refused(crowd: Crowd) -> None:
    """At once, with nothing kept."""
    automation = tagging()
    with pytest.raises(Invalid):
        entries.enter_crowd(automation, crowd)


def test_a_segment_that_is_not_there_is_not_found() -> None:
    """A mistyped number never means everybody."""
    with pytest.raises(NotFound):
        entries.enter_crowd(tagging(), Crowd(segment_id=999))


def test_lots_differ_from_entry_to_entry(database: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same contact draws anew at each entry; see `Step.draw`."""
    drawn: list[float] = []
    run = AddTag.run

    def drawing(self: AddTag, step: Step) -> None:
        drawn.extend(step.draw(each) for each in step)
        run(self, step)

    monkeypatch.setattr(AddTag, "run", drawing)
    automation = tagging()
    make_contact()
    for _ in range(2):
        entries.enter_crowd(automation, Crowd())
        let_in()
    assert len(set(drawn)) == 2


def test_one_whom_the_engine_cannot_take_gets_an_event_of_its_own(
    database: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ends as a dead letter that can be tried again; the rest of the crowd enters."""
    automation, (first, second) = tagging(), make_contacts(2)
    admit = Work.arrive

    def break_on_first(self: Work, triggers: Any, arrival: Happening) -> None:
        if arrival.contact == first:
            raise ZeroDivisionError
        admit(self, triggers, arrival)

    monkeypatch.setattr(Work, "arrive", break_on_first)
    entries.enter_crowd(automation, Crowd())
    let_in()
    let_in()
    assert inside(automation) == [second]
    assert [(each.contact_id, each.event_id > 0) for each in database.scalars(select(DeadLetter))] == [(first, True)]
