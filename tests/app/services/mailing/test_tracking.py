"""What people and machines do with mail that was sent."""

from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import db
from app.models import Message
from app.services import contacts, outbox
from app.services.mailing import tracking
from tests.factories.contacts import change, make_contact
from tests.factories.mailing import MARIA, PERSON, address, enter, happened, hits, mailing, sent_long_ago, template
from tests.support.mailbox import Mailbox


def test_what_is_filled_into_a_link_stays_one_value(client: FlaskClient, database: Session, mailbox: Mailbox):
    """It can neither be read as another letter nor add a part of its own; an address of the contact's is kept whole."""
    tricky = "a+b4&admin=1@example.com"
    make_contact(email=tricky)
    mailing(template())
    enter(tricky)
    outbox.deliver()
    answer = client.get(address(mailbox, "c"), headers={"User-Agent": PERSON})
    assert answer.location == "https://example.com/offer?who=a%2Bb4%26admin%3D1%40example.com"


def test_opens_and_clicks_of_people_start_automations(client: FlaskClient, database: Session, mailbox: Mailbox):
    """An event each, with message, template and link; the click leads where the author said."""
    make_contact(email=MARIA)
    mailing(template())
    enter(MARIA)
    outbox.deliver()
    sent_long_ago(database)
    people = {"User-Agent": PERSON}
    assert client.get(address(mailbox, "o"), headers=people).content_type == "image/gif"
    answer = client.get(address(mailbox, "c"), headers=people)
    assert (answer.status_code, answer.location) == (302, "https://example.com/offer?who=maria%40example.com")
    (click,) = happened(database, "email_clicked")
    (message,) = database.scalars(select(Message))
    assert click.properties["link"] == "https://example.com/offer?who=maria%40example.com"
    assert (click.properties["message"], click.properties["message_kind"]) == (message.id, "automation")
    assert [event.properties["message"] for event in happened(database, "email_opened") if event.properties] == [
        message.id
    ]
    assert message.opened_at
    assert message.clicked_at


def test_machines_are_seen_and_start_nothing(client: FlaskClient, database: Session, mailbox: Mailbox):
    """Kept with what gave them away; no event, no score, no time of opening."""
    make_contact(email=MARIA)
    mailing(template())
    enter(MARIA)
    outbox.deliver()
    client.get(address(mailbox, "o"), headers={"User-Agent": PERSON})
    client.get(address(mailbox, "x"))
    sent_long_ago(database)
    client.get(address(mailbox, "c"), headers={"User-Agent": PERSON})
    assert hits(database) == [("opened", "haste"), ("clicked", "trap"), ("clicked", "trap")]
    assert happened(database, "email_clicked") == []
    assert database.scalars(select(Message.opened_at)).all() == [None]


def test_a_message_is_told_of_so_often(
    client: FlaskClient, database: Session, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
):
    """Who asks for its link again and again gets there and fills nothing; to unsubscribe always counts."""
    contact = make_contact(email=MARIA)
    mailing(template())
    enter(MARIA)
    outbox.deliver()
    sent_long_ago(database)
    monkeypatch.setattr(tracking, "PACE", "3 per minute")
    people = {"User-Agent": PERSON}
    assert {client.get(address(mailbox, "c"), headers=people).status_code for _ in range(6)} == {302}
    assert len(hits(database)) == 3
    way = urlsplit(mailbox.letters[0]["List-Unsubscribe"].strip("<>")).path
    client.post(way, data={"List-Unsubscribe": "One-Click"})
    assert contacts.get(contact).email_blacklisted
    assert len(happened(database, "email_unsubscribed")) == 1


@pytest.mark.parametrize("kind", ["o", "c", "x"])
def test_nobody_waits_for_counting(
    client: FlaskClient, database: Session, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch, kind: str
):
    """How often a message was told of is asked while nothing is held."""
    make_contact(email=MARIA)
    mailing(template())
    enter(MARIA)
    outbox.deliver()
    held: list[bool] = []
    monkeypatch.setattr(tracking.throttle, "exceeded", lambda *_: held.append(db.in_transaction()))
    client.get(address(mailbox, kind), headers={"User-Agent": PERSON})
    assert held == [False]


def test_unsubscribing_asks_first_and_can_be_taken_back(client: FlaskClient, database: Session, mailbox: Mailbox):
    """A link that is only looked at does nothing: scanners look at all of them."""
    contact = make_contact(email=MARIA)
    mailing(template())
    enter(MARIA)
    outbox.deliver()
    way = urlsplit(mailbox.letters[0]["List-Unsubscribe"].strip("<>")).path
    page = client.get(way, headers={"Accept-Language": "fr"})
    assert "Se désinscrire" in page.text
    assert MARIA in page.text
    assert not contacts.get(contact).email_blacklisted
    done = client.post(way, data={"List-Unsubscribe": "One-Click"})
    assert done.status_code == 200
    client.post(way, data={"List-Unsubscribe": "One-Click"})
    assert contacts.get(contact).email_blacklisted
    assert len(happened(database, "email_unsubscribed")) == 1
    client.post(f"{way}/undo")
    assert not contacts.get(contact).email_blacklisted


def test_an_old_mail_subscribes_nobody(client: FlaskClient, database: Session, mailbox: Mailbox):
    """Only what was done by this very mail a while ago can be taken back by it."""
    contact = make_contact(email=MARIA)
    mailing(template())
    enter(MARIA)
    outbox.deliver()
    contacts.write([change(contact, email_blacklisted=True)], "update")
    way = urlsplit(mailbox.letters[0]["List-Unsubscribe"].strip("<>")).path
    assert client.post(f"{way}/undo").status_code == 404
    assert contacts.get(contact).email_blacklisted


@pytest.mark.parametrize("path", ["/t/c/nonsense", "/t/u/nonsense", "/t/c/WzEsMF0.abc"])
def test_addresses_that_nobody_made_lead_nowhere(client: FlaskClient, mailbox: Mailbox, path: str):
    """A redirect that leads anywhere else cannot be made: addresses are signed, and links stand in the template."""
    assert client.get(path).status_code == 404
    assert client.post(path).status_code in {404, 405}


def test_a_page_is_not_made_for_a_picture(client: FlaskClient, mailbox: Mailbox):
    """An address to see is not an address to unsubscribe."""
    make_contact(email=MARIA)
    mailing(template())
    enter(MARIA)
    outbox.deliver()
    token = address(mailbox, "o").rpartition("/")[2]
    assert client.get(f"/t/u/{token}").status_code == 404
