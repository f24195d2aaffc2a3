from nodes.effects import AddToList
from nodes.registry import registry
from tests.support.steps import CATALOG, effects, faults, person, reasons, says, walk, without


def test_the_contact_becomes_a_member():
    """The contact is a member from now on, and stays one of its other lists."""
    contact = person(1, lists={2})
    assert effects(walk("add_to_list", {"list": 1}, contact)) == [AddToList(1, 1)]
    assert contact.lists == {1, 2}


def test_a_list_that_is_gone_fails_with_its_number():
    """A list that does not exist is a fault; one deleted since fails the contact with the reason."""
    assert faults("add_to_list", {"list": 99}) == [("list", "unknown_list")]
    step = walk("add_to_list", {"list": 1}, person(1), catalog=without(CATALOG, lists={}))
    assert reasons(step) == ["There is no list 1."]


def test_joining_is_news_only_the_first_time():
    """Triggers on the list hear of a new member, and nothing of one who was there."""
    assert AddToList(1, 1).fold(person(1, lists=set())) == {"list": 1, "fact": "lists"}
    assert AddToList(1, 1).fold(person(1, lists={1})) is None


def test_its_sentence_names_the_list():
    """The list's name is read out."""
    assert says("add_to_list", {"list": 1}).en == "Add to list “Newsletter”"


def test_it_knows_what_there_was():
    """What was there already is no news, so the contact's lists are loaded whatever else the automation reads."""
    node = registry()["add_to_list"]
    assert node.reads(node.example).lists
