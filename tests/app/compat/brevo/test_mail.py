"""Mail sent by Brevo's clients, over a real mail server, and what the clients read of it afterwards."""

import base64
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from brevo import Brevo
from brevo.errors import BadRequestError
from brevo.transactional_emails import (
    SendTransacEmailRequestAttachmentItem,
    SendTransacEmailRequestBccItem,
    SendTransacEmailRequestCcItem,
    SendTransacEmailRequestMessageVersionsItem,
    SendTransacEmailRequestMessageVersionsItemToItem,
    SendTransacEmailRequestReplyTo,
    SendTransacEmailRequestSender,
    SendTransacEmailRequestToItem,
)
from flask import Flask
from sib_api_v3_sdk import ApiClient, SendSmtpEmail, TransactionalEmailsApi
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from app.adapters import mail_links
from app.models import Contact, Message, Outbox
from app.services import contacts, outbox
from app.services.contacts import ContactInput
from app.services.mailing import senders, suppressions
from tests.support.mailbox import Mailbox

MARIA = "maria@example.com"
PAGE = """<html><body><p>Hello {{ contact.FIRSTNAME | default("you") }}, order {{ params.order.number }}</p>
<a href="https://example.com/reset/{{ params.token }}">Reset</a></body></html>"""
PARAMS = {"order": {"number": 7}, "token": "a&b", "trick": "{{ contact.email }}"}


@pytest.fixture(autouse=True)
def _links(app: Flask, mailbox: Mailbox) -> None:
    mail_links.configure("https://cadenza.example.com")


@pytest.fixture
def shop() -> SendTransacEmailRequestSender:
    """A sender that the workspace knows."""
    senders.create("Shop", "shop@example.com")
    return SendTransacEmailRequestSender(email="shop@example.com", name="The shop")


def to(*addresses: str) -> list[SendTransacEmailRequestToItem]:
    return [SendTransacEmailRequestToItem(email=each, name="A person") for each in addresses]


def test_a_mail_arrives_as_it_was_asked_for(brevo: Brevo, shop, mailbox: Mailbox, database: Session):
    """Values, contact's data, people, headers, files: as a mail program shows them; no footer is added to it."""
    contacts.write([ContactInput(fields={"email": MARIA}, attributes={"FIRSTNAME": "Maria & Co"})])
    answer = brevo.transactional_emails.send_transac_email(
        sender=shop,
        to=to(MARIA),
        cc=[SendTransacEmailRequestCcItem(email="cc@example.com")],
        bcc=[SendTransacEmailRequestBccItem(email="bcc@example.com")],
        reply_to=SendTransacEmailRequestReplyTo(email="answers@example.com"),
        subject="Order {{ params.order.number }} {{ params.trick }}",
        html_content=PAGE,
        params=PARAMS,
        headers={"X-Mailin-custom": "order:7"},
        attachment=[
            SendTransacEmailRequestAttachmentItem(name="bill.pdf", content=base64.b64encode(b"%PDF-1").decode())
        ],
    )
    outbox.deliver()
    (envelope,), (letter,) = mailbox.mails, mailbox.letters
    assert sorted(envelope.rcpt_tos) == ["bcc@example.com", "cc@example.com", MARIA]
    assert (letter["Message-ID"], letter["From"]) == (answer.message_id, "The shop <shop@example.com>")
    assert (letter["To"], letter["Cc"], letter["Bcc"]) == (f"A person <{MARIA}>", "cc@example.com", None)
    assert (letter["Reply-To"], letter["X-Mailin-custom"]) == ("answers@example.com", "order:7")
    assert letter["Subject"] == "Order 7 {{ contact.email }}"
    html = letter.get_body(("html",)).get_content()
    assert "Hello Maria &amp; Co, order 7" in html
    assert "Unsubscribe" not in html
    (bill,) = letter.iter_attachments()
    assert (bill.get_filename(), bill.get_content_type(), bill.get_content()) == (
        "bill.pdf",
        "application/pdf",
        b"%PDF-1",
    )
    (message,) = database.scalars(select(Message))
    assert (message.kind, message.state) == ("transactional", "sent")


def test_a_link_with_a_value_leads_there(brevo: Brevo, shop, mailbox: Mailbox, client):
    """A link that holds a value is followed through our own address, and is counted."""
    brevo.transactional_emails.send_transac_email(
        sender=shop, to=to(MARIA), subject="S", html_content=PAGE, params=PARAMS
    )
    outbox.deliver()
    html = mailbox.letters[0].get_body(("html",)).get_content()
    address = html.partition('href="https://cadenza.example.com')[2].partition('"')[0]
    assert client.get(address).headers["Location"] == "https://example.com/reset/a&b"


def test_plain_text_is_enough(sib: ApiClient, shop, mailbox: Mailbox):
    """The older client sends text alone; its links and signs are not taken for HTML."""
    made = TransactionalEmailsApi(sib).send_transac_email(
        SendSmtpEmail(
            sender={"email": "shop@example.com"},
            to=[{"email": MARIA}],
            subject="S",
            text_content="1 < 2 & {{params.n}}",
            params={"n": 3},
        )
    )
    outbox.deliver()
    (letter,) = mailbox.letters
    assert letter["Message-ID"] == made.message_id
    assert letter.get_body(("plain",)).get_content().strip() == "1 < 2 & 3"
    assert "1 &lt; 2 &amp; 3" in letter.get_body(("html",)).get_content()


def test_each_version_has_its_people_and_values(brevo: Brevo, shop, mailbox: Mailbox):
    """Versions say what differs; all their people are shown to each other, and each gets a mail."""
    answer = brevo.transactional_emails.send_transac_email(
        sender=shop,
        subject="Hello {{ params.name }}",
        html_content="<p>Code {{ params.code }}</p>",
        params={"code": 1},
        message_versions=[
            SendTransacEmailRequestMessageVersionsItem(
                to=[SendTransacEmailRequestMessageVersionsItemToItem(email=each) for each in addresses],
                params={"name": name},
            )
            for name, addresses in (("A", ["a1@example.com", "a2@example.com"]), ("B", ["b@example.com"]))
        ],
    )
    while outbox.deliver():
        pass
    said = sorted((letter["Subject"], letter["To"]) for letter in mailbox.letters)
    both = "a1@example.com, a2@example.com"
    assert said == [("Hello A", both), ("Hello A", both), ("Hello B", "b@example.com")]
    assert len(answer.message_ids) == 2
    assert all("Code 1" in letter.get_body(("html",)).get_content() for letter in mailbox.letters)


def test_a_repetition_is_not_sent(wire: httpx.Client, shop, mailbox: Mailbox, database: Session):
    """The same idempotency key answers the same Message-ID, and one mail leaves."""
    body = {
        "sender": {"email": "shop@example.com"},
        "to": [{"email": MARIA}],
        "subject": "S",
        "htmlContent": "<p>Hi</p>",
        "headers": {"idempotencyKey": "order-7"},
    }
    first, second = wire.post("/smtp/email", json=body), wire.post("/smtp/email", json=body)
    assert (first.status_code, first.json()) == (201, second.json())
    other = wire.post("/smtp/email", json={**body, "headers": {"idempotencyKey": "order-8"}})
    assert other.json() != first.json()
    assert database.scalar(select(func.count()).select_from(Outbox)) == 2
    outbox.deliver()
    database.execute(delete(Message))
    assert wire.post("/smtp/email", json=body).json() == first.json()
    assert database.scalar(select(func.count()).select_from(Outbox)) == 2


def test_who_unsubscribed_gets_it_and_a_suppressed_address_does_not(brevo: Brevo, shop, mailbox: Mailbox):
    """Transactional mail needs no consent; an address that bounced for good takes none, not as a copy either."""
    contacts.write([ContactInput(fields={"email": MARIA, "email_blacklisted": True})])
    suppressions.add("gone@example.com")
    brevo.transactional_emails.send_transac_email(
        sender=shop,
        to=to(MARIA, "gone@example.com"),
        bcc=[SendTransacEmailRequestBccItem(email="gone@example.com")],
        subject="S",
        html_content="<p>Hi</p>",
    )
    while outbox.deliver():
        pass
    assert [each.rcpt_tos for each in mailbox.mails] == [[MARIA]]


def test_copies_leave_only_with_the_mail_itself(brevo: Brevo, shop, mailbox: Mailbox, database: Session):
    """Who gets a copy gets it once, however often the first address is tried, and none of mail that bounced."""
    copies = [SendTransacEmailRequestCcItem(email="cc@example.com")]
    for first in (MARIA, "gone@example.com"):
        brevo.transactional_emails.send_transac_email(
            sender=shop, to=to(first), cc=copies, subject="S", html_content="<p>Hi</p>"
        )
    mailbox.refused.update({MARIA: "450 Later", "gone@example.com": "550 5.1.1 No such user"})
    outbox.deliver()
    assert mailbox.mails == []
    assert set(database.scalars(select(Message.state))) == {"sending", "bounced"}
    mailbox.refused.clear()
    database.execute(update(Outbox).values(due_at=func.now()))
    outbox.deliver()
    assert [each.rcpt_tos for each in mailbox.mails] == [[MARIA, "cc@example.com"]]


def test_a_mail_waits_for_its_time(wire: httpx.Client, shop, mailbox: Mailbox, database: Session):
    """`scheduledAt` lies in the future; with a batch it is a 202 that echoes the batch."""
    at = datetime.now(UTC) + timedelta(hours=2)
    body = {
        "sender": {"email": "shop@example.com"},
        "to": [{"email": MARIA}],
        "subject": "S",
        "htmlContent": "<p>Hi</p>",
        "scheduledAt": at.isoformat(),
        "batchId": "5c6cfa04-eed9-42c2-8b5c-6d470d978e9d",
    }
    answer = wire.post("/smtp/email", json=body)
    assert (answer.status_code, answer.json()["batchId"]) == (202, body["batchId"])
    outbox.deliver()
    assert mailbox.mails == []
    assert database.scalar(select(Outbox.due_at)) == at


def test_an_unknown_sender_is_refused_with_the_remedy(brevo: Brevo, database: Session):
    """Nobody sends in a name that the workspace does not know; nothing is kept of the try."""
    with pytest.raises(BadRequestError) as caught:
        brevo.transactional_emails.send_transac_email(
            sender=SendTransacEmailRequestSender(email="stranger@example.com"),
            to=to(MARIA),
            subject="S",
            html_content="<p>Hi</p>",
        )
    assert "POST /senders" in caught.value.body["message"]
    assert database.scalar(select(func.count()).select_from(Contact)) == 0


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"to": []}, "missing_parameter"),
        ({"to": [{"name": "Nobody"}]}, "missing_parameter"),
        ({"to": [{"email": "nobody"}]}, "invalid_parameter"),
        ({"to": [{"email": f"p{number}@x.io"} for number in range(100)]}, "out_of_range"),
        ({"sender": None}, "missing_parameter"),
        ({"sender": {"id": 999999}}, "invalid_parameter"),
        ({"subject": None}, "missing_parameter"),
        ({"subject": "{{ params.a"}, "invalid_parameter"),
        ({"htmlContent": None}, "missing_parameter"),
        ({"htmlContent": "{% for x in params.items %}{{ x }}{% endfor %}"}, "invalid_parameter"),
        ({"htmlContent": None, "textContent": "{{ loop }}"}, "invalid_parameter"),
        ({"templateId": 999999}, "invalid_parameter"),
        ({"scheduledAt": "2020-01-01T00:00:00Z"}, "invalid_parameter"),
        ({"headers": {"Subject": "Other"}}, "invalid_parameter"),
        ({"headers": {"X-A": "one\r\nBcc: x@x.io"}}, "invalid_parameter"),
        ({"attachment": [{"url": "https://example.com/a.pdf"}]}, "invalid_parameter"),
        ({"attachment": [{"name": "a.txt", "content": "no base64!"}]}, "invalid_parameter"),
        ({"attachment": [{"content": "QQ=="}]}, "missing_parameter"),
        ({"messageVersions": [{"params": {}}]}, "missing_parameter"),
        ({"tags": ["t"] * 21}, "out_of_range"),
        ({"params": "all"}, "invalid_parameter"),
        ({"htmlContent": "{% if params.x > 100 %}a{% endif %}", "params": {"x": "150"}}, "invalid_parameter"),
        ({"htmlContent": "{% if params.x > 100 %}a{% endif %}", "params": {"x": None}}, "invalid_parameter"),
        ({"subject": "{{ params.x | upper(3) }}", "params": {"x": "a"}}, "invalid_parameter"),
        ({"textContent": "{% if params.x in 3 %}a{% endif %}", "params": {"x": "a"}}, "invalid_parameter"),
    ],
)
def test_what_cannot_be_sent_is_refused(wire: httpx.Client, database: Session, shop, change, code: str):
    """Each fault is a 400 in words, and nothing is kept of the mail."""
    body = {
        "sender": {"email": "shop@example.com"},
        "to": [{"email": MARIA}],
        "subject": "S",
        "htmlContent": "<p>Hi</p>",
    }
    answer = wire.post("/smtp/email", json=body | change)
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert database.scalar(select(func.count()).select_from(Outbox)) == 0


def test_a_condition_and_an_address_of_a_value_come_out_as_the_values_say(brevo: Brevo, shop, mailbox: Mailbox):
    """A link that a value makes is counted if it leads to a page; one that begins a mail stays as it is."""
    page = """<p>{% if params.vip %}Dear {{ params.name }}{% else %}Hello{% endif %}</p>
    <a href="{{ params.page }}">Page</a> <a href="{{ params.write }}">Write</a>"""
    brevo.transactional_emails.send_transac_email(
        sender=shop,
        to=to(MARIA),
        subject="S",
        html_content=page,
        params={"vip": True, "name": "<b>", "page": "https://example.com/?a=1&b=2", "write": "mailto:a&b@example.com"},
    )
    outbox.deliver()
    (letter,) = mailbox.letters
    html, words = (letter.get_body((kind,)).get_content() for kind in ("html", "plain"))
    assert "Dear &lt;b&gt;" in html
    assert 'href="mailto:a&amp;b@example.com"' in html
    assert "example.com/?a=1" not in html
    assert ("Dear <b>" in words, "Hello" in words, "a&b@example.com" in words) == (True, False, True)
