from datetime import date, timedelta

from nodes.registry import registry
from nodes.world import EventCount, Topic
from tests.support.steps import NOW, event, faults, person, ports, runs_of, says, walk

HIGH = {"all": [{"attribute": "SCORE", "op": "gte", "value": 20}]}
CONFIG = {"condition": HIGH, "at_most": {"amount": 3, "unit": "days"}}
LATELY = {"all": [{"attribute": "BIRTHDAY", "op": "in_last", "value": 3}]}


def test_who_matches_goes_on_at_once():
    """Whoever meets the condition already does not wait; the others do, until the time is over."""
    step = walk("wait_until_condition", CONFIG, person(1, SCORE=25), person(2, SCORE=5))
    assert ports(step) == {"met": [1]}
    assert [(wait.run.contact.id, wait.until, wait.port) for wait in step.waits] == [
        (2, NOW + timedelta(days=3), "timed_out")
    ]


def test_what_time_changes_is_looked_at_every_hour():
    """A condition that holds by the passing of days is not left to events alone."""
    step = walk("wait_until_condition", CONFIG | {"condition": LATELY}, person(1, BIRTHDAY=date(2026, 1, 1)))
    assert [(wait.until, wait.port) for wait in step.waits] == [(NOW + timedelta(hours=1), None)]


def test_it_hears_of_every_fact_it_is_about():
    """Attributes by name, counted events by name, and other facts by kind."""
    opened = {"events": "email_opened", "op": "gte", "value": 1}
    condition = {"any": [*HIGH["all"], {"tag": "vip", "op": "has"}, opened]}
    heard = registry()["wait_until_condition"].hears(CONFIG | {"condition": condition})
    assert heard == {Topic("attribute_changed", "SCORE"), Topic("contact_changed", "tags"), Topic("email_opened")}
    assert registry()["wait_until_condition"].reads({"condition": condition}).event_counts == {
        EventCount("email_opened", None)
    }


def test_a_change_moves_who_now_matches():
    """The answer is the condition, judged as the contact is now."""
    node = registry()["wait_until_condition"]
    config = node.schema().prepare(CONFIG, walk("exit", {}).world.catalog)
    poor, rich = runs_of([person(1, SCORE=5), person(2, SCORE=20)])
    assert node.answer(config, poor, event("attribute_changed"), NOW) is None
    assert node.answer(config, rich, event("attribute_changed"), NOW).port == "met"


def test_faults_and_words():
    """A condition is needed; the sentence says it, and for how long."""
    assert faults("wait_until_condition", {}) == [("condition", "missing")]
    assert says("wait_until_condition", CONFIG).en == "Wait until SCORE is at least 20, at most 3 days"
