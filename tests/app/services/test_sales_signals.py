"""Signals at work for sales: what somebody does on the site or with a message reaches who should know, at once."""

from urllib.parse import parse_qs

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.adapters import http, mail_links
from app.adapters.http import Answer
from app.services import contacts, outbox
from app.services.automations import activation, checking, drafts
from app.services.sms import settings as sms
from app.services.sms.settings import SmsSettings
from app.services.web import sites
from tests.factories import mailing
from tests.factories.automations import happens, make_score
from tests.factories.contacts import change, make_contact
from tests.factories.users import make_user
from tests.factories.website import send, site, visited
from tests.support import live
from tests.support.at_work import REP, alerts, look, own, tag
from tests.support.mailbox import Mailbox

MARIA = "maria@example.com"
READY = {"all": [{"attribute": "SCORE", "op": "gte", "value": 20}]}


@pytest.fixture(autouse=True)
def _here(mailbox: Mailbox) -> None:
    mail_links.configure("https://cadenza.example.com")
    make_user("rep", email=REP)
    make_score()


@pytest.fixture
def key(mailbox: Mailbox) -> str:
    return sites.get(sites.create(site("shop.example.com"))).key


@pytest.mark.row("A24")
def test_the_rep_of_a_hot_lead_on_the_pricing_page_gets_a_mail(client: FlaskClient, mailbox: Mailbox, key: str):
    """When both hold, and only then: neither somebody cold on that page, nor somebody hot on another."""
    hot, cold = make_contact(email=MARIA, FIRSTNAME="Maria", SCORE=20), make_contact(email="joe@example.com", SCORE=19)
    for contact in (hot, cold):
        own(contact)
    pricing = {"all": [{"event": "page", "op": "contains", "value": "/pricing"}]}
    alert = {"title": "{{ contact.FIRSTNAME }} looks at prices", "body": "{{ contact.SCORE }} points", "by_mail": True}
    steps = [
        ("seen", "page_visited", {"event_filter": pricing, "contact_filter": READY}),
        ("tell", "send_alert", alert),
    ]
    live.activate(live.document(steps, [("seen", "next", "tell")]))
    send(client, key, visited("/pricing"), identify={"email": "joe@example.com"}, visitor="visitor-number-two")
    send(client, key, visited("/about"), identify={"email": MARIA})
    live.drain_all()
    outbox.deliver()
    assert mailbox.letters == []
    send(client, key, visited("/pricing"))
    live.drain_all()
    outbox.deliver()
    (letter,) = mailbox.letters
    assert (letter["To"], letter["Subject"]) == (REP, "Maria looks at prices")
    assert "20 points" in letter.as_string()


@pytest.mark.row("E6")
def test_sales_hears_of_who_comes_to_the_site_and_of_who_gathered_many_points(
    client: FlaskClient, mailbox: Mailbox, key: str
):
    """Visits, mail that is read and talks count together; who crosses the limit is told of once, at that moment."""
    maria, joe = make_contact(email=MARIA, FIRSTNAME="Maria"), make_contact(email="joe@example.com", FIRSTNAME="Joe")
    for contact in (maria, joe):
        own(contact)
    gathers = ["page_visited", "email_opened", "custom_event"]
    triggers = [(each, each, {"event": "talked"} if each == "custom_event" else {}) for each in gathers]
    points = ("points", "add_points", {"points": 10})
    live.activate(live.document([*triggers, points], [(each, "next", "points") for each in gathers]))
    asks = {"event_filter": {"all": [{"event": "page", "op": "contains", "value": "/offer"}]}}
    crosses = {"all": [{"event": "new", "op": "gte", "value": 30}, {"event": "old", "op": "lt", "value": 30}]}
    steps = [
        ("comes", "visit_begun", asks),
        ("here", "send_alert", {"title": "{{ contact.FIRSTNAME }} is on the site"}),
        ("gathers", "attribute_changed", {"attribute": "SCORE", "event_filter": crosses}),
        ("many", "send_alert", {"title": "{{ contact.FIRSTNAME }} has {{ contact.SCORE }} points"}),
    ]
    live.activate(live.document(steps, [("comes", "next", "here"), ("gathers", "next", "many")]))
    send(client, key, visited("/offer"), identify={"email": MARIA})
    live.drain_all()
    assert alerts() == ["Maria is on the site"]
    send(client, key, visited("/about"), identify={"email": "joe@example.com"}, visitor="visitor-number-two")
    happens("email_opened", "joe@example.com")
    assert alerts() == ["Maria is on the site"]
    happens("talked", "joe@example.com")
    assert alerts() == ["Maria is on the site", "Joe has 30 points"]
    happens("talked", "joe@example.com")
    assert len(alerts()) == 2


@pytest.mark.row("E1")
def test_an_automation_writes_to_many_to_each_in_person_and_by_sms(
    database: Session, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
):
    """Everybody who comes to bear a tag gets mail with their own name in it; who has a telephone gets an SMS, too."""
    texted: list[str] = []

    def take(_method: str, _url: str, _headers: dict[str, str], body: bytes, **_: object) -> Answer:
        texted.append(parse_qs(body.decode())["t"][0])
        return Answer(200, b"")

    monkeypatch.setattr(http, "request", take)
    body = "to={{ to }}&t={{ text }}"
    sms.configure(SmsSettings("http", "Acme", "FR", "https://sms.example.com/send", "POST", body))
    people = [make_contact(email=f"p{number}@example.com", FIRSTNAME=f"Person {number}") for number in range(25)]
    contacts.update(change(people[7], phone="+33612345678"))
    fits = {"of": "condition", "condition": {"all": [{"tag": "invited", "op": "has"}]}}
    steps = [
        {"id": "many", "type": "joined_segment", "config": fits},
        {"id": "mail", "type": "send_email", "config": {"template": mailing.template()}},
        {"id": "sms", "type": "send_sms", "config": {"text": "Hi {{ contact.FIRSTNAME }}"}},
    ]
    ways = [("many", "next", "mail"), ("mail", "next", "sms")]
    edges = [{"from": source, "port": port, "to": target} for source, port, target in ways]
    document = {"format": "cadenza.automation/1", "name": "Invitation", "nodes": steps, "edges": edges}
    activation.activate(drafts.add(checking.read(document)).id, "en")
    for contact in people:
        tag(contact, add=["invited"])
    look()
    outbox.deliver()
    expected = {(f"p{number}@example.com", f"Hello Person {number}") for number in range(25)}
    assert {(letter["To"], letter["Subject"]) for letter in mailbox.letters} == expected
    assert len(mailbox.letters) == 25
    assert texted == ["Hi Person 7"]
