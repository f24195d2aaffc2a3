"""One contact sent through an automation for trial: what happens at each step, and whether a scenario holds."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal, NamedTuple, TypeAlias

from nodes.conditions import Comparison
from nodes.effects import Effect, SetAttribute, as_json
from nodes.moments import later
from nodes.runs import Run
from nodes.world import SUBJECTS, Contact, Event, Json, Value
from workflows.plan import Plan
from workflows.rehearsal import Deed, End, Rehearsal, Stage, Turned
from workflows.scenarios import Expectation, Happening, Scenario

Ending: TypeAlias = Literal["none", "waits", "left", "failed"]
# A condition that time alone can change is looked at once an hour, for a year at most.
MOST_WAKINGS: Final = 10_000


class TrialStep(NamedTuple):
    """One step of the way: by which port it was left (or why not), what was compared, what it would have done.

    `facts` are the attributes the automation is about, as they were when the contact left the step.
    """

    run: int
    node: str
    port: str
    at: datetime
    values: tuple[Comparison, ...]
    effects: tuple[Effect, ...]
    facts: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of it: the way in order, each run's end, and the events that let nobody in.

    `standing` is where the latest run waits, and until when (None: until something happens).
    """

    steps: Sequence[TrialStep]
    ends: Sequence[End]
    turned: Sequence[Turned]
    entered: int
    standing: tuple[str, datetime | None] | None
    began: datetime
    over: datetime
    facts: Mapping[str, Value]

    @property
    def ending(self) -> Ending:
        """Where the latest run came to."""
        if self.standing:
            return "waits"
        if not self.ends:
            return "none"
        return "failed" if self.ends[-1].reason else "left"


class Verdict(NamedTuple):
    """Whether an expectation was met, and the step and port, or value, that came instead."""

    expectation: Expectation
    holds: bool
    actual: Json


def try_out(
    plan: Plan,
    stage: Stage,
    contact: Contact,
    scenario: Scenario,
    now: datetime,
    *,
    past: Iterable[Event] = (),
    skip_waits: bool = False,
) -> Trial:
    """Let a story happen to a contact, which is changed, and which has this past.

    `skip_waits`: go on until nothing waits for the clock.
    """
    known = plan.reads.attributes | set(contact.attributes)
    before = {name: contact.attributes.get(name) for name in sorted(known)}
    rehearsal = Rehearsal(plan, stage, {contact.id: contact}, now, {contact.id: past})
    for each in scenario.story:
        rehearsal.pass_until(later(rehearsal.clock.now, each.after, contact.time_zone))
        if told := _event(plan, each):
            rehearsal.happen(contact.id, *told)
    if skip_waits:
        rehearsal.pass_all(MOST_WAKINGS)
    account = rehearsal.account
    waiting = list(account.waits.items())
    return Trial(
        _steps(account.entered, account.deeds, before),
        list(account.ends.values()),
        account.turned,
        len(account.entered),
        (waiting[-1][1].node, waiting[-1][1].until) if waiting else None,
        now,
        rehearsal.clock.now,
        contact.attributes,
    )


def judge(scenario: Scenario, trial: Trial) -> list[Verdict]:
    """Compare what came with what was expected, in the order of the expectations."""
    return [_judged(each, trial) for each in scenario.expect]


def _event(plan: Plan, happening: Happening) -> tuple[str, dict[str, Json]] | None:
    """Return the name and data of the event meant; None: nothing happens."""
    if happening.event is not None:
        return happening.event, dict(happening.properties)
    topic = next((each.topic for each in plan.triggers if each.id == happening.trigger), None)
    if topic is None:
        return None
    subject = {SUBJECTS[topic.event]: topic.subject} if topic.subject is not None else {}
    return topic.event, {**happening.properties, **subject}


def _steps(runs: Sequence[Run], deeds: Sequence[Deed], before: Mapping[str, Value]) -> list[TrialStep]:
    """Put the ways of all runs in the order of time, each step with what it did."""
    done: defaultdict[tuple[int, str, datetime], list[Effect]] = defaultdict(list)
    for deed in deeds:
        done[id(deed.run), deed.node, deed.at].append(deed.effect)
    passed = sorted(
        ((step, number, run) for number, run in enumerate(runs, 1) for step in run.path),
        key=lambda each: (each[0].at, each[1]),
    )
    facts, steps = dict(before), []
    for step, number, run in passed:
        effects = done.pop((id(run), step.node, step.at), [])
        facts |= {each.attribute: each.value for each in effects if isinstance(each, SetAttribute)}
        steps.append(TrialStep(number, step.node, step.port, step.at, step.values, tuple(effects), dict(facts)))
    return steps


def _judged(expected: Expectation, trial: Trial) -> Verdict:
    left_by = [step.port for step in trial.steps if step.node == expected.node]
    match expected.kind:
        case "goes":
            met = expected.port in left_by if expected.port else bool(left_by)
            return Verdict(expected, met, left_by[-1] if left_by else None)
        case "avoids":
            return Verdict(expected, not left_by, left_by[-1] if left_by else None)
        case "waits":
            at = trial.standing[0] if trial.standing else None
            return Verdict(expected, at == expected.node, at)
        case "leaves":
            return Verdict(expected, trial.ending == "left", trial.ending)
        case "refused":
            return Verdict(expected, trial.entered == 0, trial.ending)
        case "has":
            actual = as_json(trial.facts.get(expected.attribute or ""))
            return Verdict(expected, actual == expected.value, actual)
