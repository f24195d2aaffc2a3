import csv
import json

import pytest

from app.services import attributes, segments
from nodes.catalog import Kind
from tests.factories.contacts import make_contact, make_contacts, make_list
from tests.factories.users import make_user

HOT = {"attribute": "SCORE", "op": "gte", "value": 20}


@pytest.fixture
def score(database):
    return attributes.create("SCORE", Kind.NUMBER)


def emails(answer):
    return [each["email"] for each in answer.json["items"]]


def fields(answer):
    return [each["field"] for each in answer.json["errors"]]


def test_a_contact_is_made_read_changed_and_deleted(admin, score):
    """The whole life of a contact through the API."""
    new = {"email": "Ada@Example.com", "attributes": {"SCORE": 20, "FIRSTNAME": "Ada"}, "tags": ["vip"]}
    made = admin.post("/api/contacts", json=new)
    assert made.status_code == 201
    path = f"/api/contacts/{made.json['id']}"
    changed = admin.patch(path, json={"phone": "+33 612 34 56 78", "attributes": {"SCORE": None}, "tags": ["hot"]})
    assert changed.json == admin.get(path).json
    assert (changed.json["name"], changed.json["phone"], changed.json["tags"]) == ("Ada", "+33612345678", ["hot"])
    assert changed.json["attributes"]["SCORE"] is None
    assert admin.delete(path).status_code == 204
    assert [admin.get(path).status_code, admin.delete(path).status_code] == [404, 404]


def test_a_contact_shows_what_belongs_to_it(admin):
    """Owner, lists by name and counts come with the contact."""
    rep, joined = make_user("rep"), make_list("News")
    contact = make_contact(lists=[joined])
    shown = admin.patch(f"/api/contacts/{contact}", json={"owner_id": rep.id, "time_zone": "Europe/Paris"}).json
    assert shown["owner"] == {"id": rep.id, "name": rep.name}
    assert (shown["lists"], shown["time_zone"]) == ([{"id": joined, "name": "News"}], "Europe/Paris")
    assert shown["counts"] == {"deals": 0, "tasks": 0, "notes": 0}


@pytest.mark.parametrize(
    ("body", "status", "field"),
    [
        ({}, 422, "email"),
        ({"email": "nobody"}, 422, "email"),
        ({"email": "a@x.io", "attributes": {"SCORE": "20"}}, 422, "attributes.SCORE"),
        ({"email": "a@x.io", "attributes": {"NOPE": 1}}, 422, "attributes.NOPE"),
        ({"email": "a@x.io", "colour": "red"}, 422, "colour"),
        ({"email": "a@x.io", "lists": [999]}, 422, "lists"),
        ({"email": "a@x.io", "owner_id": 2**63}, 422, "owner_id"),
        ({"email": "a@x.io", "ext_id": "a\0b"}, 422, "ext_id"),
        ({"email": "known@x.io"}, 409, "email"),
    ],
)
def test_a_contact_that_cannot_be_is_refused(admin, score, body, status, field):
    """Each refusal is a problem document that names the field, and nothing is made."""
    make_contact(email="known@x.io")
    answer = admin.post("/api/contacts", json=body)
    assert (answer.status_code, answer.mimetype, fields(answer)) == (status, "application/problem+json", [field])
    assert admin.get("/api/contacts").json["total"] == 1


def test_contacts_are_filtered_sorted_and_paged(admin, score):
    """Search, segment, condition and sort work together; pages carry the number of all found."""
    for name, value in (("ada", 20), ("bob", 35), ("cyd", 5)):
        make_contact(email=f"{name}@x.io", SCORE=value)
    segment = segments.create("Hot", HOT)
    query = {"condition": json.dumps(HOT), "segment": segment, "search": "x.io", "sort": "-SCORE", "limit": 1}
    first = admin.get("/api/contacts", query_string=query)
    second = admin.get("/api/contacts", query_string=query | {"cursor": first.json["next_cursor"]})
    assert (emails(first), emails(second), second.json["next_cursor"]) == (["bob@x.io"], ["ada@x.io"], None)
    assert first.json["total"] == 2
    assert admin.post("/api/contacts/count", json={"condition": HOT}).json == {"count": 2}


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("condition={", 422),
        ("condition=5", 422),
        ("condition=" + "[" * 1500, 422),
        ("sort=nope", 422),
        ("cursor=nope", 422),
        ("cursor=W10", 422),
        ("limit=0", 422),
        ("segment=999", 404),
        ("segment=x", 422),
        ("colour=red", 200),
        ("search=%00", 200),
    ],
)
def test_a_query_that_cannot_be_is_refused(admin, query, status):
    """A wrong query is a clear refusal, never an empty list or a fault; what is not known is passed over."""
    assert admin.get(f"/api/contacts?{query}").status_code == status


def test_memberships_are_set_one_by_one(admin):
    """Lists and tags are joined and left; tags may hold any sign."""
    contact, joined = make_contact(), make_list()
    path = f"/api/contacts/{contact}"
    for _ in range(2):
        assert admin.put(f"{path}/lists/{joined}").status_code == 204
        assert admin.put(f"{path}/tags/a%2Fb%20c").status_code == 204
    shown = admin.get(path).json
    assert ([each["id"] for each in shown["lists"]], shown["tags"]) == ([joined], ["a/b c"])
    assert admin.delete(f"{path}/lists/{joined}").status_code == 204
    assert admin.delete(f"{path}/tags/a%2Fb%20c").status_code == 204
    shown = admin.get(path).json
    assert (shown["lists"], shown["tags"]) == ([], [])


@pytest.mark.parametrize("path", ["999999/lists/1", "999999/tags/x", "{id}/lists/999999"])
def test_a_membership_of_nothing_is_a_404(admin, path):
    """Both the contact and the list must exist."""
    assert admin.put(f"/api/contacts/{path.format(id=make_contact())}").status_code == 404


def test_contacts_are_exported(admin):
    """The export is a file of the contacts asked for."""
    make_contacts(2)
    make_contact(email="ada@x.io", FIRSTNAME="=1+1")
    answer = admin.get("/api/contacts/export?search=ada@x.io")
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    assert "attachment" in answer.headers["Content-Disposition"]
    (row,) = csv.DictReader(answer.get_data(as_text=True).removeprefix("\ufeff").splitlines())
    assert (row["email"], row["FIRSTNAME"]) == ("ada@x.io", "'=1+1")


def test_the_history_comes_in_the_language_asked_for(admin):
    """Timeline, ways and refusals are served, in a language that exists."""
    path = f"/api/contacts/{make_contact()}"
    for part in ("timeline", "enrollments", "refusals"):
        assert admin.get(f"{path}/{part}?lang=fr").json["items"] == []
        assert admin.get(f"{path}/{part}?lang=xx").status_code == 422
        assert admin.get(f"/api/contacts/999999/{part}").status_code == 404


def test_guests_look_and_do_not_touch(signed_in):
    """Without the right to edit, nothing changes; exports need a right of their own."""
    guest, contact = signed_in("guest"), make_contact()
    assert guest.get(f"/api/contacts/{contact}").status_code == 200
    refused = [
        guest.post("/api/contacts", json={"email": "a@x.io"}),
        guest.patch(f"/api/contacts/{contact}", json={"ext_id": "x"}),
        guest.delete(f"/api/contacts/{contact}"),
        guest.get("/api/contacts/export"),
        guest.post("/api/imports"),
    ]
    assert {answer.status_code for answer in refused} == {403}
