"""The interpreter, with nothing around it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from nodes.catalog import Attribute, Catalog, Kind, User
from nodes.contract import Step
from nodes.effects import AssignOwner, SetAttribute
from nodes.errors import NotAccounted
from nodes.quiet import read_quiet
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
    return compile_plan(Source(1, 1, 0, load(document(steps, ways))), registry(), CATALOG)


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
    of = compile_plan(Source(1, 1, 0, stored), registry(), catalog)
    runs = [run_of(number) for number in range(1, 5)]
    world = World(
        {run.contact.id: run.contact for run in runs}, catalog, tickets=lambda _key, count: range(7, 7 + count)
    )
    result = advance(of, [Standing(run, "opened", "next") for run in runs], world, NOW)
    owners = [each.effect.owner for each in result.effects if isinstance(each.effect, AssignOwner)]
    assert owners == ["r2@x.io", "r1@x.io", "r2@x.io", "r1@x.io"]


CALL = ("call", "call_webhook", {"url": "https://example.com/hook"})
NIGHT = {"from": "21:00", "to": "08:00", "then": "wait"}
EVENING = datetime(2026, 11, 22, 20, 30, tzinfo=UTC)  # 21:30 in Paris, 15:30 in New York


def quiet_plan(own: dict[str, Any] | None = None, workspace: dict[str, Any] | None = None) -> Plan:
    """A webhook, then points, under an automation's own quiet hours or the workspace's."""
    written = document([OPENED, CALL, POINTS], [("opened", "next", "call"), ("call", "next", "points")])
    if own is not None:
        written["settings"]["quiet_hours"] = own
    catalog = replace(CATALOG, quiet=read_quiet(workspace))
    return compile_plan(Source(1, 1, 0, load(written)), registry(), catalog)


def in_zone(number: int, zone: str) -> Run:
    run = run_of(number)
    run.contact.time_zone = ZoneInfo(zone)
    return run


def at(of: Plan, runs: list[Run], now: datetime, node: str = "opened", port: str | None = "next") -> Advance:
    world = World({run.contact.id: run.contact for run in runs}, CATALOG)
    return advance(of, [Standing(run, node, port) for run in runs], world, now)


@pytest.mark.parametrize(("own", "workspace"), [(NIGHT, None), (None, NIGHT), (NIGHT, {**NIGHT, "then": "skip"})])
def test_quiet_hours_keep_a_run_until_they_end_where_the_contact_is(own: Any, workspace: Any):
    """Whose evening it is waits for its own morning, and is then worked on; whose day it is is reached at once."""
    of = quiet_plan(own, workspace)
    paris, new_york = in_zone(1, "Europe/Paris"), in_zone(2, "America/New_York")
    result = at(of, [paris, new_york], EVENING)
    assert [each.run for each in result.deliveries] == [new_york]
    morning = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
    assert [(each.node, each.port, each.until) for each in result.waits if each.run is paris] == [
        ("call", None, morning)
    ]
    assert [each.run for each in at(of, [paris], morning, "call", None).deliveries] == [paris]
    assert [(step.node, step.port, step.at) for step in paris.path] == [
        ("call", "quiet", EVENING),
        ("call", "sent", morning),
    ]


def test_a_run_looked_at_too_early_goes_on_waiting():
    """Whoever wakes a run in its quiet hours changes nothing, and leaves no trace on its way."""
    of, run = quiet_plan(NIGHT), in_zone(1, "Europe/Paris")
    at(of, [run], EVENING)
    again = at(of, [run], EVENING + timedelta(hours=1), "call", None)
    assert [(each.node, each.until) for each in again.waits] == [("call", datetime(2026, 11, 23, 7, 0, tzinfo=UTC))]
    assert [step.port for step in run.path] == ["quiet"]
    assert run.arrived_at == EVENING


def test_quiet_hours_may_leave_out_what_would_reach_the_contact():
    """The run goes on by the step's first way out without its being done; what follows is done."""
    run = in_zone(1, "Europe/Paris")
    result = at(quiet_plan({**NIGHT, "then": "skip"}), [run], EVENING)
    assert (result.deliveries, result.moved["call", "next"], run.contact.attributes["SCORE"]) == ([], 1, 5.0)
    assert [(step.node, step.port) for step in run.path] == [("call", "quiet_skipped"), ("points", "next")]


def test_an_automation_may_lift_the_quiet_hours_of_the_workspace():
    """Its own come in place of the workspace's; those that send anyway keep nobody."""
    run = in_zone(1, "Europe/Paris")
    assert len(at(quiet_plan({**NIGHT, "then": "send"}, NIGHT), [run], EVENING).deliveries) == 1


def test_quiet_hours_may_be_those_of_some_days():
    """A quiet weekend lasts from Saturday to Monday, without a gap at midnight, over the change of clocks between."""
    weekend = {"from": "00:00", "to": "00:00", "days": [6, 7], "then": "wait"}
    run, saturday = in_zone(1, "Europe/Paris"), datetime(2026, 10, 24, 10, 0, tzinfo=UTC)
    result = at(quiet_plan(weekend), [run], saturday)
    assert [each.until for each in result.waits] == [datetime(2026, 10, 25, 23, 0, tzinfo=UTC)]
    friday = at(quiet_plan(weekend), [in_zone(2, "Europe/Paris")], saturday - timedelta(days=1))
    assert len(friday.deliveries) == 1
