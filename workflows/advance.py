"""The interpreter: contacts standing at steps go as far as they can. Deterministic, and without input or output."""

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Final, NamedTuple

from nodes.contract import Step
from nodes.runs import Emitted, Failure, Leave, PathStep, Run, Wait
from nodes.texts import Text
from nodes.world import Signal, World
from workflows import reaching
from workflows.plan import Plan, PlanStep

_BROKE: Final = Text(
    "This step broke on this contact; the log says more.",
    "Cette étape a échoué pour ce contact ; le journal en dit plus.",
    "Шаг не справился с этим контактом; подробности в журнале.",
)

DONE_BEFORE: Final = "done_before"
"""What the path of a run says that passed a step it had done before it was moved to this version."""

log = logging.getLogger(__name__)


class Standing(NamedTuple):
    """A run at a step: about to leave it by `port`, or, without one, about to be worked on by it."""

    run: Run
    node: str
    port: str | None


@dataclass(slots=True)
class Advance:
    """What came of a batch. Every run is in exactly one of `waits`, `leaves` and `failures`.

    `moved` counts the runs that left each `(node, port)`; `effects` and `signals` stand in the order they
    arose; a run waits for the answer to each of `deliveries`. `reached` are the contacts to whom messages went that
    count.
    """

    effects: list[Emitted] = field(default_factory=list)
    signals: list[Signal] = field(default_factory=list)
    deliveries: list[Emitted] = field(default_factory=list)
    waits: list[Wait] = field(default_factory=list)
    leaves: list[Leave] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    moved: Counter[tuple[str, str]] = field(default_factory=Counter)
    reached: set[int] = field(default_factory=set)

    def take(self, step: Step) -> None:
        """Add what one step came to."""
        self.effects += step.effects
        self.signals += step.signals
        self.deliveries += step.deliveries
        self.waits += step.waits
        self.leaves += step.leaves
        self.failures += step.failures


def advance(plan: Plan, batch: Iterable[Standing], world: World, now: datetime, *, guarded: bool = False) -> Advance:
    """Walk a batch of runs through a plan until each waits, leaves or fails.

    Each step is worked on once, with all the runs that reach it, in topological order. Runs and the world's snapshots
    are changed in place. Raises `NotAccounted` for a node type that loses a run, and whatever a step raises; `guarded`,
    the run it was raised for fails instead.
    """
    result = Advance()
    arrivals: defaultdict[str, list[Run]] = defaultdict(list)
    leaving: defaultdict[tuple[str, str], list[Run]] = defaultdict(list)
    moved = False
    for run, node, port in batch:
        run.settled_by = None
        moved = moved or run.done is not None
        (arrivals[node] if port is None else leaving[node, port]).append(run)
    for (node, port), gone in leaving.items():
        _leave(plan, result, arrivals, node, port, gone)
    for step in plan.steps:
        runs = arrivals.pop(step.id, None)
        if runs and moved:
            runs = _still_to_do(plan, result, arrivals, step.id, runs, now)
        if runs and plan.exits:
            runs = _staying(plan, result, step.id, runs, now)
        if runs and step.channel:
            runs, kept = reaching.admit(plan, step, runs, world, now)
            _take(plan, result, arrivals, kept)
        for work in _worked(step, runs, world, now, guarded=guarded) if runs else ():
            if step.channel:
                result.reached |= reaching.handed_over(plan, step, work)
            _take(plan, result, arrivals, work)
    return result


def _worked(step: PlanStep, runs: list[Run], world: World, now: datetime, *, guarded: bool) -> Iterator[Step]:
    if guarded:
        yield from (_work_alone(step, run, world, now) for run in runs)
        return
    work = Step(step.id, step.config, runs, world, now)
    step.type.run(work)
    work.check()
    yield work


def _work_alone(step: PlanStep, run: Run, world: World, now: datetime) -> Step:
    """Let one run be worked on; if the step breaks, nothing of what it did is left."""
    before, so_far = deepcopy(run.contact), len(run.path)
    work = Step(step.id, step.config, [run], world, now)
    try:
        step.type.run(work)
        work.check()
    except Exception:  # the fault may lie in any node, or in what it was given
        log.exception("Step %s of automation %d broke", step.id, run.automation)
        for each in fields(run.contact):
            setattr(run.contact, each.name, getattr(before, each.name))
        del run.path[so_far:]
        run.settled_by = None
        work = Step(step.id, step.config, [run], world, now)
        work.fail(run, _BROKE)
    return work


def _staying(plan: Plan, result: Advance, node: str, runs: list[Run], now: datetime) -> list[Run]:
    """Take out who meets an exit condition before the step is worked on; returns the others."""
    staying = []
    for run in runs:
        for rule in plan.exits:
            holds, values = (False, ()) if rule.event else rule.judge(run.contact, run.event, now)
            if holds:
                run.path.append(PathStep(node, "exit_condition", now, values))
                result.leaves.append(Leave(run, node, "exit_condition"))
                break
        else:
            staying.append(run)
    return staying


def _still_to_do(
    plan: Plan, result: Advance, arrivals: defaultdict[str, list[Run]], node: str, runs: list[Run], now: datetime
) -> list[Run]:
    """Let those pass who did this step in the version they came from, the way they took then; returns the others."""
    others = []
    passing: defaultdict[str, list[Run]] = defaultdict(list)
    for run in runs:
        port = run.done.get(node) if run.done else None
        if port is None:
            others.append(run)
        else:
            run.path.append(PathStep(node, DONE_BEFORE, now))
            passing[port].append(run)
    for port, gone in passing.items():
        _leave(plan, result, arrivals, node, port, gone)
    return others


def _take(plan: Plan, result: Advance, arrivals: defaultdict[str, list[Run]], work: Step) -> None:
    """Add what one step came to, and let those go on who left it."""
    result.take(work)
    for port, gone in work.gone.items():
        _leave(plan, result, arrivals, work.node, port, gone)


def _leave(
    plan: Plan, result: Advance, arrivals: defaultdict[str, list[Run]], node: str, port: str, runs: list[Run]
) -> None:
    """Take runs to where a port leads; a port that leads nowhere is the end of the way."""
    result.moved[node, port] += len(runs)
    target = plan.targets.get((node, port))
    if target is None:
        result.leaves += [Leave(run, node, "end") for run in runs]
    else:
        arrivals[target] += runs
