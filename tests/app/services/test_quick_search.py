"""Attributes that segments ask for are indexed, unless an automation writes them."""

from random import Random
from typing import Any

import pytest
from sqlalchemy import select, text

from app import db
from app.adapters import attribute_indexes
from app.adapters.catalog import load_catalog
from app.models import Contact
from app.services import attributes, contacts, quick_search, segments
from app.services.automations import activation
from app.services.contacts import ContactInput
from app.services.contacts.finding import judged
from nodes.catalog import Kind
from nodes.conditions import dump, parse
from tests.factories.automations import make_automation, scoring
from tests.factories.contacts import make_contact
from tests.factories.hooks import called, make_attributes

ASKED: dict[Kind, dict[str, Any]] = {
    Kind.TEXT: {"op": "eq", "value": "Paris"},
    Kind.NUMBER: {"op": "gte", "value": 90},
    Kind.DATE: {"op": "before", "value": "2026-01-01"},
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


def found(condition: object) -> list[str | None]:
    """Those for whom a condition holds, by the id that another system has for them."""
    with db.transaction() as session:
        return list(session.scalars(select(Contact.ext_id).where(judged(condition, load_catalog()))))


def plan(condition: object) -> str:
    """How PostgreSQL would find those for whom a condition holds, were the table large."""
    with db.transaction() as session:
        session.execute(text("SET LOCAL enable_seqscan = off"))
        clause = judged(condition, load_catalog()).compile(session.connection(), compile_kwargs={"literal_binds": True})
        return "\n".join(session.scalars(text(f"EXPLAIN SELECT id FROM contact WHERE {clause}".replace(":", r"\:"))))


@pytest.mark.parametrize("kind", ASKED)
def test_a_segment_makes_what_it_asks_for_quick(kind: Kind):
    """For every kind that is worth one, the index is made, and is one that the segment's condition can use."""
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
    """Until an automation that writes the attribute is archived, each of its writes counts more than a segment."""
    attributes.create("SCORE", Kind.NUMBER)
    segments.create("Hot", {"attribute": "SCORE", "op": "gte", "value": 20})
    automation = make_automation(scoring(), active=True)
    for end in (None, activation.pause, activation.archive):
        if end:
            end(automation.id)
        assert indexed() == []
        quick_search.keep_up()
    assert indexed() == ["SCORE"]


def test_what_calls_write_has_no_index():
    """What the mapping of a step's own address takes from each call is written as often."""
    make_attributes()
    make_automation(called(), active=True)
    for name, value in (("CITY", "Paris"), ("AGE", 30)):
        segments.create(name, {"attribute": name, "op": "eq", "value": value})
    quick_search.keep_up()
    assert indexed() == []


PARIS = {"attribute": "CITY", "op": "eq", "value": "Paris"}
OLD = {"attribute": "AGE", "op": "gt", "value": 60}
UNASKED = {"attribute": "CITY", "op": "contains", "value": "ari"}


@pytest.mark.parametrize(
    ("condition", "useful"),
    [
        (UNASKED, []),
        (PARIS | {"op": "neq"}, []),
        (PARIS | {"value": "P" * 100}, []),
        ({"attribute": "KEEN", "op": "eq", "value": True}, []),
        ({"not": OLD}, []),
        ({"all": [OLD, UNASKED]}, ["AGE"]),
        ({"any": [OLD, UNASKED]}, []),
        ({"any": [OLD, PARIS]}, ["AGE", "CITY"]),
    ],
)
def test_only_what_a_condition_can_use_is_indexed(condition: dict[str, Any], useful: list[str]):
    """Not what is asked with an operator that no index answers, nor beside something for which all are read anyway."""
    for name, kind in (("AGE", Kind.NUMBER), ("CITY", Kind.TEXT), ("KEEN", Kind.BOOLEAN)):
        attributes.create(name, kind)
    segments.create("Asking", condition)
    quick_search.keep_up()
    assert sorted(indexed()) == useful


@pytest.mark.parametrize("before", [True, False])
def test_texts_may_be_long(before: bool):
    """Long ones, which compress badly, are taken as before, and told apart although the index holds how they begin."""
    long = "".join(Random(1).choices("абвгдежзиклмнопрстуфхцчшщ", k=5000))
    texts = {"long": long, "ben": long[:300], "eve": long[:299] + "!", "short": long[:99], "shorter": long[:98]}
    attributes.create("CITY", Kind.TEXT)
    segments.create("Paris", PARIS)
    if not before:
        quick_search.keep_up()
    for name, value in texts.items():
        contacts.write([ContactInput(fields={"ext_id": name}, attributes={"CITY": value})])
    quick_search.keep_up()
    assert indexed() == ["CITY"]
    del texts["long"]  # longer than anything that may be asked
    for name, value in texts.items():
        assert found({"attribute": "CITY", "op": "eq", "value": value.upper()}) == [name]


def test_one_that_cannot_be_made_keeps_no_other_from_it(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    """It is told, and leaves no half of an index."""
    for name in ("CITY", "TOWN"):
        attributes.create(name, Kind.TEXT)
        segments.create(name, PARIS | {"attribute": name})
    city, key = attributes.get("CITY"), attribute_indexes._key
    monkeypatch.setattr(attribute_indexes, "_key", lambda each: "((1 / (id - id)))" if each == city else key(each))
    quick_search.keep_up()
    with db.transaction() as session:
        made = session.scalars(text("SELECT count(*) FROM pg_indexes WHERE indexname ~ '^ix_contact_a[0-9]+$'")).one()
    assert (indexed(), made) == (["TOWN"], 1)
    assert "DivisionByZero" in caplog.text


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
