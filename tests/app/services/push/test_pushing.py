"""Web push, from an automation's step over a push service back to what people do with it."""

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import orjson
import pytest
from flask import Flask
from flask.testing import FlaskClient
from py_vapid import Vapid
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.adapters import mail_links, outside, web_push
from app.models import ConsentSource, Message, MessageHit, Outbox, PushSubscription, Workspace
from app.services import outbox, workspace
from app.services.consents import giving
from app.services.consents.giving import Origin
from app.services.push import composing, keys
from tests.factories.automations import opens
from tests.factories.contacts import make_contact
from tests.factories.mailing import happened
from tests.factories.pushing import Recipient, make_browser, make_site
from tests.support import live
from tests.support.push_service import PushService, push_service

MARIA = "maria@example.com"


@pytest.fixture(autouse=True)
def _here(app: Flask, database: Session, reachable_loopback: None) -> None:
    workspace.setup()
    mail_links.configure("https://cadenza.example.com")


@pytest.fixture
def service() -> Iterator[PushService]:
    with push_service() as made:
        yield made


@pytest.fixture
def maria(database: Session) -> int:
    return make_contact(email=MARIA, FIRSTNAME="Maria")


def notify(**config: Any) -> int:
    """Maria gets a notification; returns the number of the automation."""
    offer = {"title": "For {{ contact.FIRSTNAME }}", "link": "https://example.com/?who={{ contact.email }}", **config}
    steps = [("opened", "email_opened", {}), ("push", "send_web_push", offer)]
    automation = live.activate(live.document(steps, [("opened", "next", "push")]))
    opens(MARIA)
    live.drain_all()
    outbox.deliver()
    return automation


def told(service: PushService, browser: Recipient) -> dict[str, Any]:
    """What the one notification says that was handed over."""
    (handed,) = service.handed
    return browser.read(handed.body)


def below(address: str) -> str:
    return address.removeprefix("https://cadenza.example.com")


def test_a_notification_arrives_as_it_was_written(database: Session, service: PushService, maria: int):
    """Filled for the contact, readable by its browser only, signed by the workspace, kept for as long as was said."""
    browser = make_browser(maria, service.place("a"))
    notify(text="You have {{ contact.SCORE | default(0) }}", ttl={"amount": 2, "unit": "hours"})
    shown = told(service, browser)
    assert (shown["title"], shown["body"]) == ("For Maria", "You have 0")
    assert shown["link"] == "https://example.com/?who=maria%40example.com"
    (handed,) = service.handed
    assert (handed.headers["ttl"], handed.headers["topic"]) == ("7200", shown["tag"])
    assert Vapid.verify(handed.headers["authorization"])
    assert handed.headers["authorization"].endswith(f"k={keys.public()}")
    (message,) = database.scalars(select(Message))
    assert (message.state, message.channel, message.address) == ("sent", "push", "127.0.0.1")
    assert message.subject == "For Maria"


def test_the_private_key_is_kept_encrypted(database: Session):
    """And the pair is made once: browsers know the workspace by it."""
    pair = keys.pair()
    assert keys.pair() == pair
    assert pair.private not in str(database.scalars(select(Workspace.push)).one())


def test_what_a_browser_tells_becomes_the_contacts_history(
    client: FlaskClient, database: Session, service: PushService, maria: int
):
    """Each thing once, by a signed address; a click fires the trigger, told where it leads and by which automation."""
    browser = make_browser(maria, service.place("a"))
    clicks = {"event_filter": {"all": [{"event": "link", "op": "contains", "value": "example.com"}]}}
    steps = [("clicked", "web_push_clicked", clicks), ("note", "add_note", {"text": "Clicked"})]
    listener = live.activate(live.document(steps, [("clicked", "next", "note")]))
    automation = notify()
    address = below(told(service, browser)["told"])
    for word in ("shown", "clicked", "clicked", "dismissed"):
        assert client.post(address, data=word).status_code == 204
    assert client.post(address[:-2], data="clicked").status_code == 204
    assert client.post(address, data="bought").status_code == 400
    assert [each.kind for each in database.scalars(select(MessageHit).order_by(MessageHit.id))] == [
        "shown",
        "clicked",
        "dismissed",
    ]
    (click,) = happened(database, "web_push_clicked")
    assert (click.contact_id, click.properties["automation"]) == (maria, automation)
    assert click.properties["link"] == "https://example.com/?who=maria%40example.com"
    live.drain_all()
    assert [run.state for run in live.enrollments(listener)] == ["finished"]


def test_browsers_that_are_gone_are_forgotten(database: Session, service: PushService, maria: int):
    """404 and 410 say so; the others get it all the same, and if none is left the next push is not even tried."""
    gone, other = make_browser(maria, service.place("gone")), make_browser(maria, service.place("b"))
    service.answers["/gone"] = 410
    notify()
    assert [other.read(each.body)["title"] for each in service.handed if each.path == "/b"] == ["For Maria"]
    assert database.scalars(select(PushSubscription.endpoint)).all() == [other.endpoint] != [gone.endpoint]
    service.answers["/b"] = 404
    notify()
    assert database.scalars(select(PushSubscription.endpoint)).all() == []
    assert database.scalars(select(Message.state).order_by(Message.id)).all() == ["sent", "failed", "failed"]
    handed = len(service.handed)
    automation = notify()
    assert len(service.handed) == handed
    assert [run.path[-1][1] for run in live.enrollments(automation)] == ["no_browser"]


def test_a_push_service_that_is_busy_is_asked_again(database: Session, service: PushService, maria: int):
    """With the same topic and tag, so that what arrives twice is shown once."""
    browser = make_browser(maria, service.place("a"))
    service.answers["/a"] = 503
    notify()
    assert database.scalars(select(Outbox.state)).all() == ["pending"]
    service.answers.clear()
    for delivery in database.scalars(select(Outbox)):
        delivery.due_at = delivery.created_at
    database.flush()
    outbox.deliver()
    first, second = service.handed
    assert browser.read(first.body) == browser.read(second.body)
    assert first.headers["topic"] == second.headers["topic"]
    assert database.scalars(select(Message.state)).all() == ["sent"]


def test_nothing_leaves_for_who_took_consent_back_meanwhile(database: Session, service: PushService, maria: int):
    """Who wants nothing any more has no browser that is sent to."""
    make_browser(maria, service.place("a"))
    giving.leave(database, maria, Origin(ConsentSource.PREFERENCES))
    assert database.scalars(select(PushSubscription.id)).all() == []


def test_a_link_that_leads_nowhere_is_left_out(database: Session, service: PushService, maria: int):
    """With the reason, and nothing is shown that cannot be clicked."""
    make_browser(maria, service.place("a"))
    notify(link="{{ contact.FIRSTNAME }}")
    assert service.handed == []
    assert [(each.state, each.reason) for each in database.scalars(select(Message))] == [("left_out", "bad_link")]


def test_links_to_watched_sites_say_who_comes(database: Session, service: PushService, maria: int):
    """As those of mail do."""
    browser = make_browser(maria, service.place("a"))
    make_site("shop.example.com")
    notify(link="https://shop.example.com/sale")
    assert told(service, browser)["link"].startswith("https://shop.example.com/sale?cdz=")


def test_private_push_services_are_not_reached(service: PushService, maria: int):
    """Any page can name a place: none on this machine or behind it is asked, unless that is allowed."""
    make_browser(maria, service.place("a"))
    outside.configure(allow_private=False)
    notify()
    assert service.handed == []


def fates(database: Session) -> list[tuple[str, str | None]]:
    return [tuple(row) for row in database.execute(select(Message.state, Message.reason).order_by(Message.id))]


@pytest.mark.parametrize("place", ["title", "text", "link"])
def test_who_only_says_to_be_a_contact_reads_nothing_of_it(
    database: Session, service: PushService, maria: int, place: str
):
    """What holds a placeholder goes to browsers that are proven to be hers; if there is none, the message says so."""
    make_browser(maria, service.place("stranger"), proven=False)
    plain = {"title": "Sale", "text": "Today", "link": "https://example.com/"}
    offer = plain | {place: plain[place] + "{{ contact.FIRSTNAME }}"}
    notify(**offer)
    assert (service.handed, fates(database)) == ([], [("left_out", "unproven_browser")])
    make_browser(maria, service.place("own"))
    notify(**offer)
    assert {each.path for each in service.handed} == {"/own"}


def test_who_only_says_to_be_a_contact_gets_no_link_that_says_so(service: PushService, maria: int):
    """Else whoever reads it could prove to be her."""
    browsers = {
        "/own": make_browser(maria, service.place("own")),
        "/stranger": make_browser(maria, service.place("stranger"), proven=False),
    }
    make_site("shop.example.com")
    notify(title="Sale", link="https://shop.example.com/sale")
    links = {each.path: browsers[each.path].read(each.body)["link"] for each in service.handed}
    assert links["/stranger"] == "https://shop.example.com/sale"
    assert links["/own"].startswith("https://shop.example.com/sale?cdz=")


def test_browsers_whose_push_services_hang_get_what_time_is_left(
    database: Session, service: PushService, maria: int, monkeypatch: pytest.MonkeyPatch
):
    """All of them together less than a sender's lease, so that nobody else sends it meanwhile."""
    clock = [0.0]
    given: list[float] = []

    def hang(_browser: object, _parcel: object, _keys: object, _sender: object, seconds: float) -> None:
        given.append(seconds)
        clock[0] += seconds
        raise web_push.NotPushed("No answer.", permanent=False)

    monkeypatch.setattr(composing, "time", SimpleNamespace(monotonic=lambda: clock[0]))
    monkeypatch.setattr(web_push, "send", hang)
    for number in range(6):
        make_browser(maria, service.place(str(number)))
    notify()
    assert sum(given) == clock[0] <= outbox._LEASE.total_seconds() / 2
    assert 0 < min(given) < len(given) * max(given)
    assert [(each.state, each.error) for each in database.scalars(select(Outbox))] == [
        ("pending", "No time was left: push services were slow.")
    ]


def test_a_notification_that_is_too_large_is_shortened(
    service: PushService, maria: int, monkeypatch: pytest.MonkeyPatch
):
    """What would not be taken loses the end of its text, nothing else, and no letter is cut in two."""
    monkeypatch.setattr(web_push, "LONGEST_MESSAGE", 1500)
    browser = make_browser(maria, service.place("a"))
    notify(title="Sale", text="\U0001f600" * 400, link="https://example.com/")
    shown = told(service, browser)
    assert 1490 < len(orjson.dumps(shown)) <= 1500
    assert (shown["title"], shown["link"], set(shown["body"])) == ("Sale", "https://example.com/", {"\U0001f600"})


def test_what_cannot_be_signed_fails_for_that_reason(database: Session, service: PushService, maria: int):
    """As mail and SMS do whose secrets were encrypted with another key."""
    make_browser(maria, service.place("a"))
    keys.public()
    row = database.scalars(select(Workspace)).one()
    row.push = {**row.push, "private": "gAAAAAnothers"}
    database.flush()
    notify()
    reason = "The key pair of web push was encrypted with another SECRET_KEY."
    assert [(each.state, each.error) for each in database.scalars(select(Outbox))] == [("failed", reason)]
    assert [(state, why) for state, why in fates(database)] == [("failed", reason)]
