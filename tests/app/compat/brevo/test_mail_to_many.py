"""Mail of one call to many people."""

import httpx
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import Contact, Outbox
from app.services.mailing import senders, transactional
from tests.support.statements import counted_statements

BODY = {"sender": {"email": "shop@example.com"}, "subject": "S", "htmlContent": "<p>Hi</p>"}


@pytest.fixture(autouse=True)
def _shop(database: Session) -> None:
    senders.create("Shop", "shop@example.com")


def test_the_number_of_statements_does_not_grow_with_the_people(wire: httpx.Client):
    """Two hundred versions with words of their own, to people who are new, take as many statements as two."""

    def statements(prefix: str, count: int) -> int:
        body = {
            **BODY,
            "subject": "Hello {{ params.name }}",
            "htmlContent": "<p>{{ contact.email }}</p><a href='https://example.com/{{ params.name }}'>Look</a>",
            "headers": {"idempotencyKey": prefix},
            "messageVersions": [
                {"to": [{"email": f"{prefix}{number}@example.com"}], "params": {"name": f"{number}"}}
                for number in range(count)
            ],
        }
        with counted_statements() as made:
            assert len(wire.post("/smtp/email", json=body).raise_for_status().json()["messageIds"]) == count
        return len(made)

    statements("warm", 1)
    assert statements("few", 2) == statements("many", 200)


def test_more_people_than_one_call_may_name_are_refused(wire: httpx.Client, database: Session):
    """Two thousand in all; the fault names the field and the limit, and nothing is kept."""
    crowd = [{"to": [{"email": f"p{place}-{number}@x.io"} for number in range(99)]} for place in range(21)]
    answer = wire.post("/smtp/email", json={**BODY, "messageVersions": crowd})
    assert (answer.status_code, answer.json()["code"]) == (400, "out_of_range")
    assert "2000" in answer.json()["message"]
    assert database.scalar(select(func.count()).select_from(Contact)) == 0


def test_mail_that_would_be_too_large_in_all_is_refused(wire: httpx.Client, database: Session, monkeypatch):
    """What is filled in for each counts together; the fault says what to do, and nothing is kept."""
    monkeypatch.setattr(transactional, "_MOST_WRITTEN", 5_000)
    body = {**BODY, "htmlContent": f"<p>{'Hi ' * 50}</p>"}
    few, many = ([{"email": f"p{number}@x.io"} for number in range(count)] for count in (2, 90))
    answer = wire.post("/smtp/email", json={**body, "to": many})
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_parameter")
    assert "fewer people" in answer.json()["message"]
    assert database.scalar(select(func.count()).select_from(Outbox)) == 0
    assert wire.post("/smtp/email", json={**body, "to": few}).status_code == 201
