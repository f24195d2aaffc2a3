import pytest

from nodes.effects import RemoveTag
from nodes.registry import registry
from tests.support.steps import effects, faults, person, says, walk


def test_the_tag_is_taken_off_and_others_stay():
    """The contact loses that tag and keeps the others."""
    contact = person(1, tags={"vip", "hot lead"})
    assert effects(walk("remove_tag", {"tag": " hot lead "}, contact)) == [RemoveTag(1, "hot lead")]
    assert contact.tags == {"vip"}


@pytest.mark.parametrize("tag", ["", " ", "a\nb", 5, ["hot"]])
def test_a_tag_is_one_line_of_text(tag: object):
    """Anything else is a fault."""
    assert [field for field, _ in faults("remove_tag", {"tag": tag})] == ["tag"]


def test_its_sentence_names_the_tag():
    """The tag is read out."""
    assert says("remove_tag", {"tag": "hot"}).en == "Remove the tag “hot”"


def test_it_knows_what_there_was():
    """What was there already is no news, so the contact's tags are loaded whatever else the automation reads."""
    node = registry()["remove_tag"]
    assert node.reads(node.example).tags
