"""Mail that comes back: tied to its message by what only this instance can make, and what follows for the address."""

import re
from collections.abc import Callable
from email.message import EmailMessage
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.adapters import returned
from app.errors import Invalid
from app.models import Message, Suppression
from app.services import contacts, outbox
from app.services.mailing import messages, return_settings, returns
from app.services.mailing.return_settings import ReturnSettings
from app.services.paging import Paging
from tests.factories.contacts import make_contact
from tests.factories.mailing import MARIA, enter, happened, mailing, template
from tests.factories.returns import answer, complaint, displayed, undelivered
from tests.support import live
from tests.support.mailbox import Mailbox

UNKNOWN = "550 5.1.1 <maria@example.com>: no such user"
FULL = "452 4.2.2 mailbox full"


def sent(mailbox: Mailbox) -> EmailMessage:
    """The mail that a contact got."""
    outbox.deliver()
    return mailbox.letters[-1]


@pytest.fixture
def letter(database: Session, mailbox: Mailbox) -> EmailMessage:
    make_contact(email=MARIA)
    mailing(template())
    enter(MARIA)
    return sent(mailbox)


def suppressed(database: Session) -> list[tuple[str, str]]:
    return [tuple(row) for row in database.execute(select(Suppression.address, Suppression.reason))]


def test_an_address_that_does_not_exist_takes_no_more_mail(database: Session, letter: EmailMessage):
    """Told once as an event, however often the report comes; the message shows what the server said."""
    (message,) = database.scalars(select(Message))
    for _ in range(2):
        assert returns.take(undelivered(letter, "5.1.1", UNKNOWN)) == ("hard", message.id)
    database.refresh(message)
    assert (message.state, message.reason) == ("bounced", UNKNOWN)
    assert suppressed(database) == [(MARIA, "hard_bounce")]
    (event,) = happened(database, "email_bounced")
    assert event.properties["bounce"] == "hard"
    (shown,) = messages.of_contact(message.contact_id, Paging()).items
    assert [(hit.kind, hit.detail) for hit in shown.hits] == [("bounced", UNKNOWN)]


def test_what_may_be_delivered_another_time_is_counted(database: Session, mailbox: Mailbox, letter: EmailMessage):
    """Three within thirty days, as the settings say; fewer leave the address alone."""
    return_settings.configure(ReturnSettings(soft_limit=2))
    assert returns.take(undelivered(letter, "4.2.2", FULL)).kind == "soft"
    assert suppressed(database) == []
    mailing(template("Second"))
    enter(MARIA)
    returns.take(undelivered(sent(mailbox), "5.7.1", "550 5.7.1 blocked for policy reasons"))
    assert suppressed(database) == [(MARIA, "soft_bounces")]
    assert [each.properties["bounce"] for each in happened(database, "email_bounced")] == ["soft", "soft"]


def test_who_complains_gets_nothing_more(database: Session, letter: EmailMessage):
    """The address, and the contact by whatever address; an event tells it, and the proof names the mail."""
    (message,) = database.scalars(select(Message))
    assert returns.take(complaint(letter)) == ("complaint", message.id)
    assert suppressed(database) == [(MARIA, "complaint")]
    assert contacts.get(message.contact_id).email_blacklisted
    assert len(happened(database, "email_complained")) == 1
    assert message.state == "sent"


def test_a_bounce_starts_automations(database: Session, mailbox: Mailbox):
    """The third way of a cadence: neither opened nor silent."""
    maria = make_contact(email=MARIA)
    live.activate(
        live.document(
            [("back", "custom_event", {"event": "email_bounced"}), ("tag", "add_tag", {"tag": "call"})],
            [("back", "next", "tag")],
        )
    )
    mailing(template())
    enter(MARIA)
    returns.take(undelivered(sent(mailbox), "5.1.1", UNKNOWN))
    live.drain_all()
    assert contacts.get(maria).tags == ["call"]


@pytest.mark.parametrize(
    ("status", "said", "kind"),
    [
        ("5.1.10", "550 5.1.10 recipient not found", "hard"),
        ("5.0.0", "550 no such user here", "hard"),
        ("5.2.2", "552 5.2.2 over quota", "soft"),
        ("4.4.7", "delivery time expired", "soft"),
        ("5.0.0", "550 5.7.26 unauthenticated", "soft"),
    ],
)
def test_hard_and_soft_are_told_apart(database: Session, letter: EmailMessage, status: str, said: str, kind: str):
    """Only what says that the address is not there is for good."""
    assert returns.take(undelivered(letter, status, said)).kind == kind


def test_what_is_no_end_does_nothing(database: Session, letter: EmailMessage):
    """A delay, a delivery, praise, any other mail, rubbish."""
    raw = letter.as_bytes()
    reports = [undelivered(letter, "4.4.1", "busy", action) for action in ("delayed", "delivered", "relayed")]
    for each in [
        *reports,
        complaint(letter, "not-spam"),
        raw,
        b"",
        b"\xff\x00" * 50,
        b"Content-Type: multipart/report\r\n",
    ]:
        assert returns.take(each) == (None, None)
    assert happened(database, "email_bounced") == []


def test_an_answer_is_told_once(database: Session, letter: EmailMessage):
    """With its subject, however often the mailbox is read; the address takes mail as before."""
    (message,) = database.scalars(select(Message))
    for _ in range(2):
        assert returns.take(answer(letter)) == ("reply", message.id)
    (event,) = happened(database, "email_replied")
    assert (event.properties["message"], event.properties["automation"]) == (message.id, message.automation_id)
    (shown,) = messages.of_contact(message.contact_id, Paging()).items
    assert [(hit.kind, hit.detail) for hit in shown.hits] == [("replied", f"Re: {letter['Subject']}")]
    assert (message.state, suppressed(database)) == ("sent", [])


@pytest.mark.parametrize(
    "header",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Precedence": "bulk"},
        {"X_Autoreply": "yes"},
        {"List_Id": "<a.b>"},
        {"Return_Path": "<>"},
    ],
)
def test_what_answers_by_itself_is_no_answer(database: Session, letter: EmailMessage, header: dict[str, str]):
    """Who is out of office has read nothing; neither does a forged reference answer anything."""
    assert returns.take(answer(letter, **header)) == (None, None)
    (message,) = database.scalars(select(Message))
    made = letter["Message-ID"].strip("<>").partition("@")[0]
    forged = answer(letter).replace(made.encode(), f"{message.id}.{'0' * 32}".encode())
    assert returns.take(forged) == ("reply", None)
    assert happened(database, "email_replied") == []


@pytest.mark.parametrize("report", [displayed, partial(undelivered, status="2.0.0", said="sent", action="relayed")])
def test_a_receipt_is_no_answer(database: Session, letter: EmailMessage, report: Callable[[EmailMessage], bytes]):
    """What was shown or passed on was not answered, though receipts name the message as answers do."""
    raw = f"In-Reply-To: {letter['Message-ID']}\r\n".encode() + report(letter)
    assert returns.take(raw) == (None, None)
    assert happened(database, "email_replied") == []


def test_an_answer_in_odd_letters_is_one(database: Session, letter: EmailMessage):
    """A subject that cannot be read stays as it came; an encoded one is read."""
    raw = answer(letter, Auto_Submitted="no")
    encoded = raw.replace(b"Subject: Re", b"Subject: =?utf-8?q?Caf=C3=A9?= Re")
    broken = raw.replace(b"Subject: Re", b"Subject: =?utf-8?b?a?= \xff Re")
    assert [returned.read(each).said.partition(" ")[0] for each in (encoded, broken)] == ["Café", "=?utf-8?b?a?="]


@pytest.mark.parametrize("subject", ["=?utf-7?q?+2AA-?= Yes", "=?utf-8?q?a=00b?= Yes"])
def test_an_answer_is_heard_whatever_its_subject_holds(database: Session, letter: EmailMessage, subject: str):
    """Half a character, or a zero: what cannot be stored of it is left out."""
    raw = re.sub(rb"Subject: [^\r]*", f"Subject: {subject}".encode(), answer(letter))
    assert returns.take(raw).kind == "reply"
    (event,) = happened(database, "email_replied")
    (shown,) = messages.of_contact(event.contact_id, Paging()).items
    assert [hit.detail for hit in shown.hits if hit.detail and hit.detail.endswith(" Yes")]


def test_nobody_lets_mail_of_others_come_back(database: Session, letter: EmailMessage):
    """A reference that this instance did not make names no message."""
    (message,) = database.scalars(select(Message))
    report = undelivered(letter, "5.1.1", UNKNOWN)
    made = letter["Message-ID"].strip("<>").partition("@")[0]
    forged = report.replace(made.encode(), f"{message.id}.{'0' * 32}".encode())
    other = report.replace(made.encode(), f"{message.id + 1}.{made.partition('.')[2]}".encode())
    assert returns.take(forged) == returns.take(other) == ("hard", None)
    assert suppressed(database) == []


def test_each_message_comes_back_to_an_address_of_its_own(database: Session, mailbox: Mailbox):
    """By that alone it is found, for some servers keep nothing of what they return; From stays the sender's."""
    return_settings.configure(ReturnSettings(address="bounces@example.com"))
    make_contact(email=MARIA)
    mailing(template())
    enter(MARIA)
    letter = sent(mailbox)
    came_from = mailbox.mails[0].mail_from
    assert came_from.startswith("bounces+")
    assert came_from.endswith("@example.com")
    assert letter["From"] == "Cadenza <alerts@example.com>"
    del letter["Message-ID"]
    report = undelivered(letter, "5.1.1", UNKNOWN)
    assert returns.take(report).message is None
    assert returns.take(report.replace(b"To: alerts@example.com", f"To: {came_from}".encode())).kind == "hard"
    assert suppressed(database) == [(MARIA, "hard_bounce")]
    with pytest.raises(Invalid, match="too long"):
        return_settings.configure(ReturnSettings(address="returned-mail@example.com"))
