"""Webhooks made by Brevo's clients: what they are told, to a real receiver."""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import httpx
import pytest
from brevo import Brevo
from brevo.errors import BadRequestError, NotFoundError
from brevo.webhooks import CreateWebhookRequestAuth, CreateWebhookRequestHeadersItem
from flask import Flask
from flask.testing import FlaskClient
from sib_api_v3_sdk import ApiClient, CreateWebhook, WebhooksApi
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.adapters import announcing, mail_links
from app.models import MessageHit, WebhookDelivery
from app.services import contacts, outbox
from app.services.contacts import ContactInput
from app.services.mailing import senders
from tests.factories.contacts import change
from tests.factories.mailing import MARIA, PERSON, address, sent_long_ago
from tests.support.mailbox import Mailbox

Told = tuple[dict[str, Any], dict[str, str]]
URL = "https://example.com/brevo"


class Receiver(HTTPServer):
    """Keeps the bodies and headers that it is sent."""

    told: list[Told]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/brevo"


class Receiving(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.told.append((json.loads(body), dict(self.headers)))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def receiver(app: Flask, mailbox: Mailbox) -> Iterator[Receiver]:
    """Somebody who listens, a mail server, and a sender."""
    announcing.forget()
    mail_links.configure("https://cadenza.example.com")
    senders.create("Shop", "shop@example.com")
    with Receiver(("127.0.0.1", 0), Receiving) as server:
        server.told = []
        thread = threading.Thread(target=server.serve_forever, args=[0.05])
        thread.start()
        yield server
        server.shutdown()
        thread.join()
    announcing.forget()


def send(wire: httpx.Client, email: str = MARIA) -> str:
    page = '<html><body><a href="https://example.com/offer">See</a></body></html>'
    body = {
        "sender": {"email": "shop@example.com"},
        "to": [{"email": email}],
        "subject": "Your order",
        "htmlContent": page,
        "tags": ["orders"],
        "headers": {"X-Mailin-custom": "order:7"},
    }
    return wire.post("/smtp/email", json=body).json()["messageId"]


def deliver() -> None:
    while outbox.deliver():
        pass


def test_what_becomes_of_mail_is_told_in_brevos_words(
    brevo: Brevo, wire: httpx.Client, receiver: Receiver, mailbox: Mailbox, client: FlaskClient, database: Session
):
    """Request, delivery, first opening and click, each once, with the message's own facts and the headers asked for."""
    number = brevo.webhooks.create_webhook(
        url=receiver.url,
        description="Orders",
        events=["request", "delivered", "uniqueOpened", "click", "hardBounce", "blocked"],
        auth=CreateWebhookRequestAuth(type="bearer", token="t0ken"),
        headers=[CreateWebhookRequestHeadersItem(key="X-Shop", value="north")],
    ).id
    reference = send(wire)
    deliver()
    sent_long_ago(database)
    for kind in ("o", "c", "o"):
        database.execute(update(MessageHit).values(at=MessageHit.at - timedelta(hours=1)))
        client.get(address(mailbox, kind).replace("&amp;", "&"), headers={"User-Agent": PERSON})
    deliver()
    told = {body["event"]: body for body, _ in receiver.told}
    assert sorted(body["event"] for body, _ in receiver.told) == ["click", "delivered", "request", "unique_opened"]
    for body, headers in receiver.told:
        assert (body["email"], body["id"], body["message-id"]) == (MARIA, number, reference)
        assert (body["subject"], body["tags"], body["X-Mailin-custom"]) == ("Your order", ["orders"], "order:7")
        assert body["ts_epoch"] // 1000 == body["ts"] == body["ts_event"]
        assert (headers["Authorization"], headers["X-Shop"]) == ("Bearer t0ken", "north")
    assert told["click"]["link"] == "https://example.com/offer"


def test_only_the_bounces_asked_for_are_told(
    brevo: Brevo, wire: httpx.Client, receiver: Receiver, mailbox: Mailbox, database: Session
):
    """A hard bounce is not told to who asked for soft ones; what is told to nobody waits for nobody."""
    brevo.webhooks.create_webhook(url=receiver.url, events=["softBounce"])
    hard = brevo.webhooks.create_webhook(url=receiver.url, events=["hardBounce"]).id
    mailbox.refused[MARIA] = "550 5.1.1 No such user"
    send(wire)
    deliver()
    deliver()
    assert [(body["event"], body["id"], body["reason"]) for body, _ in receiver.told] == [("hard_bounce", hard, "hard")]
    assert sorted(database.scalars(select(WebhookDelivery.state))) == ["dropped", "sent"]


def test_marketing_webhooks_hear_of_contacts(brevo: Brevo, wire: httpx.Client, receiver: Receiver):
    """Contacts that change or go; transactional mail is not their matter."""
    events = ["contactUpdated", "contactDeleted", "delivered"]
    brevo.webhooks.create_webhook(url=receiver.url, type="marketing", events=events)
    (made,) = contacts.write([ContactInput(fields={"email": "ann@example.com"})])
    contacts.write([change(made.contact_id, ext_id="a-1")])
    send(wire)
    deliver()
    contacts.delete([made.contact_id])
    deliver()
    assert [(body["event"], body.get("email")) for body, _ in receiver.told] == [
        ("contact_updated", "ann@example.com"),
        ("contact_deleted", None),
    ]


def test_webhooks_are_kept_by_either_client(brevo: Brevo, sib: ApiClient):
    """Made, read, listed by type, changed and deleted; tokens and values of headers are not shown again."""
    assert brevo.webhooks.get_webhooks().webhooks == []
    made = WebhooksApi(sib).create_webhook(CreateWebhook(url=URL, events=["opened"], description="Old")).id
    other = brevo.webhooks.create_webhook(url=URL, type="marketing", events=["spam"]).id
    assert [each.id for each in brevo.webhooks.get_webhooks().webhooks] == [made]
    assert [each.id for each in brevo.webhooks.get_webhooks(type="marketing").webhooks] == [other]
    auth = {"type": "bearer", "token": "t0ken"}
    brevo.webhooks.update_webhook(made, events=["opened", "click"], description="New", auth=auth)
    got = WebhooksApi(sib).get_webhook(made)
    assert (got.url, got.type, got.description, got.events) == (URL, "transactional", "New", ["opened", "click"])
    assert brevo.webhooks.get_webhook(made).auth == {"type": "bearer", "token": "********"}
    brevo.webhooks.delete_webhook(made)
    with pytest.raises(NotFoundError):
        brevo.webhooks.get_webhook(made)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"url": URL}, "events is missing"),
        ({"events": ["opened"]}, "url is missing"),
        ({"url": "nowhere", "events": ["opened"]}, "no address"),
        ({"url": URL, "events": ["danced"]}, "among"),
        ({"url": URL, "events": ["blocked"]}, "None of these events happens here"),
        ({"url": URL, "events": ["inboundEmailProcessed"], "type": "inbound"}, "not received here"),
        ({"url": URL, "events": ["opened"], "batched": True}, "by itself"),
        ({"url": URL, "events": ["opened"], "channel": "sms"}, "email"),
        ({"url": URL, "events": ["opened"], "domain": "example.com"}, "received"),
        ({"url": URL, "events": ["opened"], "auth": {"type": "basic", "token": "t"}}, "bearer"),
        ({"url": URL, "events": ["opened"], "auth": {"type": "bearer", "token": "t\r\nX: y"}}, "one line"),
        ({"url": URL, "events": ["opened"], "headers": [{"key": "X Y", "value": "z"}]}, "name of a header"),
    ],
)
def test_what_a_webhook_cannot_be_is_refused(wire: httpx.Client, sent: dict[str, object], words: str):
    """Each is a 400 that says why."""
    answer = wire.post("/webhooks", json=sent)
    assert answer.status_code == 400
    assert words in answer.json()["message"]


def test_webhooks_of_other_makers_are_not_shown(brevo: Brevo, wire: httpx.Client):
    """Those that people made speak Cadenza's words; clients of Brevo's could not say what they are."""
    with pytest.raises(BadRequestError):
        brevo.webhooks.get_webhooks(type="other")
    assert wire.get("/webhooks?sort=up").status_code == 400
