from datetime import date
from typing import Any

import pytest

from nodes.effects import SetAttribute
from nodes.world import Topic
from tests.support.steps import effects, faults, person, ports, reasons, registry, says, walk

ADD_FIVE = {"attribute": "SCORE", "operation": "add", "value": 5}


@pytest.mark.row("C11")
@pytest.mark.parametrize(("score", "becomes"), [(15.0, 20.0), (None, 5.0), (-5.0, 0.0), (0.5, 5.5)])
def test_adding_counts_from_what_is_there(score: float | None, becomes: float):
    """SCORE becomes SCORE + 5; no value counts as 0."""
    contact = person(1, SCORE=score)
    step = walk("update_attribute", ADD_FIVE, contact)
    assert effects(step) == [SetAttribute(1, "SCORE", becomes)]
    assert contact.attributes["SCORE"] == becomes


@pytest.mark.row("C10")
def test_points_come_with_each_entry():
    """A contact that comes by twice gets the points twice, the second upon the first."""
    contact = person(1, SCORE=None)
    walk("update_attribute", ADD_FIVE, contact)
    assert effects(walk("update_attribute", ADD_FIVE, contact)) == [SetAttribute(1, "SCORE", 10.0)]


def test_subtracting_may_go_below_zero():
    """Nothing counts as 0 here too."""
    config = {"attribute": "SCORE", "operation": "subtract", "value": 2.5}
    assert effects(walk("update_attribute", config, person(1))) == [SetAttribute(1, "SCORE", -2.5)]


@pytest.mark.parametrize(
    ("attribute", "value", "kept"),
    [
        ("SCORE", 7, 7.0),
        ("FIRSTNAME", "Zoé", "Zoé"),
        ("BIRTHDAY", "1990-02-28", date(1990, 2, 28)),
        ("NEWSLETTER", False, False),
        ("PLAN", "pro", "pro"),
        ("INTERESTS", ["books", "bikes"], ("books", "bikes")),
    ],
)
def test_setting_keeps_the_attributes_type(attribute: str, value: object, kept: object):
    """A value is kept as its attribute keeps values."""
    config = {"attribute": attribute, "operation": "set", "value": value}
    assert effects(walk("update_attribute", config, person(1))) == [SetAttribute(1, attribute, kept)]


def test_clearing_leaves_nothing():
    """Clearing needs no value, and one left in the form does not count."""
    config = {"attribute": "SCORE", "operation": "clear", "value": "left over"}
    assert faults("update_attribute", config) == []
    assert effects(walk("update_attribute", config, person(1, SCORE=5.0))) == [SetAttribute(1, "SCORE", None)]


def test_only_the_contact_that_cannot_be_scored_fails():
    """A score that is no number, or would grow beyond all bounds, fails that contact; the others go on."""
    step = walk("update_attribute", ADD_FIVE, person(1, SCORE="many"), person(2, SCORE=1.0))
    assert reasons(step) == ["SCORE holds “many”, which is not a number."]
    assert ports(step) == {"next": [2]}
    huge = {"attribute": "SCORE", "operation": "add", "value": 9e299}
    assert reasons(walk("update_attribute", huge, person(SCORE=9e299))) == ["SCORE would grow too big."]


@pytest.mark.parametrize(
    ("config", "found"),
    [
        ({"operation": "add", "value": 5}, [("attribute", "missing")]),
        ({"attribute": "GONE", "operation": "add", "value": 5}, [("attribute", "unknown_attribute")]),
        ({"attribute": "SCORE", "operation": "add"}, [("value", "missing")]),
        ({"attribute": "SCORE", "operation": "add", "value": "5"}, [("value", "invalid")]),
        ({"attribute": "FIRSTNAME", "operation": "add", "value": "x"}, [("operation", "not_a_number")]),
        ({"attribute": "PLAN", "operation": "set", "value": "gold"}, [("value", "unknown_option")]),
        ({"attribute": "BIRTHDAY", "operation": "set", "value": "soon"}, [("value", "invalid")]),
        ({"attribute": "INTERESTS", "operation": "set", "value": ["books", "x"]}, [("value", "unknown_option")]),
        ({"attribute": "SCORE", "operation": "double", "value": 2}, [("operation", "invalid")]),
    ],
)
def test_values_that_do_not_fit_are_faults(config: dict[str, Any], found: list[tuple[str, str]]):
    """The value must fit the attribute and the operation."""
    assert faults("update_attribute", config) == found


def test_a_change_is_news_and_no_change_is_not():
    """Triggers on the attribute hear of a change with both values; setting what is already there is silent."""
    config, topic = {"attribute": "SCORE", "operation": "set", "value": 20}, Topic("attribute_changed", "SCORE")
    effect = effects(walk("update_attribute", config, person(1)))[0]
    assert effect.topics == (topic,)
    assert effect.fold(person(1, SCORE=15.0)) == {"attribute": "SCORE", "old": 15.0, "new": 20.0}
    assert effect.fold(person(1, SCORE=20.0)) is None


def test_it_reads_the_attribute_it_writes():
    """The attribute is loaded beforehand, so that adding knows what is there."""
    assert registry()["update_attribute"].reads(ADD_FIVE).attributes == {"SCORE"}


def test_its_sentence_says_what_changes():
    """Each operation reads as one would say it."""
    assert says("update_attribute", ADD_FIVE) == ("Add 5 to SCORE", "Ajouter 5 à SCORE", "Прибавить 5 к SCORE")
    assert says("update_attribute", {"attribute": "SCORE", "operation": "clear"}).en == "Clear SCORE"
