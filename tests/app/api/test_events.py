import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import Contact, Event
from tests.app.conftest import SignedIn
from tests.factories.users import make_api_key

OPENED = {"event": "email_opened", "contact": {"email": "a@x.io"}, "properties": {"campaign": "spring"}}


def stored(database: Session) -> tuple[int | None, int | None]:
    return tuple(database.scalar(select(func.count()).select_from(table)) for table in (Event, Contact))


def test_events_are_recorded(program: FlaskClient, database: Session):
    """A program's events are answered after they are stored, with what became of them."""
    message = {**OPENED, "message_id": "m1", "at": "2026-01-02T03:04:05Z"}
    answer = program.post("/api/events", json={"events": [message, OPENED, message]})
    assert answer.status_code == 202
    assert answer.get_json() == {
        "accepted": 2,
        "duplicates": 1,
        "created_contacts": 1,
        "message": "2 events recorded.",
    }
    assert stored(database) == (2, 1)


def test_a_single_event_is_told_in_the_singular(program: FlaskClient):
    """The words of the answer agree with the number."""
    assert program.post("/api/events", json={"events": [OPENED]}).get_json()["message"] == "1 event recorded."


def test_programs_have_message_ids_of_their_own(app, database: Session):
    """A message id that one program used is new when another uses it."""
    body = {"events": [{**OPENED, "message_id": "1"}]}
    for _ in range(2):
        headers = {"Authorization": f"Bearer {make_api_key()}"}
        assert app.test_client().post("/api/events", json=body, headers=headers).get_json()["accepted"] == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "events"),
        ([], "events"),
        ({"events": []}, "events"),
        ({"events": [OPENED], "more": 1}, "events"),
        ({"events": [OPENED, {**OPENED, "at": "3026-01-01T00:00:00Z"}]}, "events.1.at"),
        ({"events": [OPENED, {**OPENED, "contact": {"id": 999}}]}, "events.1"),
    ],
)
def test_a_bad_request_names_the_field_and_stores_nothing(program: FlaskClient, database: Session, body, field: str):
    """One wrong event refuses the whole request, naming where."""
    answer = program.post("/api/events", json=body)
    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    assert answer.get_json()["errors"][0]["field"] == field
    assert stored(database) == (0, 0)


def test_a_rep_cannot_send_events(signed_in: SignedIn, client: FlaskClient):
    """Only those who may record events do."""
    assert client.post("/api/events", json={"events": [OPENED]}).status_code == 401
    assert signed_in("rep").post("/api/events", json={"events": [OPENED]}).status_code == 403


def test_the_door_is_documented(client: FlaskClient):
    """The published contract says what an event looks like."""
    contract = client.get("/api/openapi.json").get_json()
    content = contract["paths"]["/api/events"]["post"]["requestBody"]["content"]["application/json"]
    assert content["schema"] == {"$ref": "#/components/schemas/EventBatch"}
    assert "message_id" in contract["components"]["schemas"]["Event"]["properties"]
