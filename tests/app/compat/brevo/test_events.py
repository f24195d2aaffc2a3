from datetime import UTC, datetime, timedelta

import pytest
from brevo import Brevo
from brevo.errors import BadRequestError
from brevo.event import CreateBatchEventsRequestEventsItem, CreateEventRequestIdentifiers
from brevo.event.types import CreateBatchEventsRequestEventsItemIdentifiers
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import Contact, Event
from app.services import attributes
from nodes.catalog import Kind

OPENED = {"event_name": "email_opened", "identifiers": {"email_id": "ann@x.io"}}


def stored(database: Session) -> tuple[int | None, int | None]:
    return tuple(database.scalar(select(func.count()).select_from(table)) for table in (Event, Contact))


@pytest.mark.parametrize(
    "identifiers",
    [
        {"email_id": "ann@x.io"},
        {"ext_id": "A-1"},
        {"phone_id": "+33612345678"},
        {"whatsapp_id": "+33700000001"},
        {"landline_number_id": "+33123456789"},
    ],
    ids=lambda identifiers: next(iter(identifiers)),
)
def test_an_event_is_recorded_for_whoever_it_names(brevo: Brevo, identifiers: dict[str, str]):
    """An event makes the contact that nobody knows yet, and is listed with its properties."""
    for _ in range(2):
        brevo.event.create_event(
            event_name="video_played",
            identifiers=CreateEventRequestIdentifiers(**identifiers),
            event_date=datetime(2026, 11, 1, 10, tzinfo=UTC),
            event_properties={"title": "Tour", "seconds": 30, "tags": ["a"], "cart": {"total": 5}},
        )
    page = brevo.event.get_events(start_date="2026-11-01", end_date="2026-11-01")
    assert (page.count, len({each.contact_id for each in page.events})) == (2, 1)
    first = page.events[0]
    assert (first.event_name, first.event_date) == ("video_played", datetime(2026, 11, 1, 10, tzinfo=UTC))
    assert first.event_properties == {"title": "Tour", "seconds": 30, "tags": ["a"], "cart": {"total": 5}}


def test_an_event_brings_news_of_the_contact(brevo: Brevo):
    """contact_properties become attributes; unknown names and ill-typed values are ignored."""
    attributes.create("SCORE", Kind.NUMBER)
    brevo.event.create_event(
        event_name="order",
        identifiers=CreateEventRequestIdentifiers(email_id="ann@x.io"),
        contact_properties={"score": 12, "NOBODY": "x"},
    )
    assert brevo.contacts.get_contact_info("ann@x.io").attributes.model_dump() == {"SCORE": 12}


def test_a_contacts_number_wins(brevo: Brevo):
    """With several identifiers the contact's number decides, and an unknown one is refused."""
    ann = brevo.contacts.create_contact(email="ann@x.io").id
    both = CreateEventRequestIdentifiers(email_id="other@x.io", contact_id=ann)
    brevo.event.create_event(event_name="visit", identifiers=both)
    assert brevo.event.get_events().events[0].contact_id == ann
    with pytest.raises(BadRequestError):
        brevo.event.create_event(event_name="visit", identifiers=CreateEventRequestIdentifiers(contact_id=ann + 1))


def test_a_batch_of_a_thousand(brevo: Brevo, database: Session):
    """A thousand events are accepted in one request, and counted."""
    events = [
        CreateBatchEventsRequestEventsItem(
            event_name="email_opened",
            identifiers=CreateBatchEventsRequestEventsItemIdentifiers(email_id=f"c{number % 100}@x.io"),
        )
        for number in range(1000)
    ]
    answer = brevo.event.create_batch_events(events=events)
    assert answer.count == 1000
    assert stored(database) == (1000, 100)


def test_events_are_filtered_and_paged(wire, brevo: Brevo):
    """Events are chosen by contact, name and time, newest first; the count is that of all chosen."""
    now = datetime.now(UTC)
    for age in (1, 2, 3, 400):
        date = (now - timedelta(days=age)).isoformat()
        for who, name in (("a@x.io", "open"), ("b@x.io", "click")):
            wire.post("/events", json={"event_name": name, "identifiers": {"email_id": who}, "event_date": date})
    ann = brevo.contacts.get_contact_info("a@x.io").id
    assert brevo.event.get_events().count == 6
    page = brevo.event.get_events(contact_id=[ann], event_name=["open", "click"], limit=2, offset=1)
    assert ([(now - each.event_date).days for each in page.events], page.count) == ([2, 3], 3)
    assert brevo.event.get_events(object_type="subscription").count == 0
    start, end = ((now - timedelta(days=days)).date().isoformat() for days in (401, 399))
    assert brevo.event.get_events(start_date=start, end_date=end, event_name="click").count == 1


def test_opens_and_clicks_are_told_of_a_contact(brevo: Brevo, wire):
    """A contact's statistics count its opens and clicks by campaign, where a campaign is a number."""
    for name, properties in (
        ("email_opened", {"campaign": 7}),
        ("email_opened", {"campaign": "7", "ip": "10.0.0.1"}),
        ("email_opened", {"campaign": "spring"}),
        ("email_clicked", {"campaign": 7, "link": "https://x.io"}),
        ("email_delivered", {"campaign": 7}),
    ):
        wire.post("/events", json={**OPENED, "event_name": name, "event_properties": properties})
    found = brevo.contacts.get_contact_info("ann@x.io").statistics
    assert [(each.campaign_id, each.count, each.ip) for each in found.opened] == [(7, 2, "10.0.0.1")]
    (link,) = found.clicked[0].links
    assert (link.url, link.count) == ("https://x.io", 1)
    assert [each.campaign_id for each in found.delivered] == [7]
    old = brevo.contacts.get_contact_stats("ann@x.io", start_date="2020-01-01", end_date="2020-02-01")
    assert old.opened == []


@pytest.mark.parametrize(
    ("event", "code"),
    [
        ({}, "missing_parameter"),
        ({"event_name": "x"}, "missing_parameter"),
        ({**OPENED, "identifiers": {}}, "missing_parameter"),
        ({**OPENED, "identifiers": "ann@x.io"}, "missing_parameter"),
        ({**OPENED, "identifiers": {"email_id": "nobody"}}, "invalid_parameter"),
        ({**OPENED, "identifiers": {"contact_id": "5"}}, "invalid_parameter"),
        ({**OPENED, "identifiers": {"contact_id": 2**63}}, "invalid_parameter"),
        ({**OPENED, "event_name": "mail opened"}, "invalid_parameter"),
        ({**OPENED, "event_name": "x" * 256}, "invalid_parameter"),
        ({**OPENED, "event_name": "attribute_changed"}, "invalid_parameter"),
        ({**OPENED, "event_date": "now"}, "invalid_parameter"),
        ({**OPENED, "event_date": "9999-12-31T23:59:59Z"}, "invalid_parameter"),
        ({**OPENED, "event_date": "0001-01-01T00:00:00Z"}, "invalid_parameter"),
        ({**OPENED, "event_properties": []}, "invalid_parameter"),
        ({**OPENED, "event_properties": {"a": "x" * 60_000}}, "invalid_parameter"),
        ({**OPENED, "event_properties": {"a": "\u0000"}}, "invalid_parameter"),
        ({**OPENED, "event_properties": {"no way": 1}}, "invalid_parameter"),
        ({**OPENED, "contact_properties": 5}, "invalid_parameter"),
    ],
)
def test_a_bad_event_is_refused_alone_and_in_a_batch(wire, database: Session, event: dict[str, object], code: str):
    """A bad event is a 400 in words, and neither it nor the good ones around it are stored."""
    for path, body in (("/events", event), ("/events/batch", {"events": [OPENED, event]})):
        answer = wire.post(path, json=body)
        assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert answer.json()["message"].startswith("events.1.")
    assert stored(database) == (0, 0)


@pytest.mark.parametrize("body", [{}, {"events": None}, {"events": []}, {"events": {}}, {"events": [OPENED] * 1001}])
def test_a_batch_has_a_size(wire, database: Session, body: dict[str, object]):
    """A batch is a list of 1 to 1000 events."""
    assert wire.post("/events/batch", json=body).status_code == 400
    assert stored(database) == (0, 0)


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=10001", "offset=-1", "contact_id=x", "startDate=2026-01-01", "startDate=x&endDate=y"]
)
def test_bad_questions_are_refused(wire, query: str):
    """A question that cannot be answered is a 400."""
    assert wire.get(f"/events?{query}").status_code == 400
