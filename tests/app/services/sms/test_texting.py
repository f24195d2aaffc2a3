"""Text messages, from an automation's step over a provider back to what contacts answer."""

import json
from collections.abc import Callable
from urllib.parse import parse_qs

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.adapters import http, mail_links, secrets
from app.adapters.http import Answer
from app.adapters.outside import NotReached
from app.errors import Conflict, Invalid
from app.models import ConsentChange, Contact, Message, MessageHit, Outbox, Workspace
from app.services import contacts, outbox, workspace
from app.services.contacts import ContactInput
from app.services.sms import composing, settings
from app.services.sms.settings import SmsSettings
from tests.app.conftest import Caller
from tests.factories.automations import opens
from tests.factories.mailing import happened
from tests.support import live
from tests.support.statements import counted_statements

MARIA, PHONE = "maria@example.com", "+33612345678"
OWN = SmsSettings(
    "http", "Acme", "FR", "https://sms.example.com/send?id={{ id }}", "POST", '{"to": "{{ to }}", "t": "{{ text }}"}'
)
TWILIO = SmsSettings("twilio", "+15005550006", account="AC123")


class Provider:
    """A provider that keeps what it is asked; `status` is what it answers."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, dict[str, str], str]] = []
        self.status = 200
        self.says = b'{"sid": "SM1"}'

    def __call__(self, method: str, url: str, headers: dict[str, str], body: bytes, **_: object) -> Answer:
        self.asked.append((method, url, dict(headers), body.decode()))
        return Answer(self.status, self.says)


@pytest.fixture(autouse=True)
def _here(app: Flask, database: Session) -> None:
    workspace.setup()
    mail_links.configure("https://cadenza.example.com")


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Provider:
    made = Provider()
    monkeypatch.setattr(http, "request", made)
    return made


@pytest.fixture
def maria(database: Session) -> int:
    return contacts.create(ContactInput(fields={"email": MARIA, "phone": PHONE}, attributes={"FIRSTNAME": 'Ma"ria'}))


@pytest.fixture
def text(database: Session, maria: int) -> Callable[..., int]:
    """Let an automation text Maria; returns its number."""

    def send(**config: object) -> int:
        steps = [("opened", "email_opened", {}), ("sms", "send_sms", {"text": "Hi {{ contact.FIRSTNAME }}", **config})]
        automation = live.activate(live.document(steps, [("opened", "next", "sms")]))
        opens(MARIA)
        live.drain_all()
        outbox.deliver()
        return automation

    return send


def below(address: str) -> str:
    return address.removeprefix("https://cadenza.example.com")


def report_url(database: Session) -> str:
    message = database.scalars(select(Message.id).order_by(Message.id.desc())).first()
    return below(mail_links.address(mail_links.MailLink(mail_links.LinkKind.SMS_REPORT, message or 0)))


def test_a_provider_of_ones_own_is_asked_as_was_written(database: Session, provider: Provider, text: Callable):
    """The text breaks neither JSON nor address; secret headers are kept encrypted; the key tells repetitions."""
    settings.configure(OWN, "Authorization: Bearer s3cret")
    assert "s3cret" not in str(database.scalars(select(Workspace.sms)).one())
    text()
    ((method, url, headers, body),) = provider.asked
    key = database.scalars(select(Outbox.key)).one()
    assert (method, headers["Authorization"], headers["Idempotency-Key"]) == ("POST", "Bearer s3cret", key)
    assert url == f"https://sms.example.com/send?id={key.replace(':', '%3A')}"
    assert json.loads(body) == {"to": PHONE, "t": 'Hi Ma"ria'}
    (message,) = database.scalars(select(Message))
    assert (message.state, message.channel, message.address, message.subject) == ("sent", "sms", PHONE, 'Hi Ma"ria')


def test_twilio_is_asked_by_its_own_library(database: Session, provider: Provider, text: Callable):
    """Through the guarded connection, with the account's token, and an address for reports."""
    settings.configure(TWILIO, "t0ken")
    provider.status = 201
    text(sender="Acme")
    ((method, url, headers, body),) = provider.asked
    assert (method, url) == ("POST", "https://api.twilio.com/2010-04-01/Accounts/AC123/Messages.json")
    assert headers["Authorization"] == http.basic("AC123", "t0ken")
    said = {name: value for name, (value,) in parse_qs(body).items()}
    callback = said.pop("StatusCallback")
    assert said == {"To": PHONE, "From": "Acme", "Body": 'Hi Ma"ria'}
    assert below(callback) == report_url(database)


@pytest.mark.parametrize(("status", "state"), [(400, "failed"), (500, "pending"), (429, "pending")])
@pytest.mark.parametrize("by", [OWN, TWILIO])
def test_what_may_pass_is_tried_again(
    database: Session, provider: Provider, text: Callable, by: SmsSettings, status: int, state: str
):
    """What is wrong with the message is not."""
    settings.configure(by, "")
    provider.status, provider.says = status, b'{"code": 21211, "message": "No such number"}'
    text()
    (delivery,) = database.scalars(select(Outbox))
    assert delivery.state == state
    assert "No such number" in (delivery.error or "")


def test_without_a_provider_messages_are_kept(database: Session, provider: Provider, text: Callable):
    """With that reason."""
    text()
    assert [(each.state, each.reason) for each in database.scalars(select(Message))] == [("failed", "no_provider")]


def test_a_number_that_cannot_be_is_left_out(database: Session, provider: Provider, text: Callable, maria: int):
    """With that reason, and the provider is not asked."""
    settings.configure(OWN)
    database.get_one(Contact, maria).phone = "+3361"
    database.flush()
    text()
    assert provider.asked == []
    assert [(each.state, each.reason) for each in database.scalars(select(Message))] == [("left_out", "bad_phone")]


def test_reports_say_whether_it_arrived(client: FlaskClient, database: Session, provider: Provider, text: Callable):
    """As a form or as JSON, by a signed address, each once; they are events of the contact."""
    settings.configure(OWN)
    automation = text()
    address = report_url(database)
    for said in ("queued", "sent", "delivered", "delivered"):
        assert client.post(address, data={"MessageStatus": said}).status_code == 204
    assert client.post(f"{address}x", json={"status": "failed"}).status_code == 204
    (event,) = happened(database, "sms_delivered")
    assert event.properties["automation"] == automation
    client.post(address, json={"status": "UNDELIV", "error": "Absent subscriber"})
    assert [(each.kind, each.detail) for each in database.scalars(select(MessageHit).order_by(MessageHit.id))] == [
        ("delivered", None),
        ("undelivered", "Absent subscriber"),
    ]


@pytest.mark.parametrize("said", [{"From": PHONE, "Body": " Stop. "}, {"msisdn": PHONE[1:], "text": "СТОП"}])
def test_stop_ends_text_messages(
    client: FlaskClient, database: Session, provider: Provider, text: Callable, maria: int, said: dict[str, str]
):
    """As Twilio says it or another; it is proof of consent taken back, and START takes it back in turn."""
    settings.configure(OWN)
    door = below(settings.replies_url())
    assert client.post(door, data=said).status_code == 204
    assert database.get_one(Contact, maria, populate_existing=True).sms_blacklisted
    (proof,) = database.scalars(select(ConsentChange))
    assert (proof.channel, proof.state, proof.source) == ("sms", "withdrawn", "reply")
    assert len(happened(database, "sms_received")) == 1
    automation = text()
    assert [run.path[-1][1] for run in live.enrollments(automation)] == ["unsubscribed"]
    client.post(door, json={"from": PHONE, "text": "START"})
    assert not database.get_one(Contact, maria, populate_existing=True).sms_blacklisted
    assert client.post(f"{door}x", data=said).status_code == 404


def test_other_answers_are_the_contacts_history(client: FlaskClient, database: Session, maria: int):
    """And end nothing; who is nobody is nobody."""
    door = below(settings.replies_url())
    client.post(door, data={"From": PHONE, "Body": "Please do not stop"})
    client.post(door, data={"From": "+33611111111", "Body": "stop"})
    client.post(door, data={"From": PHONE, "MessageStatus": "delivered"})
    assert [event.properties["text"] for event in happened(database, "sms_received")] == ["Please do not stop"]
    assert not database.get_one(Contact, maria, populate_existing=True).sms_blacklisted


def test_an_answer_is_one_to_the_last_message(
    client: FlaskClient, database: Session, provider: Provider, text: Callable, maria: int
):
    """It names that and its automation; STOP and START say what they ask for, and who got nothing answers nothing."""
    settings.configure(OWN)
    door = below(settings.replies_url())
    client.post(door, data={"From": PHONE, "Body": "Hello?"})
    text()
    automation = text()
    last = database.scalars(select(Message.id).order_by(Message.id.desc())).first()
    for words in ("Yes", "Stop.", "Start"):
        client.post(door, data={"From": PHONE, "Body": words})
    alone, *answers = [each.properties for each in happened(database, "sms_received")]
    assert alone == {"text": "Hello?", "message": None}
    assert {(each["message"], each["automation"]) for each in answers} == {(last, automation)}
    assert [each.get("keyword") for each in answers] == [None, "stop", "start"]


def test_the_websites_are_read_once_for_all_messages(database: Session, provider: Provider):
    """However many of them hold addresses."""
    settings.configure(OWN)

    def statements(count: int) -> int:
        first = database.scalar(select(func.count()).select_from(Contact)) or 0
        people = [
            contacts.create(ContactInput(fields={"phone": f"+336123500{first + each:02}"})) for each in range(count)
        ]
        database.add_all(texted(each) for each in people)
        database.flush()
        deliveries = database.scalars(select(Outbox).where(Outbox.contact_id.in_(people))).all()
        with counted_statements() as made:
            assert len(composing.compose(database, deliveries)) == count
        return len(made)

    assert statements(1) == statements(5)


def texted(contact: int) -> Outbox:
    payload = {"text": "See https://shop.example.com/", "kind": "transactional", "sender": "", "topic": None}
    return Outbox(key=f"sms:{contact}", kind="sms", channel="sms", contact_id=contact, payload=payload)


def test_numbers_without_a_country_are_read_as_the_workspaces_own(database: Session):
    """Once it has one; a number that names its country stays what it is."""
    with pytest.raises(Invalid):
        contacts.create(ContactInput(fields={"phone": "06 12 34 56 79"}))
    settings.configure(SmsSettings(country="FR"))
    contacts.create(ContactInput(fields={"phone": "06 12 34 56 79"}))
    contacts.create(ContactInput(fields={"phone": "+44 7911 123456"}))
    assert set(database.scalars(select(Contact.phone))) == {"+33612345679", "+447911123456"}


@pytest.mark.parametrize("name", ["MessageSid", "message_id"])
def test_an_answer_told_twice_is_one(client: FlaskClient, database: Session, maria: int, name: str):
    """Providers tell again what they think was not heard; the same words in another message are another answer."""
    door = below(settings.replies_url())
    for number in ("SM1", "SM1", "SM2"):
        assert client.post(door, data={"From": PHONE, "Body": "Yes", name: number}).status_code == 204
    assert len(happened(database, "sms_received")) == 2


def test_each_test_is_sent(database: Session, provider: Provider):
    """A provider that sends each key once sends the second test, too."""
    settings.configure(OWN)
    settings.send_test(PHONE)
    settings.send_test(PHONE)
    assert len({url for _, url, _, _ in provider.asked}) == 2


def test_a_secret_stays_with_whom_it_was_entered_for(database: Session):
    """Another host, or another account, has to be given one anew."""
    assert settings.configure(TWILIO, "t0ken").has_secret
    assert settings.configure(TWILIO._replace(sender="Acme")).has_secret
    assert not settings.configure(TWILIO._replace(account="AC999")).has_secret
    assert settings.configure(OWN, "X-Key: 1").has_secret
    assert settings.configure(OWN._replace(url="https://sms.example.com/v2")).has_secret
    assert not settings.configure(OWN._replace(url="https://elsewhere.example.com/")).has_secret


def test_settings_are_checked_and_tried(admin: Caller, provider: Provider, monkeypatch: pytest.MonkeyPatch):
    """By the API: what cannot be is refused with its field; a test says what the provider said."""
    wrong = {"provider": "http", "sender": "A name too long", "url": "ftp://x", "country": "Atlantis"}
    answer = admin.put("/api/workspace/sms", json=wrong)
    assert (answer.status_code, answer.get_json()["errors"][0]["field"]) == (422, "country")
    assert admin.post("/api/workspace/sms/test", json={"to": PHONE}).status_code == 409
    given = {**OWN._asdict(), "secret": "X-Key: 1"}
    saved = admin.put("/api/workspace/sms", json=given).get_json()
    assert (saved["has_secret"], "secret" in saved) == (True, False)
    assert admin.post("/api/workspace/sms/test", json={"to": "06 12 34 56 78"}).status_code == 204
    assert json.loads(provider.asked[0][3])["to"] == PHONE
    assert admin.post("/api/workspace/sms/test", json={"to": "12"}).status_code == 422

    def away(*_: object, **__: object) -> Answer:
        raise NotReached("sms.example.com is not known.", permanent=False)

    monkeypatch.setattr(http, "request", away)
    refused = admin.post("/api/workspace/sms/test", json={"to": PHONE})
    assert (refused.status_code, "not known" in refused.get_json()["detail"]) == (409, True)
    monkeypatch.setattr(secrets, "_derived", lambda *_: b"another key of thirty two bytes!")
    with pytest.raises(Conflict, match="SECRET_KEY"):
        settings.send_test(PHONE)
