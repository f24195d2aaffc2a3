"""The pure part of the engine equals the reference, however the work is cut into batches."""

from random import Random

import pytest
from hypothesis import assume, given, note, settings
from hypothesis import strategies as st

from app.adapters.templates import render
from nodes.contract import Trigger
from nodes.registry import registry
from tests.model.comparing import comparable, same_chance
from tests.model.configurations import Configurations
from tests.model.generated import scenarios
from tests.model.in_batches import InBatches
from tests.model.interpreter import Model, TooLong
from tests.model.playing import EXAMPLES, PHASES, SAME, cuts, mixing
from tests.model.scenario import HOOK, Scenario
from tests.model.steps import STEPS
from tests.support.steps import CATALOG


@pytest.mark.timeout(300 + EXAMPLES)
@settings(max_examples=EXAMPLES, derandomize=SAME, deadline=None, phases=PHASES)
@given(scenarios(CATALOG, [HOOK]), st.integers(1, 6), st.integers().map(Random))
def test_batches_of_any_size_come_to_what_the_reference_says(scenario: Scenario, most: int, chance: Random):
    """State, paths, counts, refusals and effects are equal, with events of different contacts in any order."""
    try:
        expected = Model(scenario, CATALOG, render).play(scenario)
    except TooLong:
        assume(False)
    with same_chance():
        played = InBatches(scenario, CATALOG, render, cuts(most, chance), mixing(chance)).play(scenario)
    note(str(scenario))
    assert comparable(played, scenario) == comparable(expected, scenario)


def test_the_reference_knows_every_node_type():
    """A node type that neither the reference nor the generator knows would be proven by nobody."""
    steps = {key for key, node in registry().items() if not isinstance(node, Trigger)}
    assert steps == set(STEPS)
    assert set(registry()) == set(Configurations(CATALOG, "named", [HOOK], 1).known)
