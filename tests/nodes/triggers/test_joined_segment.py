from nodes.watches import SegmentWatch
from nodes.world import Topic
from tests.support.steps import accepts, event, faults, person, registry, says

HOT = {"all": [{"attribute": "SCORE", "op": "gte", "value": 20}]}


def test_a_segment_that_does_not_exist_is_a_fault():
    """It is named by its number, and must exist; a condition of one's own must make sense."""
    assert faults("joined_segment", {"of": "segment", "segment": 99}) == [("segment", "unknown_segment")]
    assert faults("joined_segment", {}) == [("segment", "missing")]
    assert faults("joined_segment", {"of": "condition"}) == [("condition", "missing")]
    assert faults("joined_segment", {"of": "segment", "segment": 1}) == []


def test_the_same_condition_is_looked_for_once():
    """However it was written down, and whichever automation asks; another one is another."""
    node = registry()["joined_segment"]
    again = {"all": [{"value": 20, "op": "gte", "attribute": "SCORE"}]}
    other = {"all": [{"attribute": "SCORE", "op": "gte", "value": 21}]}
    first, second, third = (node.topic({"of": "condition", "condition": each}) for each in (HOT, again, other))
    assert (first == second, first == third) == (True, False)
    assert node.topic({"segment": 1}) == Topic("segment_joined", "segment:1")


def test_who_belongs_already_can_be_told():
    """They are those that its watch has seen."""
    assert registry()["joined_segment"].members({"segment": 1}) == SegmentWatch(segment=1)


def test_its_sentence_names_what_is_joined():
    """The segment by its name, a condition in words."""
    assert says("joined_segment", {"segment": 1}).en == "Joins “VIP”"
    assert says("joined_segment", {"of": "condition", "condition": HOT}).en == "Comes to fit: SCORE is at least 20"


def test_only_contacts_of_the_filter_enter():
    """Whoever joins is let in if the filter holds, too."""
    config = {"segment": 1, "contact_filter": {"all": [{"tag": "vip", "op": "has"}]}}
    joined = event("segment_joined", watch="segment:1")
    assert accepts("joined_segment", config, joined, person(tags={"vip"}))
    assert not accepts("joined_segment", config, joined, person())
