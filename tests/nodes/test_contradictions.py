"""Impossible conditions against the judge of possible ones: whatever holds for somebody is possible."""

from datetime import timedelta
from typing import Any, Final

from hypothesis import given, settings
from hypothesis import strategies as st

from nodes.catalog import Attribute, Catalog, Kind, Pipeline, Stage
from nodes.conditions import Not, compile_condition, contradicts, parse
from nodes.conditions.values import attribute_value
from nodes.world import Value
from tests.support.conditions import CHOICES, VALUES, conditions
from tests.support.steps import NOW, person

CATALOG: Final = Catalog(
    attributes={kind.name: Attribute(kind.name, kind, CHOICES) for kind in Kind},
    lists={1: "News"},
    pipelines={901: Pipeline(901, "Sales", (Stage(901, "New"),))},
)


def kept(kind: Kind, value: Any) -> Value:
    written = tuple(value) if isinstance(value, list) else value
    return None if written in (None, "", ()) else attribute_value(kind, written)


@settings(max_examples=1_000)
@given(
    written=conditions(),
    values=st.fixed_dictionaries({name: st.none() | values for name, values in VALUES.items()}),
    days=st.integers(0, 500),
    member=st.booleans(),
)
def test_what_somebody_meets_is_never_called_impossible(written: Any, values: Any, days: int, member: bool):
    """Of a condition and its opposite, the one that holds for a contact does not contradict itself."""
    contact = person(
        1,
        **{name: kept(Kind[name], value) for name, value in values.items()},
        lists={1} if member else set(),
        tags={"vip"} if member else set(),
        fields={"created_at": NOW - timedelta(days=days), "time_zone": None},
    )
    condition = parse(written)
    holds, _ = compile_condition(condition, CATALOG)(contact, None, NOW)
    assert not contradicts(condition if holds else Not(condition), CATALOG)
