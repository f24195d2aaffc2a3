import pytest

from nodes.registry import registry
from nodes.world import Topic
from tests.support.steps import NOW, event, faults, person, ports, runs_of, says, walk

BOUGHT = {"by": "event", "event": "order_placed"}
HOT = {"by": "condition", "condition": {"all": [{"attribute": "SCORE", "op": "gte", "value": 20}]}}


def test_who_comes_by_itself_has_achieved_it_or_not():
    """A condition is judged on arrival; an event that did not come is not achieved."""
    assert ports(walk("goal", HOT, person(1, SCORE=20), person(2, SCORE=5))) == {"next": [1], "skipped": [2]}
    assert ports(walk("goal", BOUGHT, person(1))) == {"skipped": [1]}


def test_who_has_not_may_wait_or_leave():
    """The author chooses what becomes of those who come without it."""
    waiting, leaving = (
        walk("goal", BOUGHT | {"otherwise": "stay"}, person(1)),
        walk("goal", HOT | {"otherwise": "leave"}, person(1)),
    )
    assert [(wait.until, wait.port) for wait in waiting.waits] == [(None, None)]
    assert [leave.reason for leave in leaving.leaves] == ["exit"]


def test_it_pulls_contacts_by_what_it_hears():
    """It hears its event, or every change of the facts of its condition, for contacts before it as well."""
    goal = registry()["goal"]
    assert goal.pulls
    assert goal.hears(BOUGHT) == {Topic("order_placed")}
    assert goal.hears(HOT) == {Topic("attribute_changed", "SCORE")}


@pytest.mark.parametrize(("config", "score", "port"), [(BOUGHT, 0, "next"), (HOT, 25, "next"), (HOT, 5, None)])
def test_the_event_or_the_changed_fact_achieves_it(config, score, port):
    """An event achieves it by coming; a condition by holding now."""
    goal = registry()["goal"]
    prepared = goal.schema().prepare(config, walk("exit", {}).world.catalog)
    answer = goal.answer(prepared, runs_of([person(1, SCORE=score)])[0], event("order_placed"), NOW)
    assert (answer and answer.port) == port


def test_faults_and_words():
    """What achieves it must be said; the sentence repeats it."""
    assert faults("goal", {}) == [("event", "missing")]
    assert faults("goal", {"by": "condition"}) == [("condition", "missing")]
    assert says("goal", BOUGHT).en == "Goal: “order_placed”"
    assert says("goal", HOT).en == "Goal: SCORE is at least 20"
