"""How contacts are moved while they are inside: by events, by changed facts, and by who comes after them."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.services import attributes, contacts, workspace
from app.services.contacts import ContactInput, Identifier
from nodes.catalog import Kind
from tests.factories.automations import happens, opens
from tests.support import live

MARIA = "maria@example.com"
OPENED = ("opened", "email_opened", {})
POINTS = ("points", "update_attribute", {"attribute": "SCORE", "operation": "add", "value": 5})
DAY = ("day", "wait", {"until": "duration", "duration": {"amount": 1, "unit": "days"}})
TAG = ("tag", "add_tag", {"tag": "seen"})
HIGH = {"all": [{"attribute": "SCORE", "op": "gte", "value": 20}]}
WAITING = ([OPENED, DAY, TAG], [("opened", "next", "day"), ("day", "next", "tag")])


@pytest.fixture(autouse=True)
def _workspace(database: Session) -> None:
    workspace.setup()
    attributes.create("SCORE", Kind.NUMBER)
    attributes.create("PLAN", Kind.TEXT)


def with_settings(steps: Any, ways: Any, **settings: Any) -> dict[str, Any]:
    stored = live.document(steps, ways)
    stored["settings"] |= settings
    return stored


def maria_is(**values: Any) -> int:
    """Change Maria as a person would, and let the engine hear of it."""
    who = ContactInput(who=Identifier("email", MARIA), fields={"email": MARIA}, attributes=values)
    found = contacts.write([who], "update")[0].contact_id
    live.drain_all()
    return found


def ways(automation: int) -> list[list[tuple[str, str]]]:
    return [[(step[0], step[1]) for step in run.path] for run in live.enrollments(automation)]


def test_who_follows_a_waiting_run_is_judged_by_what_the_new_version_reads(database: Session) -> None:
    """A new version that takes over when an old run ends knows the contact's score: 45 becomes 50, not 5."""
    automation = live.activate(live.document(*WAITING))
    opens(MARIA)
    contact = maria_is(SCORE=45)
    opens(MARIA)
    live.publish(automation, live.document([OPENED, POINTS], [("opened", "next", "points")]))
    live.pass_time(days=1)
    live.drain_all()
    assert live.value(contact, "SCORE") == 50


def test_an_exit_condition_acts_at_once_inside_a_wait(database: Session) -> None:
    """The moment a contact meets it, by whoever's change, it leaves; what came after the wait never happens."""
    automation = live.activate(with_settings(*WAITING, exit_conditions=[HIGH]))
    opens(MARIA)
    maria_is(SCORE=5)
    assert [run.state for run in live.enrollments(automation)] == ["active"]
    maria_is(SCORE=25)
    assert ways(automation) == [[("opened", "next"), ("day", "wait"), ("day", "exit_condition")]]
    assert [run.state for run in live.enrollments(automation)] == ["finished"]


def test_an_exit_condition_is_looked_at_before_each_step() -> None:
    """Who meets it by a step of the automation itself goes no further, in the same batch."""
    steps = [OPENED, ("rich", "update_attribute", {"attribute": "SCORE", "operation": "set", "value": 99}), TAG]
    stored = with_settings(steps, [("opened", "next", "rich"), ("rich", "next", "tag")], exit_conditions=[HIGH])
    automation = live.activate(stored)
    opens(MARIA)
    assert ways(automation) == [[("opened", "next"), ("rich", "next"), ("tag", "exit_condition")]]


def test_an_exit_event_acts_at_once_and_only_if_its_filter_holds(database: Session) -> None:
    """The event ends the run inside the wait; one that the filter refuses does nothing."""
    bought = {"event": "order_placed", "filter": {"all": [{"event": "total", "op": "gte", "value": 100}]}}
    automation = live.activate(with_settings(*WAITING, exit_events=[bought]))
    opens(MARIA)
    happens("order_placed", MARIA, total=20)
    assert [run.state for run in live.enrollments(automation)] == ["active"]
    happens("order_placed", MARIA, total=200)
    assert ways(automation)[0][-1] == ("day", "exit_condition")


def test_an_empty_exit_condition_says_nothing() -> None:
    """A condition that was begun and not filled in lets nobody out."""
    automation = live.activate(with_settings(*WAITING, exit_conditions=[{"all": []}]))
    opens(MARIA)
    assert [run.state for run in live.enrollments(automation)] == ["active"]


def test_several_runs_of_a_contact_go_on_at_once_when_keyed(database: Session) -> None:
    """One run an order; a second event of the same order waits for the first to end."""
    placed = ("placed", "custom_event", {"event": "order_placed"})
    stored = with_settings([placed, DAY], [("placed", "next", "day")], run_key="order")
    automation = live.activate(stored)
    for order in ("A", "B", "A"):
        happens("order_placed", MARIA, order=order)
    assert [(run.run_key, run.state) for run in live.enrollments(automation)] == [("A", "active"), ("B", "active")]
    live.pass_time(days=1)
    live.drain_all()
    assert sorted((run.run_key, run.state) for run in live.enrollments(automation)) == [
        ("A", "active"),
        ("A", "finished"),
        ("B", "finished"),
    ]


def test_only_the_attribute_that_is_listened_to_starts_a_run(database: Session) -> None:
    """Two automations on two attributes: each hears of its own."""
    score, plan = (
        live.activate(live.document([("changed", "attribute_changed", {"attribute": name})], []))
        for name in ("SCORE", "PLAN")
    )
    opens(MARIA)
    maria_is(SCORE=1)
    maria_is(SCORE=2, PLAN="pro")
    assert [len(live.enrollments(each)) for each in (score, plan)] == [2, 1]
