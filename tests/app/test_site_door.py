"""The door of websites: what pages send, and whose it becomes."""

from typing import Any

import orjson
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.adapters import mail_links
from app.models import Contact, Event, EventType, Site, Visitor, VisitorEvent
from app.services import contacts, workspace
from app.services.web import identity, receiving, sites
from tests.factories.contacts import make_contact
from tests.factories.website import ONE, SHOP, send, site, visited

MARIA = "maria@example.com"


@pytest.fixture(autouse=True)
def _here(app: Flask, database: Session) -> None:
    workspace.setup()
    mail_links.configure("https://cadenza.example.com")


@pytest.fixture
def key(database: Session) -> str:
    return sites.get(sites.create(site("shop.example.com"))).key


def kept(database: Session) -> list[VisitorEvent]:
    """What is kept of visitors whom nobody knows, besides that a visit began."""
    return list(database.scalars(select(VisitorEvent).where(VisitorEvent.name != "visit_begun")))


def pages(database: Session, contact: int) -> list[str]:
    """The paths that are in a contact's history, in order."""
    mine = select(Event.properties).join(EventType, EventType.id == Event.type_id)
    wanted = mine.where(Event.contact_id == contact, EventType.name == "page_visited").order_by(Event.at)
    return [properties["path"] for properties in database.scalars(wanted)]


@pytest.mark.row("A3", "E2")
def test_what_a_visitor_did_before_it_was_known_becomes_the_contacts(client: FlaskClient, database: Session, key: str):
    """Kept while nobody is known; told to the contact in its order and with its times once somebody is."""
    assert send(client, key, visited("/", ago=60_000), visited("/pricing", ago=30_000)).status_code == 204
    assert database.scalars(select(Contact.id)).all() == []
    assert len(kept(database)) == 2
    send(client, key, identify={"email": "Maria@Example.com", "attributes": {"firstname": "Maria"}})
    contact = contacts.one(contacts.Identifier("email", MARIA))
    send(client, key, visited("/thanks"))
    assert pages(database, contact) == ["/", "/pricing", "/thanks"]
    assert database.scalars(select(VisitorEvent)).all() == []


@pytest.mark.row("A7")
@pytest.mark.row("A8")
@pytest.mark.row("A9")
@pytest.mark.row("A10")
def test_links_tell_who_came(client: FlaskClient, database: Session, key: str):
    """Our own mark goes before `braze_id`, that before `br_user_id`; an empty one is nobody, and makes nobody."""
    maria = make_contact(email=MARIA)
    paul = contacts.create(contacts.ContactInput(fields={"ext_id": "paul-7"}))
    mark = mail_links.token(mail_links.MailLink(mail_links.LinkKind.VISIT, maria))

    def whose(**link: str) -> int | None:
        database.query(Visitor).delete()
        send(client, key, visited(), link=link)
        return database.scalars(select(Visitor.contact_id)).one()

    assert whose(braze_id=str(maria)) == maria
    assert whose(br_user_id="paul-7") == paul
    assert whose(braze_id=str(maria), br_user_id="paul-7") == maria
    assert whose(cdz=mark, braze_id=str(paul)) == maria
    assert whose(br_user_id="") is None
    assert whose(braze_id="999999999") is None
    assert whose(cdz=f"{mark}x") is None
    assert len(database.scalars(select(Contact.id)).all()) == 2
    stranger = whose(br_user_id="new-1")
    assert stranger not in {None, maria, paul}


def test_nobody_overwrites_what_is_known_of_another(client: FlaskClient, database: Session, key: str):
    """Anybody can say to be Maria: what is empty is filled, what is there stays."""
    maria = make_contact(email=MARIA, FIRSTNAME="Maria")
    send(client, key, identify={"email": MARIA, "attributes": {"FIRSTNAME": "Mallory", "LASTNAME": "Rossi"}})
    known = contacts.get(maria).attributes
    assert (known["FIRSTNAME"], known["LASTNAME"]) == ("Maria", "Rossi")


def test_a_browser_that_changes_hands_tells_the_new_one_nothing(client: FlaskClient, database: Session, key: str):
    """What was done before belongs to whom it was done by."""
    maria, paul = make_contact(email=MARIA), make_contact(email="paul@example.com")
    send(client, key, visited("/a"), identify={"email": MARIA})
    send(client, key, visited("/b"), identify={"email": "paul@example.com"})
    assert (pages(database, maria), pages(database, paul)) == (["/a"], ["/b"])


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        (SHOP, 204),
        ("https://de.shop.example.com", 204),
        ("https://example.com", 403),
        ("https://evil.com/?shop.example.com", 403),
        ("https://notshop.example.com", 403),
        ("null", 403),
        ("", 403),
    ],
)
def test_only_pages_of_the_site_may_send(client: FlaskClient, database: Session, key: str, origin: str, status: int):
    """Its domains and those below them; what others send is refused, and nothing of it is kept."""
    answer = send(client, key, visited(), origin=origin)
    assert answer.status_code == status
    assert len(kept(database)) == (1 if status == 204 else 0)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"  # so that a page can read why it was refused


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"visitor": "short"}, "visitor"),
        ({"events": "x"}, "events"),
        ({"events": [{"name": "contact_created"}]}, "events.0.name"),
        ({"events": [{"name": "email_clicked", "id": "event-0000"}]}, "events.0.name"),
        ({"events": [{"name": "a"}]}, "events.0.id"),
        ({"events": [{"name": "a", "id": "event-0000", "ago": -1}]}, "events.0.ago"),
        ({"events": [{"name": "a", "id": "event-0000", "properties": []}]}, "events.0.properties"),
        ({"identify": {"email": "nobody"}}, "identify.email"),
        ({"link": []}, "link"),
        ({"more": 1}, "more"),
    ],
)
def test_what_cannot_be_taken_is_named(client: FlaskClient, key: str, change: dict[str, Any], field: str):
    """Nothing is taken, and the field at fault is told with a remedy."""
    answer = send(client, key, **change)
    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["field"] == field


def test_a_key_that_no_site_has_is_unknown(client: FlaskClient, database: Session):
    """And so is a body that is no JSON."""
    assert send(client, "nonsense", visited()).status_code == 404
    assert client.post("/w/e", data=b"{").status_code == 422


def test_what_is_sent_twice_counts_once(client: FlaskClient, database: Session, key: str):
    """An answer may be lost: the page sends it again, before it is known whose it is and after."""
    event = visited("/once")
    send(client, key, event)
    send(client, key, event)
    assert len(kept(database)) == 1
    send(client, key, event, identify={"email": MARIA})
    send(client, key, event)
    assert pages(database, contacts.one(contacts.Identifier("email", MARIA))) == ["/once"]


def test_pages_do_not_fill_the_workspace_with_kinds(
    client: FlaskClient, database: Session, key: str, monkeypatch: pytest.MonkeyPatch
):
    """Whoever has a page open can write any name; beyond a bound only those known count."""
    send(client, key, visited(), identify={"email": MARIA})
    monkeypatch.setattr(receiving, "MOST_KINDS", 1)
    assert send(client, key, visited()).status_code == 204
    answer = send(client, key, {"id": "event-junk0", "name": "junk"})
    assert answer.get_json()["errors"][0]["code"] == "too_many_kinds"


def test_an_unknown_visitor_is_remembered_so_far(
    client: FlaskClient, database: Session, key: str, monkeypatch: pytest.MonkeyPatch
):
    """The latest things it did; a browser that never says who it is cannot fill the table."""
    monkeypatch.setattr(receiving, "MOST_KEPT", 3)
    for number in range(5):
        send(client, key, visited(f"/{number}"))
    kept = database.scalars(select(VisitorEvent).order_by(VisitorEvent.id)).all()
    assert [each.properties["path"] for each in kept] == ["/2", "/3", "/4"]


def test_a_flood_of_one_address_is_held_back(client: FlaskClient, key: str, monkeypatch: pytest.MonkeyPatch):
    """Others are not held back with it."""
    monkeypatch.setattr(receiving, "PACE", "2 per hour")
    flood = {"REMOTE_ADDR": "203.0.113.9"}
    body = orjson.dumps({"site": key, "visitor": ONE, "events": []})
    answers = [client.post("/w/e", data=body, headers={"Origin": SHOP}, environ_base=flood) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [204, 204, 429]
    assert answers[-1].headers["Retry-After"]
    assert (
        client.post(
            "/w/e", data=body, headers={"Origin": SHOP}, environ_base={"REMOTE_ADDR": "203.0.113.10"}
        ).status_code
        == 204
    )


def test_addresses_are_marked_once(database: Session):
    """A link of a mail says who comes by it, and keeps all else that it had."""
    marked = identity.signed(f"{SHOP}/a?flag&x=%E9&y=a%20b/c&cdz=old#top", 7)
    assert marked.startswith(f"{SHOP}/a?flag&x=%E9&y=a%20b/c&cdz=")
    assert marked.endswith("#top")
    assert marked.count("cdz=") == 1


def test_a_site_is_seen(client: FlaskClient, database: Session, key: str):
    """Settings can show that the script is at work."""
    send(client, key, visited())
    assert database.scalars(select(Site.seen_at)).one() is not None


def test_each_wrong_domain_is_named(admin):
    """Of several that are entered at once, the refusal tells which ones are none."""
    answer = admin.post("/api/sites", json={"name": "Shop", "domains": ["shop", "-a.com", "b.com", "c.com/x"]})
    assert answer.status_code == 422
    said = {each["field"]: each["message"] for each in answer.get_json()["errors"]}
    assert said == {"domains.1": "“-a.com” is no domain.", "domains.3": "“c.com/x” is no domain."}


@pytest.mark.parametrize("domain", ["", "exa mple.com", "example.com/path", "-a.com", "a" * 300])
def test_domains_are_checked(admin, domain: str):
    """With the place in the list, and how to write one."""
    answer = admin.post("/api/sites", json={"name": "Shop", "domains": ["fine.example.com", domain]})
    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["field"] in {"domains.1", "domains"}


def test_a_site_has_a_snippet(admin):
    """To be copied into its pages, with what it says of consent."""
    given = {"name": "Shop", "domains": ["https://Shop.example.com/"], "needs_consent": True}
    made = admin.post("/api/sites", json=given).get_json()
    assert made["domains"] == ["shop.example.com"]
    assert f'data-site="{made["key"]}"' in made["snippet"]
    assert 'data-consent="needed"' in made["snippet"]
    given = {"name": "Shop 2", "domains": ["shop.example.com"], "heeds_do_not_track": False}
    changed = admin.put(f"/api/sites/{made['id']}", json=given).get_json()
    assert (changed["key"], 'data-do-not-track="ignored"' in changed["snippet"]) == (made["key"], True)
    assert admin.delete(f"/api/sites/{made['id']}").status_code == 204
    assert admin.get("/api/sites").get_json() == {"items": []}
