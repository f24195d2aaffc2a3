"""Browsers that agree to web push: what pages tell of them, and whose they are."""

from typing import Any

import orjson
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.adapters import mail_links
from app.adapters.mail_links import LinkKind, MailLink
from app.models import PushSubscription, Visitor
from app.services import contacts, workspace
from app.services.push import subscribing
from app.services.web import sites
from app.services.web.beginnings import NEVER
from tests.app.conftest import Caller
from tests.factories.contacts import make_contact
from tests.factories.pushing import Recipient, make_browser, make_site

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


def proofs(database: Session) -> list[tuple[int | None, bool]]:
    return [tuple(row) for row in database.execute(select(Visitor.contact_id, Visitor.proven))]


def test_only_a_link_of_ours_proves_who_a_visitor_is(client: FlaskClient, database: Session, key: str):
    """What a page says, or another parameter, anybody can write; who is then said to be another is proven no more."""
    maria, paul = make_contact(email=MARIA), make_contact(email="paul@example.com")
    mark = mail_links.token(MailLink(LinkKind.VISIT, maria))
    for said, proof in [
        ({"link": {"braze_id": str(maria)}}, (maria, False)),
        ({"identify": {"email": MARIA}}, (maria, False)),
        ({"identify": {"email": "paul@example.com"}, "link": {"cdz": mark}}, (paul, False)),
        ({"link": {"cdz": f"{mark}x", "braze_id": str(maria)}}, (maria, False)),
        ({"link": {"cdz": mark}}, (maria, True)),
        ({"identify": {"email": MARIA}}, (maria, True)),
        ({"link": {"braze_id": str(paul)}}, (paul, False)),
    ]:
        assert send(client, key, **said).status_code == 204
        assert proofs(database) == [proof]


def test_who_only_says_to_be_a_contact_takes_no_browser_from_it(client: FlaskClient, database: Session, key: str):
    """However many browsers are said to be hers, on one visitor or on many, Maria keeps her own, and is sent to it."""
    maria = make_contact(email=MARIA)
    mine = make_browser(maria)
    for number in range(subscribing.MOST_BROWSERS + 3):
        said = {"identify": {"email": MARIA}, "push": subscription(Recipient(f"https://push.example.com/x/{number}"))}
        send(client, key, **said, visitor=f"stranger-number-{number % 2}")
    reached = subscribing.of_contacts(database, [maria])[maria]
    assert (reached[0].browser.endpoint, reached[0].proven) == (mine.endpoint, True)
    assert len(reached) == subscribing.MOST_BROWSERS


def test_many_visitors_who_become_a_contact_bring_20_browsers_at_most(database: Session):
    """Each had its own before anybody knew whose it is."""
    maria = make_contact(email=MARIA)
    for _ in range(subscribing.MOST_BROWSERS + 2):
        make_browser(maria, proven=False)
    assert len(subscribing.of_contacts(database, [maria])[maria]) == subscribing.MOST_BROWSERS


@pytest.mark.parametrize(
    "broken",
    [
        "https://push.example.com/1",
        {"endpoint": "https://push.example.com/1"},
        {"endpoint": "https://push.example.com/1", "keys": {"p256dh": "AAAA", "auth": "AAAA"}},
        {"endpoint": "http://push.example.com/1", "keys": Recipient("").keys},
        {"endpoint": 7, "keys": Recipient("").keys},
        *(
            {"endpoint": f"https://{place}", "keys": Recipient("").keys}
            for place in ("[x", "", "/1", "[::1]/1", "push.example.com:port/1", "push.example.com:70000/1", "a b/1")
        ),
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


def test_who_wanted_no_more_push_has_to_be_asked_again(client: FlaskClient, database: Session, key: str):
    """A browser that tells by itself where it is reached now changes nothing; its visitor's yes does."""
    send(
        client,
        key,
        identify={"email": MARIA},
        push={**subscription(Recipient("https://push.example.com/first")), "asked": True},
    )
    contact = contacts.one(contacts.Identifier("email", MARIA))
    subscribing.forget_all(database, contact)
    moved = Recipient("https://push.example.com/moved")
    assert send(client, key, push={**subscription(moved), "asked": False}).status_code == 204
    assert send(client, key, push=subscription(moved)).status_code == 204
    assert database.scalars(select(PushSubscription.endpoint)).all() == []
    send(client, key, push={**subscription(moved), "asked": True})
    again = Recipient("https://push.example.com/again")
    send(client, key, push=subscription(again))
    assert database.scalars(select(PushSubscription.endpoint).order_by(PushSubscription.id)).all() == [
        moved.endpoint,
        again.endpoint,
    ]


def test_a_visitor_who_told_of_no_page_can_be_read(client: FlaskClient, database: Session, key: str):
    """“Never” is a time that every client can read, and is older than any visit."""
    send(client, key, identify={"email": MARIA})
    (visitor,) = database.scalars(select(Visitor)).all()
    assert visitor.visited_at == NEVER
