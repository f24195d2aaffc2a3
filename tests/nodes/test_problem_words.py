from dataclasses import replace
from typing import Any

import pytest

from nodes.catalog import Attribute, Kind
from nodes.conditions import EventField, Scope, check, parse
from nodes.errors import Unchosen
from nodes.problems import Problem, not_a_condition
from nodes.registry import registry
from nodes.triggering import MESSAGE_KIND
from tests.support.steps import CATALOG


def told(written: object, scope: Scope = "contact", *fields: EventField) -> Problem:
    """The one problem of a condition."""
    (problem,) = check(parse(written), CATALOG, scope, fields)
    return problem


@pytest.mark.parametrize(
    ("leaf", "name", "remedy"),
    [
        ({"attribute": "SCORE", "op": "gte"}, "SCORE", "Enter a number."),
        ({"attribute": "PLAN", "op": "eq"}, "PLAN", "Choose one of: free, pro."),
        ({"attribute": "NEWSLETTER", "op": "eq"}, "NEWSLETTER", "Choose one of: yes, no."),
        ({"field": "created_at", "op": "before"}, "day of creation", "Enter a date, such as 2027-05-15."),
        ({"owner": True, "op": "eq"}, "owner", "Choose a user."),
        ({"deals": {}, "op": "gte"}, "number of deals", "Enter a number."),
    ],
)
def test_a_value_that_is_not_given_yet_is_asked_for(leaf: dict[str, Any], name: str, remedy: str):
    """The words name what is compared as people call it, and ask for a value as its control offers it."""
    problem = told(leaf)
    assert problem.message.en == f"There is no value to compare with {name} yet."
    assert problem.remedy.en == remedy


@pytest.mark.parametrize(
    ("leaf", "message", "remedy"),
    [
        (
            {"event": "message_kind", "op": "eq"},
            "There is no value to compare with kind of message yet.",
            "Choose one of: campaign, automation, transactional.",
        ),
        (
            {"event": "message_kind", "op": "eq", "value": "fax"},
            "“fax” is not one of the choices of “kind of message”.",
            "Choose one of its options.",
        ),
        ({"event": "colour", "op": "empty"}, "This event has no property “colour”.", "Choose one of: kind of message."),
    ],
)
def test_a_property_of_an_event_is_told_by_its_label(leaf: dict[str, Any], message: str, remedy: str):
    """Neither the key of a property nor those of its choices are shown to people."""
    problem = told(leaf, "event", MESSAGE_KIND)
    assert (problem.message.en, problem.remedy.en) == (message, remedy)


def test_a_long_list_of_choices_is_left_to_the_control():
    """A remedy names a few choices; beyond that it only says to choose."""
    options = tuple(map(str, range(20)))
    catalog = replace(CATALOG, attributes={"SIZE": Attribute("SIZE", Kind.CATEGORY, options)})
    (problem,) = check(parse({"attribute": "SIZE", "op": "eq"}), catalog)
    assert problem.remedy.en == "Choose a value."


def test_an_operator_that_does_not_fit_is_told_without_its_key():
    """Who reads it sees comparisons in words, not their keys."""
    problem = told({"attribute": "SCORE", "op": "contains", "value": "2"})
    assert (problem.message.en, problem.remedy.en) == (
        "This comparison does not fit SCORE.",
        "Choose another comparison.",
    )


@pytest.mark.parametrize(
    ("leaf", "at", "asked"),
    [
        ({"list": None, "op": "in"}, "list", ("Choose a list.", "Choisissez une liste.", "Выберите список.")),
        ({"tag": None, "op": "has"}, "tag", ("Choose a tag.", "Choisissez une étiquette.", "Выберите метку.")),
        ({"consent": None, "op": "given"}, "consent", ("Choose a topic.", "Choisissez un sujet.", "Выберите тему.")),
    ],
)
def test_a_comparison_that_names_nothing_yet_asks_for_it(leaf: dict[str, Any], at: str, asked: tuple[str, str, str]):
    """What the editor writes before a list, tag or topic was chosen is not complete, in words of every language."""
    with pytest.raises(Unchosen) as refused:
        parse({"all": [leaf]})
    problem = not_a_condition(refused.value)
    assert (problem.field, problem.code, problem.remedy) == (f"all[0].{at}", "missing", asked)


@pytest.mark.parametrize(
    ("key", "config", "words"),
    [
        ("add_to_list", {}, "“List” is missing. Make a choice."),
        ("add_to_list", {"list": "x"}, "“List” must be a list. Choose a list."),
        ("add_points", {}, "“Points” is missing. Fill it in."),
        (
            "add_points",
            {"points": 1, "attribute": "FIRSTNAME"},
            "“Score kept in” must be an attribute of type “number”. Choose an attribute of type “number”.",
        ),
        ("assign_owner", {}, "“Rep” is missing. Make a choice."),
        ("assign_owner", {"how": "round_robin"}, "“Reps” is missing. Make a choice."),
        (
            "send_alert",
            {"to": "fax", "title": "x"},
            "“To” must be one of: The contact’s owner, These users, Everyone with a role.",
        ),
    ],
)
def test_a_field_is_told_by_its_title_and_asked_for_as_it_is_filled_in(key: str, config: dict[str, Any], words: str):
    """What is chosen is asked to be chosen, what is written to be written; choices are named in words, not by keys."""
    problem, *_ = registry()[key].schema().check(config, CATALOG)
    assert f"{problem.message.en} {problem.remedy.en}".startswith(words)
