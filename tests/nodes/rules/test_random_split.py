from dataclasses import replace
from itertools import pairwise
from math import sqrt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nodes.conditions import explain
from nodes.fields.branches import MOST
from nodes.registry import registry
from tests.support.steps import CATALOG, event, faults, person, ports, says, walk

MANY = 2000
PEOPLE = range(1, MANY + 1)


def split(*shares: int, control: int = 0, **others: Any) -> dict[str, Any]:
    """Branches a, b, c … of these shares."""
    listed = [{"id": "abcdefghij"[at], "name": "ABCDEFGHIJ"[at], "share": share} for at, share in enumerate(shares)]
    return {"branches": listed, "control": control, **others}


def ways(config: dict[str, Any]) -> dict[int, str]:
    """Which way each contact goes; each call is a new entry of all of them."""
    gone = ports(walk("random_split", config, *map(person, PEOPLE)))
    return {number: port for port, numbers in gone.items() for number in numbers}


@st.composite
def shares_of_a_hundred(draw: st.DrawFn) -> list[int]:
    """Shares of 2 to 10 branches and a control group."""
    cuts = sorted(draw(st.lists(st.integers(0, 100), min_size=2, max_size=MOST)))
    return [high - low for low, high in pairwise([0, *cuts, 100])]


@settings(max_examples=40, deadline=None, derandomize=True)
@given(shares=shares_of_a_hundred())
def test_everybody_takes_exactly_one_branch_and_shares_are_kept(shares: list[int]):
    """Each contact goes one way; each way gets its share, within what chance allows; a share of 0 gets nobody."""
    config = split(*shares[:-1], control=shares[-1])
    assert faults("random_split", config) == []
    gone = ports(walk("random_split", config, *map(person, PEOPLE)))
    assert sorted(number for numbers in gone.values() for number in numbers) == list(PEOPLE)
    for port, share in zip([*(each["id"] for each in config["branches"]), "control"], shares, strict=True):
        expected = MANY * share / 100
        assert abs(len(gone.get(port, [])) - expected) <= 5 * sqrt(expected * (1 - share / 100))


def test_a_contact_that_comes_again_goes_the_same_way():
    """Sticky, the default: each entry of a contact ends in the same branch."""
    config = split(30, 30, 30, control=10)
    assert ways(config) == ways(config)


def test_without_that_each_entry_draws_anew():
    """Not sticky: about half of the contacts change sides between two entries."""
    config = split(50, 50, sticky=False)
    first, second = ways(config), ways(config)
    assert 0.45 < sum(first[each] != second[each] for each in PEOPLE) / MANY < 0.55


def test_the_draw_hangs_on_contact_automation_and_step_alone():
    """Another event or version changes nothing; in another automation, whoever was lucky here need not be."""
    step = walk("random_split", split(50, 50), *map(person, PEOPLE))
    here = [step.draw(run, "a", sticky=True) for run in step.runs]
    later = [step.draw(replace(run, version=2, event=event()), "a", sticky=True) for run in step.runs]
    elsewhere = [step.draw(replace(run, automation=6), "a", sticky=True) for run in step.runs]
    assert here == later
    assert 0.45 < sum((one < 0.5) != (two < 0.5) for one, two in zip(here, elsewhere, strict=True)) / MANY < 0.55


@pytest.mark.parametrize(
    ("before", "after", "moved_to"),
    [
        (split(20, 40, 40), split(50, 25, 25), {"a"}),
        (split(50, 50), split(40, 40, 20), {"c"}),
        (split(50, 50), split(45, 45, control=10), {"control"}),
    ],
)
def test_a_share_that_grows_moves_nobody_between_the_others(
    before: dict[str, Any], after: dict[str, Any], moved_to: set[str]
):
    """A changed share moves only as many contacts as it must, and only to the branch it belongs to."""
    first, second = ways(before), ways(after)
    assert {second[each] for each in PEOPLE if first[each] != second[each]} == moved_to


def test_the_order_of_branches_moves_nobody():
    """Branches can be put in another order, and renamed, without a contact changing sides."""
    config = split(20, 30, 50)
    turned = [{**each, "name": f"Variant {each['id']}"} for each in reversed(config["branches"])]
    assert ways(config) == ways({**config, "branches": turned})


def test_there_is_a_way_for_the_control_group_only_if_it_has_a_share():
    """A share of none, or 0, is no way out."""
    node = registry()["random_split"]
    assert list(node.ports_of(split(50, 50))) == list(node.ports_of({})) == ["a", "b"]
    assert [(port, label.en) for port, label in node.ports_of(split(45, 45, control=10)).items()][-1] == (
        "control",
        "Control group",
    )


@pytest.mark.parametrize(
    ("config", "fault"),
    [
        (split(50, 51), ("branches", "shares_total")),
        (split(50, 50, control=1), ("branches", "shares_total")),
        (split(50, -50, 100), ("branches[1].share", "invalid")),
        ({"branches": [{"id": "a", "name": "A", "share": 99.5}, {"id": "b", "name": "B", "share": 0.5}]}, None),
        ({"branches": [{"id": "a", "name": "A", "share": 100}, {"id": "b", "name": "B"}]}, None),
    ],
)
def test_shares_are_whole_and_make_a_hundred(config: dict[str, Any], fault: tuple[str, str] | None):
    """Together with the control group's; what is wrong is said at the branch, else at the list."""
    found = faults("random_split", config)
    assert found == [fault] if fault else found


def test_the_path_says_that_chance_decided():
    """The share drawn stands in the path, and can be said."""
    step = walk("random_split", split(0, 100), person(1))
    (value,) = step.runs[0].path[0].values
    assert (step.runs[0].path[0].port, explain(value, CATALOG).en) == ("b", "drawn with a share of 100%")


def test_its_sentence_names_the_shares():
    """All shares are read out, those of the control group last."""
    assert says("random_split", split(30, 60, control=10)).en == "30% A, 60% B, 10% Control group"
    assert says("random_split", {}).en == "50% A, 50% B"
