"""Merging contacts through the API."""

import pytest

from app.services import attributes, contacts, merging
from nodes.catalog import Kind
from tests.factories.contacts import make_contact
from tests.factories.users import make_user

ADA, ADAS = "ada@example.com", "ada.private@example.com"


@pytest.fixture
def pair(database):
    """Ada, and Ada by another address, each with a score."""
    attributes.create("SCORE", Kind.NUMBER)
    return make_contact(email=ADA, SCORE=10), make_contact(email=ADAS, SCORE=5, tags=["new"])


def test_two_contacts_are_seen_side_by_side_merged_and_two_again(admin, pair):
    """Everything that the page does, by the API: preview, merge, who did it, undo."""
    ada, other = pair
    shown = admin.get(f"/api/contacts/{ada}/merge?other={other}")
    assert shown.status_code == 200
    assert {each["name"]: (each["kept"], each["other"]) for each in shown.json["fields"]} == {
        "email": (ADA, ADAS),
        "SCORE": (10, 5),
    }
    assert shown.json["fields"][1]["ways"] == ["kept", "other", "larger", "sum"]
    assert (shown.json["kept"]["email"], shown.json["counts"]["event"]) == (ADA, 0)

    made = admin.post(f"/api/contacts/{ada}/merges", json={"contact_id": other, "fields": {"SCORE": "sum"}})
    assert made.status_code == 201
    assert (made.json["contact_id"], made.json["by"]["id"]) == (other, admin.user.id)
    read = admin.get(f"/api/contacts/{other}").json
    assert (read["id"], read["email"], read["attributes"]["SCORE"], read["tags"]) == (ada, ADA, 15, ["new"])

    path = f"/api/contacts/{ada}/merges/{made.json['id']}"
    assert admin.delete(path).json == {"contact_id": other}
    assert admin.get(f"/api/contacts/{other}").json["email"] == ADAS
    (merge,) = admin.get(f"/api/contacts/{ada}/merges").json["items"]
    assert merge["undone_by"]["id"] == admin.user.id
    assert admin.delete(path).status_code == 409


def test_what_is_wrong_is_named(admin, pair):
    """The field, in the usual form: a way that there is not, one that does not fit, the same contact, nobody."""
    ada, other = pair
    path = f"/api/contacts/{ada}/merges"
    wrong = [
        ({"contact_id": other, "fields": {"email": "best"}}, 422),
        ({"contact_id": other, "fields": {"email": "sum"}}, 422),
        ({"contact_id": ada}, 422),
        ({"contact_id": 999_999}, 404),
        ({}, 422),
    ]
    for body, status in wrong:
        answer = admin.post(path, json=body)
        assert (body, answer.status_code) == (body, status)
    assert admin.get(f"/api/contacts/{other}").json["id"] == other
    assert admin.delete(f"{path}/999999").status_code == 404
    assert admin.get("/api/contacts/999999/merges").status_code == 404


@pytest.mark.parametrize(("role", "status"), [("marketer", 201), ("rep", 403), ("guest", 403)])
def test_reps_and_guests_do_not_merge(signed_in, pair, role, status):
    """It changes what others work with: marketing and admins may, reps and guests may not."""
    ada, other = pair
    caller = signed_in(user=make_user(role))
    assert caller.post(f"/api/contacts/{ada}/merges", json={"contact_id": other}).status_code == status


def test_a_contact_s_old_number_is_its_list_page_too(admin, pair):
    """Programs that kept the number of the other put the kept one on lists by it."""
    ada, other = pair
    admin.post(f"/api/contacts/{ada}/merges", json={"contact_id": other})
    made = admin.post("/api/lists", json={"name": "News"}).json["id"]
    assert admin.put(f"/api/contacts/{other}/lists/{made}").status_code == 204
    assert [each["name"] for each in admin.get(f"/api/contacts/{ada}").json["lists"]] == ["News"]


def test_what_was_merged_is_told_whatever_happens_next(admin, pair, monkeypatch):
    """Somebody deletes the kept contact before the answer is written: it was merged all the same."""
    ada, other = pair
    merge = merging.merge

    def merge_and_delete(*wanted):
        merged = merge(*wanted)
        contacts.delete([ada])
        return merged

    monkeypatch.setattr(merging, "merge", merge_and_delete)
    made = admin.post(f"/api/contacts/{ada}/merges", json={"contact_id": other})
    assert (made.status_code, made.json["contact_id"]) == (201, other)
