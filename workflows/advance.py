"""The interpreter: contacts standing at steps go as far as they can. Deterministic, and without input or output."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from nodes.contract import Emitted, Failure, Leave, Run, Step, Wait
from nodes.world import Signal, World
from workflows.plan import Plan


class Standing(NamedTuple):
    """A run at a step: about to leave it by `port`, or, without one, about to be worked on by it."""

    run: Run
    node: str
    port: str | None


@dataclass(slots=True)
class Advance:
    """What came of a batch. Every run is in exactly one of `waits`, `leaves` and `failures`.

    `moved` counts the runs that left each `(node, port)`; `effects` and `signals` stand in the order they
    arose; a run waits for the answer to each of `deliveries`.
    """

    effects: list[Emitted] = field(default_factory=list)
    signals: list[Signal] = field(default_factory=list)
    deliveries: list[Emitted] = field(default_factory=list)
    waits: list[Wait] = field(default_factory=list)
    leaves: list[Leave] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    moved: Counter[tuple[str, str]] = field(default_factory=Counter)

    def take(self, step: Step) -> None:
        """Add what one step came to."""
        self.effects += step.effects
        self.signals += step.signals
        self.deliveries += step.deliveries
        self.waits += step.waits
        self.leaves += step.leaves
        self.failures += step.failures


def advance(plan: Plan, batch: Iterable[Standing], world: World, now: datetime) -> Advance:
    """Walk a batch of runs through a plan until each waits, leaves or fails.

    Each step is worked on once, with all the runs that reach it, in topological order. Runs and the world's snapshots
    are changed in place. Raises `NotAccounted` for a node type that loses a run.
    """
    result = Advance()
    arrivals: defaultdict[str, list[Run]] = defaultdict(list)
    for run, node, port in batch:
        run.settled_by = None
        if port is None:
            arrivals[node].append(run)
        else:
            _leave(plan, result, arrivals, node, port, [run])
    for step in plan.steps:
        if runs := arrivals.pop(step.id, None):
            work = Step(step.id, step.config, runs, world, now)
            step.type.run(work)
            work.check()
            result.take(work)
            for port, gone in work.gone.items():
                _leave(plan, result, arrivals, step.id, port, gone)
    return result


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
