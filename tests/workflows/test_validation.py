from typing import Any

import pytest
from hypothesis import given

from nodes.registry import registry
from nodes.texts import Text, same
from tests.support.documents import SCORING, documents
from tests.support.steps import CATALOG
from workflows.document import load
from workflows.problems import Problem
from workflows.sentence import sentence, summaries
from workflows.validation import validate

TRIGGER = {"id": "start", "type": "email_opened", "config": {}}
POINTS = {"id": "points", "type": "add_points", "config": {"points": 5}}
SPLIT = {"id": "split", "type": "conditional_split", "config": SCORING["nodes"][3]["config"]}

MANY = {"id": "many", "type": "multi_split", "config": registry()["multi_split"].example}


def problems(*steps: dict[str, Any], ways: str = "", **settings: Any) -> list[Problem]:
    """Everything wrong with these steps, joined by `ways`: "start.next>points split.yes>points"."""
    split = [(*way.split(">")[0].split("."), way.split(">")[1]) for way in ways.split()]
    edges = [{"from": start, "port": port, "to": end} for start, port, end in split]
    whole = {"format": "cadenza.automation/1", "name": "x", "nodes": steps, "edges": edges, "settings": settings}
    return validate(load(whole), registry(), CATALOG)


def found(*steps: dict[str, Any], ways: str = "", **settings: Any) -> list[tuple[str | None, str | None, str]]:
    return [(each.node, each.field, each.code) for each in problems(*steps, ways=ways, **settings)]


def test_the_scenario_is_right():
    """The lead-scoring automation has no problem at all."""
    assert validate(load(SCORING), registry(), CATALOG) == []


@pytest.mark.parametrize(
    ("steps", "ways", "expected"),
    [
        ([], "", [(None, None, "no_trigger")]),
        ([POINTS], "", [(None, None, "no_trigger")]),
        ([TRIGGER, POINTS], "", [("points", None, "unreachable_step"), ("start", None, "leads_nowhere")]),
        ([TRIGGER, SPLIT], "start.next>split split.yes>split", [("split", None, "cycle")]),
        ([TRIGGER, POINTS, SPLIT], "start.next>points points.next>split split.no>points", [("points", None, "cycle")]),
        ([TRIGGER], "start.next>gone", [("start", None, "dangling_edge")]),
        ([TRIGGER], "gone.next>start", [("start", None, "dangling_edge")]),
        ([TRIGGER, POINTS, POINTS], "start.next>points", [("points", None, "duplicate_id")]),
        ([TRIGGER, POINTS], "start.maybe>points", [("start", None, "unknown_port")]),
        ([TRIGGER, MANY, POINTS], "start.next>many many.hot>points many.warm>points", []),
        ([TRIGGER, MANY, POINTS], "start.next>many many.tepid>points", [("many", None, "unknown_port")]),
        ([TRIGGER, MANY], "start.next>many", [("many", None, "empty_branches")]),
        ([TRIGGER, POINTS], "start.next>points points.next>start", [("start", None, "edge_into_trigger")]),
        ([TRIGGER, {"id": "x", "type": "from_the_future"}], "start.next>x", [("x", None, "unknown_node_type")]),
        ([TRIGGER, {"id": "x", "type": "wait"}], "start.next>x", [("x", "duration", "missing")]),
        (
            [TRIGGER, {**SPLIT, "config": {"condition": {}}}],
            "start.next>split",
            [("split", "condition", "invalid_condition")],
        ),
        ([TRIGGER, SPLIT], "start.next>split", [("split", None, "empty_branches")]),
    ],
)
def test_each_fault_is_found_where_it_is(
    steps: list[dict[str, Any]], ways: str, expected: list[tuple[str | None, str | None, str]]
):
    """Faults of the graph and of the steps name the step, the field and a stable code."""
    assert set(expected) <= set(found(*steps, ways=ways, re_entry=True))


def test_two_edges_from_one_port_are_a_fault():
    """A contact cannot go two ways at once."""
    assert ("start", None, "port_taken") in found(TRIGGER, POINTS, SPLIT, ways="start.next>points start.next>split")


def test_everything_is_told_in_one_pass():
    """An author sees all faults at once, not one after the other."""
    bad = {"id": "bad", "type": "assign_owner", "config": {"reps": ["x@y.z"], "how": "x", "extra": 1}}
    codes = {code for _, _, code in found(TRIGGER, bad, {"id": "old", "type": "gone"}, ways="start.next>none")}
    expected = {"unknown_user", "invalid", "unknown_field", "unknown_node_type", "dangling_edge", "unreachable_step"}
    assert codes >= expected


@pytest.mark.row("C20")
def test_scoring_without_re_entry_is_warned_of_with_a_fix():
    """Each contact would score once: the check says so, and one click switches re-entry on."""
    (warning,) = problems(TRIGGER, POINTS, ways="start.next>points", re_entry=False)
    assert (warning.code, warning.severity, warning.field) == ("re_entry_off", "warning", "settings.re_entry")
    assert warning.fix is not None
    assert warning.fix.patch == {"re_entry": True}
    assert problems(TRIGGER, POINTS, ways="start.next>points", re_entry=True) == []


@pytest.mark.row("C19")
def test_without_scoring_re_entry_is_nobodys_business():
    """An automation that adds nothing up is fine without re-entry."""
    note = {"id": "note", "type": "add_note", "config": {"text": "Hi"}}
    assert problems(TRIGGER, note, ways="start.next>note") == []


@pytest.mark.row("C16")
def test_one_empty_branch_is_no_problem():
    """Contacts on an empty No branch just leave."""
    assert problems(TRIGGER, SPLIT, POINTS, ways="start.next>split split.yes>points", re_entry=True) == []


def test_warnings_do_not_forbid_activation():
    """Only errors do."""
    assert {each.severity for each in problems(TRIGGER, SPLIT, ways="start.next>split")} == {"warning"}
    assert "error" in {each.severity for each in problems()}


def test_a_filter_that_nobody_meets_is_warned_of():
    """Two countries at once: no contact would ever enter."""
    two = [{"attribute": "COUNTRY", "op": "eq", "value": country} for country in ("France", "Spain")]
    trigger = {**TRIGGER, "config": {"contact_filter": {"all": two}}}
    assert ("start", "contact_filter", "never_holds") in found(trigger, POINTS, ways="start.next>points")


def test_a_branch_that_nobody_takes_is_warned_of():
    """The warning stands at the branch whose condition contradicts itself."""
    two = [{"attribute": "COUNTRY", "op": "eq", "value": country} for country in ("France", "Spain")]
    hot, warm = MANY["config"]["branches"]
    split = {**MANY, "config": {"branches": [hot, {**warm, "condition": {"all": two}}]}}
    warned = found(TRIGGER, split, POINTS, ways="start.next>many many.hot>points", re_entry=True)
    assert warned == [("many", "branches[1].condition", "never_holds")]


@pytest.mark.row("C24")
def test_starting_over_needs_re_entry():
    """Who may enter once only cannot be sent back to the start."""
    again = {"id": "again", "type": "restart", "config": {}}
    assert found(TRIGGER, again, ways="start.next>again", re_entry=True) == []
    assert found(TRIGGER, again, ways="start.next>again") == [("again", None, "repeats_without_re_entry")]


def test_exit_events_are_checked_too():
    """Each must be named, and its filter be about the event."""
    odd = [{"event": ""}, {"event": "order placed"}, {"event": "order", "filter": {"all": [{"tag": "x", "op": "has"}]}}]
    assert found(TRIGGER, POINTS, ways="start.next>points", re_entry=True, exit_events=odd) == [
        (None, "settings.exit_events[0].event", "bad_event_name"),
        (None, "settings.exit_events[1].event", "bad_event_name"),
        (None, "settings.exit_events[2].filter.all[0].tag", "contact_not_here"),
    ]


def test_exit_conditions_are_checked_too():
    """A condition to leave by must make sense like any other."""
    odd = [{"attribute": "GONE", "op": "empty"}, {"what": 1}, {"attribute": "SCORE", "op": "gte", "value": 20}]
    assert found(TRIGGER, POINTS, ways="start.next>points", re_entry=True, exit_conditions=odd) == [
        (None, "settings.exit_conditions[0].attribute", "unknown_attribute"),
        (None, "settings.exit_conditions[1]", "invalid_condition"),
    ]


def test_templates_are_checked_by_whoever_fills_them_in():
    """The syntax of texts is judged by the template engine that is handed in."""
    document = load(SCORING)
    (problem,) = validate(document, registry(), CATALOG, lambda text: same("Broken.") if "hot" in text else None)
    assert (problem.node, problem.field, problem.code) == ("alert", "title", "invalid_template")


def test_what_a_document_needs_must_exist_here():
    """In an empty workspace every reference is named: attributes and reps."""
    codes = {each.code for each in validate(load(SCORING), registry(), type(CATALOG)())}
    assert codes == {"unknown_attribute", "unknown_user"}


@given(documents())
def test_any_document_can_be_judged_and_told(data: dict[str, Any]):
    """Fuzzed documents give problems in every language and a sentence, and never crash."""
    document = load(data)
    for each in validate(document, registry(), CATALOG):
        assert all(isinstance(text, Text) and all(text) for text in (each.message, each.remedy))
    assert set(summaries(document, registry(), CATALOG)) == {node.id for node in document.nodes}
    assert all(sentence(document, registry(), CATALOG))
