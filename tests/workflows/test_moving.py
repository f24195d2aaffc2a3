"""From one version to another, step by step: pure."""

from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nodes.contract import Walkable
from nodes.registry import registry
from tests.support.live import Step, Way, document
from workflows.document import load
from workflows.graph import build
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


KINDS: list[tuple[str, dict[str, Any]]] = [
    DAY[1:],
    WEEK[1:],
    CLICK[1:],
    TAG[1:],
    ("conditional_split", {"condition": {"tag": "seen", "op": "has"}}),
    ("wait_until_condition", {"condition": {"tag": "seen", "op": "has"}}),
]


@st.composite
def versions(draw: st.DrawFn) -> dict[str, Any]:
    """Any version: some of the steps a to f, each of any kind, each way out to any step behind it or to none."""
    kinds = st.fixed_dictionaries({}, optional={each: st.sampled_from(KINDS) for each in "abcdef"})
    steps: list[Step] = [OPENED, *((name, *kind) for name, kind in sorted(draw(kinds).items()))]
    ways = []
    for place, (name, kind, config) in enumerate(steps):
        behind = [other for other, *_ in steps[place + 1 :]]
        for port in registry()[kind].ports_of(config):
            target = draw(st.sampled_from([None, *behind]))
            ways += [(name, port, target)] if target else []
    return document(steps, ways)


@given(versions(), versions(), st.data())
def test_nobody_is_ever_without_a_place(old: dict[str, Any], new: dict[str, Any], data: st.DataObject):
    """Whatever the versions and the choice, each step's people leave, stay, or stand at a step the new version has.

    By “move” that is their own step, or one that followed it and is still of its kind; and none of the steps that they
    may do there again is left out of what the engine is to compare with their past.
    """
    between, here, there = passage(old, new), load(old), load(new)
    kinds = {node.id: node.type for node in there.nodes}
    places = {step for step, kind in kinds.items() if isinstance(registry()[kind], Walkable)}
    ways, beyond = build(here), build(there)
    for node in here.nodes:
        to = data.draw(st.sampled_from([None, *sorted(places)]))
        for choice in (Choice(), Choice("move"), Choice("leave"), *([Choice("go", to)] if to else [])):
            route = between.route(node.id, choice)
            if choice.way == "stay":
                assert route is None
            elif choice.way == "leave":
                assert route == Route(None)
            elif choice.way == "go":
                assert route is not None
                assert (route.to, route.looks) == (to, True)
            elif route is None:
                # Nothing that followed is left: they stay in their own version, where their step is.
                kept = {each.id for each in here.nodes if kinds.get(each.id) == each.type and each.id in places}
                assert not kept & {node.id, *nx.descendants(ways, node.id)}
            else:
                assert route.to == node.id or route.to in nx.descendants(ways, node.id) & places
                assert {each.type for each in here.nodes if each.id == route.to} == {kinds[str(route.to)]}
            if route and route.to:
                assert {step for step, _ in route.ports} >= nx.descendants(beyond, route.to) & places
