"""From one version to another, step by step: pure."""

from typing import Any

import pytest

from nodes.registry import registry
from tests.support.live import Step, Way, document
from workflows.document import load
from workflows.moving import Choice, Passage, Route

OPENED: Step = ("opened", "email_opened", {})
DAY: Step = ("day", "wait", {"until": "duration", "duration": {"amount": 1, "unit": "days"}})
WEEK: Step = ("day", "wait", {"until": "duration", "duration": {"amount": 1, "unit": "weeks"}})
CLICK: Step = ("click", "wait_until_event", {"event": "clicked"})
TAG: Step = ("tag", "add_tag", {"tag": "seen"})
NOTE: Step = ("note", "add_note", {"text": "Seen"})
STRAIGHT: list[Way] = [("opened", "next", "day"), ("day", "next", "tag"), ("tag", "next", "note")]
BRANCHED: list[Way] = [("opened", "next", "click"), ("click", "happened", "tag"), ("click", "timed_out", "note")]


def passage(old: dict[str, Any], new: dict[str, Any]) -> Passage:
    return Passage(load(old), load(new), registry())


@pytest.mark.parametrize(
    ("steps", "fit"),
    [([OPENED, DAY], "same"), ([OPENED, WEEK], "changed"), ([OPENED], "removed"), ([("day", "exit", {})], "removed")],
)
def test_a_step_is_the_same_changed_or_removed(steps: list[Step], fit: str):
    """A step is told by its id and type; its place on the canvas and its neighbours do not matter."""
    assert passage(document([OPENED, DAY], []), document(steps, [])).fit("day") == fit


def test_the_successor_is_the_next_step_that_is_left():
    """Removed steps are left out one after the other."""
    old = document([OPENED, DAY, TAG, NOTE], STRAIGHT)
    assert passage(old, document([OPENED, NOTE], [])).successor("day") == "note"
    assert passage(old, document([OPENED], [])).successor("day") is None


def test_a_removed_wait_for_an_event_is_left_as_if_none_came():
    """Nothing happened to those who still wait: they take the last way out."""
    old = document([OPENED, CLICK, TAG, NOTE], BRANCHED)
    assert passage(old, document([OPENED, TAG, NOTE], [])).successor("click") == "note"


def test_a_trigger_is_no_place_to_go_to():
    """Who waits at a trigger for its hours may be moved along with it, but nobody is sent there."""
    between = passage(document([OPENED, DAY], []), document([OPENED, DAY], []))
    assert between.route("opened", Choice("move")) == Route("opened")
    assert "opened" not in between.places


def test_only_a_step_that_changed_looks_again():
    """Whoever goes elsewhere is looked at there; who stays at a step that did not change waits on."""
    old = document([OPENED, DAY, TAG, NOTE], STRAIGHT)
    same, changed = passage(old, old), passage(old, document([OPENED, WEEK, TAG, NOTE], STRAIGHT))
    assert same.route("day", Choice("move")) == Route("day", False, frozenset({("tag", "next"), ("note", "next")}))
    ahead = frozenset({("tag", "next"), ("note", "next")})
    assert changed.route("day", Choice("move", repeat=True)) == Route("day", True, ahead, True)
    assert same.route("day", Choice("go", "note")) == Route("note", True, frozenset({("note", "next")}))
    assert same.route("day", Choice("leave")) == Route(None)
    assert same.route("day", Choice("stay")) is None


def test_what_may_have_been_done_lies_above():
    """Of the new version's steps, those before which a contact cannot have stood are not among them."""
    old = document([OPENED, DAY, TAG, NOTE], STRAIGHT)
    assert passage(old, document([NOTE, DAY], [])).done_before("tag") == {"day"}
