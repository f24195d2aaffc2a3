from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, text, update
from sqlalchemy.orm import Session

from app.adapters.attributes import column_name
from app.adapters.catalog import load_catalog
from app.adapters.conditions_sql import to_sql
from app.adapters.engine.tickets import Tickets
from app.adapters.engine.world import load_world
from app.adapters.plans import LivePlans
from app.models import (
    Company,
    Consent,
    ConsentTopic,
    Contact,
    ContactList,
    ContactTag,
    Deal,
    DealContact,
    Event,
    EventType,
    ListMember,
    Pipeline,
    Site,
    Stage,
    Tag,
    Visitor,
)
from app.services import attributes
from app.services.web.beginnings import NEVER
from nodes.catalog import Catalog, Kind
from nodes.conditions import check, compile_condition, describe, dump, parse, reads
from nodes.errors import ConditionError
from tests.factories.users import make_user
from tests.support.conditions import CHOICES, VALUES, conditions, texts

NOW = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
PEOPLE = 6
# Whose browser, when it was heard and told of a page (never: -1; not kept: None), in minutes, and whether on a site.
_BROWSERS = (
    *((1, 1, 1, True), (1, 90, 90, True), (2, 31, 31, True), (3, 1, -1, True), (3, 1, 40, True)),
    *((4, 1, 1, False), (5, 29, None, True), (5, 29, 29, True)),
)


@pytest.fixture
def workspace(database: Session) -> Catalog:
    """A workspace with an attribute of each kind, and a few contacts with all kinds of things."""
    for kind in Kind:
        attributes.create(kind.name, kind, CHOICES if kind in {Kind.CATEGORY, Kind.MULTIPLE_CHOICE} else ())
    users = [make_user(email=email).id for email in ("ann@example.com", "bob@example.com")]
    companies = [
        database.scalar(insert(Company).values(row).returning(Company.id))
        for row in ({"name": "Äcme", "country": "France", "size": 50}, {"name": "x", "industry": ""})
    ]
    people = [
        {
            "id": number,
            "email": f"Person{number}@example.com".lower() if number % 2 else None,
            "phone": f"+3361234{number}" if number % 3 else None,
            "time_zone": "Europe/Paris" if number % 4 else None,
            "owner_id": [*users, None][number % 3],
            "company_id": [*companies, None][number % 3],
            "created_at": NOW - timedelta(days=number, hours=number),
        }
        for number in range(1, PEOPLE + 1)
    ]
    database.execute(insert(Contact), people)
    _give_belongings(database)
    database.execute(text("UPDATE workspace SET time_zone = 'Pacific/Auckland', revision = revision + 1000"))
    return load_catalog()


def _give_belongings(database: Session) -> None:
    database.execute(insert(ContactList), [{"id": number, "name": f"List {number}"} for number in (1, 2)])
    database.execute(insert(ListMember), [{"list_id": 1, "contact_id": number} for number in (1, 3, 5)])
    database.execute(insert(ConsentTopic), [{"id": 1, "name": "News"}])
    states = {1: "given", 2: "pending", 3: "withdrawn", 4: "given"}
    stands = [{"contact_id": who, "topic_id": 1, "state": state} for who, state in states.items()]
    database.execute(insert(Consent), stands)
    database.execute(insert(Site), [{"id": 901, "name": "Shop", "key": "k", "domains": []}])
    database.execute(insert(Visitor), [_browser(*each) for each in enumerate(_BROWSERS)])
    database.execute(insert(Tag), [{"id": 1, "name": "vip"}, {"id": 2, "name": "VIP"}])
    database.execute(insert(ContactTag), [{"tag_id": 1, "contact_id": 2}, {"tag_id": 2, "contact_id": 3}])
    database.execute(insert(Pipeline), [{"id": 901, "name": "Sales", "is_default": False}])
    database.execute(
        insert(Stage), [{"id": each, "pipeline_id": 901, "name": "S", "position": each} for each in (901, 902)]
    )
    deals = [(1, 901, "open"), (2, 902, "won"), (3, 901, "open"), (4, 901, "lost")]
    common = {"name": "Deal", "pipeline_id": 901}
    database.execute(
        insert(Deal), [common | {"id": each, "stage_id": stage, "status": how} for each, stage, how in deals]
    )
    shared = [{"deal_id": 1, "contact_id": 1}, {"deal_id": 2, "contact_id": 1}, {"deal_id": 3, "contact_id": 4}]
    database.execute(insert(DealContact), shared)
    type_id = database.scalar(insert(EventType).values(name="clicked").returning(EventType.id))
    events = [
        (1, 0, {"link": "a"}),
        (1, 2, {"link": "b", "n": 1}),
        (1, 40, {}),
        (2, 7, {"link": "a"}),
        (5, 1, {"n": True}),
    ]
    database.execute(
        insert(Event),
        [
            {"contact_id": who, "type_id": type_id, "at": NOW - timedelta(days=days), "properties": data}
            for who, days, data in events
        ],
    )


def _browser(number: int, said: tuple[int, int, int | None, bool]) -> dict[str, Any]:
    contact, seen, visited, watched = said
    at = NEVER if visited == -1 else None if visited is None else NOW - timedelta(minutes=visited)
    of = {"site_id": 901 if watched else None, "token": f"t{number}", "contact_id": contact}
    return {**of, "seen_at": NOW - timedelta(minutes=seen), "visited_at": at}


def by_sql(database: Session, written: object, catalog: Catalog) -> set[int]:
    return set(database.scalars(select(Contact.id).where(to_sql(parse(written), catalog, NOW))))


def by_python(database: Session, written: object, catalog: Catalog) -> set[int]:
    condition = parse(written)
    judge = compile_condition(condition, catalog)
    world = load_world(database, range(1, PEOPLE + 1), reads(condition), LivePlans({}, {}, catalog, 8), NOW, Tickets())
    return {contact.id for contact in world.contacts.values() if judge(contact, None, NOW)[0]}


def fill(database: Session, catalog: Catalog, people: Sequence[Mapping[str, Any]]) -> None:
    """Give each contact these attribute values, in one statement."""
    columns = [(name, column_name(catalog.attributes[name].id)) for name in VALUES]
    types = {"NUMBER": "double precision", "DATE": "date", "BOOLEAN": "boolean", "MULTIPLE_CHOICE": "text[]"}
    given_as = ", ".join(f'"{name}" {types.get(name, "text")}' for name, _ in columns)
    changes = ", ".join(f'{own} = given."{name}"' for name, own in columns)
    rows = [{"id": number, **values} for number, values in enumerate(people, 1)]
    statement = f"UPDATE contact SET {changes} FROM json_to_recordset(:rows) AS given (id bigint, {given_as})"
    database.execute(text(f"{statement} WHERE contact.id = given.id"), {"rows": orjson.dumps(rows).decode()})


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_condition_means_the_same_in_python_and_sql(database: Session, workspace: Catalog, data: st.DataObject):
    """Whatever the condition and the contacts, empty values included, Python and SQL choose the same contacts."""
    person = st.fixed_dictionaries({name: st.none() | values for name, values in VALUES.items()})
    fill(database, workspace, data.draw(st.lists(person, min_size=PEOPLE, max_size=PEOPLE)))
    written = data.draw(conditions())
    assert check(parse(written), workspace) == []
    assert by_sql(database, written, workspace) == by_python(database, written, workspace)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(value=texts(), wanted=texts().filter(bool), op=st.sampled_from(["eq", "contains", "starts_with", "ends_with"]))
def test_texts_are_compared_without_case_alike(database: Session, workspace: Catalog, value: str, wanted: str, op: str):
    """PostgreSQL and Python agree which texts differ in case only, in every script."""
    fill(database, workspace, [{"TEXT": value}])
    written = {"attribute": "TEXT", "op": op, "value": wanted}
    assert by_sql(database, written, workspace) == by_python(database, written, workspace)


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ({"all": []}, {1, 2, 3, 4, 5, 6}),
        ({"any": []}, set()),
        ({"list": 1, "op": "in"}, {1, 3, 5}),
        ({"tag": "vip", "op": "has"}, {2}),
        ({"owner": True, "op": "eq", "value": "bob@example.com"}, {1, 4}),
        ({"owner": True, "op": "empty"}, {2, 5}),
        ({"company": "name", "op": "eq", "value": "ÄCME"}, {3, 6}),
        ({"company": "size", "op": "gte", "value": 50}, {3, 6}),
        ({"deals": {"status": "open"}, "op": "gte", "value": 1}, {1, 4}),
        ({"deals": {}, "op": "eq", "value": 2}, {1}),
        ({"events": "clicked", "op": "gte", "value": 1}, {1, 2, 5}),
        ({"events": "clicked", "within": {"amount": 7, "unit": "days"}, "op": "gte", "value": 2}, {1}),
        ({"events": "clicked", "where": {"link": "a"}, "op": "eq", "value": 1}, {1, 2}),
        ({"field": "email", "op": "empty"}, {2, 4, 6}),
        ({"field": "created_at", "op": "eq", "value": "2026-11-22"}, {1}),
    ],
)
def test_what_a_contact_has_is_found(database: Session, workspace: Catalog, written: object, found: set[int]):
    """Lists, tags, owners, companies, deals, events and fields are asked for alike, in the workspace's zone."""
    assert by_sql(database, written, workspace) == by_python(database, written, workspace) == found


@pytest.mark.parametrize(
    "written",
    [
        {"event": "link", "op": "eq", "value": "a"},
        {"attribute": "GONE", "op": "empty"},
        {"attribute": "NUMBER", "op": "contains", "value": "x"},
        {"attribute": "NUMBER", "op": "eq", "value": "x"},
    ],
)
def test_what_does_not_fit_the_workspace_is_refused(workspace: Catalog, written: object):
    """A condition that cannot be asked of contacts raises, and never becomes a wrong clause."""
    with pytest.raises(ConditionError):
        to_sql(parse(written), workspace, NOW)


def test_nothing_written_becomes_sql(database: Session, workspace: Catalog):
    """Values travel as parameters: a quote in one is just a quote."""
    fill(database, workspace, [{"TEXT": "'; DROP TABLE contact; --"}])
    written = {"attribute": "TEXT", "op": "contains", "value": "'; drop table"}
    assert by_sql(database, written, workspace) == {1}


def test_the_day_is_the_workspaces(database: Session, workspace: Catalog):
    """At half past eleven at night in London it is tomorrow in Auckland, and "in the last 0 days" means that day."""
    database.execute(update(Contact).values(email=None))
    fill(database, workspace, [{"DATE": date(2026, 11, 23)}, {"DATE": date(2026, 11, 22)}])
    written = {"attribute": "DATE", "op": "in_last", "value": 0}
    assert by_sql(database, written, workspace) == by_python(database, written, workspace) == {1}


@given(written=conditions())
def test_conditions_read_back_as_written(written: object):
    """Reading and writing a condition changes nothing, and the same condition always gives the same data."""
    condition = parse(written)
    assert parse(dump(condition)) == condition
    assert dump(parse(dump(condition))) == dump(condition)


def test_who_is_on_a_site_told_of_a_page_within_half_an_hour(database: Session, workspace: Catalog):
    """By any of their browsers; one that says something but tells of no page is nowhere."""
    assert by_sql(database, {"visit": True, "op": "open"}, workspace) == {1, 5}
    assert by_sql(database, {"visit": True, "op": "not_open"}, workspace) == {2, 3, 4, 6}


def test_whoever_waits_for_a_visit_hears_of_it():
    """Coming and leaving are what changes it."""
    heard = {topic.event for topic in reads(parse({"visit": True, "op": "open"})).topics()}
    assert heard == {"visit_begun", "visit_ended"}


def test_a_visit_is_written_in_one_way(workspace: Catalog):
    """It has no name or number, and nothing it is compared with."""
    with pytest.raises(ConditionError):
        parse({"visit": "now", "op": "open"})
    assert dump(parse({"visit": True, "op": "open"})) == {"visit": True, "op": "open"}
    words = describe(parse({"not": {"visit": True, "op": "open"}}), workspace)
    assert (words.en, words.fr) == ("not (is now on one of our websites)", "pas (est en ce moment sur un de nos sites)")
