"""Mail to contacts, from an automation's step over a real mail server back to what people do with it."""

import re
from collections.abc import Sequence
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.adapters import mail, mail_links
from app.models import Event, EventType, Message, MessageHit, Outbox, Suppression
from app.services import contacts, outbox
from app.services.mailing import senders, templates
from app.services.mailing.templates import Written
from tests.factories.automations import make_score, opens
from tests.factories.contacts import change, make_contact
from tests.support import live
from tests.support.mailbox import Mailbox

PERSON = "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0"
SOURCE = """<html><body><p>Hello {{ contact.FIRSTNAME | default("there") }}, you have {{ contact.SCORE }} points.</p>
<a href="https://example.com/offer?who={{ contact.email }}">See</a></body></html>"""
MARIA = "maria@example.com"


@pytest.fixture(autouse=True)
def _links(app: Flask, mailbox: Mailbox, reachable_loopback: None) -> None:
    mail_links.configure("https://cadenza.example.com")


def template(name: str = "Welcome", subject: str = "Hello {{ contact.FIRSTNAME }}") -> int:
    return templates.create(name, Written(subject, "", "html", SOURCE))


def mailing(number: int, **config: object) -> int:
    """An automation that mails to whoever opens a mail of somebody else's."""
    steps = [("opened", "email_opened", {}), ("mail", "send_email", {"template": number, **config})]
    return live.activate(live.document(steps, [("opened", "next", "mail")]))


def enter(*emails: str) -> None:
    for email in emails:
        opens(email)
    live.drain_all()


def hits(database: Session) -> Sequence[tuple[str, str | None]]:
    rows = database.execute(select(MessageHit.kind, MessageHit.machine).order_by(MessageHit.id))
    return [(row.kind, row.machine) for row in rows]


def happened(database: Session, name: str) -> Sequence[Event]:
    return database.scalars(
        select(Event).join(EventType, EventType.id == Event.type_id).where(EventType.name == name)
    ).all()


def sent_long_ago(database: Session) -> None:
    for message in database.scalars(select(Message)):
        message.sent_at = message.created_at.replace(year=2025)
    database.flush()


def address(mailbox: Mailbox, kind: str) -> str:
    body = mailbox.letters[0].get_body(("html",))
    assert body is not None
    found = re.search(rf'https://cadenza\.example\.com(/t/{kind}/[^"]+)"', body.get_content())
    assert found
    return found[1]


def test_a_step_sends_its_template(database: Session, mailbox: Mailbox):
    """Filled for the contact, as HTML and as text, in the sender's name, with a way to unsubscribe by one click."""
    make_score()
    make_contact(email=MARIA, FIRSTNAME="Maria & Co", SCORE=7)
    number = senders.create("Anna", "anna@example.com")
    mailing(template(), sender=number, reply_to="answers@example.com")
    enter(MARIA)
    outbox.deliver()
    (letter,) = mailbox.letters
    assert (letter["To"], letter["Subject"]) == (MARIA, "Hello Maria & Co")
    assert (letter["From"], letter["Reply-To"]) == ("Anna <anna@example.com>", "answers@example.com")
    html, text = (letter.get_body((kind,)).get_content() for kind in ("html", "plain"))
    assert "Hello Maria &amp; Co, you have 7 points." in html
    assert "Hello Maria & Co, you have 7 points." in text
    assert letter["List-Unsubscribe"].startswith("<https://cadenza.example.com/t/u/")
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    (message,) = database.scalars(select(Message))
    assert (message.state, message.address, message.kind) == ("sent", MARIA, "automation")
    assert message.sent_at


def test_many_go_by_few_connections(database: Session, mailbox: Mailbox):
    """The mail server is not asked for a connection a mail."""
    emails = [f"c{number}@example.com" for number in range(40)]
    mailing(template())
    enter(*emails)
    while outbox.deliver():
        pass
    assert sorted(letter["To"] for letter in mailbox.letters) == sorted(emails)
    assert mailbox.connections <= 16
    assert len({letter["Message-ID"] for letter in mailbox.letters}) == 40


def test_a_mail_that_is_tried_again_is_the_same_message(database: Session, mailbox: Mailbox):
    """One message and one Message-ID, however often the server says “later”."""
    mailbox.answer = "451 Later"
    mailing(template())
    enter(MARIA)
    outbox.deliver()
    mailbox.answer = "250 OK"
    for delivery in database.scalars(select(Outbox)):
        delivery.due_at = delivery.created_at
    database.flush()
    outbox.deliver()
    assert len({letter["Message-ID"] for letter in mailbox.letters}) == 1
    (message,) = database.scalars(select(Message))
    assert message.state == "sent"


def test_one_that_cannot_be_written_holds_up_no_other(
    database: Session, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
):
    """Whatever breaks in it: the others are sent once, and it is given up."""
    real = mail._message

    def breaking(server: mail.MailServer, letter: mail.Mail) -> EmailMessage:
        if letter.to == "c1@example.com":
            raise IndexError("deep in a library")
        return real(server, letter)

    monkeypatch.setattr(mail, "_message", breaking)
    mailing(template())
    enter("c0@example.com", "c1@example.com", "c2@example.com")
    outbox.deliver()
    assert sorted(letter["To"] for letter in mailbox.letters) == ["c0@example.com", "c2@example.com"]
    assert sorted(database.scalars(select(Outbox.state))) == ["failed", "sent", "sent"]
    assert sorted(database.scalars(select(Message.state))) == ["failed", "sent", "sent"]


def test_international_domains_are_written_for_every_server(database: Session, mailbox: Mailbox):
    """As punycode, of the sender and of the contact."""
    number = senders.create("Jörg", "joerg@müller.example")
    make_contact(email="maria@bücher.example")
    mailing(template(), sender=number)
    enter("maria@bücher.example")
    outbox.deliver()
    (letter,) = mailbox.letters
    assert letter["To"] == "maria@xn--bcher-kva.example"
    assert "joerg@xn--mller-kva.example" in letter["From"]


@pytest.mark.parametrize(
    ("said", "bounced"),
    [
        ("550 No such user", True),
        ("550 5.1.1 User unknown", True),
        ("553 5.7.1 Sender address rejected: not owned by user", False),
        ("554 5.7.1 Relay access denied", False),
        ("530 5.7.0 Authentication required", False),
        ("550 5.7.26 Unauthenticated mail", False),
    ],
)
def test_only_addresses_that_do_not_exist_are_given_up(database: Session, mailbox: Mailbox, said: str, bounced: bool):
    """What a server says about us suppresses nobody: it is ours to mend."""
    mailbox.refused[MARIA] = said
    mailing(template())
    enter(MARIA)
    outbox.deliver()
    assert database.scalars(select(Message.state)).all() == ["bounced" if bounced else "failed"]
    assert bool(database.scalars(select(Suppression.id)).all()) == bounced


def test_what_is_filled_into_a_link_stays_one_value(client: FlaskClient, database: Session, mailbox: Mailbox):
    """It can neither be read as another letter nor add a part of its own; an address of the contact's is kept whole."""
    tricky = "a+b4&admin=1@example.com"
    make_contact(email=tricky)
    mailing(template())
    enter(tricky)
    outbox.deliver()
    answer = client.get(address(mailbox, "c"), headers={"User-Agent": PERSON})
    assert answer.location == "https://example.com/offer?who=a%2Bb4%26admin%3D1%40example.com"


def test_an_address_that_bounces_takes_no_more_mail(database: Session, mailbox: Mailbox):
    """The message says bounced, automations are told, and the next mail is left out with the reason."""
    mailbox.refused[MARIA] = "550 No such user"
    number = template()
    mailing(number)
    enter(MARIA)
    outbox.deliver()
    assert database.scalars(select(Suppression.address)).all() == [MARIA]
    (bounce,) = happened(database, "email_bounced")
    assert bounce.properties["template"] == "Welcome"
    mailing(number)
    enter(MARIA)
    outbox.deliver()
    states = database.execute(select(Message.state, Message.reason).order_by(Message.id)).all()
    assert [state for state, _ in states] == ["bounced", "left_out", "left_out"]
    assert states[0].reason == "550 No such user"
    assert states[1].reason == "suppressed"
    assert mailbox.mails == []


def test_who_unsubscribed_meanwhile_is_left_out(database: Session, mailbox: Mailbox):
    """Looked at again when the mail leaves, not only when the contact passed the step."""
    contact = make_contact(email=MARIA)
    mailing(template())
    enter(MARIA)
    contacts.write([change(contact, email_blacklisted=True)], "update")
    outbox.deliver()
    (message,) = database.scalars(select(Message))
    assert (message.state, message.reason, mailbox.mails) == ("left_out", "unsubscribed", [])


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
