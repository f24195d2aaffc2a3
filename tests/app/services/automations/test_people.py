"""People inside when another version is published: every default of docs/versions.md, on PostgreSQL."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.services import attributes, workspace
from nodes.catalog import Kind
from tests.factories.automations import happens, make_automation, opens
from tests.factories.publishing import (
    EARLY,
    LATE,
    MARIA,
    MOVE,
    OPENED,
    PAUL,
    POINTS,
    chain,
    hours_ago,
    hours_left,
    notes,
    publish,
    running,
    score,
    stands,
    wait,
)
from tests.support import live
from workflows.moving import Choices


@pytest.fixture(autouse=True)
def _workspace(database: Session) -> None:
    workspace.setup()
    attributes.create("SCORE", Kind.NUMBER)


def test_everybody_stays_unless_something_else_is_said() -> None:
    """Publishing alone moves nobody: who is inside ends by the version that let them in."""
    automation = running(OPENED, wait(1), EARLY)
    publish(automation, chain(OPENED, wait(2), LATE), Choices())
    opens(PAUL)
    assert stands(automation) == [(1, "active", "day"), (2, "active", "day")]
    live.pass_time(days=1)
    live.drain_all()
    assert notes() == ["early"]
    assert stands(automation) == [(1, "finished", "early"), (2, "active", "day")]


def test_an_unchanged_wait_goes_on_as_it_was(database: Session) -> None:
    """Moved within a wait that did not change, its end stays; what follows is the new version's."""
    automation = running(OPENED, wait(1), EARLY)
    before = live.enrollments(automation)[0].wake_at
    publish(automation, chain(OPENED, wait(1), LATE), MOVE)
    assert stands(automation) == [(2, "active", "day")]
    database.expire_all()
    assert live.enrollments(automation)[0].wake_at == before
    live.pass_time(days=1)
    live.drain_all()
    assert notes() == ["late"]


def test_a_shortened_wait_is_counted_from_when_it_began(database: Session) -> None:
    """After 30 hours of two days, a wait of one day is over: who has waited long enough goes on at once."""
    automation = running(OPENED, wait(2), EARLY)
    hours_ago(database, 30)
    publish(automation, chain(OPENED, wait(1), LATE), MOVE)
    assert notes() == ["late"]
    assert stands(automation) == [(2, "finished", "late")]


def test_a_shortened_wait_that_is_not_over_ends_earlier(database: Session) -> None:
    """After 30 hours of three days, a wait of two days lasts 18 hours more."""
    automation = running(OPENED, wait(3), EARLY)
    hours_ago(database, 30)
    publish(automation, chain(OPENED, wait(2), LATE), MOVE)
    assert hours_left(automation) == pytest.approx(18, abs=0.1)


def test_a_lengthened_wait_lasts_longer(database: Session) -> None:
    """After 30 hours of two days, a wait of five days lasts 90 hours more; the old end lets nobody go."""
    automation = running(OPENED, wait(2), EARLY)
    hours_ago(database, 30)
    publish(automation, chain(OPENED, wait(5), LATE), MOVE)
    assert hours_left(automation) == pytest.approx(90, abs=0.1)
    live.pass_time(hours=50)
    live.drain_all()
    assert notes() == []
    live.pass_time(hours=41)
    live.drain_all()
    assert notes() == ["late"]


def test_a_removed_wait_lets_go_on_to_what_followed_it() -> None:
    """The next of the old steps that the new version still has is where they go."""
    automation = running(OPENED, wait(2), EARLY, LATE)
    publish(automation, chain(OPENED, LATE), MOVE)
    assert notes() == ["late"]
    assert stands(automation) == [(2, "finished", "late")]


def test_where_nothing_is_left_to_follow_people_stay() -> None:
    """Nobody is without a place: who would have none in the new version keeps their own."""
    automation = running(OPENED, wait(1), EARLY)
    publish(automation, chain(OPENED, LATE), MOVE)
    assert stands(automation) == [(1, "active", "day")]
    live.pass_time(days=1)
    live.drain_all()
    assert notes() == ["early"]


def test_a_changed_filter_counts_from_now_on() -> None:
    """What came before is not looked at again; what comes from now on is judged by the new filter."""

    def waiting(link: str) -> dict[str, Any]:
        filter_ = {"all": [{"event": "link", "op": "eq", "value": link}]}
        config = {"event": "clicked", "event_filter": filter_, "at_most": {"amount": 3, "unit": "days"}}
        steps = [OPENED, ("clicks", "wait_until_event", config), LATE]
        return live.document(steps, [("opened", "next", "clicks"), ("clicks", "happened", "late")])

    automation = make_automation(waiting("old"), active=True).id
    opens(MARIA)
    happens("clicked", MARIA, link="new")
    publish(automation, waiting("new"), MOVE)
    assert stands(automation) == [(2, "active", "clicks")]
    happens("clicked", MARIA, link="old")
    assert notes() == []
    happens("clicked", MARIA, link="new")
    assert notes() == ["late"]


def test_a_changed_condition_is_judged_at_once() -> None:
    """Who fulfils the new condition already need not wait for anything to change."""

    def waiting(points: int) -> dict[str, Any]:
        high = {"all": [{"attribute": "SCORE", "op": "gte", "value": points}]}
        config = {"condition": high, "at_most": {"amount": 3, "unit": "days"}}
        steps = [OPENED, POINTS, ("hot", "wait_until_condition", config), LATE]
        return live.document(steps, [("opened", "next", "points"), ("points", "next", "hot"), ("hot", "met", "late")])

    automation = make_automation(waiting(20), active=True).id
    opens(MARIA)
    publish(automation, waiting(5), MOVE)
    assert notes() == ["late"]
    assert score(automation) == 5


def test_a_new_exit_condition_holds_from_the_next_step_on() -> None:
    """Who is moved leaves before the first step that they come to, if they meet it."""
    automation = running(OPENED, POINTS, wait(1), EARLY)
    leaving = chain(OPENED, POINTS, wait(1), LATE)
    leaving["settings"]["exit_conditions"] = [{"all": [{"attribute": "SCORE", "op": "gte", "value": 5}]}]
    publish(automation, leaving, MOVE)
    assert stands(automation) == [(2, "active", "day")]
    live.pass_time(days=1)
    live.drain_all()
    assert stands(automation) == [(2, "finished", "late")]
    assert notes() == []


def test_a_changed_trigger_asks_nobody_again() -> None:
    """Who is inside is inside, whether or not the new trigger would let them in."""
    automation = running(OPENED, wait(1), EARLY)
    high = {"contact_filter": {"all": [{"attribute": "SCORE", "op": "gte", "value": 20}]}}
    publish(automation, chain(("opened", "email_opened", high), wait(1), LATE), MOVE)
    assert stands(automation) == [(2, "active", "day")]
