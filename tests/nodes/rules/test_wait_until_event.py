from datetime import timedelta

from nodes.registry import registry
from nodes.world import Topic
from tests.support.steps import CATALOG, NOW, event, faults, person, runs_of, says, walk

CONFIG = {"event": "order_placed", "at_most": {"amount": 3, "unit": "days"}}
BIG = {"all": [{"event": "total", "op": "gte", "value": 100}]}


def test_contacts_wait_until_the_time_is_over():
    """Everybody waits; who hears nothing leaves by the other way when the time is over."""
    step = walk("wait_until_event", CONFIG, person(1))
    assert [(wait.until, wait.port) for wait in step.waits] == [(NOW + timedelta(days=3), "timed_out")]


def test_the_time_counts_from_the_arrival():
    """A run that is looked at again waits until the same moment, and its path says so once."""
    node = registry()["wait_until_event"]
    config = node.schema().prepare(CONFIG, CATALOG)
    (run,) = runs_of([person(1)])
    run.stands_at, run.arrived_at, run.waits_for = "here", NOW - timedelta(days=1), "wait"
    step = type(walk("exit", {}))("here", config, [run], walk("exit", {}).world, NOW)
    node.run(step)
    assert [(wait.until, run.path) for wait in step.waits] == [(NOW + timedelta(days=2), [])]


def test_it_hears_its_event_only():
    """What it listens to is the event by name."""
    assert registry()["wait_until_event"].hears(CONFIG) == {Topic("order_placed")}


def test_the_event_moves_who_waits_if_the_filter_holds():
    """An event that the filter refuses moves nobody; without a filter every one does."""
    node = registry()["wait_until_event"]
    (run,) = runs_of([person(1)])
    for filtered, total, port in ((BIG, 200, "happened"), (BIG, 20, None), (None, 20, "happened")):
        config = node.schema().prepare(
            CONFIG | ({"event_filter": filtered} if filtered else {}), walk("exit", {}).world.catalog
        )
        answer = node.answer(config, run, event("order_placed", total=total), NOW)
        assert (answer and answer.port) == port


def test_faults_and_words():
    """An event must be named; the sentence says which, and for how long."""
    assert faults("wait_until_event", {}) == [("event", "missing")]
    assert says("wait_until_event", CONFIG).en == "Wait for “order_placed”, at most 3 days"
