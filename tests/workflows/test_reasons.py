"""Reasons are true: an independent checker re-evaluates ten thousand generated decisions."""

import operator
import random
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

import pytest

from nodes.catalog import Attribute, Catalog, Kind
from nodes.conditions import Comparison, compile_condition, dump, parse
from nodes.registry import registry
from nodes.world import Contact, Event
from tests.support.live import document
from workflows.document import load
from workflows.plan import Source, compile_plan
from workflows.reasons import Mismatch, lacking, questions, retrace, retrace_all
from workflows.rehearsal import Rehearsal, Stage

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
NAMES = ("A", "B", "C", "D")
CATALOG = Catalog(attributes={name: Attribute(name, Kind.NUMBER) for name in NAMES})
STAGE = Stage(CATALOG, 8, lambda template, _contact: template, lambda users: dict.fromkeys(users, 0))
OPS: Final[Mapping[str, Callable[[float, float], bool]]] = {
    "eq": operator.eq,
    "neq": operator.ne,
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
}
DECISIONS: Final = 10_000


def some_condition(dice: random.Random, depth: int = 0) -> dict[str, Any]:
    """A condition on numbers, groups of any depth included, empty ones too."""
    kind = dice.choice(["leaf", "leaf", "all", "any", "not"]) if depth < 3 else "leaf"
    if kind == "leaf":
        return {"attribute": dice.choice(NAMES), "op": dice.choice(list(OPS)), "value": dice.randrange(4)}
    if kind == "not":
        return {"not": some_condition(dice, depth + 1)}
    return {kind: [some_condition(dice, depth + 1) for _ in range(dice.randrange(4))]}


def true(written: Mapping[str, Any], facts: Mapping[str, float | None]) -> bool:
    """The checker: reads the written form by itself, and knows nothing of how the engine does it."""
    if "all" in written:
        return all(true(part, facts) for part in written["all"])
    if "any" in written:
        return any(true(part, facts) for part in written["any"])
    if "not" in written:
        return not true(written["not"], facts)
    actual = facts[written["attribute"]]
    if actual is None:
        return written["op"] == "neq"
    return OPS[written["op"]](actual, written["value"])


def some_facts(dice: random.Random) -> dict[str, float | None]:
    return {name: dice.choice([None, 0.0, 1.0, 2.0, 3.0]) for name in NAMES}


def decided(condition: Mapping[str, Any], facts: Mapping[str, float | None]) -> tuple[str, tuple[Comparison, ...]]:
    """The way that the engine let the contact take, and what its path keeps of it."""
    steps = [("in", "email_opened", {}), ("ask", "conditional_split", {"condition": condition})]
    plan = compile_plan(Source(1, 1, 0, load(document(steps, [("in", "next", "ask")]))), registry(), CATALOG)
    rehearsal = Rehearsal(plan, STAGE, {1: Contact(1, attributes=dict(facts))}, NOW)
    rehearsal.happen(1, "email_opened", {})
    step = rehearsal.account.entered[0].path[-1]
    return step.port, step.values


def compared_alike(weighed: Any, facts: Mapping[str, float | None]) -> bool:
    """Tell whether every part says of itself what the checker says of it."""
    own = weighed.holds is None or weighed.holds is true(dump(weighed.condition), facts)
    return own and all(compared_alike(part, facts) for part in weighed.parts)


def test_ten_thousand_decisions_are_explained_truly() -> None:
    """The checker finds the same way, the same verdict on each part, and that what was missing would have done.

    Other facts are thrown, too: whenever those that held stay as they were, the contact would have gone the other way
    exactly if what is said to be missing holds.
    """
    dice = random.Random(20260105)
    for _ in range(DECISIONS):
        written, facts = some_condition(dice), some_facts(dice)
        port, values = decided(written, facts)
        assert (port == "yes") is true(written, facts)
        weighed = retrace(parse(written), values)
        assert weighed.holds is true(written, facts)
        assert compared_alike(weighed, facts)
        other, missing = some_facts(dice), dump(lacking(weighed, wanted=not weighed.holds))
        if stays(weighed, other, wanted=not weighed.holds):
            assert (true(written, other) is not weighed.holds) is true(missing, other)


def stays(weighed: Any, facts: Mapping[str, float | None], *, wanted: bool) -> bool:
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
        node = registry()["multi_split"]
        prepared = node.schema().prepare(config, CATALOG)
        values: list[Comparison] = []
        for branch in prepared["branches"]:
            holds, compared = branch.settings["condition"](Contact(1, attributes=dict(facts)), None, NOW)
            values += compared
            if holds:
                break
        found = retrace_all(questions(node, config), values)
        first = next((n for n, each in enumerate(conditions) if true(each, facts)), len(conditions))
        expected = [False] * first + [True] * (first < 3) + [None] * (2 - first)
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
