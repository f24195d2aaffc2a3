from nodes.contract import Trigger
from nodes.registry import registry
from nodes.world import Topic
from tests.support.steps import faults, says


def test_it_hears_of_its_own_topic_only():
    """Another topic's consent is another event; the sentence names the topic."""
    trigger = registry()["consent_given"]
    assert isinstance(trigger, Trigger)
    assert trigger.topic({"topic": 1}) == Topic("consent_given", "1")
    assert says("consent_given", {"topic": 1}).en == "Agreed to “News”"


def test_a_topic_that_is_gone_keeps_it_from_going_live():
    """Whatever its channel, the topic must exist."""
    assert faults("consent_given", {"topic": 9}) == [("topic", "unknown_topic")]
    assert faults("consent_given", {"topic": 2}) == []
