import pytest

from nodes.world import Topic
from tests.support.steps import accepts, event, faults, registry, says


def test_it_listens_to_its_own_attribute():
    """Its topic is the change of that attribute and of no other."""
    assert registry()["attribute_changed"].topic({"attribute": "SCORE"}) == Topic("attribute_changed", "SCORE")


@pytest.mark.parametrize(("old", "new", "starts"), [(15.0, 20.0, True), (20.0, 25.0, False), (None, 25.0, False)])
def test_both_values_can_be_asked(old: float | None, new: float, starts: bool):
    """Crossing a threshold is: less before, at least that much now."""
    crossing = [{"event": "old", "op": "lt", "value": 20}, {"event": "new", "op": "gte", "value": 20}]
    config = {"attribute": "SCORE", "event_filter": {"all": crossing}}
    assert accepts("attribute_changed", config, event("attribute_changed", old=old, new=new)) is starts


def test_an_attribute_that_does_not_exist_is_a_fault():
    """The attribute must exist."""
    assert faults("attribute_changed", {"attribute": "GONE"}) == [("attribute", "unknown_attribute")]


def test_its_sentence_names_the_attribute():
    """The attribute is read out."""
    assert says("attribute_changed", {"attribute": "SCORE"}).ru == "Изменён SCORE"
