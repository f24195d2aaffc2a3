"""When a visit has ended, and what it says: what was seen, for how long, and what brought it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.models import Event, EventType, Visitor, Workspace
from app.services import workspace
from app.services.contacts import Identifier
from app.services.incoming import IncomingEvent
from app.services.intake import record_events
from app.services.web import category_rules, endings, sites
from tests.factories.contacts import make_contact
from tests.factories.website import SHOP, send, site, visited

MARIA = "maria@example.com"
MINUTE = 60_000
"""In milliseconds, as pages say how long ago something was."""


@pytest.fixture
def key(app: Flask, database: Session) -> str:
    workspace.setup()
    return sites.get(sites.create(site("shop.example.com"))).key


def endings_of(database: Session, contact: int) -> list[dict[str, Any]]:
    """What a contact's ended visits say, in order."""
    mine = select(Event.properties).join(EventType, EventType.id == Event.type_id)
    ended = mine.where(Event.contact_id == contact, EventType.name == "visit_ended")
    return list(database.scalars(ended.order_by(Event.id)))


def rest(database: Session, minutes: int) -> None:
    """Let time go by, and let the clock look."""
    past = timedelta(minutes=minutes)
    database.execute(update(Visitor).values(seen_at=Visitor.seen_at - past, visited_at=Visitor.visited_at - past))
    database.execute(update(Event).values(at=Event.at - past))
    database.execute(update(Workspace).values(visits_ended_at=Workspace.visits_ended_at - past))
    database.expire_all()
    endings.tell()


@pytest.mark.row("E7")
def test_a_visit_ends_half_an_hour_after_the_last_page(client: FlaskClient, key: str, database: Session):
    """Not before, once only, and with what was seen; the next one ends by itself."""
    category_rules.save([{"by": "path", "value": "/shoes", "category": "Shoes"}])
    contact = make_contact(email=MARIA)
    first = visited("/start")
    first["properties"]["utm_campaign"] = "spring"
    send(client, key, first, visited("/shoes/1"), visited("/shoes/2"), identify={"email": MARIA})
    rest(database, 29)
    assert endings_of(database, contact) == []
    rest(database, 2)
    rest(database, 2)
    (ended,) = endings_of(database, contact)
    assert ended == {
        "page": f"{SHOP}/start",
        "path": "/start",
        "utm_campaign": "spring",
        "pages": 3,
        "seconds": 0,
        "interest": "Shoes",
        "categories": "Shoes",
    }
    send(client, key, visited("/hats"))
    rest(database, 31)
    assert [each["pages"] for each in endings_of(database, contact)] == [3, 1]


def test_who_comes_at_the_same_hour_daily_ends_each_visit_once(client: FlaskClient, key: str, database: Session):
    """A day later the look back begins in the middle of yesterday's visit, which has been told."""
    contact = make_contact(email=MARIA)
    send(client, key, visited("/one", ago=10 * MINUTE), visited("/two"), identify={"email": MARIA})
    rest(database, 31)
    rest(database, 24 * 60 - 37)
    send(client, key, visited("/three"))
    rest(database, 31)
    assert [each["page"] for each in endings_of(database, contact)] == [f"{SHOP}/one", f"{SHOP}/three"]


def test_what_joins_a_visit_that_was_told_does_not_end_it_again(client: FlaskClient, key: str, database: Session):
    """Another browser says late whose it is, and what it did before: the first page is another one then."""
    contact = make_contact(email=MARIA)
    send(client, key, visited("/laptop"), identify={"email": MARIA})
    rest(database, 31)
    earlier = visited("/phone", ago=40 * MINUTE)
    send(client, key, earlier, visited("/now"), identify={"email": MARIA}, visitor="visitor-number-two")
    rest(database, 31)
    assert [each["page"] for each in endings_of(database, contact)] == [f"{SHOP}/laptop", f"{SHOP}/now"]


def test_visits_end_however_long_the_clock_stood_still(client: FlaskClient, key: str, database: Session):
    """After a stop of days it looks back to where it had come."""
    contact = make_contact(email=MARIA)
    send(client, key, visited("/start"), identify={"email": MARIA})
    rest(database, 3 * 24 * 60)
    assert [each["pages"] for each in endings_of(database, contact)] == [1]


def test_who_goes_on_by_another_browser_has_not_left(client: FlaskClient, key: str, database: Session):
    """A contact's browsers count together."""
    contact = make_contact(email=MARIA)
    send(client, key, visited("/laptop"), identify={"email": MARIA})
    rest(database, 20)
    send(client, key, visited("/phone"), identify={"email": MARIA}, visitor="visitor-number-two")
    rest(database, 15)
    assert endings_of(database, contact) == []
    rest(database, 20)
    assert [each["pages"] for each in endings_of(database, contact)] == [2]


def test_whom_nobody_knows_ends_no_visit(client: FlaskClient, key: str, database: Session):
    """There is no contact to tell of; to say who one is, without a page, is no visit."""
    contact = make_contact(email=MARIA)
    send(client, key, visited("/start"), visitor="visitor-number-two")
    send(client, key, identify={"email": MARIA})
    rest(database, 31)
    assert endings_of(database, contact) == []


@pytest.mark.parametrize(("minutes_before", "brought"), [(1, True), (9, True), (11, False), (-1, False)])
def test_a_click_just_before_brought_the_visit(
    client: FlaskClient, key: str, database: Session, minutes_before: int, brought: bool
):
    """The message whose link was followed is told; one that was followed long before, or later, is not."""
    contact = make_contact(email=MARIA)
    clicked_at = datetime.now(UTC) - timedelta(minutes=minutes_before)
    said = {"message": 7, "message_kind": "campaign", "campaign": "Spring", "link": "https://shop.example.com/"}
    click = IncomingEvent("email_clicked", [Identifier("id", contact)], clicked_at, orjson.dumps(said))
    record_events([click], source="test")
    send(client, key, visited("/start"), identify={"email": MARIA})
    rest(database, 40)
    (ended,) = endings_of(database, contact)
    assert (ended.get("message"), ended.get("campaign")) == ((7, "Spring") if brought else (None, None))


def test_a_page_cannot_say_that_a_visit_ended(client: FlaskClient, key: str):
    """Only Cadenza knows that nothing comes any more."""
    assert send(client, key, {**visited(), "name": "visit_ended"}).status_code == 422
