import pytest

from nodes.effects import AddTag
from nodes.registry import registry
from tests.support.steps import effects, faults, person, says, walk


@pytest.mark.row("E34")
def test_the_tag_is_added_and_others_stay():
    """The contact bears the tag besides those it had."""
    contact = person(1, tags={"vip"})
    assert effects(walk("add_tag", {"tag": " hot lead "}, contact)) == [AddTag(1, "hot lead")]
    assert contact.tags == {"vip", "hot lead"}


@pytest.mark.parametrize("tag", ["", " ", "a\nb", 5, ["hot"]])
def test_a_tag_is_one_line_of_text(tag: object):
    """Anything else is a fault."""
    assert [field for field, _ in faults("add_tag", {"tag": tag})] == ["tag"]


def test_its_sentence_names_the_tag():
    """The tag is read out."""
    assert says("add_tag", {"tag": "hot"}).en == "Add the tag “hot”"


def test_it_knows_what_there_was():
    """What was there already is no news, so the contact's tags are loaded whatever else the automation reads."""
    node = registry()["add_tag"]
    assert node.reads(node.example).tags
