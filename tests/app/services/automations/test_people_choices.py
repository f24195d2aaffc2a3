"""What an author may choose for people inside, and that each is moved once."""

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from app import db
from app.adapters.engine import timers
from app.errors import Invalid
from app.models import AuditEntry, HeldTimer, Outbox, VersionMovePart
from app.services import attributes, workspace
from app.services.automations import activation, drafts, people
from nodes.catalog import Kind
from tests.factories.automations import make_automation, opens, receive
from tests.factories.publishing import (
    CALL,
    EARLY,
    LATE,
    LEAVE,
    MARIA,
    MOVE,
    OPENED,
    PAUL,
    POINTS,
    chain,
    hours_ago,
    move_everybody,
    notes,
    publish,
    rows,
    running,
    score,
    stands,
    wait,
)
from tests.support import live
from workflows.document import load
from workflows.moving import Choice, Choices


@pytest.fixture(autouse=True)
def _workspace(database: Session) -> None:
    workspace.setup()
    attributes.create("SCORE", Kind.NUMBER)


def test_what_was_done_is_not_done_again() -> None:
    """A step that was done before, and comes again in the new version, is passed by the way it was left."""
    automation = running(OPENED, POINTS, wait(1), EARLY)
    publish(automation, chain(OPENED, wait(1), POINTS, LATE), MOVE)
    live.pass_time(days=1)
    live.drain_all()
    assert score(automation) == 5
    assert notes() == ["late"]
    path = [(step[0], step[1]) for step in live.enrollments(automation)[0].path]
    assert ("points", "done_before") in path


def test_what_was_done_is_done_again_if_chosen() -> None:
    """`repeat` lets them do all again that follows."""
    automation = running(OPENED, POINTS, wait(1), EARLY)
    publish(automation, chain(OPENED, wait(1), POINTS, LATE), Choices(Choice("move", repeat=True)))
    live.pass_time(days=1)
    live.drain_all()
    assert score(automation) == 10


def test_a_step_that_somebody_is_sent_to_is_done_whatever_was_before() -> None:
    """Who is sent back to a step does that one again, but a wait they have sat out is not sat out twice."""
    automation = running(OPENED, wait(1, "first"), POINTS, wait(2), EARLY)
    live.pass_time(days=1)
    live.drain_all()
    back = Choices(Choice("stay"), {(1, "day"): Choice("go", "points")})
    publish(automation, chain(OPENED, POINTS, wait(1, "first"), LATE), back)
    assert score(automation) == 10
    assert notes() == ["late"]


def test_a_wait_that_somebody_is_sent_to_begins_there() -> None:
    """It lasts from now on, and stands in the path like any other; the one they were taken from was not sat out."""
    automation = running(OPENED, wait(2, "first"), EARLY)
    publish(automation, chain(OPENED, wait(1, "second"), wait(2, "first"), LATE), Choices(Choice("go", "second")))
    run = live.enrollments(automation)[0]
    assert [(step[0], step[1]) for step in run.path][1:] == [("first", "wait"), ("second", "wait")]
    publish(automation, chain(OPENED, wait(1, "second"), wait(2, "first"), EARLY), MOVE)
    live.pass_time(hours=25)
    live.drain_all()
    assert stands(automation) == [(3, "active", "first")]


def test_each_place_has_its_own_choice() -> None:
    """At one step they go there, at another they leave; whoever is not named does as everybody."""
    automation = running(OPENED, wait(1, "one"), wait(1, "two"), wait(1, "three"), EARLY)
    live.pass_time(days=1)
    live.drain_all()
    opens(PAUL)
    live.pass_time(days=1)
    live.drain_all()
    opens("kim@example.com")
    places = {(1, "three"): Choice("go", "late"), (1, "two"): Choice("leave")}
    steps = (OPENED, wait(1, "one"), wait(1, "two"), wait(1, "three"), LATE)
    publish(automation, chain(*steps), Choices(Choice("move"), places))
    assert stands(automation) == [(2, "finished", "late"), (1, "finished", "two"), (2, "active", "one")]
    assert notes() == ["late"]


def test_who_leaves_makes_room_for_what_came_meanwhile() -> None:
    """An event that was put off enters the new version when its contact is let out of the old one."""
    automation = running(OPENED, wait(1), EARLY)
    opens(MARIA)
    publish(automation, chain(OPENED, LATE), LEAVE)
    assert stands(automation) == [(1, "finished", "day"), (2, "finished", "late")]
    assert [step[1] for step in live.enrollments(automation)[0].path][-1] == "let_out"


def test_a_call_that_was_made_is_not_made_again() -> None:
    """Who waits for the answer of a webhook goes on waiting for it, in the new version, and calls once."""
    automation = running(OPENED, CALL, EARLY)
    calls = [each.key for each in rows(Outbox)]
    publish(automation, chain(OPENED, ("call", "call_webhook", {"url": "https://example.com/other"}), LATE), MOVE)
    assert [each.key for each in rows(Outbox)] == calls
    assert stands(automation) == [(2, "active", "call")]
    with db.transaction() as session:
        timers.wake(session, live.enrollments(automation)[0].id, "call", "next")
    live.drain_all()
    assert notes() == ["late"]


def test_a_call_that_is_made_again_by_choice_has_a_key_of_its_own() -> None:
    """Whoever remembers the first one's key would take the second for a repetition of it."""
    automation = running(OPENED, CALL, wait(1), EARLY)
    with db.transaction() as session:
        timers.wake(session, live.enrollments(automation)[0].id, "call", "next")
    live.drain_all()
    publish(automation, chain(OPENED, CALL, wait(2), EARLY), Choices(Choice("go", "call")))
    first, second = [each.key for each in rows(Outbox)]
    assert second == f"{first}@1"


def test_moving_twice_moves_once(database: Session) -> None:
    """A turn that is taken again finds nothing to do; each run notes from where it was moved, once."""
    automation = running(OPENED, wait(1), EARLY)
    publish(automation, chain(OPENED, wait(2), LATE), MOVE)
    database.execute(update(VersionMovePart).values(finished_at=None, last_enrollment_id=0))
    move_everybody()
    live.drain_all()
    assert stands(automation) == [(2, "active", "day")]
    run = live.enrollments(automation)[0]
    assert [move[2] for move in run.moves or ()] == ["day"]
    parts = rows(VersionMovePart)
    assert (sum(part.total for part in parts), sum(part.moved for part in parts)) == (1, 1)
    assert all(part.finished_at for part in parts)


def test_people_are_moved_in_turns(database: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """However few a turn takes, everybody gets theirs."""
    automation = make_automation(chain(OPENED, wait(1), EARLY), active=True).id
    for number in range(40):
        receive(f"c{number}@example.com")
    live.drain_all()
    monkeypatch.setattr(people, "LIMIT", 1)
    publish(automation, chain(OPENED, wait(2), LATE), MOVE)
    assert stands(automation) == [(2, "active", "day")] * 40
    assert sum(part.moved for part in rows(VersionMovePart)) == 40


def test_people_are_moved_from_every_older_version() -> None:
    """Who stayed behind twice is moved like whoever stayed behind once, each by their own version's steps."""
    automation = running(OPENED, wait(1, "one"), EARLY)
    publish(automation, chain(OPENED, wait(1, "two"), EARLY), Choices())
    opens(PAUL)
    publish(automation, chain(OPENED, LATE, EARLY), MOVE)
    assert stands(automation) == [(3, "finished", "early"), (3, "finished", "early")]


def test_people_in_a_paused_automation_wait_in_the_new_version(database: Session) -> None:
    """Nothing happens before it goes on; then who has waited long enough goes on by the new version."""
    automation = running(OPENED, wait(2), EARLY)
    hours_ago(database, 30)
    activation.pause(automation)
    drafts.save_draft(automation, load(chain(OPENED, wait(1), LATE)), drafts.get(automation).draft_revision)
    activation.activate(automation, "en", choices=MOVE)
    move_everybody()
    live.drain_all()
    assert notes() == ["late"]
    assert rows(HeldTimer) == []


def test_choices_that_lead_nowhere_are_refused() -> None:
    """Every one is named, and nothing is published."""
    automation = running(OPENED, wait(1), EARLY)
    places = {
        (1, "day"): Choice("move"),
        (1, "early"): Choice("go", "opened"),
        (1, "nothing"): Choice("leave"),
        (7, "day"): Choice("leave"),
    }
    with pytest.raises(Invalid) as refused:
        publish(automation, chain(OPENED, LATE), Choices(Choice("go", "gone"), places))
    codes = [problem.code for problem in refused.value.problems]
    assert codes == ["no_such_step", "no_place", "no_such_step", "unknown_place", "unknown_place"]
    assert drafts.get(automation).version == 1


def test_the_log_of_changes_tells_what_was_chosen() -> None:
    """Who moved whom can be looked up."""
    automation = running(OPENED, wait(1), EARLY)
    publish(automation, chain(OPENED, wait(2), LATE), Choices(Choice("move"), {(1, "early"): Choice("leave")}))
    entry = next(each for each in reversed(rows(AuditEntry)) if each.action == "automation.activated")
    assert entry.detail["version"] == 2
    assert entry.detail["people"]["everybody"]["way"] == "move"
    assert entry.detail["people"]["places"][0] | {"to": None} == {
        "version": 1, "node": "early", "way": "leave", "to": None, "repeat": False,
    }  # fmt: skip
