"""Reasons are true: an independent checker re-evaluates ten thousand generated decisions."""

import random
from collections.abc import Iterator, Mapping
from typing import Any, Final

import pytest

from nodes.conditions import OPERATORS, Comparison, Operand, compile_condition, dump, parse
from nodes.registry import registry
from nodes.world import Contact, Event
from tests.support.decisions import CATALOG, NOW, Facts, some_condition, some_facts, true
from tests.support.live import document
from workflows.document import load
from workflows.plan import Source, compile_plan
from workflows.reasons import Mismatch, lacking, questions, retrace, retrace_all
from workflows.rehearsal import Rehearsal, Stage

STAGE = Stage(CATALOG, 8, lambda template, _contact, _event: template, lambda users: dict.fromkeys(users, 0))
DECISIONS: Final = 10_000


def decided(split: str, config: Mapping[str, Any], facts: Facts) -> tuple[str, tuple[Comparison, ...]]:
    """The way that the engine let the contact take at a split, and what its path keeps of it."""
    steps = [("in", "email_opened", {}), ("ask", split, config)]
    plan = compile_plan(Source(1, 1, 0, load(document(steps, [("in", "next", "ask")]))), registry(), CATALOG)
    rehearsal = Rehearsal(plan, STAGE, {1: facts.contact()}, NOW, {1: facts.clicks()})
    rehearsal.happen(1, "email_opened", facts.told)
    step = rehearsal.account.entered[0].path[-1]
    return step.port, step.values


def compared(weighed: Any) -> Iterator[tuple[Operand, str, bool]]:
    """Every comparison that was made: of what kind, how, and whether it held."""
    if weighed.compared:
        yield weighed.condition.subject.operand(CATALOG), weighed.condition.op, weighed.holds
    for part in weighed.parts:
        yield from compared(part)


def compared_alike(weighed: Any, facts: Facts) -> bool:
    """Tell whether every part says of itself what the checker says of it."""
    own = weighed.holds is None or weighed.holds is true(dump(weighed.condition), facts)
    return own and all(compared_alike(part, facts) for part in weighed.parts)


def test_ten_thousand_decisions_are_explained_truly() -> None:
    """The checker finds the same way, the same verdict on each part, and that what was missing would have done.

    Other facts are thrown, too: whenever those that held stay as they were, the contact would have gone the other way
    exactly if what is said to be missing holds. Every comparison there is came out both ways.
    """
    met: set[tuple[Operand, str, bool]] = set()
    dice = random.Random(20260105)
    for _ in range(DECISIONS):
        written, facts = some_condition(dice), some_facts(dice)
        port, values = decided("conditional_split", {"condition": written}, facts)
        assert (port == "yes") is true(written, facts)
        weighed = retrace(parse(written), values)
        assert weighed.holds is true(written, facts)
        assert compared_alike(weighed, facts)
        met |= set(compared(weighed))
        other, missing = some_facts(dice), dump(lacking(weighed, wanted=not weighed.holds))
        if stays(weighed, other, wanted=not weighed.holds):
            assert (true(written, other) is not weighed.holds) is true(missing, other)
    assert met == {(operand, op, holds) for operand in Operand for op in OPERATORS[operand] for holds in (True, False)}


def stays(weighed: Any, facts: Facts, *, wanted: bool) -> bool:
    """Tell whether the parts that came out as wanted would still do so with these facts."""
    if weighed.holds is wanted:
        return true(dump(weighed.condition), facts) is wanted
    inner = not wanted if "not" in dump(weighed.condition) else wanted
    return all(part.holds is None or stays(part, facts, wanted=inner) for part in weighed.parts)


def test_branches_are_asked_until_one_holds() -> None:
    """Each branch shows what it lacked; those behind the one that was taken were not looked at."""
    dice = random.Random(1)
    for _ in range(300):
        conditions, facts = [some_condition(dice) for _ in range(3)], some_facts(dice)
        branches = [{"id": f"b{n}", "name": f"B{n}", "condition": each} for n, each in enumerate(conditions)]
        config = {"by": "condition", "branches": branches}
        port, values = decided("multi_split", config, facts)
        found = retrace_all(questions(registry()["multi_split"], config), values)
        first = next((n for n, each in enumerate(conditions) if true(each, facts)), len(conditions))
        expected = [False] * first + [True] * (first < 3) + [None] * (2 - first)
        assert port == (f"b{first}" if first < 3 else "else")
        assert [(question.port, weighed.holds) for question, weighed in found] == [
            (f"b{n}", holds) for n, holds in enumerate(expected)
        ]


def test_values_of_another_condition_are_noticed() -> None:
    """A path that was written by another document explains nothing rather than something wrong."""
    condition = parse({"attribute": "A", "op": "gte", "value": 1})
    for values in ([], [Comparison("B", 1, "gte", 1, holds=True)], [Comparison("A", 1, "gte", 1, holds=True)] * 2):
        with pytest.raises(Mismatch):
            retrace(condition, values)


def test_what_was_missing_reads_like_the_condition() -> None:
    """Both parts of an “all” are named when the first failed: the second was never looked at."""
    written = {"all": [{"attribute": "A", "op": "gte", "value": 2}, {"attribute": "B", "op": "lt", "value": 1}]}
    event = Event(1, "email_opened", NOW, {})
    _, values = compile_condition(parse(written), CATALOG)(Contact(1, attributes={"A": 1.0, "B": 0.0}), event, NOW)
    assert dump(lacking(retrace(parse(written), values))) == written
