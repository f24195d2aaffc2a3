from datetime import UTC, datetime, timedelta

import pytest
from brevo import Brevo
from sib_api_v3_sdk import ApiClient, ContactsApi
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.services import attributes, contacts, lists, segments
from app.services.contacts import ContactInput
from nodes.catalog import Kind

AGO = datetime.now(UTC) - timedelta(days=30)


@pytest.fixture
def people(database: Session) -> list[int]:
    """Five contacts, a day apart, the oldest first; the even ones from France."""
    attributes.create("COUNTRY_NAME", Kind.TEXT)
    attributes.create("SCORE", Kind.NUMBER)
    rows = [
        ContactInput(
            fields={"email": f"c{number}@x.io"},
            attributes={"COUNTRY_NAME": "Japan" if number % 2 else "France", "SCORE": number},
        )
        for number in range(5)
    ]
    made = [outcome.contact_id for outcome in contacts.write(rows)]
    for number, contact_id in enumerate(made):
        at = AGO + timedelta(days=number)
        statement = text("UPDATE contact SET created_at = :at, modified_at = :at WHERE id = :id")
        database.execute(statement, {"at": at, "id": contact_id})
    database.commit()
    return made


def test_contacts_come_newest_first(brevo: Brevo, sib: ApiClient, people: list[int]):
    """Pages go by age, either way; past the end there is nobody, with the same count."""
    assert [each.id for each in brevo.contacts.get_contacts().contacts] == people[::-1]
    page = brevo.contacts.get_contacts(limit=2, offset=1, sort="asc")
    assert ([each.id for each in page.contacts], page.count) == (people[1:3], 5)
    assert [each["id"] for each in ContactsApi(sib).get_contacts(limit=2).contacts] == people[:2:-1]
    assert brevo.contacts.get_contacts(offset=5).model_dump() == {"contacts": [], "count": 5}


def test_contacts_are_chosen(brevo: Brevo, people: list[int]):
    """By ids, lists, segment and value; by when they were made or changed."""

    def found(**question: object) -> list[int]:
        return [each.id for each in brevo.contacts.get_contacts(sort="asc", **question).contacts]

    news, more = lists.create("News"), lists.create("More")
    lists.add(news, people[:2])
    lists.add(more, people[1:3])
    segment = segments.create("High", {"attribute": "SCORE", "op": "gte", "value": 3})
    since = (AGO + timedelta(days=3)).isoformat()
    assert found(ids=[people[0], people[4], people[4] + 1]) == [people[0], people[4]]
    assert found(list_ids=[news, more]) == people[:3]
    assert found(segment_id=segment) == people[3:]
    assert found(created_since=since) == found(modified_since=since) == people[3:]


@pytest.mark.parametrize(
    ("question", "numbers"),
    [
        ('equals(COUNTRY_NAME,"France")', [0, 2, 4]),
        ('equals( country_name , "Japan" )', [1, 3]),
        ('equals(SCORE,"3")', [3]),
        ('equals(EMAIL,"c2@x.io")', [2]),
        ('equals(COUNTRY_NAME,"")', []),
    ],
)
def test_contacts_are_filtered_by_a_value(brevo: Brevo, people: list[int], question: str, numbers: list[int]):
    """equals(ATTRIBUTE,"value") compares by the attribute's type."""
    page = brevo.contacts.get_contacts(filter=question, sort="asc")
    assert [each.id for each in page.contacts] == [people[number] for number in numbers]
    assert page.count == len(numbers)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("limit=1001", "out_of_range"),
        ("limit=-1", "out_of_range"),
        ("offset=-5", "out_of_range"),
        ("limit=ten", "invalid_parameter"),
        ("sort=newest", "invalid_parameter"),
        ("modifiedSince=yesterday", "invalid_parameter"),
        ("ids=a", "invalid_parameter"),
        ("ids=0", "invalid_parameter"),
        ("&".join(["ids=1"] * 21), "out_of_range"),
        ("listIds=1&segmentId=1", "invalid_parameter"),
        ("filter=SCORE", "invalid_parameter"),
        ('filter=equals(NOBODY,"1")', "invalid_parameter"),
        ('filter=equals(SCORE,"many")', "invalid_parameter"),
        ("offset=99999999999999999999", "invalid_parameter"),
    ],
)
def test_bad_questions_are_refused(wire, people: list[int], query: str, code: str):
    """A bad question is a 400 with its code."""
    answer = wire.get(f"/contacts?{query}")
    assert (answer.status_code, answer.json()["code"]) == (400, code)


def test_an_empty_workspace_is_an_empty_page(wire):
    """Nobody is an empty array with its count, not an empty object."""
    assert wire.get("/contacts").json() == {"contacts": [], "count": 0}


def test_a_plus_in_a_time_survives(wire, people: list[int]):
    """An offset whose plus was not quoted is read all the same."""
    since = (AGO + timedelta(days=3)).isoformat()
    assert wire.get(f"/contacts?createdSince={since}").json()["count"] == 2
