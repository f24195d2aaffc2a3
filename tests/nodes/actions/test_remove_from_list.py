from nodes.effects import RemoveFromList
from nodes.registry import registry
from tests.support.steps import CATALOG, effects, faults, person, reasons, says, walk, without


def test_the_contact_is_no_member_any_more():
    """The contact is taken off the list, and stays a member of its others."""
    contact = person(1, lists={1, 2})
    assert effects(walk("remove_from_list", {"list": 1}, contact)) == [RemoveFromList(1, 1)]
    assert contact.lists == {2}


def test_a_list_that_is_gone_fails_with_its_number():
    """A list that does not exist is a fault; one deleted since fails the contact with the reason."""
    assert faults("remove_from_list", {"list": 99}) == [("list", "unknown_list")]
    step = walk("remove_from_list", {"list": 1}, person(1), catalog=without(CATALOG, lists={}))
    assert reasons(step) == ["There is no list 1."]


def test_its_sentence_names_the_list():
    """The list's name is read out."""
    assert says("remove_from_list", {"list": 1}).en == "Remove from list “Newsletter”"


def test_it_knows_what_there_was():
    """What was there already is no news, so the contact's lists are loaded whatever else the automation reads."""
    node = registry()["remove_from_list"]
    assert node.reads(node.example).lists
