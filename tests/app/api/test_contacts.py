import pytest

from app.services import attributes
from nodes.catalog import Kind
from tests.factories.contacts import make_contact, make_list


@pytest.fixture
def score(database):
    return attributes.create("SCORE", Kind.NUMBER)


def emails(answer):
    return [each["email"] for each in answer.get_json()["items"]]


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
    assert admin.get(path).status_code == 404
