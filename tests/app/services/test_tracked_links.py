"""Links that tell who comes: in mail, in an SMS, and in a banner that another tool shows."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.adapters import http, mail_links
from app.adapters.catalog import load_catalog
from app.adapters.http import Answer
from app.models import Message
from app.services import contacts, outbox
from app.services.contacts import ContactInput
from app.services.mailing import templates
from app.services.mailing.templates import Written
from app.services.sms import settings as sms
from app.services.sms.settings import SmsSettings
from app.services.web import identity, sites, visits
from nodes.sms import LONGEST, LONGEST_MARK
from tests.factories.automations import happens
from tests.factories.contacts import make_contact
from tests.factories.mailing import MARIA, PERSON, address, sent_long_ago
from tests.factories.website import SHOP, send, site, visited
from tests.support import live
from tests.support.mailbox import Mailbox


@pytest.fixture
def texted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The text messages that a provider was handed."""
    taken: list[str] = []

    def take(_method: str, _url: str, _headers: dict[str, str], body: bytes, **_: object) -> Answer:
        taken.append(parse_qs(body.decode())["t"][0])
        return Answer(200, b"")

    monkeypatch.setattr(http, "request", take)
    return taken


@pytest.fixture
def key(app: Flask, mailbox: Mailbox) -> str:
    mail_links.configure("https://cadenza.example.com")
    provider = SmsSettings("http", "Acme", "FR", "https://sms.example.com/", "POST", "to={{ to }}&t={{ text }}")
    sms.configure(provider)
    return sites.get(sites.create(site("shop.example.com"))).key


def parameters(link: str) -> dict[str, str]:
    """What the script of the page finds in its address."""
    return {name: value for name, (value,) in parse_qs(urlsplit(link).query).items()}


@pytest.mark.row("A6")
def test_who_follows_a_link_of_a_mail_a_text_or_a_banner_is_known(
    client: FlaskClient, database: Session, mailbox: Mailbox, key: str, texted: list[str]
):
    """Three browsers that nobody knew: what is seen in each is the contact's."""
    fields = {"email": MARIA, "phone": "+33612345678", "ext_id": "maria-7"}
    maria = contacts.create(ContactInput(fields=fields))
    number = templates.create("Sale", Written("Sale", "", "html", f'<p><a href="{SHOP}/mail">Look</a></p>'))
    steps = [
        ("began", "custom_event", {"event": "asked"}),
        ("mail", "send_email", {"template": number}),
        ("sms", "send_sms", {"text": f"See {SHOP}/text?a=1. Not https://other.example.net/text!"}),
    ]
    live.activate(live.document(steps, [("began", "next", "mail"), ("mail", "next", "sms")]))
    happens("asked", MARIA)
    outbox.deliver()
    sent_long_ago(database)
    by_mail = client.get(address(mailbox, "c"), headers={"User-Agent": PERSON}).location
    assert re.fullmatch(rf"See {SHOP}/text\?a=1&cdz=[\w.-]+\w\. Not https://other\.example\.net/text!", texted[0])
    by_text = re.findall(r"https://shop\S+", texted[0])[0].rstrip(".")
    by_banner = f"{SHOP}/banner?br_user_id=maria-7"
    for browser, link in (("of-the-mail", by_mail), ("of-the-text", by_text), ("of-the-banner", by_banner)):
        page = visited(urlsplit(link).path)
        assert send(client, key, page, visitor=f"visitor-{browser}", link=parameters(link)).status_code == 204
    seen = {page.page for visit in visits.of_contact(maria) for page in visit.pages}
    assert seen == {f"{SHOP}/mail", f"{SHOP}/text", f"{SHOP}/banner"}
    kept = database.scalars(select(Message.subject).where(Message.channel == "sms")).one()
    assert "cdz" not in kept  # staff reads it: nobody shall come as the contact


def test_addresses_of_a_text_say_who_comes_as_far_as_there_is_room(database: Session, key: str, texted: list[str]):
    """One whose mark would be cut leaves as it was written: it leads where it did."""
    contacts.create(ContactInput(fields={"email": MARIA, "phone": "+33612345678"}))
    first, last = f"{SHOP}/first", f"{SHOP}/last"
    written = f"{first} {'x' * (LONGEST - 60 - len(first) - len(last) - 2)} {last}"
    steps = [("began", "custom_event", {"event": "asked"}), ("sms", "send_sms", {"text": written})]
    live.activate(live.document(steps, [("began", "next", "sms")]))
    happens("asked", MARIA)
    outbox.deliver()
    (text,) = texted
    assert re.fullmatch(rf"{first}\?cdz=[\w.-]+ x+ {last}", text)
    assert len(written) < len(text) <= LONGEST


@pytest.mark.row("A11")
def test_who_follows_a_link_that_a_rep_sent_by_hand_is_known_from_then_on(
    client: FlaskClient, program: FlaskClient, key: str
):
    """Made by an API key, as an add-on of a mail program does; what the browser does later is the contact's, too."""
    maria = make_contact(email=MARIA)
    made = program.post(f"/api/contacts/{maria}/tracked-links", json={"address": f"{SHOP}/offer?x=1#terms"})
    link = made.get_json()["address"]
    assert link.startswith(f"{SHOP}/offer?x=1&cdz=")
    send(client, key, visited("/offer"), link=parameters(link))
    send(client, key, visited("/pricing"))
    seen = {page.page for visit in visits.of_contact(maria) for page in visit.pages}
    assert seen == {f"{SHOP}/offer", f"{SHOP}/pricing"}


@pytest.mark.parametrize(
    "address", ["https://elsewhere.example.net/", "shop.example.com/a", "javascript:alert(1)", "["]
)
def test_links_lead_to_watched_sites_only(program: FlaskClient, key: str, address: str):
    """Another site would learn who comes; nobody has no link."""
    maria = make_contact(email=MARIA)
    answer = program.post(f"/api/contacts/{maria}/tracked-links", json={"address": address})
    assert (answer.status_code, answer.get_json()["errors"][0]["field"]) == (422, "address")
    assert program.post("/api/contacts/4242424242/tracked-links", json={"address": f"{SHOP}/"}).status_code == 404


@pytest.mark.usefixtures("app")
@pytest.mark.parametrize("address", [f"{SHOP}/a", f"{SHOP}/a?b=1"])
def test_a_mark_is_as_long_as_the_editor_counts(address: str):
    """Of ten million contacts the last has the longest: no text leaves in more parts than were told."""
    assert len(identity.signed(address, 9_999_999)) - len(address) == LONGEST_MARK


def test_domains_that_are_watched_from_now_on_are_counted_at_once(database: Session):
    """What is kept in memory moves on with the sites."""
    assert load_catalog().watched_domains == ()
    number = sites.create(site("shop.example.com"))
    assert load_catalog().watched_domains == ("shop.example.com",)
    sites.delete(number)
    assert load_catalog().watched_domains == ()
