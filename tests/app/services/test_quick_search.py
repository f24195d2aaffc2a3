"""Attributes that segments ask for are indexed, unless an automation writes them."""

from typing import Any

import pytest
from sqlalchemy import text

from app import db
from app.adapters import attribute_indexes
from app.adapters.catalog import load_catalog
from app.services import attributes, quick_search, segments
from app.services.automations import activation
from app.services.contacts.finding import judged
from nodes.catalog import Kind
from nodes.conditions import dump, parse
from tests.factories.automations import make_automation, scoring
from tests.factories.contacts import make_contact

ASKED: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: {"op": "eq", "value": "Paris"},
    Kind.NUMBER: {"op": "gte", "value": 90},
    Kind.DATE: {"op": "before", "value": "2026-01-01"},
    Kind.BOOLEAN: {"op": "eq", "value": True},
    Kind.CATEGORY: {"op": "any_of", "value": ["gold", "silver"]},
    Kind.MULTIPLE_CHOICE: {"op": "any_of", "value": ["gold"]},
}


@pytest.fixture(autouse=True)
def _many_contacts(committed_database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A workspace in which two contacts are many, and each index is made outside of any test's transaction."""
    monkeypatch.setattr(quick_search, "MANY", 2)
    for name in ("ann", "ben"):
        make_contact(email=f"{name}@example.com")
    with db.engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE contact"))


def indexed() -> list[str]:
    """The attributes that have an index."""
    there = attribute_indexes.found()
    return [each.name for each in attributes.every() if each.id in there]


def plan(condition: object) -> str:
    """How PostgreSQL would find those for whom a condition holds, were the table large."""
    with db.transaction() as session:
        session.execute(text("SET LOCAL enable_seqscan = off"))
        clause = judged(condition, load_catalog()).compile(session.connection(), compile_kwargs={"literal_binds": True})
        return "\n".join(session.scalars(text(f"EXPLAIN SELECT id FROM contact WHERE {clause}".replace(":", r"\:"))))


@pytest.mark.parametrize("kind", ASKED)
def test_a_segment_makes_what_it_asks_for_quick(kind: Kind):
    """For every kind of attribute the index is made, and is one that the segment's condition can use."""
    options = ["gold", "silver"] if kind in attributes.CHOOSING else []
    attribute = attributes.create("ASKED", kind, options)
    condition = dump(parse({"all": [{"attribute": "ASKED", **ASKED[kind]}]}))
    segments.create("Asking", condition)
    quick_search.keep_up()
    assert indexed() == ["ASKED"]
    assert f"ix_contact_a{attribute.id}" in plan(condition)


def test_what_nobody_asks_for_has_no_index():
    """An index that no segment needs any more is dropped; asking twice changes nothing."""
    attributes.create("CITY", Kind.TEXT)
    segment = segments.create("Paris", {"attribute": "CITY", "op": "eq", "value": "Paris"})
    for _ in range(2):
        quick_search.keep_up()
    assert indexed() == ["CITY"]
    segments.delete(segment)
    quick_search.keep_up()
    assert indexed() == []


def test_what_an_automation_writes_has_no_index():
    """While an automation that writes the attribute is active, each of its writes counts more than a segment."""
    attributes.create("SCORE", Kind.NUMBER)
    segments.create("Hot", {"attribute": "SCORE", "op": "gte", "value": 20})
    automation = make_automation(scoring(), active=True)
    quick_search.keep_up()
    assert indexed() == []
    activation.pause(automation.id)
    quick_search.keep_up()
    assert indexed() == ["SCORE"]


def test_among_few_contacts_nothing_is_indexed(monkeypatch: pytest.MonkeyPatch):
    """Small tables are searched at once without."""
    monkeypatch.setattr(quick_search, "MANY", 3)
    attributes.create("CITY", Kind.TEXT)
    segments.create("Paris", {"attribute": "CITY", "op": "eq", "value": "Paris"})
    quick_search.keep_up()
    assert indexed() == []


def test_an_index_left_half_made_is_made_again():
    """A process killed while it made one leaves an index that nobody may use."""
    attribute = attributes.create("CITY", Kind.TEXT)
    segments.create("Paris", {"attribute": "CITY", "op": "eq", "value": "Paris"})
    attribute_indexes.make(attribute)
    with db.transaction() as session:
        broken = "UPDATE pg_index SET indisvalid = false WHERE indexrelid = CAST(:name AS regclass)"
        session.execute(text(broken), {"name": f"ix_contact_a{attribute.id}"})
    assert indexed() == []
    quick_search.keep_up()
    assert indexed() == ["CITY"]
