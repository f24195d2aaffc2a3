"""Hosted forms: made by marketers, shown to anybody, and what comes of those that are submitted."""

import re
from collections.abc import Mapping
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app import forms_door, forms_page
from app.models import AuditEntry, ConsentSource, Event, EventType, Outbox
from app.services import attributes, contacts, lists, outbox, workspace
from app.services.consents import giving, topics
from app.services.consents.giving import Origin
from app.services.consents.topics import TopicForm
from app.services.contacts import ContactInput
from app.services.forms import keeping, submitting
from app.services.web import sites
from nodes.catalog import Kind
from tests.app.conftest import Caller, SignedIn
from tests.factories.consents import agrees, make_topic, stands, way_in
from tests.factories.contacts import make_contact
from tests.factories.website import ONE, send, site, visited
from tests.support.live import activate, document, drain_all, enrollments
from tests.support.mailbox import Mailbox

Json = dict[str, Any]
IRIS = "iris@example.com"


def design(*fields: Json, **more: Any) -> Json:
    asked = [{"takes": "email", "label": "E-mail", "required": True}, *fields]
    words = {"kind": "newsletter", "language": "en", "title": "Hear from us", "button": "Sign up", "fields": asked}
    return {"name": "News", "domains": ["shop.example.com"], "design": {**words, **more}}


@pytest.fixture(autouse=True)
def _unhurried(app: Flask, database: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace.setup()
    monkeypatch.setattr(forms_door, "FASTEST_SECONDS", 0)


def make(admin: Caller, new: Json) -> str:
    """Make a form; returns the path of its page."""
    answer = admin.post("/api/forms", json=new)
    assert answer.status_code == 201, answer.get_json()
    return "/f/" + str(answer.get_json()["url"]).rpartition("/")[2]


def seal_of(page: TestResponse) -> str:
    found = LexborHTMLParser(page.text).css_first("input[name=seal]")
    assert found is not None
    return str(found.attributes["value"])


def submit(client: FlaskClient, path: str, query: str = "", **given: Any) -> TestResponse:
    """Look at the form and send it, as a browser without scripts does."""
    return client.post(f"{path}{query}", data={"seal": seal_of(client.get(path)), **given})


def submissions(database: Session) -> list[Mapping[str, Any]]:
    wanted = select(Event.properties).join(EventType, EventType.id == Event.type_id)
    return list(database.scalars(wanted.where(EventType.name == "form_submitted")))


@pytest.mark.row("A5")
@pytest.mark.row("E8")
def test_who_submits_a_form_becomes_a_contact_and_enters(admin: Caller, client: FlaskClient, database: Session):
    """With what was answered; on the list; the event tells form and kind, and starts the automation of such forms."""
    attributes.create("CITY", Kind.TEXT)
    wanted = lists.create("Readers")
    kind_is = {"event_filter": {"all": [{"event": "kind", "op": "eq", "value": "newsletter"}]}}
    flow = activate(
        document([("in", "form_submitted", kind_is), ("tag", "add_tag", {"tag": "reader"})], [("in", "next", "tag")])
    )
    city = {"takes": "attribute", "attribute": "CITY", "label": "City"}
    fair = {"takes": "hidden", "name": "source", "value": "fair"}
    path = make(admin, {**design(city, fair), "list_id": wanted})
    field = LexborHTMLParser(client.get(path).text).css_first("input[type=text]")
    assert field is not None
    answer = submit(client, path, email="Iris@Example.com", **{str(field.attributes["name"]): "Lyon"})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{path}?sent=1")
    assert "Thank you" in client.get(answer.headers["Location"]).text
    drain_all()
    contact = contacts.get(contacts.one(contacts.Identifier("email", IRIS)))
    assert (contact.attributes["CITY"], contact.tags, contact.list_ids) == ("Lyon", ["reader"], [wanted])
    (told,) = submissions(database)
    assert (told["form"], told["kind"], told["field_source"]) == ("News", "newsletter", "fair")
    assert len(enrollments(flow)) == 1
    (form,) = admin.get("/api/forms").get_json()["items"]
    assert (form["shown"], form["submitted"]) == (2, 1)


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(admin: Caller, client: FlaskClient, database: Session):
    """Each field at fault is named, in the form's language; the rest stands as it was typed."""
    attributes.create("AGE", Kind.NUMBER)
    age = {"takes": "attribute", "attribute": "AGE", "label": "Âge"}
    path = make(admin, design(age, language="fr"))
    name = str(LexborHTMLParser(client.get(path).text).css("input[type=number]")[0].attributes["name"])
    answer = submit(client, path, email="iris@", **{name: "forty"})
    page = LexborHTMLParser(answer.text)
    assert answer.status_code == 422
    assert [each.text() for each in page.css(".fault")] == [
        "Ce n’est pas une adresse e-mail. Écrivez par exemple nom@example.com.",
        "Merci d’écrire un nombre.",
    ]
    assert [each.attributes["value"] for each in page.css("[aria-invalid]")] == ["iris@", "forty"]
    assert submit(client, path).status_code == 422
    assert submissions(database) == []


def test_what_is_known_is_not_overwritten(admin: Caller, client: FlaskClient):
    """Anybody can type anybody's address: what is empty is filled, and a number of somebody else stays theirs."""
    for name in ("CITY", "TEAM"):
        attributes.create(name, Kind.TEXT)
    iris = make_contact(email=IRIS, CITY="Lyon")
    contacts.create(ContactInput(fields={"email": "ivo@example.com", "phone": "+33612345678"}))
    asked = [{"takes": "attribute", "attribute": name, "label": name} for name in ("CITY", "TEAM")]
    path = make(admin, design(*asked, {"takes": "phone", "label": "Phone"}))
    city, team = (
        str(each.attributes["name"]) for each in LexborHTMLParser(client.get(path).text).css("input[type=text]")
    )
    assert submit(client, path, email=IRIS, phone="+33612345678", **{city: "Rome", team: "Red"}).status_code == 303
    found = contacts.get(iris)
    assert (found.attributes["CITY"], found.attributes["TEAM"], found.phone) == ("Lyon", "Red", None)


def test_only_who_is_new_gets_the_number(admin: Caller, client: FlaskClient, database: Session):
    """Personal messages go to it, and anybody can write theirs beside anybody's address; the event tells it anyway."""
    iris = make_contact(email=IRIS)
    path = make(admin, design({"takes": "phone", "label": "Phone"}))
    submit(client, path, email=IRIS, phone="+33612345678")
    submit(client, path, email="ivo@example.com", phone="+33612345679")
    ivo = contacts.one(contacts.Identifier("email", "ivo@example.com"))
    assert (contacts.get(iris).phone, contacts.get(ivo).phone) == (None, "+33612345679")
    assert [told["phone"] for told in submissions(database)] == ["+33612345678", "+33612345679"]


def test_topics_are_agreed_to_and_confirmed_by_mail(admin: Caller, client: FlaskClient, database: Session):
    """A tick agrees; where the topic asks for it, only once a mail was answered. Without the tick nothing happens."""
    topic = topics.create(TopicForm("Offers", "", "email", public=True, confirm=True))
    path = make(admin, design({"takes": "topic", "topic": topic, "label": "Send me offers"}))
    submit(client, path, email="ivo@example.com")
    assert topics.get(topic).pending == 0
    submit(client, path, **{"email": IRIS, f"t{topic}": "1"})
    assert (topics.get(topic).pending, topics.get(topic).given) == (1, 0)
    assert database.scalars(select(Outbox.kind)).all() == ["confirmation"]


@pytest.mark.parametrize("confirm", [True, False])
def test_nobody_brings_back_who_left(
    admin: Caller, client: FlaskClient, database: Session, mailbox: Mailbox, *, confirm: bool
):
    """Whatever the topic asks: until the mail is answered nothing is agreed to, and no list is joined; then both."""
    topic, readers = make_topic(confirm=confirm), lists.create("Readers")
    iris = make_contact(email=IRIS)
    agrees(iris, topic, confirmed=True)
    giving.leave(database, iris, Origin(ConsentSource.UNSUBSCRIBE))
    news = design({"takes": "topic", "topic": topic, "label": "News, please"})
    path = make(admin, {**news, "list_id": readers})
    submit(client, path, **{"email": IRIS, f"t{topic}": "1"})
    submit(client, path, email=IRIS)
    assert stands(database, iris) == {topic: "withdrawn"}
    assert contacts.get(iris).list_ids == []
    outbox.deliver()
    assert client.post(way_in(mailbox)).status_code == 200
    found = contacts.get(iris)
    assert (stands(database, iris), found.list_ids, found.email_blacklisted) == (
        {topic: "given"},
        [readers],
        False,
    )
    giving.leave(database, iris, Origin(ConsentSource.UNSUBSCRIBE))
    assert client.post(way_in(mailbox)).status_code == 404
    assert stands(database, iris) == {topic: "withdrawn"}


def test_the_visitor_who_submits_brings_its_history(admin: Caller, client: FlaskClient, database: Session):
    """What the browser did on a watched site before becomes the contact's, the embedding page is told."""
    key = sites.get(sites.create(site("shop.example.com"))).key
    send(client, key, visited("/pricing"))
    path = make(admin, design())
    query = f"?framed=1&site={key}&visitor={ONE}&page=https://shop.example.com/join"
    answer = submit(client, path, query, email=IRIS)
    assert "framed=1" in answer.headers["Location"]
    (told,) = submissions(database)
    assert told["page"] == "https://shop.example.com/join"
    names = select(EventType.name).join(Event, Event.type_id == EventType.id)
    assert "page_visited" in database.scalars(names).all()
    assert submit(client, path, "?framed=1&site=none&visitor=%00", email="ivo@example.com").status_code == 303


def test_machines_are_kept_out(admin: Caller, client: FlaskClient, database: Session, monkeypatch: pytest.MonkeyPatch):
    """A filled trap, a form without or with another's seal, one sent at once, one sent twice, and floods."""
    path = make(admin, design())
    seal = seal_of(client.get(path))
    assert submit(client, path, email=IRIS, **{forms_page.TRAP: "http://spam.example.com"}).status_code == 303
    assert client.post(path, data={"email": IRIS}).status_code == 422
    assert client.post(path, data={"email": IRIS, "seal": f"{seal}x"}).status_code == 422
    monkeypatch.setattr(forms_door, "FASTEST_SECONDS", 60)
    early = client.post(path, data={"email": IRIS, "seal": seal})
    assert (early.status_code, seal_of(early)) == (422, seal)
    assert submissions(database) == []
    monkeypatch.setattr(forms_door, "FASTEST_SECONDS", 0)
    assert [client.post(path, data={"email": IRIS, "seal": seal}).status_code for _ in range(2)] == [303, 303]
    assert len(submissions(database)) == 1
    monkeypatch.setattr(submitting, "PACE", "1 per minute")
    flood = {"REMOTE_ADDR": "203.0.113.9"}
    given = {"email": IRIS, "seal": seal_of(client.get(path))}
    answers = [client.post(path, data=given, environ_base=flood) for _ in range(2)]
    assert [each.status_code for each in answers] == [303, 429]
    assert f'value="{IRIS}"' in answers[1].text


def test_every_try_counts_over_all_forms(admin: Caller, client: FlaskClient, monkeypatch: pytest.MonkeyPatch):
    """Those that are refused, too: whoever guesses cannot go from form to form. A seal holds for one form."""
    monkeypatch.setattr(submitting, "PACE_OVERALL", "3 per minute")
    first, second = make(admin, design()), make(admin, {**design(), "name": "Other"})
    sender = {"REMOTE_ADDR": "203.0.113.10"}
    strange = {"email": IRIS, "seal": seal_of(client.get(first))}
    answers = [
        client.post(first, data={}, environ_base=sender),
        client.post(first, data={**strange, "email": "iris@"}, environ_base=sender),
        client.post(second, data=strange, environ_base=sender),
        client.post(second, data={"email": IRIS, "seal": seal_of(client.get(second))}, environ_base=sender),
    ]
    assert [each.status_code for each in answers] == [422, 422, 422, 429]


def test_a_form_stands_where_it_may(admin: Caller, client: FlaskClient):
    """No script or style of others, no cookie; in frames of its domains only; sent on to allowed addresses only."""
    there = "https://shop.example.com/thanks"
    path = make(admin, design(redirect=there))
    page = client.get(path)
    policy = dict(each.split(" ", 1) for each in page.headers["Content-Security-Policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'self' http://shop.example.com:* http://*.shop.example.com:*"
    assert re.fullmatch(r"'nonce-[\w-]+'", policy["style-src"])
    assert "Set-Cookie" not in page.headers
    assert "form-action" not in policy
    plain = client.get(make(admin, {**design(), "name": "Plain"}))
    assert "form-action 'self'" in plain.headers["Content-Security-Policy"]
    assert submit(client, path, email=IRIS).headers["Location"] == there
    answer = admin.post("/api/forms", json={**design(redirect="https://evil.example.net/"), "name": "Other"})
    assert answer.get_json()["errors"][0]["field"] == "design.redirect"
    form = admin.get("/api/forms").get_json()["items"][0]
    assert admin.put(f"/api/forms/{form['id']}", json={**design(), "enabled": False}).status_code == 200
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    ("redirect", "kept"),
    [
        ("https://evil.example.net\\@shop.example.com/", None),
        ("https://evil.example.net@shop.example.com/", None),
        ("https://shop.example.com\\.evil.example.net/", None),
        ("https://shop.example.com:port/", None),
        ("https://shop.example.com/a b", None),
        ("https:///shop.example.com/", None),
        ("javascript:alert(1)//shop.example.com", None),
        ("HTTPS://Shop.Example.com:8443/thanks?a=1#b", "https://shop.example.com:8443/thanks?a=1#b"),
    ],
)
def test_where_a_form_leads_is_read_as_browsers_do(admin: Caller, redirect: str, kept: str | None):
    """An address whose host could be read in two ways is refused; what is kept is what was checked."""
    answer = admin.post("/api/forms", json=design(redirect=redirect))
    if kept:
        assert answer.get_json()["design"]["redirect"] == kept
    else:
        assert answer.get_json()["errors"][0]["field"] == "design.redirect"


@pytest.mark.parametrize(
    ("field", "where"),
    [
        ({"takes": "attribute", "attribute": "NOPE", "label": "x"}, "design.fields.1.attribute"),
        ({"takes": "topic", "topic": 4242, "label": "x"}, "design.fields.1.topic"),
        ({"takes": "phone"}, "design.fields.1.label"),
        ({"takes": "hidden"}, "design.fields.1.name"),
        ({"takes": "email", "label": "again"}, "design.fields.1.takes"),
    ],
)
def test_what_cannot_be_asked_is_refused(admin: Caller, field: Json, where: str):
    """The field at fault is named."""
    assert admin.post("/api/forms", json=design(field)).get_json()["errors"][0]["field"] == where


def test_who_may_make_forms(signed_in: SignedIn, database: Session):
    """Marketers make, change and delete them, which is written down; guests look."""
    marketer, guest = signed_in("marketer"), signed_in("guest")
    made = marketer.post("/api/forms", json=design()).get_json()
    assert marketer.post("/api/forms", json=design()).status_code == 409
    assert guest.get(f"/api/forms/{made['id']}").get_json()["name"] == "News"
    assert guest.post("/api/forms", json=design()).status_code == 403
    assert marketer.delete(f"/api/forms/{made['id']}").status_code == 204
    assert keeping.every() == []
    mine = select(AuditEntry.action).where(AuditEntry.entity == "form").order_by(AuditEntry.id)
    assert database.scalars(mine).all() == ["created", "deleted"]
