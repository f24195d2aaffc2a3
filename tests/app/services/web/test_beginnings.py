"""When a visit begins, and who comes back."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.models import Event, EventType, Visitor
from app.services import workspace
from app.services.web import sites
from tests.factories.contacts import make_contact
from tests.factories.website import send, site, visited

MARIA = "maria@example.com"


@pytest.fixture
def key(app: Flask, database: Session) -> str:
    workspace.setup()
    return sites.get(sites.create(site("shop.example.com"))).key


def beginnings(database: Session, contact: int) -> list[tuple[str, object]]:
    """The visits of a contact that began: with which page, after how many days."""
    mine = select(Event.properties).join(EventType, EventType.id == Event.type_id)
    wanted = mine.where(Event.contact_id == contact, EventType.name == "visit_begun").order_by(Event.at)
    return [(properties["path"], properties.get("away_days")) for properties in database.scalars(wanted)]


def rest(database: Session, **past: int) -> None:
    """Let time go by since the last page of every visitor."""
    database.execute(update(Visitor).values(visited_at=Visitor.visited_at - timedelta(**past)))


def test_a_visit_begins_with_the_first_page_after_a_pause(client: FlaskClient, key: str, database: Session):
    """Pages one after another are one visit; half an hour later it is another, and after days it says how many."""
    contact = make_contact(email=MARIA)
    send(client, key, visited("/"), visited("/pricing"), identify={"email": MARIA})
    send(client, key, visited("/shoes"))
    rest(database, minutes=29)
    send(client, key, visited("/hats"))
    rest(database, minutes=31)
    send(client, key, visited("/bags"))
    rest(database, days=12)
    send(client, key, identify={"email": MARIA})
    send(client, key, visited("/again"), visited("/and-again"))
    assert beginnings(database, contact) == [("/", None), ("/bags", None), ("/again", 12)]


def test_who_is_here_by_another_browser_does_not_come_back(client: FlaskClient, key: str, database: Session):
    """A contact's browsers count together: the phone after the laptop is the same visit, days later it is not."""
    contact = make_contact(email=MARIA)
    send(client, key, visited("/laptop"), identify={"email": MARIA})
    other = {"visitor": "visitor-number-two"}
    send(client, key, visited("/phone"), identify={"email": MARIA}, **other)
    rest(database, days=3)
    send(client, key, visited("/phone-again"), **other)
    assert beginnings(database, contact) == [("/laptop", None), ("/phone-again", 3)]


def test_a_visit_that_began_unknown_is_the_contacts_once_it_is_known(client: FlaskClient, key: str, database: Session):
    """Who says who they are in the middle of a visit began it with its first page; it begins once."""
    contact = make_contact(email=MARIA)
    send(client, key, visited("/first"))
    send(client, key, visited("/form"), identify={"email": MARIA})
    assert beginnings(database, contact) == [("/first", None)]


def test_who_becomes_known_in_a_new_visit_began_that_one_too(client: FlaskClient, key: str, database: Session):
    """What was done in an earlier visit, unknown, is no part of the one that begins now."""
    contact = make_contact(email=MARIA)
    send(client, key, visited("/first"))
    rest(database, minutes=40)
    send(client, key, visited("/second"), identify={"email": MARIA})
    assert beginnings(database, contact) == [("/first", None), ("/second", None)]


def test_a_page_cannot_say_that_a_visit_begins(client: FlaskClient, key: str):
    """Only Cadenza knows when somebody was last here."""
    answer = send(client, key, {**visited(), "name": "visit_begun"})
    assert answer.status_code == 422
    assert "only Cadenza itself" in answer.get_json()["detail"]


@pytest.mark.parametrize("other", [{}, {"visitor": "visitor-number-two"}])
def test_who_was_seen_before_visits_were_kept_was_there_then(
    client: FlaskClient, key: str, database: Session, other: dict[str, str]
):
    """A release before kept only when a visitor was seen; saying who one is in the meantime does not forget it."""
    contact = make_contact(email=MARIA)
    send(client, key, identify={"email": MARIA})
    database.execute(update(Visitor).values(visited_at=None, seen_at=Visitor.seen_at - timedelta(days=12)))
    send(client, key, identify={"email": MARIA}, **other)
    send(client, key, visited("/again"), **other)
    assert beginnings(database, contact) == [("/again", 12)]


@pytest.mark.parametrize("other", [{}, {"visitor": "visitor-number-two"}])
def test_who_never_told_of_a_page_was_not_on_the_site(
    client: FlaskClient, key: str, database: Session, other: dict[str, str]
):
    """To say who one is is no visit, however often and by whichever browser; nor is what a source hears."""
    contact = make_contact(email=MARIA)
    database.add(Visitor(token="anonymous", contact_id=contact))
    database.flush()
    send(client, key, identify={"email": MARIA})
    send(client, key, identify={"email": MARIA})
    send(client, key, visited("/first"), identify={"email": MARIA}, **other)
    assert beginnings(database, contact) == [("/first", None)]
