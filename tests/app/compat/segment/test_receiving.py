"""What becomes of messages: whose they are, what they raise, what of them is refused and why."""

import gzip
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import Contact, Event, VisitorEvent
from app.services import attributes, contacts
from app.services.contacts import ContactInput, Identifier
from app.services.sources import history, keeping, receiving, traits
from app.services.sources.keeping import SourceView
from nodes.catalog import Kind
from tests.app.compat.segment.conftest import Send, happened
from tests.factories.contacts import make_contact

MARIA = "maria@example.com"


def user(user_id: str) -> int:
    return contacts.one(Identifier("ext_id", user_id))


def results(source: SourceView) -> list[tuple[str, list[str]]]:
    """What became of the messages, the oldest first: the result, and what was wrong."""
    return [(each.result, [problem["code"] for problem in each.problems]) for each in reversed(history.last(source.id))]


@pytest.mark.row("A4")
@pytest.mark.row("A12")
def test_what_somebody_did_before_they_were_known_is_theirs(send: Send, server: SourceView, database: Session):
    """Kept under the anonymous id; told to the contact, with its own time, once a message bears both ids."""
    send(server, {"type": "track", "event": "Signed Up", "anonymousId": "a-1", "timestamp": "2026-11-20T10:00:00Z"})
    assert database.scalars(select(Contact.id)).all() == []
    assert len(database.scalars(select(VisitorEvent)).all()) == 1
    send(
        server,
        {"type": "page", "anonymousId": "a-1", "properties": {"url": "https://shop.example.com/p?x=1", "title": "P"}},
        {"type": "identify", "userId": "u1", "anonymousId": "a-1", "traits": {"email": MARIA, "firstName": "Maria"}},
    )
    contact = user("u1")
    assert happened(database, contact) == ["signed_up", "page_visited"]
    known = contacts.get(contact)
    assert (known.email, known.attributes["FIRSTNAME"]) == (MARIA, "Maria")
    assert database.scalars(select(VisitorEvent)).all() == []
    page = database.scalars(select(Event.properties).order_by(Event.id.desc())).first()
    assert page == {"page": "https://shop.example.com/p", "title": "P"}


def test_an_alias_joins_what_was_anonymous(send: Send, server: SourceView, database: Session):
    """Afterwards, what the anonymous id does is the contact's."""
    send(server, {"type": "track", "event": "looked", "anonymousId": "a-1"})
    send(server, {"type": "alias", "previousId": "a-1", "userId": "u1"})
    send(server, {"type": "track", "event": "bought", "anonymousId": "a-1"})
    assert happened(database, user("u1")) == ["looked", "bought"]


def test_an_alias_renames_who_was_known(send: Send, server: SourceView, database: Session):
    """A former user id becomes the new one; two that are contacts already stay two, and that is told."""
    send(server, {"type": "track", "event": "looked", "userId": "old"})
    contact = user("old")
    send(server, {"type": "alias", "previousId": "old", "userId": "new"})
    assert user("new") == contact
    send(server, {"type": "track", "event": "looked", "userId": "third"})
    send(server, {"type": "alias", "previousId": "third", "userId": "new"})
    assert results(server)[-1] == ("taken", ["two_contacts"])
    assert user("third") != user("new")


def test_a_contact_known_by_its_address_gets_its_user_id(send: Send, server: SourceView, database: Session):
    """It is the same person; an address that belongs to another user id is left to that one."""
    contact = make_contact(email=MARIA)
    send(server, {"type": "identify", "userId": "u1", "traits": {"email": MARIA}})
    assert user("u1") == contact
    send(server, {"type": "identify", "userId": "u2", "traits": {"email": MARIA}})
    assert user("u2") != contact
    assert results(server)[-1] == ("taken", ["taken"])
    send(
        server,
        {"type": "identify", "userId": "u3", "traits": {"email": "x@example.com"}},
        {"type": "identify", "userId": "u4", "traits": {"email": "x@example.com"}},
    )
    assert [contacts.get(user(each)).email for each in ("u3", "u4")] == ["x@example.com", None]


def test_a_repeated_message_counts_once(send: Send, server: SourceView, database: Session):
    """Clients send the same batch again when no answer came; also if it was kept for a stranger first."""
    bought = {"type": "track", "event": "bought", "userId": "u1", "messageId": "m-1"}
    looked = {"type": "track", "event": "looked", "anonymousId": "a-1", "messageId": "m-2"}
    for _ in range(2):
        assert send(server, bought, looked, {**bought, "messageId": "m-3"}).get_json() == {"success": True}
    send(server, {"type": "identify", "userId": "u1", "anonymousId": "a-1"})
    send(server, looked)
    assert sorted(happened(database, user("u1"))) == ["bought", "bought", "looked"]
    assert results(server)[-1] == ("repeated", [])


def test_one_bad_message_spares_the_others(send: Send, server: SourceView, database: Session):
    """A client throws a refused batch away as a whole: so it is taken, and the debugger says what was not."""
    bad: list[Any] = [
        {"type": "track", "event": "", "userId": "u1"},
        {"type": "track", "event": "bought"},
        {"type": "sing", "userId": "u1"},
        {"type": "track", "event": "bought", "userId": "a\0b"},
        {"type": "track", "event": "contact_created", "userId": "u1"},
        {"type": "identify", "anonymousId": "a-1", "traits": {"FIRSTNAME": "Nobody"}},
        {"type": "track", "event": "bought", "userId": "u1", "properties": "none"},
        "no object",
    ]
    assert send(server, *bad, {"type": "track", "event": "bought", "userId": "u1"}).status_code == 200
    assert happened(database, user("u1")) == ["bought"]
    codes = [code for _, (code, *_) in results(server)[:-1]]
    assert codes == [
        *("required", "nobody", "unknown_type", "bad_characters", "reserved", "nobody_yet", "not_object", "not_object")
    ]


def test_clocks_that_are_wrong_are_corrected(send: Send, server: SourceView, database: Session):
    """What happened an hour before it was sent happened an hour ago, whatever the sender's clock says; never ahead."""
    event = {"type": "track", "event": "bought", "userId": "u1", "timestamp": "2001-01-01T10:00:00.000Z"}
    send(server, event, sentAt="2001-01-01T11:00:00Z")
    ahead = {**event, "timestamp": "2099-01-01T10:00:00Z"}
    send(server, ahead)
    earlier, later = database.scalars(select(Event.at).order_by(Event.at))
    now = datetime.now(UTC)
    assert abs(now - timedelta(hours=1) - earlier) < timedelta(minutes=5)
    assert abs(now - later) < timedelta(minutes=5)


def test_a_time_beyond_all_calendars_is_the_time_of_receipt(send: Send, server: SourceView, database: Session):
    """Corrected by the sender's clock it would lie after the year 9999: it spoils nothing."""
    event = {"type": "track", "event": "bought", "userId": "u1", "timestamp": "9999-12-31T23:59:59Z"}
    send(server, event, sentAt="2001-01-01T11:00:00Z")
    (at,) = database.scalars(select(Event.at))
    assert abs(datetime.now(UTC) - at) < timedelta(minutes=5)


def test_traits_find_their_attributes(send: Send, server: SourceView, database: Session):
    """By their names however written, or where an admin sends them; others are offered, and told each time."""
    for name, kind in (("PLAN", Kind.TEXT), ("SEATS", Kind.NUMBER), ("CITY", Kind.TEXT)):
        attributes.create(name, kind)
    said = {"plan": "free", "seats": 3, "address": {"city": "Lyon"}, "nickname": "Mo", "first_name": "Maria"}
    send(server, {"type": "identify", "userId": "u1", "traits": said})
    known = contacts.get(user("u1")).attributes
    assert [known[name] for name in ("PLAN", "SEATS", "CITY", "FIRSTNAME")] == ["free", 3, None, "Maria"]
    assert results(server)[-1] == ("taken", ["unmapped", "unmapped"])
    traits.decide(server.id, "address.city", "CITY", ignored=False)
    traits.decide(server.id, "nickname", None, ignored=True)
    send(server, {"type": "identify", "userId": "u1", "traits": {**said, "plan": "pro", "seats": "many"}})
    known = contacts.get(user("u1")).attributes
    assert [known[name] for name in ("PLAN", "SEATS", "CITY")] == ["pro", 3, "Lyon"]
    assert results(server)[-1] == ("taken", ["unfit"])
    offered = {each.name: each.attribute for each in traits.every(server.id)}
    assert offered == {
        "address.city": "CITY",
        "first_name": "FIRSTNAME",
        "nickname": None,
        "plan": "PLAN",
        "seats": "SEATS",
    }


def test_pages_only_add_to_what_is_known(send: Send, website: SourceView, database: Session):
    """Whoever has a page open can claim to be Maria: nothing of hers is overwritten, and no mail is said to be read."""
    maria = contacts.create(ContactInput(fields={"email": MARIA, "ext_id": "u1"}, attributes={"FIRSTNAME": "Maria"}))
    said = {"email": "mallory@example.com", "firstName": "Mallory", "lastName": "Rossi"}
    send(website, {"type": "identify", "userId": "u1", "traits": said})
    send(website, {"type": "track", "event": "Email Opened", "userId": "u1"})
    known = contacts.get(maria)
    assert (known.email, known.attributes["FIRSTNAME"], known.attributes["LASTNAME"]) == (MARIA, "Maria", "Rossi")
    assert results(website)[-1] == ("refused", ["reserved"])


def test_a_group_is_the_company(send: Send, server: SourceView, database: Session):
    """Found by its name, made if there is none; the next one of it is in the same."""
    acme = {"type": "group", "groupId": "g-1", "traits": {"name": "Acme", "employees": 50, "website": "acme.example"}}
    send(server, {**acme, "userId": "u1"}, {**acme, "userId": "u2"})
    send(server, {**acme, "userId": "u3", "traits": {"name": "ACME"}})
    companies = [contacts.get(user(each)).company for each in ("u1", "u2", "u3")]
    assert {each and each.name for each in companies} == {"Acme"}
    assert len({each and each.id for each in companies}) == 1


def test_a_page_makes_no_company(send: Send, server: SourceView, website: SourceView, database: Session):
    """Whoever opens a page can write to it: its visitors come into companies that there are, into no others."""
    acme = {"type": "group", "groupId": "g-1", "traits": {"name": "Acme"}}
    send(website, {**acme, "userId": "u1"})
    assert contacts.get(user("u1")).company is None
    assert "unknown_company" in results(website)[-1][1]
    send(server, {**acme, "userId": "u2"})
    send(website, {**acme, "userId": "u1", "messageId": "second"})
    company = contacts.get(user("u1")).company
    assert company
    assert company.name == "Acme"


def test_packed_bodies_and_keys_inside(client: FlaskClient, server: SourceView, database: Session):
    """As Python's client packs them; a key may stand in the body, and a message come alone under a short name."""
    body = {"batch": [{"type": "track", "event": "bought", "userId": "u1"}], "writeKey": server.key}
    packed = gzip.compress(orjson.dumps(body))
    assert client.post("/v1/batch", data=packed, headers={"Content-Encoding": "gzip"}).status_code == 200
    alone = orjson.dumps({"event": "looked", "userId": "u1", "writeKey": server.key})
    assert client.post("/v1/t", data=alone, content_type="text/plain").status_code == 200
    assert sorted(happened(database, user("u1"))) == ["bought", "looked"]


def test_what_cannot_be_read_is_refused_for_good(client: FlaskClient, server: SourceView, database: Session):
    """Broken, too large, packed to burst, no batch: 400. A key that nobody has, or one switched off: 401."""
    auth = (server.key, "")
    bomb = gzip.compress(b"[" + b" " * 5_000_000)
    answers = [
        client.post("/v1/batch", data=b"{", auth=auth),
        client.post("/v1/batch", data=b"{" + b" " * 600_000, auth=auth),
        client.post("/v1/batch", data=bomb, headers={"Content-Encoding": "gzip"}, auth=auth),
        client.post("/v1/batch", data=b"no gzip", headers={"Content-Encoding": "gzip"}, auth=auth),
        client.post("/v1/batch", json={"batch": {}}, auth=auth),
        client.post("/v1/batch", json=[], auth=auth),
    ]
    assert [each.status_code for each in answers] == [400] * len(answers)
    batch = {"batch": [{"type": "track", "event": "bought", "userId": "u1"}]}
    assert client.post("/v1/batch", json=batch).status_code == 401
    assert client.post("/v1/batch", json=batch, auth=("nobody's", "")).status_code == 401
    keeping.change(server.id, {"enabled": False})
    refused = client.post("/v1/batch", json=batch, auth=auth)
    assert (refused.status_code, set(refused.get_json())) == (401, {"success", "code", "message"})


def test_browsers_of_any_page_may_send(client: FlaskClient, website: SourceView):
    """They ask first, for the authorization header; and learn from the settings where to send."""
    asked = client.options("/v1/t", headers={"Origin": "https://shop.example.com"})
    assert asked.status_code == 200
    assert asked.headers["Access-Control-Allow-Origin"] == "*"
    assert "authorization" in asked.headers["Access-Control-Allow-Headers"]
    told = client.get(f"/v1/projects/{website.key}/settings")
    assert told.get_json()["integrations"]["Segment.io"]["apiKey"] == website.key
    assert client.get("/v1/projects/unknown/settings").status_code == 404
    refused = client.post("/v1/t", data=b"{}", headers={"Origin": "https://shop.example.com"})
    assert (refused.status_code, refused.headers["Access-Control-Allow-Origin"]) == (401, "*")


def test_a_rolled_key_stops_the_old_one(send: Send, server: SourceView):
    """At once."""
    keeping.roll(server.id)
    assert send(server, {"type": "track", "event": "bought", "userId": "u1"}).status_code == 401
    assert send(keeping.get(server.id), {"type": "track", "event": "bought", "userId": "u1"}).status_code == 200


def test_a_flood_from_one_address_is_slowed(
    send: Send, server: SourceView, website: SourceView, monkeypatch: pytest.MonkeyPatch
):
    """It is to come again later; other sources do not feel it."""
    monkeypatch.setitem(receiving.PACES, "website", "2 per minute")
    event = {"type": "track", "event": "bought", "userId": "u1"}
    answers = [send(website, event) for _ in range(3)]
    assert [each.status_code for each in answers] == [200, 200, 429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert send(server, event).status_code == 200


def test_erasing_a_contact_erases_its_messages(send: Send, server: SourceView, database: Session):
    """Those that were refused, too: they bear its ids."""
    send(
        server,
        {"type": "identify", "userId": "u1", "traits": {"email": MARIA}},
        {"type": "track", "event": "", "userId": "u1"},
        {"type": "track", "event": "bought", "userId": "u2"},
    )
    contacts.delete([user("u1")])
    assert [each.payload and each.payload["userId"] for each in history.last(server.id)] == ["u2"]


def test_the_debugger_keeps_the_last(send: Send, server: SourceView, monkeypatch: pytest.MonkeyPatch):
    """So many of each source, of each request those with problems above all."""
    monkeypatch.setattr(history, "MOST_KEPT", 60)
    good = [{"type": "track", "event": "bought", "userId": "u1"} for _ in range(70)]
    send(server, {"type": "track", "userId": "u1"}, *good)
    first = results(server)
    assert (len(first), first[0]) == (50, ("refused", ["required"]))
    send(server, *good[:20])
    assert results(server) == [("taken", [])] * 60
