"""Mail to contacts, from an automation's step over a real mail server back to what people do with it."""

from email.message import EmailMessage

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.adapters import mail
from app.models import Message, Outbox, Suppression
from app.services import contacts, outbox
from app.services.mailing import senders
from tests.factories.automations import make_score
from tests.factories.contacts import change, make_contact
from tests.factories.mailing import MARIA, enter, happened, mailing, template
from tests.support.mailbox import Mailbox


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


def test_many_go_by_few_connections(database: Session, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch):
    """The mail server is not asked for a connection a mail."""
    monkeypatch.setattr(mail, "_KEPT_SECONDS", 600)  # on a slow machine, too
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
