"""Browsers that agree to web push: what pages tell of them, and whose they are."""

from typing import Any

import orjson
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.models import PushSubscription, Visitor
from app.services import contacts, workspace
from app.services.push import subscribing
from app.services.web import sites
from tests.app.conftest import Caller
from tests.factories.pushing import Recipient, make_site

MARIA = "maria@example.com"
SHOP = "https://shop.example.com"


@pytest.fixture
def key(database: Session) -> str:
    workspace.setup()
    return sites.get(make_site("shop.example.com")).key


def send(client: FlaskClient, key: str, **said: Any) -> TestResponse:
    body = {"site": key, "visitor": "visitor-number-one", **said}
    return client.post("/w/e", data=orjson.dumps(body), headers={"Origin": SHOP, "Content-Type": "text/plain"})


def subscription(recipient: Recipient) -> dict[str, Any]:
    return {"endpoint": recipient.endpoint, "keys": recipient.keys}


def test_a_browser_that_takes_push_becomes_the_contacts_once_known(client: FlaskClient, database: Session, key: str):
    """Kept with the visitor; one browser is one subscription, whoever it is of now; 20 a contact at most."""
    mine = Recipient("https://push.example.com/1")
    assert send(client, key, push=subscription(mine)).status_code == 204
    assert send(client, key, push=subscription(mine)).status_code == 204
    owner = select(Visitor.contact_id).join(PushSubscription, PushSubscription.visitor_id == Visitor.id)
    assert database.scalars(owner).all() == [None]
    send(client, key, identify={"email": MARIA})
    contact = contacts.one(contacts.Identifier("email", MARIA))
    assert database.scalars(owner).all() == [contact]
    for number in range(subscribing.MOST_BROWSERS + 3):
        send(client, key, push=subscription(Recipient(f"https://push.example.com/more/{number}")))
    assert len(database.scalars(owner).all()) == subscribing.MOST_BROWSERS


@pytest.mark.parametrize(
    "broken",
    [
        "https://push.example.com/1",
        {"endpoint": "https://push.example.com/1"},
        {"endpoint": "https://push.example.com/1", "keys": {"p256dh": "AAAA", "auth": "AAAA"}},
        {"endpoint": "http://push.example.com/1", "keys": Recipient("").keys},
        {"endpoint": 7, "keys": Recipient("").keys},
    ],
)
def test_a_subscription_that_is_none_is_refused(client: FlaskClient, database: Session, key: str, broken: object):
    """With the field, and nothing is kept."""
    answer = send(client, key, push=broken)
    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["field"].startswith("push")
    assert database.scalars(select(PushSubscription.id)).all() == []


def test_pages_cannot_say_that_a_push_was_clicked(client: FlaskClient, key: str):
    """Only the browser that was sent one can."""
    forged = {"id": "event-forged", "name": "web_push_clicked", "properties": {}}
    assert send(client, key, events=[forged]).status_code == 422


def test_the_key_and_the_file_of_a_site_are_given_out(client: FlaskClient, admin: Caller):
    """Anybody may have the public key; the file loads what shows notifications, and the snippet says when to ask."""
    assert len(client.get("/w/key").get_json()["key"]) == 87
    made = admin.post("/api/sites", json={"name": "Shop", "domains": ["a.example"], "push_after": 3}).get_json()
    assert made["worker"].startswith('importScripts("http')
    assert made["worker"].strip().endswith('/w/sw.js");')
    assert 'data-push="3"' in made["snippet"]
    too_late = {"name": "Shop 2", "domains": ["a.example"], "push_after": 101}
    assert admin.post("/api/sites", json=too_late).status_code == 422
