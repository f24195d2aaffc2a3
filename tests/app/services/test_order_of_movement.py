"""In which order contacts are moved by one event, and what becomes of it while an automation stands still."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.services import attributes, workspace
from app.services.automations import activation
from nodes.catalog import Kind
from tests.factories.automations import happens, opens
from tests.support import live

MARIA = "maria@example.com"
OPENED = ("opened", "email_opened", {})
PLACED = ("placed", "custom_event", {"event": "order_placed"})
DAY = ("day", "wait", {"until": "duration", "duration": {"amount": 1, "unit": "days"}})
TAG = ("tag", "add_tag", {"tag": "seen"})


@pytest.fixture(autouse=True)
def _workspace(database: Session) -> None:
    workspace.setup()
    attributes.create("SCORE", Kind.NUMBER)


def activate(steps: Any, ways: Any, **settings: Any) -> int:
    stored = live.document(steps, ways)
    stored["settings"] |= settings
    return live.activate(stored)


def ways(automation: int) -> list[list[tuple[str, str]]]:
    return [[(step[0], step[1]) for step in run.path] for run in live.enrollments(automation)]


def states(automation: int) -> list[str]:
    return [run.state for run in live.enrollments(automation)]


def test_what_was_kept_enters_before_the_event_that_made_room(database: Session) -> None:
    """An event that ends a run and would start another does not overtake one that waits to enter."""
    both = [OPENED, PLACED, DAY]
    links = [("opened", "next", "day"), ("placed", "next", "day")]
    automation = activate(both, links, exit_events=[{"event": "order_placed"}])
    opens(MARIA)
    opens(MARIA)
    happens("order_placed", MARIA)
    assert [path[0] for path in ways(automation)] == [("opened", "next"), ("opened", "next")]
    assert states(automation) == ["finished", "active"]


def test_runs_that_one_event_moves_go_one_after_another(database: Session) -> None:
    """What the older run gives the contact is there when the younger one looks, wherever both stood."""
    first = ("first", "wait_until_event", {"event": "go"})
    second = ("second", "wait_until_event", {"event": "go"})
    rich = ("rich", "conditional_split", {"condition": {"all": [{"attribute": "SCORE", "op": "gte", "value": 20}]}})
    points = ("points", "add_points", {"attribute": "SCORE", "points": 20})
    links = [("placed", "next", "first"), ("first", "happened", "rich"), ("rich", "no", "second")]
    automation = activate(
        [PLACED, first, rich, second, points], [*links, ("second", "happened", "points")], run_key="order"
    )
    happens("order_placed", MARIA, order="A")
    happens("go", MARIA)
    happens("order_placed", MARIA, order="B")
    happens("go", MARIA)
    older, younger = ways(automation)
    assert older[-1] == ("points", "next")
    assert younger[-1] == ("rich", "yes")


def test_nobody_leaves_an_automation_that_stands_still(database: Session) -> None:
    """An event that ends the run ends it when the automation goes on; who waits to enter then gets in."""
    automation = activate([OPENED, DAY], [("opened", "next", "day")], exit_events=[{"event": "order_placed"}])
    opens(MARIA)
    opens(MARIA)
    activation.pause(automation)
    happens("order_placed", MARIA)
    assert states(automation) == ["active"]
    activation.resume(automation)
    live.drain_all()
    assert states(automation) == ["finished", "active"]
    assert ways(automation) == [
        [("opened", "next"), ("day", "wait"), ("day", "exit_condition")],
        [("opened", "next"), ("day", "wait")],
    ]


def test_an_event_that_comes_while_an_automation_stands_still_is_told_once(database: Session) -> None:
    """The contact goes on when the automation does, by the way that the event opened."""
    wait = ("bought", "wait_until_event", {"event": "order_placed"})
    automation = activate([OPENED, wait, TAG], [("opened", "next", "bought"), ("bought", "happened", "tag")])
    opens(MARIA)
    activation.pause(automation)
    happens("order_placed", MARIA)
    assert states(automation) == ["active"]
    activation.resume(automation)
    live.drain_all()
    assert ways(automation) == [[("opened", "next"), ("bought", "wait"), ("bought", "happened"), ("tag", "next")]]
