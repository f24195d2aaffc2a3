from datetime import date
from typing import Any

import pytest

from nodes.conditions import Not, check, compile_condition, contradicts, describe, dump, explain, parse, reads
from nodes.errors import ConditionError
from nodes.world import EventCount, Reads
from tests.support.steps import CATALOG, NOW, REP, deal, person

CONTACT = person(
    1,
    SCORE=20.0,
    COUNTRY="France",
    BIRTHDAY=date(2026, 11, 20),
    NEWSLETTER=False,
    PLAN="pro",
    INTERESTS=("books",),
    owner=REP,
    lists={1},
    tags={"vip"},
    deals=[deal(1), deal(2, status="won"), deal(3, pipeline=8, stage=3)],
    company={"name": "Äcme", "size": 50.0},
    event_counts={EventCount("email_opened", 30.0): 3},
    fields={"created_at": NOW, "time_zone": None},
)


def holds(written: object) -> bool:
    return compile_condition(parse(written), CATALOG)(CONTACT, None, NOW)[0]


@pytest.mark.parametrize(
    ("leaf", "true"),
    [
        ({"attribute": "COUNTRY", "op": "eq", "value": "FRANCE"}, True),
        ({"attribute": "COUNTRY", "op": "contains", "value": "ranc"}, True),
        ({"attribute": "COUNTRY", "op": "starts_with", "value": "fra"}, True),
        ({"attribute": "COUNTRY", "op": "ends_with", "value": "fra"}, False),
        ({"attribute": "FIRSTNAME", "op": "eq", "value": "x"}, False),
        ({"attribute": "FIRSTNAME", "op": "neq", "value": "x"}, True),
        ({"attribute": "FIRSTNAME", "op": "not_contains", "value": "x"}, True),
        ({"attribute": "FIRSTNAME", "op": "empty"}, True),
        ({"attribute": "SCORE", "op": "between", "value": [20, 30]}, True),
        ({"attribute": "SCORE", "op": "lt", "value": 20}, False),
        ({"attribute": "BIRTHDAY", "op": "in_last", "value": 2}, True),
        ({"attribute": "BIRTHDAY", "op": "in_last", "value": 1}, False),
        ({"attribute": "BIRTHDAY", "op": "in_next", "value": 30}, False),
        ({"attribute": "BIRTHDAY", "op": "after", "value": "2026-11-19"}, True),
        ({"attribute": "NEWSLETTER", "op": "eq", "value": False}, True),
        ({"attribute": "PLAN", "op": "any_of", "value": ["free", "pro"]}, True),
        ({"attribute": "PLAN", "op": "none_of", "value": ["free"]}, True),
        ({"attribute": "INTERESTS", "op": "all_of", "value": ["books", "bikes"]}, False),
        ({"attribute": "INTERESTS", "op": "any_of", "value": ["books", "bikes"]}, True),
        ({"field": "email", "op": "eq", "value": "P1@EXAMPLE.COM"}, True),
        ({"field": "created_at", "op": "eq", "value": "2026-11-22"}, True),
        ({"field": "time_zone", "op": "empty"}, True),
        ({"list": 2, "op": "not_in"}, True),
        ({"tag": "vip", "op": "has"}, True),
        ({"owner": True, "op": "eq", "value": REP}, True),
        ({"company": "size", "op": "gte", "value": 50}, True),
        ({"company": "country", "op": "empty"}, True),
        ({"deals": {}, "op": "eq", "value": 3}, True),
        ({"deals": {"status": "open", "pipeline": 7, "stage": 1}, "op": "eq", "value": 1}, True),
        ({"events": "email_opened", "within": {"amount": 30, "unit": "days"}, "op": "gte", "value": 3}, True),
        ({"events": "email_opened", "op": "gte", "value": 1}, False),
    ],
)
def test_a_comparison_and_its_negation(leaf: dict[str, Any], true: bool):
    """Each comparison holds or does not, and "not" is the exact opposite."""
    assert holds(leaf) is true
    assert holds({"not": leaf}) is not true


@pytest.mark.parametrize(
    ("written", "path"),
    [
        (None, ""),
        ([], ""),
        ({"all": {}}, "all"),
        ({"all": [], "any": []}, "any"),
        ({"any": [{"all": [5]}]}, "any[0].all[0]"),
        ({"not": {"op": "eq"}}, "not"),
        ({"attribute": "A", "list": 1, "op": "eq"}, ""),
        ({"attribute": "A", "op": "like"}, "op"),
        ({"attribute": "A", "op": "eq", "value": {}}, "value"),
        ({"attribute": "A", "op": "eq", "value": [1, [2]]}, "value[1]"),
        ({"attribute": "A", "op": "eq", "value": "\x00"}, "value"),
        ({"attribute": "A", "op": "eq", "value": "\ud800"}, "value"),
        ({"attribute": "A", "op": "eq", "value": float("nan")}, "value"),
        ({"attribute": "A", "op": "eq", "value": 10**400}, "value"),
        ({"attribute": "A", "op": "eq", "valu": 1}, "valu"),
        ({"field": "password", "op": "empty"}, "field"),
        ({"list": "1", "op": "in"}, "list"),
        ({"list": True, "op": "in"}, "list"),
        ({"owner": False, "op": "empty"}, "owner"),
        ({"deals": {"statu": "open"}, "op": "gte"}, "deals.statu"),
        ({"deals": {"status": "frozen"}, "op": "gte"}, "deals.status"),
        ({"events": "x", "within": {"amount": 0, "unit": "days"}, "op": "gte"}, "within.amount"),
        ({"events": "x", "within": {"amount": 999, "unit": "months"}, "op": "gte"}, "within.amount"),
        ({"events": "x", "where": {"a": []}, "op": "gte"}, "where.a"),
    ],
)
def test_what_is_no_condition_names_its_place(written: Any, path: str):
    """Whatever is not in the language is refused with the path to it."""
    with pytest.raises(ConditionError) as refused:
        parse(written)
    assert refused.value.path == path


def test_bottomless_conditions_are_refused():
    """Nesting and length have bounds."""
    deep: dict[str, Any] = {"all": []}
    for _ in range(5000):
        deep = {"not": deep}
    with pytest.raises(ConditionError):
        parse(deep)
    with pytest.raises(ConditionError):
        parse({"any": [{"all": []}] * 101})


@pytest.mark.parametrize(
    ("leaf", "found"),
    [
        ({"attribute": "GONE", "op": "eq", "value": 1}, [("attribute", "unknown_attribute")]),
        ({"attribute": "SCORE", "op": "contains", "value": "2"}, [("op", "wrong_operator")]),
        ({"attribute": "SCORE", "op": "gte", "value": "20"}, [("value", "wrong_value")]),
        ({"attribute": "SCORE", "op": "gte"}, [("value", "missing")]),
        ({"attribute": "PLAN", "op": "any_of", "value": []}, [("value", "missing")]),
        ({"attribute": "SCORE", "op": "between", "value": [2, None]}, [("value", "missing")]),
        ({"attribute": "SCORE", "op": "empty", "value": 1}, [("value", "wrong_value")]),
        ({"attribute": "SCORE", "op": "between", "value": [2, 1]}, [("value", "wrong_value")]),
        ({"attribute": "BIRTHDAY", "op": "eq", "value": "2018-W20-2"}, [("value", "wrong_value")]),
        ({"attribute": "BIRTHDAY", "op": "in_last", "value": -1}, [("value", "wrong_value")]),
        ({"attribute": "NEWSLETTER", "op": "eq", "value": 1}, [("value", "wrong_value")]),
        ({"attribute": "PLAN", "op": "any_of", "value": ["pro", "gold"]}, [("value", "unknown_option")]),
        ({"list": 99, "op": "in"}, [("list", "unknown_list")]),
        ({"owner": True, "op": "eq", "value": "x@y.z"}, [("value", "unknown_user")]),
        ({"deals": {"pipeline": 9}, "op": "gte", "value": 1}, [("deals.pipeline", "unknown_pipeline")]),
        ({"deals": {"pipeline": 7, "stage": 3}, "op": "gte", "value": 1}, [("deals.stage", "unknown_stage")]),
        ({"event": "link", "op": "eq", "value": "x"}, [("event", "event_not_here")]),
    ],
)
def test_what_does_not_fit_the_workspace_is_named(leaf: dict[str, Any], found: list[tuple[str, str]]):
    """References, operators and values are checked against what exists, in one pass."""
    problems = check(parse({"all": [{"all": []}, leaf]}), CATALOG)
    assert [(problem.field, problem.code) for problem in problems] == [(f"all[1].{at}", code) for at, code in found]


def test_all_that_is_read_is_known_beforehand():
    """A condition tells the facts to load, once each."""
    asked = [
        {"attribute": "SCORE", "op": "gte", "value": 1},
        {"not": {"list": 1, "op": "in"}},
        {
            "events": "email_opened",
            "within": {"amount": 2, "unit": "hours"},
            "where": {"b": 1, "a": 2},
            "op": "eq",
            "value": 0,
        },
    ]
    counts = frozenset({EventCount("email_opened", 2 / 24, (("a", 2), ("b", 1)))})
    assert reads(parse({"any": asked})) == Reads(attributes=frozenset({"SCORE"}), lists=True, event_counts=counts)


@pytest.mark.parametrize(
    ("parts", "never"),
    [
        ([("COUNTRY", "eq", "France"), ("COUNTRY", "eq", "Spain")], True),
        ([("COUNTRY", "eq", "France"), ("COUNTRY", "eq", "FRANCE")], False),
        ([("COUNTRY", "eq", "France"), ("COUNTRY", "empty", None)], True),
        ([("COUNTRY", "eq", "France"), ("COUNTRY", "starts_with", "Sp")], True),
        ([("COUNTRY", "contains", "ra"), ("COUNTRY", "not_contains", "ra")], True),
        ([("COUNTRY", "contains", "ra"), ("COUNTRY", "starts_with", "Sp")], False),
        ([("SCORE", "gte", 20), ("SCORE", "lt", 10)], True),
        ([("SCORE", "gt", 1), ("SCORE", "lt", 2)], False),
        ([("SCORE", "gte", 20), ("SCORE", "empty", None)], True),
        ([("BIRTHDAY", "before", "2000-01-01"), ("BIRTHDAY", "after", "2000-01-01")], True),
        ([("BIRTHDAY", "in_last", 3), ("BIRTHDAY", "before", "2000-01-01")], False),
        ([("BIRTHDAY", "not_empty", None)], False),
        ([("PLAN", "any_of", ["free", "pro"]), ("PLAN", "eq", "gold")], True),
        ([("INTERESTS", "any_of", ["bikes"]), ("INTERESTS", "none_of", ["bikes", "books"])], True),
        ([("NEWSLETTER", "eq", True), ("NEWSLETTER", "eq", False)], True),
    ],
)
def test_a_condition_that_nobody_can_meet_is_noticed(parts: list[tuple[str, str, Any]], never: bool):
    """Two demands that exclude each other under "all" are found; under "any" they are fine."""
    leaves = [{"attribute": name, "op": op} | ({} if value is None else {"value": value}) for name, op, value in parts]
    assert contradicts(parse({"all": leaves}), CATALOG) is never
    assert not contradicts(parse({"any": [*leaves, {"attribute": "PLAN", "op": "not_empty"}]}), CATALOG)


@pytest.mark.parametrize(
    ("written", "always"),
    [
        ({"any": [{"tag": "vip", "op": "has"}, {"tag": "vip", "op": "has_not"}]}, True),
        ({"events": "email_opened", "op": "gte", "value": 0}, True),
        ({"all": []}, True),
        (
            {
                "any": [
                    {"attribute": "SCORE", "op": "lt", "value": 20},
                    {"attribute": "SCORE", "op": "gte", "value": 20},
                ]
            },
            False,
        ),
        ({"not": {"all": [{"list": 1, "op": "in"}, {"not": {"list": 1, "op": "in"}}]}}, True),
    ],
)
def test_a_condition_that_everybody_meets_has_an_opposite_that_nobody_can(written: Any, always: bool):
    """An opposite is exact: who has no score is not at least at twenty."""
    assert contradicts(Not(parse(written)), CATALOG) is always


def test_a_condition_reads_as_a_phrase():
    """Conditions are said in every language, groups in brackets, names instead of numbers."""
    written = {
        "all": [
            {"attribute": "SCORE", "op": "gte", "value": 20.0},
            {"any": [{"list": 1, "op": "in"}, {"not": {"tag": "vip", "op": "has"}}]},
            {"deals": {"status": "open", "pipeline": 8}, "op": "between", "value": [1, 3]},
        ]
    }
    assert describe(parse(written), CATALOG).en == (
        "SCORE is at least 20 and (is in list “Newsletter” or not (has tag “vip”)) "
        "and number of deals (open, Partners) is between 1 and 3"
    )


@pytest.mark.parametrize(
    ("leaf", "said"),
    [
        ({"attribute": "SCORE", "op": "gte", "value": 20}, "SCORE: 20; is at least 20 → yes"),
        ({"attribute": "FIRSTNAME", "op": "eq", "value": "x"}, "FIRSTNAME: empty; is x → no"),
        ({"list": 2, "op": "in"}, "is in list “Customers” → no"),
        ({"attribute": "INTERESTS", "op": "any_of", "value": ["books"]}, "INTERESTS: books; has any of books → yes"),
    ],
)
def test_a_comparison_explains_itself(leaf: dict[str, Any], said: str):
    """What was compared, with what, and the answer, in words."""
    _, (comparison,) = compile_condition(parse(leaf), CATALOG)(CONTACT, None, NOW)
    assert explain(comparison, CATALOG).en == said


def test_writing_is_canonical():
    """Keys that say nothing are left out, so that the same condition gives the same data."""
    written = {"events": "x", "within": None, "where": {}, "op": "gte", "value": 1}
    assert dump(parse(written)) == {"events": "x", "op": "gte", "value": 1}
