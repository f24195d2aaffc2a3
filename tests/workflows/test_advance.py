"""The interpreter, with nothing around it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from nodes.catalog import Attribute, Catalog, Kind, User
from nodes.contract import Step
from nodes.effects import AssignOwner, SetAttribute
from nodes.errors import NotAccounted
from nodes.registry import registry
from nodes.rules.exit import Exit
from nodes.runs import Run
from nodes.world import Contact, Event, World
from tests.support.live import document
from workflows.advance import Advance, Standing, advance
from workflows.document import load
from workflows.plan import Plan, Source, compile_plan

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
CATALOG = Catalog(
    attributes={"SCORE": Attribute("SCORE", Kind.NUMBER)},
    users={"rep@example.com": User(1, "rep@example.com", "Rep", frozenset({"rep"}))},
)
OPENED = ("opened", "email_opened", {})
POINTS = ("points", "add_points", {"attribute": "SCORE", "points": 5})
HOT = ("hot", "conditional_split", {"condition": {"all": [{"attribute": "SCORE", "op": "gte", "value": 20}]}})
DAY = ("day", "wait", {"until": "duration", "duration": {"amount": 1, "unit": "days"}})


def plan(steps: list[Any], ways: list[Any]) -> Plan:
    return compile_plan(Source(1, 1, None, load(document(steps, ways))), registry(), CATALOG)


def run_of(number: int, score: float | None = None) -> Run:
    contact = Contact(number, f"c{number}@example.com", attributes={"SCORE": score})
    return Run(1, 1, contact, Event(number, "email_opened", NOW, {}), NOW)


def walk(of: Plan, runs: list[Run]) -> Advance:
    world = World({run.contact.id: run.contact for run in runs}, CATALOG)
    return advance(of, [Standing(run, "opened", "next") for run in runs], world, NOW)


def test_a_later_step_sees_what_an_earlier_one_changed():
    """Adding five to fifteen takes Yes at twenty, in the same batch as ten takes No."""
    of = plan([OPENED, POINTS, HOT], [("opened", "next", "points"), ("points", "next", "hot")])
    result = walk(of, [run_of(1, 15.0), run_of(2, 10.0)])
    assert (result.moved["hot", "yes"], result.moved["hot", "no"]) == (1, 1)


def test_effects_are_data_in_the_order_they_arose():
    """The interpreter changes nothing but its snapshots: what shall happen is told."""
    of = plan([OPENED, POINTS], [("opened", "next", "points")])
    result = walk(of, [run_of(1), run_of(2, 1.0)])
    assert [each.effect for each in result.effects] == [SetAttribute(1, "SCORE", 5.0), SetAttribute(2, "SCORE", 6.0)]


def test_an_open_port_is_the_end_of_the_way():
    """A contact that comes where no edge leads on has finished."""
    result = walk(plan([OPENED], []), [run_of(1)])
    assert [(leave.node, leave.reason) for leave in result.leaves] == [("opened", "end")]


def test_a_wait_keeps_the_run_at_its_step():
    """The run stands still until the time has come, and is in no other list."""
    result = walk(plan([OPENED, DAY, POINTS], [("opened", "next", "day"), ("day", "next", "points")]), [run_of(1)])
    assert [(wait.node, wait.port, wait.until) for wait in result.waits] == [("day", "next", NOW + timedelta(days=1))]
    assert (result.leaves, result.effects) == ([], [])


def test_after_a_wait_a_run_goes_on_behind_it():
    """Woken, it leaves by the port it waited for, without waiting again."""
    of = plan([OPENED, DAY, POINTS], [("opened", "next", "day"), ("day", "next", "points")])
    run = run_of(1)
    result = advance(of, [Standing(run, "day", "next")], World({1: run.contact}, CATALOG), NOW)
    assert ([leave.node for leave in result.leaves], run.contact.attributes["SCORE"]) == (["points"], 5.0)


def test_ways_that_part_may_meet_again():
    """Both branches of a split may lead to one step, which works once on all who arrive."""
    ways = [("opened", "next", "hot"), ("hot", "yes", "points"), ("hot", "no", "points")]
    result = walk(plan([OPENED, HOT, POINTS], ways), [run_of(1, 30.0), run_of(2)])
    assert result.moved["points", "next"] == 2


def test_the_path_keeps_where_why_and_when():
    """Each step of the way is kept with its port, its time and what was compared."""
    run = run_of(1, 19.0)
    walk(plan([OPENED, HOT], [("opened", "next", "hot")]), [run])
    step = run.path[-1]
    assert (step.node, step.port, step.at) == ("hot", "no", NOW)
    assert [(each.subject, each.actual, each.holds) for each in step.values] == [("SCORE", 19.0, False)]


def test_an_empty_batch_is_fine():
    """Nobody in, nothing out."""
    assert walk(plan([OPENED], []), []) == Advance()


def test_a_node_that_forgets_a_contact_is_caught(monkeypatch: pytest.MonkeyPatch):
    """Every contact must be accounted for: the engine does not believe a node, it checks."""
    monkeypatch.setattr(Exit, "run", lambda _self, step: [step.exit(run) for run in list(step)[1:]])
    of = plan([OPENED, ("out", "exit", {})], [("opened", "next", "out")])
    with pytest.raises(NotAccounted, match="without a way on"):
        walk(of, [run_of(1), run_of(2)])


def test_a_node_that_settles_a_contact_twice_is_caught(monkeypatch: pytest.MonkeyPatch):
    """Nobody takes two ways at once."""

    def both_ways(_self: Exit, step: Step) -> None:
        for run in step:
            step.go(run)
            step.exit(run)

    monkeypatch.setattr(Exit, "run", both_ways)
    with pytest.raises(NotAccounted, match="twice"):
        walk(plan([OPENED, ("out", "exit", {})], [("opened", "next", "out")]), [run_of(1)])


def test_turns_are_dealt_in_order():
    """Round robin gives each rep every other contact."""
    catalog = Catalog(users={f"r{n}@x.io": User(n, f"r{n}@x.io", "R", frozenset({"rep"})) for n in (1, 2)})
    config = {"how": "round_robin", "reps": ["r1@x.io", "r2@x.io"]}
    stored = load(document([OPENED, ("assign", "assign_owner", config)], [("opened", "next", "assign")]))
    of = compile_plan(Source(1, 1, None, stored), registry(), catalog)
    runs = [run_of(number) for number in range(1, 5)]
    world = World(
        {run.contact.id: run.contact for run in runs}, catalog, tickets=lambda _key, count: range(7, 7 + count)
    )
    result = advance(of, [Standing(run, "opened", "next") for run in runs], world, NOW)
    owners = [each.effect.owner for each in result.effects if isinstance(each.effect, AssignOwner)]
    assert owners == ["r2@x.io", "r1@x.io", "r2@x.io", "r1@x.io"]
