"""What nobody does through a hosted form: anybody can type anybody's address, and machines type, too."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import forms_door, forms_page
from app.models import ConsentSource, Visitor
from app.services import contacts, lists, outbox, workspace
from app.services.consents import giving
from app.services.consents.giving import Origin
from app.services.forms import submitting
from app.services.web import sites
from tests.app.conftest import Caller
from tests.factories.consents import agrees, make_topic, stands, way_in
from tests.factories.contacts import make_contact
from tests.factories.forms import FRAMED, IRIS, design, make, seal_of, submissions, submit
from tests.factories.website import ONE, send, site, visited
from tests.support.mailbox import Mailbox


@pytest.fixture(autouse=True)
def _unhurried(app: Flask, database: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace.setup()
    monkeypatch.setattr(forms_door, "FASTEST_SECONDS", 0)


def test_only_who_is_new_gets_the_number(admin: Caller, client: FlaskClient, database: Session):
    """Personal messages go to it, and anybody can write theirs beside anybody's address; the event tells it anyway."""
    iris = make_contact(email=IRIS)
    path = make(admin, design({"takes": "phone", "label": "Phone"}))
    submit(client, path, email=IRIS, phone="+33612345678")
    submit(client, path, email="ivo@example.com", phone="+33612345679")
    ivo = contacts.one(contacts.Identifier("email", "ivo@example.com"))
    assert (contacts.get(iris).phone, contacts.get(ivo).phone) == (None, "+33612345679")
    assert [told["phone"] for told in submissions(database)] == ["+33612345678", "+33612345679"]


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


@pytest.mark.parametrize(
    "headers", [{}, {**FRAMED, "Sec-Fetch-Dest": "document"}, {**FRAMED, "Referer": "https://evil.example.net/"}]
)
def test_a_link_tells_nobody_apart(admin: Caller, client: FlaskClient, database: Session, headers: dict[str, str]):
    """What somebody's own browser did does not become the history of those whom they send to a form."""
    key = sites.get(sites.create(site("shop.example.com"))).key
    send(client, key, visited("/pricing"))
    path = make(admin, design())
    assert submit(client, path, f"?framed=1&site={key}&visitor={ONE}", headers, email=IRIS).status_code == 303
    assert len(submissions(database)) == 1
    assert database.scalars(select(Visitor.contact_id)).all() == [None]


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
