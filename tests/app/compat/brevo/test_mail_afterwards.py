"""What Brevo's clients read of mail that was sent, and how they call off what waits."""

from datetime import UTC, datetime, timedelta

import httpx
import pytest
from brevo import Brevo
from brevo.errors import BadRequestError, NotFoundError
from flask import Flask
from flask.testing import FlaskClient
from sib_api_v3_sdk import ApiClient, TransactionalEmailsApi
from sqlalchemy import select, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session

from app.adapters import mail_links
from app.compat.brevo.mail_records import happened, records
from app.models import Message, MessageKind, Outbox, TemplateVersion
from app.services import contacts, forgetting, outbox, workspace
from app.services.contacts import Identifier
from app.services.mailing import senders, suppressions
from app.services.mailing.transactional import written_id
from tests.factories.contacts import make_contact
from tests.factories.mailing import MARIA, PERSON, address, sent_long_ago
from tests.support.mailbox import Mailbox

PAGE = '<html><body>Code 1 <a href="https://example.com/offer">See</a></body></html>'


@pytest.fixture(autouse=True)
def _links(app: Flask, mailbox: Mailbox) -> None:
    mail_links.configure("https://cadenza.example.com")
    senders.create("Shop", "shop@example.com")


def send(wire: httpx.Client, email: str = MARIA, **more: object) -> str:
    body = {"sender": {"email": "shop@example.com"}, "to": [{"email": email}], "subject": "S", "htmlContent": PAGE}
    answer = wire.post("/smtp/email", json=body | more)
    assert answer.is_success
    return answer.json()["messageId"]


@pytest.fixture
def read(wire: httpx.Client, mailbox: Mailbox, client: FlaskClient, database: Session) -> str:
    """The Message-ID of a mail that a person opened and followed."""
    reference = send(wire, tags=["codes", "shop"])
    outbox.deliver()
    sent_long_ago(database)
    for kind in ("o", "c"):
        client.get(address(mailbox, kind).replace("&amp;", "&"), headers={"User-Agent": PERSON})
    for message in database.scalars(select(Message)):
        message.sent_at = message.created_at
    database.flush()
    return reference


def test_mail_is_found_again(brevo: Brevo, sib: ApiClient, read: str, wire: httpx.Client):
    """By address or Message-ID; one of them shows its words and what became of it."""
    send(wire, "other@example.com")
    for page in (
        brevo.transactional_emails.get_transac_emails_list(email=MARIA),
        brevo.transactional_emails.get_transac_emails_list(message_id=read),
        TransactionalEmailsApi(sib).get_transac_emails_list(email=MARIA),
    ):
        (mail,) = page.transactional_emails
        assert (page.count, mail.email, mail.message_id, mail.subject) == (1, MARIA, read, "S")
    assert mail.tags == ["codes", "shop"]
    seen = brevo.transactional_emails.get_transac_email_content(mail.uuid)
    assert "https://example.com/offer" in seen.body
    assert {each.name for each in seen.events} == {"requests", "delivered", "opened", "clicks"}
    another = f"{read.partition('.')[0]}.abc@example.com>"
    assert brevo.transactional_emails.get_transac_emails_list(message_id=another).count == 0


def test_what_became_of_mail_is_listed_and_counted(brevo: Brevo, sib: ApiClient, read: str, wire: httpx.Client):
    """Events by kind, address, tag and Message-ID; the same in all and by day. A machine's opening is told apart."""
    suppressions.add("gone@example.com")
    send(wire, "gone@example.com")
    while outbox.deliver():
        pass

    def events(**asked: object) -> list[tuple[str, str]]:
        found = brevo.transactional_emails.get_email_event_report(sort="asc", **asked).events
        return sorted((each.email, each.event) for each in found)

    mine = sorted((MARIA, each) for each in ("requests", "delivered", "opened", "clicks"))
    assert events(email=MARIA) == events(message_id=read) == events(tags="codes") == mine
    assert events(event="blocked") == [("gone@example.com", "blocked")]
    assert events(event="clicks") == [(MARIA, "clicks")]
    (click,) = brevo.transactional_emails.get_email_event_report(event="clicks").events
    assert (click.link, click.from_, click.tag) == ("https://example.com/offer", "shop@example.com", "codes,shop")
    counted = brevo.transactional_emails.get_aggregated_smtp_report(days=1)
    assert (counted.requests, counted.delivered, counted.blocked) == (2, 1, 1)
    assert (counted.unique_opens, counted.unique_clicks, counted.hard_bounces) == (1, 1, 0)
    tagged = TransactionalEmailsApi(sib).get_aggregated_smtp_report(days=1, tag="codes")
    assert (tagged.requests, tagged.blocked) == (1, 0)
    days = brevo.transactional_emails.get_smtp_report().reports
    assert sum(each.requests for each in days) == 2


def test_mail_that_waits_is_called_off(brevo: Brevo, wire: httpx.Client, mailbox: Mailbox, database: Session):
    """By its Message-ID or its batch; what has left is not, and an unknown one neither."""
    later = {"scheduledAt": (datetime.now(UTC) + timedelta(hours=1)).isoformat()}
    batch = "5c6cfa04-eed9-42c2-8b5c-6d470d978e9d"
    one = send(wire, **later)
    send(wire, "a@example.com", batchId=batch, **later)
    cancel = brevo.transactional_emails.delete_scheduled_email_by_id
    cancel(one)
    cancel(batch.upper())
    assert set(database.scalars(select(Message.state))) == {"left_out"}
    for gone in (one, batch, "<999999.abc@example.com>", "no batch"):
        with pytest.raises(NotFoundError):
            cancel(gone)


def test_only_the_mail_of_one_call_is_called_off(brevo: Brevo, wire: httpx.Client, database: Session):
    """Neither that of a campaign or an automation, nor that of a call whose idempotency key begins alike."""
    later = {"scheduledAt": (datetime.now(UTC) + timedelta(hours=1)).isoformat()}
    one, other = (send(wire, headers={"idempotencyKey": key}, **later) for key in ("order", "order:0"))
    contact = database.scalars(select(Message.contact_id)).first()
    for key, of in (("campaign:1:2", {"campaign_id": 1}), ("7:mail", {"automation_id": 7})):
        database.add(Outbox(key=key, kind="email", channel="email", payload={}, contact_id=contact, **of))
        kind = {"channel": "email", "kind": MessageKind.TRANSACTIONAL, "address": MARIA, "subject": "S"}
        message = Message(key=key, contact_id=contact, **kind, **of)
        database.add(message)
        database.flush()
        with pytest.raises(NotFoundError):
            brevo.transactional_emails.delete_scheduled_email_by_id(written_id(message, "shop@example.com"))
    brevo.transactional_emails.delete_scheduled_email_by_id(one)
    waiting = database.scalars(select(Outbox.key).order_by(Outbox.id)).all()
    assert [key.endswith("order:0:0:0") for key in waiting] == [True, False, False]
    brevo.transactional_emails.delete_scheduled_email_by_id(other)


def test_blocked_addresses_are_listed_and_let_go(brevo: Brevo):
    """Why an address takes no mail, and how it takes some again."""
    suppressions.add("a+b@example.com")
    page = brevo.transactional_emails.get_transac_blocked_contacts()
    assert [(each.email, each.reason.code) for each in page.contacts] == [("a+b@example.com", "adminBlocked")]
    assert page.count == 1
    brevo.transactional_emails.unblock_or_resubscribe_a_transactional_contact("a+b@example.com")
    assert brevo.transactional_emails.get_transac_blocked_contacts().count == 0
    with pytest.raises(NotFoundError):
        brevo.transactional_emails.unblock_or_resubscribe_a_transactional_contact("a+b@example.com")


def test_bounces_are_forgotten(brevo: Brevo, wire: httpx.Client, mailbox: Mailbox):
    """Addresses that bounced take mail again; those that were put there by hand do not."""
    mailbox.refused[MARIA] = "550 5.1.1 No such user"
    send(wire)
    outbox.deliver()
    suppressions.add("by@hand.example.com")
    blocked = brevo.transactional_emails.get_transac_blocked_contacts
    assert {each.reason.code for each in blocked().contacts} == {"hardBounce", "adminBlocked"}
    brevo.transactional_emails.delete_hardbounces()
    assert [each.email for each in blocked().contacts] == ["by@hand.example.com"]


def test_a_domain_is_blocked_and_let_go(brevo: Brevo, wire: httpx.Client, mailbox: Mailbox):
    """None of its addresses takes mail, nor a copy; those of its subdomains do, until they are blocked themselves."""
    domains = brevo.transactional_emails
    domains.block_new_domain(domain="Gone.Example.com")
    assert domains.get_blocked_domains().domains == ["gone.example.com"]
    assert domains.get_transac_blocked_contacts().count == 0
    for address_ in ("a@gone.example.com", "b@even.gone.example.com"):
        send(wire, address_, cc=[{"email": "copy@gone.example.com"}, {"email": "copy@example.com"}])
    outbox.deliver()
    assert [each.rcpt_tos for each in mailbox.mails] == [["b@even.gone.example.com", "copy@example.com"]]
    domains.delete_blocked_domain("gone.example.com")
    assert domains.get_blocked_domains().domains == []
    with pytest.raises(NotFoundError):
        domains.delete_blocked_domain("gone.example.com")
    with pytest.raises(BadRequestError, match="no domain"):
        domains.block_new_domain(domain="somebody@example.com")


@pytest.mark.parametrize(
    "path",
    [
        "/smtp/emails",
        "/smtp/emails?email=nobody",
        "/smtp/emails?email=a@x.io&limit=1001",
        "/smtp/statistics/events?event=danced",
        "/smtp/statistics/events?days=91",
        "/smtp/statistics/events?startDate=2026-01-01",
        "/smtp/statistics/aggregatedReport?days=none",
        "/smtp/statistics/reports?limit=31",
        "/smtp/blockedContacts?limit=101",
    ],
)
def test_bad_questions_are_refused(wire: httpx.Client, path: str):
    """Each is a 400 in words."""
    answer = wire.get(path)
    assert answer.status_code == 400
    assert set(answer.json()) == {"code", "message"}


def test_a_mail_that_was_never_sent_is_not_found(wire: httpx.Client):
    """Whatever identifier is made up."""
    for made_up in ("ffffffff-ffff-ffff-ffff-ffffffffffff", "00000000-0000-0000-0000-000000000000", "nothing"):
        assert wire.get(f"/smtp/emails/{made_up}").status_code == 404


def test_what_was_written_goes_with_its_contact(wire: httpx.Client, database: Session):
    """The words of a mail that a program sent hold what it knows of the contact."""
    send(wire)
    send(wire, "other@example.com")
    contacts.delete(contacts.resolve([Identifier("email", MARIA)]))
    (message,) = database.scalars(select(Message))
    assert database.scalars(select(TemplateVersion.id)).all() == [message.version_id]


def test_what_was_written_goes_with_its_message(wire: httpx.Client, database: Session, mailbox: Mailbox):
    """Where messages are kept for some months only, their words are not kept longer."""
    send(wire)
    outbox.deliver()
    workspace.update({"keep_message_months": 12, "keep_delivery_days": 90})
    for statement in (
        "UPDATE message SET created_at = created_at - interval '3 years'",
        "UPDATE outbox SET created_at = created_at - interval '3 years', settled_at = settled_at - interval '3 years'",
    ):
        database.execute(text(statement))
    while forgetting.go_on():
        pass
    assert database.scalars(select(Message)).all() == []
    assert database.scalars(select(TemplateVersion)).all() == []


def test_looking_up_mail_reads_no_whole_table(database: Session):
    """By address, and by when mail was asked for, left or was opened: there is an index for each."""
    contact = make_contact()
    written_over_years = """
        INSERT INTO message (key, channel, kind, contact_id, address, subject, created_at, sent_at)
        SELECT n, 'email', 'transactional', :contact, n || '@example.com', '', at, at
        FROM generate_series(1, 3000) AS n, LATERAL (SELECT now() - n * interval '1 day') AS x (at)
        """
    database.execute(text(written_over_years), {"contact": contact})
    database.execute(text("ANALYZE message"))
    database.execute(text("SET LOCAL enable_seqscan = off"))
    told = happened().subquery()
    asked = {
        records().where(Message.address == MARIA): ["ix_message_transactional_address"],
        select(told).where(told.c.at.between(datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC))): [
            *("ix_message_transactional_made", "ix_message_transactional_sent", "ix_message_hit_at")
        ],
    }
    for statement, indexes in asked.items():
        written = statement.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True})
        plan = "\n".join(database.scalars(text(f"EXPLAIN {written}".replace(":", r"\:"))))
        assert [each for each in indexes if each not in plan] == [], plan
