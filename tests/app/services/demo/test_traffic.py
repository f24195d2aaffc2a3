from itertools import islice
from random import Random

import httpx
import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import Event, EventType
from app.services.demo import traffic
from app.services.demo.traffic import Refused, Tally
from tests.factories.contacts import make_contact
from tests.factories.users import make_api_key


def nothing(_tally: Tally) -> None:
    """Show no progress."""


def sender(app: Flask, key: str) -> httpx.Client:
    headers = {"Authorization": f"Bearer {key}"}
    return httpx.Client(transport=httpx.WSGITransport(app=app), base_url="http://localhost", headers=headers)


def test_the_tally_is_what_the_database_holds(app: Flask, database: Session):
    """Every event sent is recorded once, under its name, and counted so."""
    people = [f"person{number}@example.com" for number in range(5)]
    for email in people:
        make_contact(email=email)
    with sender(app, make_api_key()) as client:
        tally = traffic.send(client, traffic.make_events(Random(1), people, "run"), 400, 0.25, nothing)
    rows = database.execute(
        select(EventType.name, func.count()).join(Event, Event.type_id == EventType.id).group_by(EventType.name)
    )
    assert dict(rows.all()) == tally.sent
    assert (tally.events, tally.accepted, tally.duplicates) == (100, 100, 0)


def test_it_keeps_the_pace_and_stops(app: Flask, database: Session):
    """It sends rate times seconds events, no faster than the rate."""
    with sender(app, make_api_key()) as client:
        tally = traffic.send(client, traffic.make_events(Random(1), ["a@example.com"], "run"), 20, 0.6, nothing)
    assert tally.events == 12
    assert tally.seconds >= 0.3


def test_a_lost_answer_does_not_count_twice(app: Flask, database: Session):
    """When the connection breaks after the events were taken, they are sent again and told as known."""
    honest = httpx.WSGITransport(app=app)
    lost = iter([True])

    def lose_the_first_answer(request: httpx.Request) -> httpx.Response:
        answer = honest.handle_request(request)
        answer.read()
        if next(lost, False):
            raise httpx.ReadError("gone")
        return answer

    headers = {"Authorization": f"Bearer {make_api_key()}"}
    with httpx.Client(
        transport=httpx.MockTransport(lose_the_first_answer), base_url="http://localhost", headers=headers
    ) as client:
        tally = traffic.send(client, traffic.make_events(Random(1), ["a@example.com"], "run"), 100, 0.1, nothing)
    assert (tally.events, tally.accepted, tally.duplicates, tally.repeated) == (10, 0, 10, 1)
    assert database.scalar(select(func.count()).select_from(Event)) == 10


def test_a_refusal_is_passed_on(app: Flask, database: Session):
    """A key that does not open the door ends it with what the instance said."""
    with sender(app, "cdz_wrong") as client, pytest.raises(Refused, match="401"):
        traffic.send(client, traffic.make_events(Random(1), ["a@example.com"], "run"), 10, 1, nothing)


def test_the_audience_are_contacts_or_else_visitors(database: Session):
    """Events are about people the workspace knows; an empty one gets visitors."""
    assert traffic.audience()[0] == "visitor1@example.com"
    make_contact(email="maria@example.com")
    assert traffic.audience() == ["maria@example.com"]


def test_events_vary_and_say_what_triggers_ask_for():
    """All kinds of events come, with the properties that filters look at."""
    events = list(islice(traffic.make_events(Random(3), ["a@example.com"], "run"), 500))
    assert {each["event"] for each in events} == set(traffic._KINDS)
    assert {each["properties"].get("message_kind") for each in events if each["event"] == "email_opened"} == {
        *("campaign", "automation", "transactional")
    }
    assert len({each["message_id"] for each in events}) == 500
