"""Sources as admins see them."""

from flask.testing import FlaskClient

from tests.app.conftest import Caller, SignedIn


def test_a_source_is_made_watched_and_ended(admin: Caller, client: FlaskClient):
    """Its key lets clients send; the last messages say what became of them; a trait goes where it is sent."""
    made = admin.post("/api/sources", json={"name": "Shop", "kind": "server"})
    assert made.status_code == 201
    source = made.get_json()
    assert (source["name"], source["enabled"], source["seen_at"]) == ("Shop", True, None)
    path = f"/api/sources/{source['id']}"
    said = {"type": "identify", "userId": "u1", "traits": {"nick": "Mo"}, "writeKey": source["key"]}
    assert client.post("/v1/identify", json=said).status_code == 200
    (message,) = admin.get(f"{path}/messages").get_json()["items"]
    assert (message["kind"], message["result"], message["contact"]["name"]) == ("identify", "taken", "u1")
    assert [each["code"] for each in message["problems"]] == ["unmapped"]
    assert "writeKey" not in message["payload"]
    assert admin.put(f"{path}/traits", json={"name": "nick", "attribute": "FIRSTNAME"}).status_code == 204
    assert admin.get(f"{path}/traits").get_json()["items"] == [
        {"name": "nick", "example": "Mo", "attribute": "FIRSTNAME", "chosen": True, "ignored": False}
    ]
    assert admin.get(path).get_json()["seen_at"] is not None
    rolled = admin.post(f"{path}/roll").get_json()
    assert rolled["key"] != source["key"]
    changed = admin.patch(path, json={"enabled": False}).get_json()
    assert (changed["name"], changed["enabled"]) == ("Shop", False)
    assert admin.delete(path).status_code == 204
    assert admin.get("/api/sources").get_json()["items"] == []


def test_what_does_not_fit_is_refused(admin: Caller):
    """A name in use, an unknown kind, an attribute or trait that does not exist."""
    source = admin.post("/api/sources", json={"name": "Shop", "kind": "server"}).get_json()["id"]
    assert admin.post("/api/sources", json={"name": "Shop", "kind": "server"}).status_code == 409
    assert admin.post("/api/sources", json={"name": "Other", "kind": "fridge"}).status_code == 422
    path = f"/api/sources/{source}/traits"
    assert admin.put(path, json={"name": "nick", "attribute": "NONE"}).status_code == 422
    assert admin.put(path, json={"name": "nick", "attribute": "FIRSTNAME"}).status_code == 404
    assert admin.get("/api/sources/4242/messages").status_code == 404


def test_keys_are_for_admins(signed_in: SignedIn):
    """A marketer sees no write key."""
    assert signed_in("marketer").get("/api/sources").status_code == 403
