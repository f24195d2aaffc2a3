from collections.abc import Sequence
from typing import Any

import pytest

from nodes.contract import Step
from nodes.effects import AssignOwner, Notify
from tests.support.steps import ADMIN, GONE, REP, ZOE, effects, faults, person, ports, reasons, registry, says, walk


def dealing(start: int = 0) -> Any:
    """A rotation that has dealt `start` tickets so far."""

    def tickets(rotation: str, count: int) -> Sequence[int]:
        assert rotation == "5:here"
        return range(start, start + count)

    return tickets


def owners(step: Step) -> list[str]:
    """Whom the contacts were assigned to."""
    return [effect.owner for effect in effects(step) if isinstance(effect, AssignOwner)]


@pytest.mark.row("C15")
def test_the_named_rep_gets_the_contact():
    """The contact belongs to the named rep from now on, whoever it belonged to before."""
    people = [person(1), person(2, owner=ADMIN)]
    step = walk("assign_owner", {"how": "named", "reps": [REP]}, *people)
    assert owners(step) == [REP, REP]
    assert [each.owner for each in people] == [REP, REP]


def test_the_rep_is_told():
    """Whoever gets a contact sees a notification in the app, unless the author does not want it."""
    config = {"how": "named", "reps": [REP]}
    told = [each for each in effects(walk("assign_owner", config, person(1))) if isinstance(each, Notify)]
    assert [(each.users, each.by_mail) for each in told] == [((REP,), False)]
    quiet = walk("assign_owner", {**config, "tell": False}, person(1))
    assert effects(quiet) == [AssignOwner(1, REP)]


@pytest.mark.row("C22")
def test_a_contact_is_handed_over_once():
    """Who already belongs to one of the reps stays there and takes the other way, so that nobody is told twice."""
    step = walk(
        "assign_owner", {"how": "round_robin", "reps": [REP, ZOE]}, person(1, owner=ZOE), person(2), tickets=dealing()
    )
    assert ports(step) == {"kept": [1], "next": [2]}
    assert owners(step) == [REP]


@pytest.mark.parametrize(("keep", "kept"), [("chosen", [1]), ("anyone", [1, 2]), ("nobody", [])])
def test_the_author_says_whose_contacts_stay(keep: str, kept: list[int]):
    """Contacts stay with one of these reps, with any owner at all, or with nobody."""
    config = {"how": "named", "reps": [REP], "keep": keep}
    step = walk("assign_owner", config, person(1, owner=REP), person(2, owner=ADMIN), person(3))
    assert ports(step).get("kept", []) == kept


def test_in_turn_means_each_as_often():
    """The rotation goes on where it was, over batches."""
    config = {"how": "round_robin", "reps": [REP, ZOE]}
    step = walk("assign_owner", config, *(person(number) for number in range(1, 6)), tickets=dealing(7))
    assert owners(step) == [ZOE, REP, ZOE, REP, ZOE]


def test_the_least_loaded_counts_those_just_assigned():
    """Each contact goes to whoever has fewest by then, the first named among equals."""
    config = {"how": "least_loaded", "reps": [REP, ZOE]}
    people = [person(number) for number in range(1, 6)]
    step = walk("assign_owner", config, *people, load=lambda users: dict(zip(users, (4, 2), strict=True)))
    assert owners(step) == [ZOE, ZOE, REP, ZOE, REP]


def test_reps_who_left_are_passed_over():
    """Nobody gets contacts after leaving; when none of the reps is left, the contact fails with the reason."""
    in_turn = {"how": "round_robin", "reps": [GONE, REP]}
    assert owners(walk("assign_owner", in_turn, person(1), tickets=dealing())) == [REP]
    step = walk("assign_owner", {"how": "named", "reps": [GONE]}, person(1))
    assert reasons(step) == ["None of these reps works here any more: gone@example.com."]


@pytest.mark.parametrize(
    ("config", "found"),
    [
        ({"how": "named"}, [("reps", "missing")]),
        ({"how": "named", "reps": []}, [("reps", "invalid")]),
        ({"how": "named", "reps": [REP, ZOE]}, [("reps", "one_rep")]),
        (
            {"how": "round_robin", "reps": [REP, GONE, "x@y.z"]},
            [("reps[1]", "unknown_user"), ("reps[2]", "unknown_user")],
        ),
        ({"how": "lottery", "reps": [REP]}, [("how", "invalid")]),
    ],
)
def test_reps_must_exist_and_fit(config: dict[str, Any], found: list[tuple[str, str]]):
    """Each rep must be an active user, and the named one a single one."""
    assert faults("assign_owner", config) == found


def test_it_reads_the_owner():
    """The present owner is loaded beforehand."""
    assert registry()["assign_owner"].reads({"reps": [REP]}).owner


def test_its_sentence_names_the_reps():
    """Reps are named, not their addresses."""
    assert says("assign_owner", {"how": "round_robin", "reps": [REP, ZOE]}).en == "Assign in turn: Rep One, Zoé"


def test_a_single_rep_is_asked_for_where_one_is_meant():
    """The form is told by which way of choosing the field takes one, and what it is called then."""
    drawn = registry()["assign_owner"].schema().ui_schema("en")["reps"]["ui:options"]
    assert drawn["one"] == {"title": "Rep", "when": {"how": ["named"]}}
