"""Hosted forms: made by marketers, shown to anybody, and what comes of those that are submitted."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser
from sqlalchemy import literal_column, select
from sqlalchemy.orm import Session

from app import forms_door
from app.models import AuditEntry, Event, EventType, Outbox, WebForm
from app.services import attributes, contacts, lists, workspace
from app.services.consents import topics
from app.services.consents.topics import TopicForm
from app.services.contacts import ContactInput
from app.services.forms import keeping
from app.services.web import sites
from nodes.catalog import Kind
from tests.app.conftest import Caller, SignedIn
from tests.factories.contacts import make_contact
from tests.factories.forms import FRAMED, IRIS, Json, design, make, submissions, submit
from tests.factories.website import ONE, send, site, visited
from tests.support.live import activate, document, drain_all, enrollments


@pytest.fixture(autouse=True)
def _unhurried(app: Flask, database: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace.setup()
    monkeypatch.setattr(forms_door, "FASTEST_SECONDS", 0)


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
    assert form["submitted"] == 1


def test_what_a_form_asks_no_more_is_told(admin: Caller, client: FlaskClient):
    """A field whose attribute or topic was deleted is left out, and its form says which."""
    attributes.create("CITY", Kind.TEXT)
    topic = topics.create(TopicForm("Offers", "", "email", public=True, confirm=False))
    asked = [
        {"takes": "attribute", "attribute": "CITY", "label": "City"},
        {"takes": "topic", "topic": topic, "label": "Yes"},
    ]
    path = make(admin, design(*asked))
    assert admin.get("/api/forms").get_json()["items"][0]["left_out"] == []
    attributes.delete("CITY")
    topics.delete(topic)
    (form,) = admin.get("/api/forms").get_json()["items"]
    assert (form["left_out"], admin.get(f"/api/forms/{form['id']}").get_json()["left_out"]) == (["City", "Yes"],) * 2
    assert "City" not in client.get(path).text


def test_views_are_counted_aside(admin: Caller, client: FlaskClient, database: Session):
    """Nobody who looks waits for a row: the clock adds them up. Not counted: a preview, a HEAD, a browser ahead."""
    path = make(admin, design())
    changed = select(literal_column("xmin::text")).select_from(WebForm)
    before = database.scalar(changed)
    for _ in range(3):
        client.get(path)
    client.head(path)
    client.get(f"{path}?preview=1")
    client.get(path, headers={"Sec-Purpose": "prefetch;prerender"})
    assert database.scalar(changed) == before
    for _ in range(2):
        keeping.keep_sightings()
    assert admin.get("/api/forms").get_json()["items"][0]["shown"] == 3


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


def test_topics_are_agreed_to_and_confirmed_by_mail(admin: Caller, client: FlaskClient, database: Session):
    """A tick agrees; where the topic asks for it, only once a mail was answered. Without the tick nothing happens."""
    topic = topics.create(TopicForm("Offers", "", "email", public=True, confirm=True))
    path = make(admin, design({"takes": "topic", "topic": topic, "label": "Send me offers"}))
    submit(client, path, email="ivo@example.com")
    assert topics.get(topic).pending == 0
    submit(client, path, **{"email": IRIS, f"t{topic}": "1"})
    assert (topics.get(topic).pending, topics.get(topic).given) == (1, 0)
    assert database.scalars(select(Outbox.kind)).all() == ["confirmation"]


def test_the_visitor_who_submits_brings_its_history(admin: Caller, client: FlaskClient, database: Session):
    """What the browser did on a watched site before becomes the contact's, the embedding page is told."""
    key = sites.get(sites.create(site("shop.example.com"))).key
    send(client, key, visited("/pricing"))
    path = make(admin, design())
    query = f"?framed=1&site={key}&visitor={ONE}&page=https://shop.example.com/join"
    answer = submit(client, path, query, FRAMED, email=IRIS)
    assert "framed=1" in answer.headers["Location"]
    (told,) = submissions(database)
    assert told["page"] == "https://shop.example.com/join"
    names = select(EventType.name).join(Event, Event.type_id == EventType.id)
    assert "page_visited" in database.scalars(names).all()
    assert submit(client, path, "?framed=1&site=none&visitor=%00", FRAMED, email="ivo@example.com").status_code == 303


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
