"""The engine on PostgreSQL equals the reference: claims, stored state, outbox and waits included."""

from random import Random

import pytest
from hypothesis import HealthCheck, assume, given, note, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from app.adapters.templates import render
from nodes.catalog import Catalog
from tests.model.comparing import comparable, same_chance
from tests.model.generated import scenarios
from tests.model.in_postgres import InPostgres
from tests.model.interpreter import Model, TooLong
from tests.model.playing import EXAMPLES, PHASES, SAME, cuts, mixing
from tests.model.scenario import BROKEN_HOOK, HOOK
from tests.model.workplace import furnish, workplace


@pytest.fixture
def catalog(database: Session) -> Catalog:
    return furnish(database)


@pytest.mark.timeout(300 + EXAMPLES)
@settings(
    max_examples=EXAMPLES // 10,
    derandomize=SAME,
    deadline=None,
    phases=PHASES,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.data(), st.integers(1, 6), st.integers().map(Random))
def test_the_engine_comes_to_what_the_reference_says(
    database: Session, catalog: Catalog, data: st.DataObject, most: int, chance: Random
):
    """State, paths, counts, refusals and effects in the tables are the reference's, whatever the size of batches."""
    scenario = data.draw(scenarios(catalog, [HOOK, HOOK, BROKEN_HOOK], published=True))
    try:
        expected = Model(scenario, catalog, render).play(scenario)
    except TooLong:
        assume(False)
    with same_chance(), workplace(database, catalog, scenario) as place:
        played = InPostgres(place, cuts(most, chance), mixing(chance)).play(scenario)
    note(str(scenario))
    assert comparable(played, scenario) == comparable(expected, scenario)
