import pytest

from nodes.conditions import Comparison
from tests.support.steps import faults, person, ports, says, walk

HOT = {"condition": {"all": [{"attribute": "SCORE", "op": "gte", "value": 20}]}}


@pytest.mark.row("C13")
def test_twenty_takes_yes_and_nineteen_takes_no():
    """At least 20 goes Yes; less, or nothing, goes No."""
    people = [person(1, SCORE=20.0), person(2, SCORE=19.0), person(3, SCORE=20.5), person(4, SCORE=None)]
    assert ports(walk("conditional_split", HOT, *people)) == {"yes": [1, 3], "no": [2, 4]}


@pytest.mark.row("C16")
def test_an_empty_branch_is_no_fault():
    """Both ways out are there whether something follows or not."""
    assert faults("conditional_split", HOT) == []
    assert ports(walk("conditional_split", HOT, person(1, SCORE=1.0))) == {"no": [1]}


def test_the_path_keeps_what_was_compared():
    """The value found, the one asked for and the answer stand in the contact's path."""
    step = walk("conditional_split", HOT, person(SCORE=19.0))
    (run,) = step.runs
    assert run.path[0].port == "no"
    assert run.path[0].values == (Comparison("SCORE", 19.0, "gte", 20, holds=False),)


def test_the_deciding_part_ends_the_comparing():
    """Of "all", the first that fails is the reason; of "any", the first that holds."""
    asked = [{"attribute": "SCORE", "op": "gte", "value": 20}, {"attribute": "COUNTRY", "op": "eq", "value": "France"}]
    failed = walk("conditional_split", {"condition": {"all": asked}}, person(SCORE=1.0, COUNTRY="France"))
    held = walk("conditional_split", {"condition": {"any": asked}}, person(SCORE=1.0, COUNTRY="France"))
    assert [value.subject for value in failed.runs[0].path[0].values] == ["SCORE"]
    assert [value.subject for value in held.runs[0].path[0].values] == ["SCORE", "COUNTRY"]


def test_a_condition_is_needed_and_must_fit():
    """Without a condition, or with one about what is not there, the step is at fault."""
    assert faults("conditional_split", {}) == [("condition", "missing")]
    gone = {"condition": {"any": [{"not": {"attribute": "GONE", "op": "eq", "value": 1}}]}}
    assert faults("conditional_split", gone) == [("condition.any[0].not.attribute", "unknown_attribute")]
    assert faults("conditional_split", {"condition": {"al": []}}) == [("condition", "invalid_condition")]


def test_its_sentence_is_the_question():
    """The condition is read out as a question."""
    assert says("conditional_split", HOT).en == "SCORE is at least 20?"
