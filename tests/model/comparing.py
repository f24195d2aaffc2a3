"""Making two outcomes comparable where the order between contacts may decide: who exactly is dealt which turn."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from nodes.contract import Run, Step
from tests.model.scenario import Outcome, Scenario
from tests.model.ways import drawn
from tests.support.steps import REP, ZOE


@contextmanager
def same_chance() -> Iterator[None]:
    """Let the engine draw by names that mean the same wherever a scenario is played, instead of by its own numbers."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Step, "draw", _draw)
        yield


def _draw(step: Step, run: Run, lot: str = "", *, sticky: bool = False) -> float:
    return drawn(step.node, run.contact, run.event, lot, sticky)


def comparable(outcome: Outcome, scenario: Scenario) -> Outcome:
    """Where reps take turns, each is as good as the other: what counts is how many each was dealt.

    Runs of one contact in one automation are sorted: those of one batch are numbered in the order in which they ended.
    """
    for entries in outcome.runs.values():
        entries.sort(key=repr)
    outcome.effects = type(outcome.effects)(list, {key: each for key, each in outcome.effects.items() if each})
    if any(node["config"].get("how", "named") != "named" for each in scenario.documents for node in each["nodes"]):
        outcome.people = _nameless(outcome.people)
        outcome.effects = _nameless(outcome.effects)
    return outcome


def _nameless(told: object) -> object:
    if isinstance(told, dict):
        return {key: _nameless(value) for key, value in told.items()}
    if isinstance(told, list | tuple):
        return type(told)(map(_nameless, told))
    return "a rep" if told in {REP, ZOE} else told
