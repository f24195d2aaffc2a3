from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nodes.conditions import Comparison
from nodes.contract import Step
from nodes.fields.branches import MOST, RESERVED
from nodes.registry import registry
from tests.support.steps import CATALOG, faults, person, ports, says, walk


def score(low: float) -> dict[str, Any]:
    return {"all": [{"attribute": "SCORE", "op": "gte", "value": low}]}


def branch(name: str, **parts: Any) -> dict[str, Any]:
    return {"id": name.lower(), "name": name, **parts}


HEAT = {"branches": [branch("Hot", condition=score(20)), branch("Warm", condition=score(10))]}
COUNTRIES = {
    "by": "value",
    "attribute": "COUNTRY",
    "branches": [branch("Dach", values=["Germany", "Austria"]), branch("Iberia", values=["Spain", "Portugal"])],
}


def compared(step: Step) -> tuple[Comparison, ...]:
    (run,) = step.runs
    return run.path[0].values


def test_the_first_branch_that_holds_takes_the_contact():
    """Who fits two branches goes the upper one; who fits none goes Else."""
    people = [person(1, SCORE=25.0), person(2, SCORE=12.0), person(3, SCORE=3.0), person(4, SCORE=None)]
    assert ports(walk("multi_split", HEAT, *people)) == {"hot": [1], "warm": [2], "else": [3, 4]}


def test_by_value_a_branch_takes_those_who_have_one_of_its_values():
    """Case does not matter; nothing, and any other value, goes Else."""
    people = [person(1, COUNTRY="austria"), person(2, COUNTRY="Spain"), person(3, COUNTRY="Italy"), person(4)]
    assert ports(walk("multi_split", COUNTRIES, *people)) == {"dach": [1], "iberia": [2], "else": [3, 4]}


@pytest.mark.parametrize(
    ("attribute", "first", "second", "held"),
    [
        ("SCORE", [1, 2], [3], 3.0),
        ("NEWSLETTER", [True], [False], False),
        ("PLAN", ["free"], ["pro"], "pro"),
        ("INTERESTS", ["bikes"], ["books"], ("books",)),
    ],
)
def test_every_kind_of_attribute_can_part_contacts(attribute: str, first: object, second: object, held: object):
    """Numbers, yes and no, choices and multiple choices; of several choices, the upper branch that has one wins."""
    listed = [branch("A", values=first), branch("B", values=second)]
    config = {"by": "value", "attribute": attribute, "branches": listed}
    assert faults("multi_split", config) == []
    assert ports(walk("multi_split", config, person(1, **{attribute: held}))) == {"b": [1]}


def test_the_path_keeps_what_was_compared():
    """Each branch asked stands in the path, up to the one that held."""
    assert compared(walk("multi_split", HEAT, person(SCORE=12.0))) == (
        Comparison("SCORE", 12.0, "gte", 20, holds=False),
        Comparison("SCORE", 12.0, "gte", 10, holds=True),
    )
    assert compared(walk("multi_split", COUNTRIES, person(COUNTRY="Austria"))) == (
        Comparison("COUNTRY", "Austria", "any_of", ("Germany", "Austria"), holds=True),
    )


def test_its_ways_out_are_its_branches_and_else():
    """They follow the list: its order, its names; the port is the id, which stays when a branch is renamed."""
    split = registry()["multi_split"]
    assert [(port, label.en) for port, label in split.ports_of(HEAT).items()] == [
        ("hot", "Hot"),
        ("warm", "Warm"),
        ("else", "Else"),
    ]
    assert list(split.ports_of({})) == ["a", "b", "else"]


def test_each_branch_must_be_filled_in():
    """A new step lacks its conditions; each fault stands at its branch."""
    assert faults("multi_split", {}) == [("branches[0].condition", "missing"), ("branches[1].condition", "missing")]
    unnamed = {"branches": [branch("Hot", condition=score(20)), {"id": "b", "name": " ", "condition": {"al": []}}]}
    assert faults("multi_split", unnamed) == [
        ("branches[1].name", "invalid"),
        ("branches[1].condition", "invalid_condition"),
    ]
    gone = {"branches": [{**branch("Hot"), "condition": {"attribute": "GONE", "op": "empty"}}, HEAT["branches"][1]]}
    assert faults("multi_split", gone) == [("branches[0].condition.attribute", "unknown_attribute")]


def test_two_branches_of_one_name_are_told_apart_by_nobody():
    """Names differ by more than case."""
    twins = [branch("Hot", condition=score(20)), {**branch("hot", condition=score(1)), "id": "h"}]
    found = [(f"branches[{index}].name", "same_name") for index in (0, 1)]
    assert faults("multi_split", {"branches": twins}) == found


@pytest.mark.parametrize("id_", [*sorted(RESERVED), "", "A b", "1st", "x" * 33, "hot", None, 5])
def test_ids_are_ports_of_their_own(id_: object):
    """An id is a short word, unlike the others and unlike what ports and paths use already."""
    listed = [branch("Hot", condition=score(20)), {"id": id_, "name": "Other", "condition": score(1)}]
    assert faults("multi_split", {"branches": listed}) == [("branches", "invalid")]


def test_there_are_two_to_ten_branches():
    """One branch is no split, eleven are too many."""
    many = [branch(f"B{number}", condition=score(number)) for number in range(MOST + 1)]
    assert faults("multi_split", {"branches": many[:1]}) == [("branches", "invalid")]
    assert faults("multi_split", {"branches": many[:MOST]}) == []
    assert faults("multi_split", {"branches": many}) == [("branches", "invalid")]


def test_values_must_fit_their_attribute():
    """Values are of the attribute's kind, and choices it has; dates part nobody."""

    def of(attribute: str, *values: object) -> list[tuple[str, str]]:
        listed = [branch("A", values=list(values)), branch("B", values=["x"])]
        return [
            fault
            for fault in faults("multi_split", {"by": "value", "attribute": attribute, "branches": listed})
            if "[1]" not in fault[0]
        ]

    assert of("COUNTRY", "France") == []
    odd = [of("COUNTRY"), of("COUNTRY", 5), of("COUNTRY", ""), of("COUNTRY", ["x"]), of("COUNTRY", *["x"] * 101)]
    assert odd == [[("branches[0].values", "invalid")]] * 5
    assert of("PLAN", "gold") == [("branches[0].values", "unknown_option")]
    assert ("attribute", "invalid") in of("BIRTHDAY", "2000-01-01")
    assert of("GONE", "x") == [("attribute", "unknown_attribute")]


def test_what_the_other_way_of_parting_left_behind_does_not_count():
    """Conditions left in branches that part by value are neither checked, nor read, nor asked."""
    left = [{**each, "condition": {"attribute": "GONE", "op": "empty"}} for each in COUNTRIES["branches"]]
    split = registry()["multi_split"]
    config = {**COUNTRIES, "branches": left}
    assert faults("multi_split", config) == []
    assert split.reads(split.schema().visible(config)).attributes == {"COUNTRY"}
    assert ports(walk("multi_split", config, person(1, COUNTRY="Spain"))) == {"iberia": [1]}


def test_its_sentence_names_the_branches():
    """Each branch is read out with what it asks."""
    assert says("multi_split", HEAT).en == "Hot if SCORE is at least 20; Warm if SCORE is at least 10"
    assert says("multi_split", COUNTRIES).en == "By COUNTRY: Dach (Germany, Austria); Iberia (Spain, Portugal)"


@given(
    lows=st.lists(st.integers(-5, 30), min_size=2, max_size=MOST),
    scores=st.lists(st.none() | st.floats(-10, 40), max_size=20),
)
def test_everybody_takes_exactly_the_first_branch_that_fits(lows: list[int], scores: list[float | None]):
    """Whatever the branches and the contacts, each goes one way, and it is the one a reader would point at."""
    config = {"branches": [branch(f"B{index}", condition=score(low)) for index, low in enumerate(lows)]}
    assert registry()["multi_split"].schema().check(config, CATALOG) == []
    people = [person(number, SCORE=value) for number, value in enumerate(scores, 1)]
    expected: dict[str, list[int]] = {}
    for number, value in enumerate(scores, 1):
        fitting = [f"b{index}" for index, low in enumerate(lows) if value is not None and value >= low]
        expected.setdefault((fitting or ["else"])[0], []).append(number)
    assert ports(walk("multi_split", config, *people)) == expected
