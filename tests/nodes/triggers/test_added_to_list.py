from nodes.world import Topic
from tests.support.steps import accepts, event, faults, person, registry, says


def test_it_listens_to_its_own_list():
    """Its topic is the addition to that list and to no other."""
    assert registry()["added_to_list"].topic({"list": 2}) == Topic("list_added", "2")


def test_a_list_that_does_not_exist_is_a_fault():
    """The list must exist; it is named by its number."""
    assert faults("added_to_list", {"list": 99}) == [("list", "unknown_list")]
    assert faults("added_to_list", {"list": "1"}) == [("list", "invalid")]
    assert faults("added_to_list", {}) == [("list", "missing")]


def test_only_contacts_of_the_filter_enter():
    """Members of another list, too, can be asked for."""
    config = {"list": 1, "contact_filter": {"all": [{"list": 2, "op": "in"}]}}
    assert accepts("added_to_list", config, event("list_added", list=1), person(lists={1, 2}))
    assert not accepts("added_to_list", config, event("list_added", list=1), person(lists={1}))


def test_its_sentence_names_the_list():
    """The list's name is read out."""
    assert says("added_to_list", {"list": 1}).en == "Added to list “Newsletter”"
