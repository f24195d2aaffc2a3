"""Rehearsals: the interpreter's own answers, with time made up and nothing carried out."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from nodes.registry import registry
from nodes.texts import Text
from nodes.world import Contact, Event
from tests.support.live import document
from tests.support.steps import CATALOG, person
from workflows import scenario_faults as faults
from workflows.document import load
from workflows.plan import Plan, Source, compile_plan
from workflows.rehearsal import Rehearsal, Stage
from workflows.scenario_text import ScenarioTextError, parse_scenarios, print_scenario
from workflows.scenarios import contact_of
from workflows.trial import Trial, judge, try_out

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
STAGE = Stage(CATALOG, 8, lambda template, _contact: template, lambda users: dict.fromkeys(users, 0))
STEPS: Any = [
    ("opened", "email_opened", {}),
    ("points", "update_attribute", {"attribute": "SCORE", "operation": "add", "value": 5}),
    ("clicks", "wait_until_event", {"event": "email_clicked", "at_most": {"amount": 24, "unit": "hours"}}),
    ("hot", "conditional_split", {"condition": {"all": [{"attribute": "SCORE", "op": "gte", "value": 20}]}}),
    ("warm", "add_tag", {"tag": "warm"}),
    ("cold", "add_tag", {"tag": "cold"}),
]
WAYS = [
    ("opened", "next", "points"),
    ("points", "next", "clicks"),
    ("clicks", "happened", "hot"),
    ("clicks", "timed_out", "cold"),
    ("hot", "yes", "warm"),
    ("hot", "no", "cold"),
]
STORY = """
Opens, then nothing
  given SCORE = 15
  enter opened
  after 24 hours nothing
  expect clicks timed_out
  expect cold
  expect leaves
  expect SCORE = 20

Opens, and clicks after three hours
  given SCORE = 15, tag "vip"
  at 2026-01-05 09:00+00:00
  enter opened message_kind = "campaign"
  after 3 hours email_clicked link = "offer", page = 2
  expect hot yes
  expect not cold

Opens, and is waited for
  enter opened
  expect waits clicks
"""


def plan(steps: Any = STEPS, ways: Any = WAYS) -> Plan:
    return compile_plan(Source(1, 1, 0, load(document(steps, ways))), registry(), CATALOG)


def tried(text: str, contact: Contact | None = None, *, skip_waits: bool = False) -> Trial:
    (scenario,) = parse_scenarios(text)
    who = contact or contact_of(scenario.given, CATALOG)
    return try_out(plan(), STAGE, who, scenario, NOW, skip_waits=skip_waits)


@pytest.mark.parametrize("scenario", parse_scenarios(STORY), ids=lambda each: each.name)
def test_a_scenario_holds_as_it_says(scenario: Any):
    """Time passes as the story says, and waits end by the clock or by what happens."""
    trial = try_out(plan(), STAGE, contact_of(scenario.given, CATALOG), scenario, NOW, skip_waits=False)
    assert [each.expectation for each in judge(scenario, trial) if not each.holds] == []


def test_a_broken_expectation_tells_what_came_instead():
    """Whoever reads a failing scenario sees where the contact went."""
    text = "Late\n  given SCORE = 10\n  enter opened\n  after 1 h email_clicked\n  expect hot yes\n  expect SCORE = 20"
    (scenario,) = parse_scenarios(text)
    trial = try_out(plan(), STAGE, contact_of(scenario.given, CATALOG), scenario, NOW, skip_waits=False)
    assert [(each.holds, each.actual) for each in judge(scenario, trial)] == [(False, "no"), (False, 15.0)]


@pytest.mark.parametrize("scenario", parse_scenarios(STORY), ids=lambda each: each.name)
def test_a_printed_scenario_reads_back_the_same(scenario: Any):
    """The text form and the clicked one say the same."""
    assert parse_scenarios(print_scenario(scenario)) == [scenario]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  expect hot", 1),
        ("Name\n  expects hot", 2),
        ("Name\n\n  after three hours nothing", 3),
        ("Name\n  given SCORE 3", 2),
        ("Name\n  given SCORE = x", 2),
        ("Name\n  after 3 blinks nothing", 2),
        ("Name\n  at soon", 2),
        ("Name\n  given SCORE = 3 AGE = 4", 2),
        ("Name\n  expect SCORE = 3 4", 2),
        ("Name\n  expect one two three", 2),
        ("Name\n  enter opened at night", 2),
        ("Name\n  given tag 3", 2),
    ],
)
def test_a_wrong_line_is_named(text: str, line: int):
    """Whoever writes a scenario learns which line is not understood, in three languages."""
    with pytest.raises(ScenarioTextError) as refusal:
        parse_scenarios(text)
    assert refusal.value.line == line
    assert len(set(refusal.value.words)) == 3
    assert not any("{" in each for each in refusal.value.words)


@pytest.mark.parametrize(
    ("lines", "fault"),
    [
        ([f"given X = {'9' * 5000}"], faults.VALUE),
        (["given X = " + "[" * 100_000], faults.VALUE),
        ([f"after {'9' * 5000} hours nothing"], faults.SPAN_TOO_LONG),
        (["after 99999 hours nothing"], faults.SPAN_TOO_LONG),
        (["at 1999-05-01 09:00"], faults.MOMENT_OUT_OF_RANGE),
        (["at 0001-01-01 00:00+14:00"], faults.MOMENT_OUT_OF_RANGE),
        (["enter"], faults.NO_TRIGGER),
        (["after 3 hours enter"], faults.NO_TRIGGER),
        (["after 1 h nothing"] * 51, faults.TOO_MANY_LINES),
        (["expect hot"] * 51, faults.TOO_MANY_LINES),
        (["given " + ", ".join(['tag "a"'] * 101)], faults.TOO_MANY_TAGS),
        (["given list 1"] * 101, faults.TOO_MANY_LISTS),
        (["given tag 3"], faults.TAG),
        (['given list "news"'], faults.LIST),
        (['given email "ann"'], faults.EMAIL),
        (["given owner 3"], faults.OWNER),
        (["after 3 hours café"], faults.EVENT),
        ([f"expect {'x' * 65}"], faults.UNFIT_VALUE),
    ],
    ids=lambda each: each[0][:20] if isinstance(each, list) else "",
)
def test_what_is_too_much_or_missing_is_told_by_its_own_words(lines: list[str], fault: Text):
    """Whoever goes beyond a bound reads which one it is, however far beyond."""
    with pytest.raises(ScenarioTextError) as refusal:
        parse_scenarios("\n  ".join(["Name", *lines]))
    assert refusal.value.line == len(lines) + 1
    assert fault.en.partition("{")[0].removeprefix("“") in refusal.value.words.en
    assert fault.en.rpartition("}")[2] in refusal.value.words.en
    assert len(refusal.value.words.en) < 200


def test_a_name_that_is_too_long_is_told():
    """Whoever writes a story where the name stands reads how long that may be."""
    assert parse_scenarios("x" * 200)
    with pytest.raises(ScenarioTextError, match=r"^Line 1: a scenario’s name has at most 200 characters\.$"):
        parse_scenarios("x" * 201)


def test_each_step_tells_the_values_of_its_moment():
    """A test run shows what a step compared, and the facts as they stood when the contact left it."""
    trial = tried("T\n  given SCORE = 15\n  enter opened\n  after 1 h email_clicked", skip_waits=True)
    told = [(step.node, step.port, step.facts["SCORE"], [each.actual for each in step.values]) for step in trial.steps]
    assert told == [
        ("opened", "next", 15, []),
        ("points", "next", 20, []),
        ("clicks", "wait", 20, []),
        ("clicks", "happened", 20, []),
        ("hot", "yes", 20, [20]),
        ("warm", "next", 20, []),
    ]


def test_waits_are_skipped_on_request_only():
    """Without the wish the run stands where the story leaves it."""
    assert tried("T\n  enter opened").standing == ("clicks", NOW + timedelta(hours=24))
    assert tried("T\n  enter opened", skip_waits=True).ending == "left"


def test_round_robin_turns_of_a_rehearsal_are_its_own():
    """Tickets are counted in memory: the first rep comes first in every rehearsal."""
    reps = ["rep@example.com", "zoe@example.com"]
    steps = [("opened", "email_opened", {}), ("deal", "assign_owner", {"how": "round_robin", "reps": reps})]
    contacts = {number: person(number) for number in (1, 2, 3)}
    rehearsal = Rehearsal(plan(steps, [("opened", "next", "deal")]), STAGE, contacts, NOW)
    for number in contacts:
        rehearsal.happen(number, "email_opened", {})
    assert [contact.owner for contact in contacts.values()] == [reps[0], reps[1], reps[0]]


def test_the_past_is_counted_as_of_the_clock():
    """An event counts within its window and with the data that is asked for, those before the rehearsal included."""
    asked = [
        {"events": "email_clicked", "op": "eq", "value": 3},
        {"events": "email_clicked", "within": {"amount": 2, "unit": "days"}, "op": "eq", "value": 1},
        {"events": "email_clicked", "where": {"link": "a"}, "op": "eq", "value": 2},
    ]
    steps = [
        ("opened", "email_opened", {}),
        *((f"ask{number}", "conditional_split", {"condition": {"all": [each]}}) for number, each in enumerate(asked)),
    ]
    ways = [("opened", "next", "ask0"), ("ask0", "yes", "ask1"), ("ask1", "yes", "ask2")]
    before = [Event(1, "email_clicked", NOW - timedelta(days=9), {"link": "a"})]
    rehearsal = Rehearsal(plan(steps, ways), STAGE, {1: person(1)}, NOW, {1: before})
    rehearsal.happen(1, "email_clicked", {"link": "a"})
    rehearsal.pass_until(NOW + timedelta(days=3))
    rehearsal.happen(1, "email_clicked", {"link": "b"})
    rehearsal.happen(1, "email_opened", {})
    (run,) = rehearsal.account.entered
    assert [(step.node, step.port) for step in run.path[1:]] == [(f"ask{number}", "yes") for number in range(3)]


def test_views_of_before_count_towards_the_nth():
    """Two of an hour ago and one now are three within the day; the one after is past the number."""
    often = {"of": "category", "category": "Shoes", "times": 3, "within": {"amount": 1, "unit": "days"}}
    stored = document([("often", "page_visited_often", often), ("tag", "add_tag", {"tag": "keen"})], [])
    plan = compile_plan(Source(1, 1, 0, load(stored)), registry(), CATALOG)
    before = [
        Event(number, "page_visited", NOW - timedelta(hours=1), {"category": "Shoes"}) for number in (900_001, 900_002)
    ]
    rehearsal = Rehearsal(plan, STAGE, {1: person(1), 2: person(2)}, NOW, {1: before})
    for contact in (1, 2):
        rehearsal.happen(contact, "page_visited", {"category": "Shoes"})
        rehearsal.happen(contact, "page_visited", {"category": "Shoes"})
    assert [run.contact.id for run in rehearsal.account.entered] == [1]
