"""Attributes, lists, folders, tags, segments and companies through the API."""

import pytest

from tests.factories.contacts import make_contact

VIP = {"tag": "vip", "op": "has"}


@pytest.mark.row("C1")
def test_an_admin_makes_a_number_attribute(admin):
    """SCORE of kind number exists, and every contact has it, empty."""
    contact = make_contact()
    made = admin.post("/api/attributes", json={"name": "SCORE", "kind": "number"})
    assert (made.status_code, made.json) == (201, {"name": "SCORE", "kind": "number", "options": []})
    assert made.json in admin.get("/api/attributes").json["items"]
    assert admin.get(f"/api/contacts/{contact}").json["attributes"]["SCORE"] is None
    assert admin.delete("/api/attributes/SCORE").status_code == 204
    assert admin.delete("/api/attributes/SCORE").status_code == 404


def test_options_change(admin):
    """A category's options are replaced as a whole."""
    admin.post("/api/attributes", json={"name": "TIER", "kind": "category", "options": ["a"]})
    assert admin.patch("/api/attributes/TIER", json={"options": ["b", "c"]}).json["options"] == ["b", "c"]
    assert admin.patch("/api/attributes/NOPE", json={"options": []}).status_code == 404


def test_an_attribute_in_use_names_its_users(admin):
    """Deleting answers 409 with one error a user."""
    admin.post("/api/attributes", json={"name": "SCORE", "kind": "number"})
    admin.post("/api/segments", json={"name": "Hot", "condition": {"attribute": "SCORE", "op": "gte", "value": 20}})
    answer = admin.delete("/api/attributes/SCORE")
    assert (answer.status_code, answer.json["errors"][0]["message"]) == (409, "Used by the segment “Hot”.")


def test_lists_and_folders_live(admin):
    """Lists are made, moved, counted and deleted; folders too."""
    folder = admin.post("/api/folders", json={"name": "F"}).json
    made = admin.post("/api/lists", json={"name": "News", "folder_id": folder["id"]}).json
    assert (made["folder"], made["count"]) == ({"id": folder["id"], "name": "F"}, 0)
    admin.put(f"/api/contacts/{make_contact()}/lists/{made['id']}")
    changed = admin.patch(f"/api/lists/{made['id']}", json={"name": "Old news", "folder_id": None}).json
    assert (changed["name"], changed["folder"], changed["count"]) == ("Old news", None, 1)
    assert admin.get("/api/lists").json["items"] == [admin.get(f"/api/lists/{made['id']}").json]
    assert admin.patch(f"/api/folders/{folder['id']}", json={"name": "G"}).json["name"] == "G"
    for path in (f"/api/lists/{made['id']}", f"/api/folders/{folder['id']}"):
        assert [admin.delete(path).status_code, admin.delete(path).status_code] == [204, 404]


def test_tags_are_listed(admin):
    """Tags come with how many contacts bear them."""
    make_contact(tags=["vip"])
    assert admin.get("/api/tags").json == {"items": [{"name": "vip", "count": 1}]}


def test_segments_live(admin):
    """Segments are made, counted, changed and deleted."""
    make_contact(tags=["vip"])
    made = admin.post("/api/segments", json={"name": "Important", "condition": VIP})
    assert (made.status_code, made.json["count"], made.json["condition"]) == (201, 1, VIP)
    path = f"/api/segments/{made.json['id']}"
    assert admin.patch(path, json={"condition": VIP | {"op": "has_not"}}).json["count"] == 0
    assert admin.post("/api/segments", json={"name": "important", "condition": VIP}).status_code == 409
    assert [admin.delete(path).status_code, admin.get(path).status_code] == [204, 404]


def test_companies_live(admin):
    """Companies are made, found, changed and deleted."""
    made = admin.post("/api/companies", json={"name": "Acme", "domain": "acme.com", "size": 12})
    path = f"/api/companies/{made.json['id']}"
    assert admin.get("/api/companies?search=acme").json["items"] == [made.json]
    assert admin.patch(path, json={"country": "France", "domain": None}).json["domain"] is None
    assert [admin.delete(path).status_code, admin.get(path).status_code] == [204, 404]


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("post", "attributes", {"name": "A B", "kind": "number"}),
        ("post", "attributes", {"name": "A", "kind": "colour"}),
        ("post", "attributes", {"name": "A", "kind": "number", "options": ["x"]}),
        ("post", "lists", {"name": ""}),
        ("post", "lists", {"name": "x", "folder_id": 999}),
        ("post", "folders", {"name": "a\nb"}),
        ("post", "segments", {"name": "x", "condition": {"tag": "vip"}}),
        ("post", "segments", {"name": "x", "condition": {"attribute": "NOPE", "op": "empty"}}),
        ("post", "companies", {"name": "x", "size": -1}),
        ("post", "companies", {"size": 1}),
        ("post", "contacts/count", {"condition": 5}),
        ("post", "contacts/count", {}),
    ],
)
def test_what_cannot_be_is_refused(admin, method, path, body):
    """Each refusal is a 422 that names a field."""
    answer = getattr(admin, method)(f"/api/{path}", json=body)
    assert (answer.status_code, bool(answer.json["errors"][0]["field"])) == (422, True)


def test_marketers_do_not_change_the_shape_of_contacts(signed_in):
    """Attributes are settings: seen by all, changed by admins."""
    marketer = signed_in("marketer")
    assert marketer.get("/api/attributes").status_code == 200
    assert marketer.post("/api/attributes", json={"name": "A", "kind": "text"}).status_code == 403
