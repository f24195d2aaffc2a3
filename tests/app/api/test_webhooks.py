"""Webhooks: signed deliveries to a real receiver, their log, and what becomes of those that nobody takes."""

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.adapters import announcing
from app.adapters.catalog import load_catalog
from app.models import ConsentSource, Notification, Outbox, Webhook, WebhookDelivery
from app.services import contacts, deals, outbox, workspace
from app.services.consents import giving
from app.services.consents.giving import Origin
from app.services.contacts import ContactInput, Identifier
from app.services.incoming import IncomingEvent
from app.services.intake import record_events
from app.services.webhooks import sending
from tests.app.conftest import Caller, SignedIn
from tests.factories.contacts import make_contact
from tests.support.live import activate, document, drain_all

Json = dict[str, Any]


class Receiver(HTTPServer):
    """Keeps what it is sent, and answers with `status`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Receiving)
        self.status = 200
        self.received: list[tuple[str, str, str]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook"

    def bodies(self) -> list[Json]:
        """What came, by the name of the event: several leave at once."""
        return sorted((json.loads(body) for body, _, _ in self.received), key=lambda body: body["event"])


class Receiving(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.received.append((body, self.headers["Cadenza-Signature"], self.headers["Idempotency-Key"]))
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(b"so be it")

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def receiver(database: Session, reachable_loopback: None) -> Iterator[Receiver]:
    workspace.setup()
    announcing.forget()
    with Receiver() as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.05])
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def subscribe(client: FlaskClient, receiver: Receiver, *events: str) -> Json:
    made = client.post("/api/webhooks", json={"url": receiver.url, "events": events})
    assert made.status_code == 201
    subscription: Json = made.get_json()
    return subscription


def deliver(database: Session) -> None:
    """Deliver all, whenever it is due."""
    database.execute(update(Outbox).values(due_at=func.now()))
    outbox.deliver_due()


def is_signed(body: str, header: str, secret: str) -> bool:
    """As the documentation tells receivers to check."""
    moment, *marks = (part.partition("=")[2] for part in header.split(","))
    expected = hmac.new(secret.encode(), f"{moment}.{body}".encode(), hashlib.sha256).hexdigest()
    return any(hmac.compare_digest(expected, mark) for mark in marks)


@pytest.mark.row("A27")
def test_a_tool_subscribes_is_told_and_leaves(program: FlaskClient, database: Session, receiver: Receiver):
    """By an API key, as Zapier-like tools do: signed, with the contact as it is by then; after leaving, nothing."""
    made = subscribe(program, receiver, "contact.created", "contact.updated", "contact.unsubscribed", "contact.deleted")
    contact = make_contact(email="maria@example.com")
    contacts.update(ContactInput(who=Identifier("id", contact), attributes={"FIRSTNAME": "Maria"}))
    deliver(database)
    created, changed = receiver.bodies()
    assert (created["event"], created["data"]["contact"]["email"]) == ("contact.created", "maria@example.com")
    assert (changed["event"], changed["data"]["changed"]) == ("contact.updated", ["FIRSTNAME"])
    assert changed["data"]["contact"]["attributes"]["FIRSTNAME"] == "Maria"
    assert all(is_signed(body, header, made["secret"]) for body, header, _ in receiver.received)
    assert not is_signed(*receiver.received[0][:2], "another secret")
    receiver.received.clear()
    contacts.update(ContactInput(who=Identifier("id", contact), fields={"email_blacklisted": True}))
    deliver(database)
    assert [each["event"] for each in receiver.bodies()] == ["contact.unsubscribed", "contact.updated"]
    receiver.received.clear()
    contacts.delete([contact])
    deliver(database)
    assert [each["data"] for each in receiver.bodies()] == [{"contact": {"id": contact}}]
    assert program.delete(f"/api/webhooks/{made['id']}").status_code == 204
    announcing.forget()
    make_contact()
    assert database.scalars(select(Outbox.kind).where(Outbox.kind == "hook", Outbox.state == "pending")).all() == []


def test_a_test_is_sent_at_once_and_shown(admin: Caller, receiver: Receiver):
    """Signed like any other and marked; a refusal is shown, not tried again, and ends nothing."""
    made = subscribe(admin, receiver, "contact.updated", "deal.won")
    told = admin.post(f"/api/webhooks/{made['id']}/test").get_json()
    assert (told["state"], told["status"], told["answer"]) == ("sent", 200, "so be it")
    assert told["event"] == "contact.updated"
    ((body, header, key),) = receiver.received
    assert is_signed(body, header, made["secret"])
    assert (json.loads(body)["test"], json.loads(body)["id"]) == (True, key)
    receiver.status = 410
    refused = admin.post(f"/api/webhooks/{made['id']}/test").get_json()
    assert (refused["state"], refused["status"]) == ("failed", 410)
    log = admin.get(f"/api/webhooks/{made['id']}/deliveries").get_json()["items"]
    assert [each["id"] for each in log] == [refused["id"], told["id"]]
    assert admin.post(f"/api/webhooks/{made['id']}/deliveries/replay").get_json() == {"replayed": 0}
    assert outbox.deliver_due() == 0
    assert admin.post("/api/webhooks/4242/test").status_code == 404


def test_a_test_that_reaches_nobody_says_why(admin: Caller, receiver: Receiver):
    """The reason stands where the answer would."""
    made = subscribe(admin, receiver, "contact.updated")
    admin.patch(f"/api/webhooks/{made['id']}", json={"url": "http://127.0.0.1:1/"})
    told = admin.post(f"/api/webhooks/{made['id']}/test").get_json()
    assert (told["state"], told["status"]) == ("failed", None)
    assert told["answer"]


def test_who_leaves_by_a_page_is_told_of(admin: Caller, database: Session, receiver: Receiver):
    """Links, one-click and the page of preferences: whatever way somebody goes."""
    subscribe(admin, receiver, "contact.unsubscribed")
    contact = make_contact()
    giving.leave(database, contact, Origin(ConsentSource.PREFERENCES))
    deliver(database)
    assert [each["data"]["contact"]["id"] for each in receiver.bodies()] == [contact]


def test_one_that_cannot_be_written_holds_up_no_other(admin: Caller, database: Session, receiver: Receiver):
    """The secret of one was encrypted with another key: the other is told all the same."""
    broken, sound = (subscribe(admin, receiver, "contact.created") for _ in range(2))
    database.execute(update(Webhook).where(Webhook.id == broken["id"]).values(secret="not of this key"))
    make_contact()
    deliver(database)
    assert len(receiver.received) == 1
    assert is_signed(*receiver.received[0][:2], sound["secret"])
    assert set(database.scalars(select(Outbox.state).where(Outbox.kind == "hook"))) == {"kept", "sent"}


@pytest.mark.row("A27")
def test_events_deals_and_runs_are_told(admin: Caller, database: Session, receiver: Receiver):
    """What is recorded from outside, what people do with deals, and what automations do."""
    names = ("event.bought", "deal.created", "deal.stage_changed", "deal.won", "run.entered", "run.finished")
    subscribe(admin, receiver, *names, "contact.updated")
    contact = make_contact()
    steps = [
        ("began", "custom_event", {"event": "bought"}),
        ("name", "update_attribute", {"attribute": "FIRSTNAME", "operation": "set", "value": "Ann"}),
    ]
    automation = activate(document(steps, [("began", "next", "name")]))
    event = IncomingEvent("bought", [Identifier("id", contact)], properties=b'{"total":3}')
    record_events([event, event._replace(name="looked")], source="test")
    drain_all()
    deal = deals.create({"name": "Big", "contact_ids": [contact]})
    deals.change(deal.id, {"stage_id": load_catalog().pipelines[deal.pipeline.id].stages[1].id})
    deals.change(deal.id, {"status": "won"})
    deliver(database)
    told = {each["event"]: each["data"] for each in receiver.bodies()}
    assert set(told) == {*names, "contact.updated"}
    assert told["event.bought"]["properties"] == {"total": 3}
    assert told["run.finished"]["automation"] == automation
    assert told["run.entered"]["contact"]["id"] == contact
    assert told["contact.updated"]["changed"] == ["FIRSTNAME"]
    assert (told["deal.won"]["deal"]["name"], told["deal.won"]["deal"]["status"]) == ("Big", "won")


def test_what_is_not_taken_is_tried_again_logged_and_replayed(admin: Caller, database: Session, receiver: Receiver):
    """The same words under the same key each time; given up after the last try, and replayed by hand."""
    made = subscribe(admin, receiver, "contact.created")
    path = f"/api/webhooks/{made['id']}"
    receiver.status = 500
    make_contact()
    for _ in range(sending.MOST_TRIES):
        deliver(database)
    assert len(receiver.received) == sending.MOST_TRIES
    assert len({(body, key) for body, _, key in receiver.received}) == 1
    (failed,) = admin.get(f"{path}/deliveries?failed=true").get_json()["items"]
    assert (failed["state"], failed["tries"], failed["status"]) == ("failed", sending.MOST_TRIES, 500)
    assert (failed["answer"], json.loads(failed["body"])["event"]) == ("so be it", "contact.created")
    assert admin.get(path).get_json()["failing_since"] is not None
    receiver.status = 204
    assert admin.post(f"{path}/deliveries/{failed['id']}/replay").status_code == 204
    assert admin.post(f"{path}/deliveries/{failed['id']}/replay").status_code == 409
    deliver(database)
    (sent,) = admin.get(f"{path}/deliveries").get_json()["items"]
    assert (sent["state"], sent["status"], sent["tries"]) == ("sent", 204, 1)
    assert receiver.received[-1][0] == receiver.received[0][0]
    assert admin.get(path).get_json()["failing_since"] is None
    assert admin.post(f"{path}/deliveries/replay").get_json() == {"replayed": 0}


def test_who_takes_nothing_for_a_day_is_switched_off(admin: Caller, database: Session, receiver: Receiver):
    """Admins are told; what was to be told is dropped; switched on again, all that failed can be replayed."""
    made = subscribe(admin, receiver, "contact.created")
    path = f"/api/webhooks/{made['id']}"
    receiver.status = 503
    long_ago = datetime.now(UTC) - sending.LASTING - timedelta(minutes=1)
    make_contact()
    deliver(database)
    database.execute(update(Webhook).values(failing_since=long_ago))
    database.execute(update(Outbox).where(Outbox.kind == "hook").values(tries=sending.MOST_TRIES - 1))
    deliver(database)
    seen = admin.get(path).get_json()
    assert (seen["enabled"], seen["disabled_because"]) == (False, "It answered 503.")
    assert database.scalars(select(Notification.title)).all() == ["A webhook was switched off"]
    assert admin.post(f"{path}/deliveries/replay").status_code == 409
    receiver.status = 200
    assert admin.patch(path, json={"enabled": True}).get_json()["disabled_because"] is None
    assert admin.post(f"{path}/deliveries/replay").get_json() == {"replayed": 1}
    deliver(database)
    assert [each["state"] for each in admin.get(f"{path}/deliveries").get_json()["items"]] == ["sent"]


def test_gone_is_forgotten(admin: Caller, database: Session, receiver: Receiver):
    """A tool that answers 410 has left: its subscription is removed."""
    made = subscribe(admin, receiver, "contact.created")
    receiver.status = 410
    make_contact()
    deliver(database)
    assert admin.get(f"/api/webhooks/{made['id']}").status_code == 404
    assert database.scalars(select(WebhookDelivery.id)).all() == []


def test_a_switched_off_webhook_is_told_nothing(admin: Caller, database: Session, receiver: Receiver):
    """What it was still to be told is dropped."""
    made = subscribe(admin, receiver, "contact.created")
    make_contact()
    admin.patch(f"/api/webhooks/{made['id']}", json={"enabled": False})
    make_contact()
    deliver(database)
    assert receiver.received == []
    assert [each.state for each in database.scalars(select(WebhookDelivery))] == ["dropped"]


def test_both_secrets_sign_for_a_day(admin: Caller, database: Session, receiver: Receiver):
    """So that a receiver can change over without losing anything."""
    old = subscribe(admin, receiver, "contact.created")
    new = admin.post(f"/api/webhooks/{old['id']}/rotate").get_json()
    make_contact()
    deliver(database)
    body, header, _ = receiver.received[0]
    assert is_signed(body, header, old["secret"])
    assert is_signed(body, header, new["secret"])
    database.execute(update(Webhook).values(old_until=datetime.now(UTC)))
    make_contact()
    deliver(database)
    assert not is_signed(*receiver.received[1][:2], old["secret"])
    assert "secret" not in admin.get(f"/api/webhooks/{old['id']}").get_json()


def test_what_cannot_be_is_refused(admin: Caller, receiver: Receiver, signed_in: SignedIn):
    """Unknown events, addresses that cannot be called; whoever is no admin."""
    for url, events in (("ftp://example.com", ["contact.created"]), ("https://example.com", ["contact.eaten"])):
        assert admin.post("/api/webhooks", json={"url": url, "events": events}).status_code == 422
    assert admin.get("/api/webhooks/sample?event=contact.eaten").status_code == 422
    assert signed_in("marketer").get("/api/webhooks").status_code == 403


@pytest.mark.parametrize("event", ["contact.updated", "deal.won", "run.failed", "event.page_visited"])
def test_samples_look_like_what_is_told(admin: Caller, receiver: Receiver, event: str):
    """Tools show them to whoever sets a hook up."""
    told = admin.get(f"/api/webhooks/sample?event={event}").get_json()
    assert (told["event"], set(told)) == (event, {"id", "event", "at", "data"})
    made = subscribe(admin, receiver, event)
    contact = contacts.get(make_contact())
    assert set(told["data"]["contact"]) == set(sending.shown(contact)), made
