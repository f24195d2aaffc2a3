from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.services.currencies import CURRENCIES
from tests.app.conftest import Caller, SignedIn

CAP = {"channel": None, "most": 2, "within": {"amount": 24, "unit": "hours"}}
RATE = {"channel": "webhook", "most": 100, "per": "minute"}
SERVER = {
    "host": "mail.example.com",
    "port": 587,
    "username": "cadenza",
    "password": "s3cret-of-the-server",
    "security": "starttls",
    "sender_name": "Cadenza",
    "sender_email": "alerts@example.com",
}


def fields(answer: Any) -> set[str]:
    return {problem["field"] for problem in answer.get_json()["errors"]}


def test_a_person_is_added_changed_and_shut_out(admin: Caller) -> None:
    """The list shows everybody with their roles; whoever is deactivated stays in it."""
    new = {"email": "Rep@example.com", "name": "Rep", "roles": ["rep"], "password": "long enough"}
    made = admin.post("/api/users", json=new).get_json()
    assert (made["email"], made["roles"], made["active"]) == ("rep@example.com", ["rep"], True)
    changed = admin.patch(f"/api/users/{made['id']}", json={"name": "Zoé", "roles": ["rep", "marketer"]}).get_json()
    assert (changed["name"], set(changed["roles"])) == ("Zoé", {"rep", "marketer"})
    assert admin.delete(f"/api/users/{made['id']}").status_code == 204
    listed = {user["email"]: user["active"] for user in admin.get("/api/users").get_json()["items"]}
    assert listed == {admin.user.email: True, "rep@example.com": False}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"email": "no address"}, "email"),
        ({"email": "a" * 300 + "@example.com"}, "email"),
        ({"name": "<b>\x00</b>"}, "name"),
        ({"roles": []}, "roles"),
        ({"roles": ["king"]}, "roles.0"),
        ({"password": "short"}, "password"),
        ({"is_owner": True}, "is_owner"),
    ],
)
def test_bad_people_are_refused_by_field(admin: Caller, changes: dict[str, Any], field: str) -> None:
    """The field at fault is named, and nobody is added."""
    new = {"email": "rep@example.com", "name": "Rep", "roles": ["rep"], **changes}
    answer = admin.post("/api/users", json=new)
    assert (answer.status_code, fields(answer)) == (422, {field})
    assert len(admin.get("/api/users").get_json()["items"]) == 1


def test_passwords_never_come_back(admin: Caller) -> None:
    """No answer about people, not even to those who set it, holds a password or its hash."""
    new = {"email": "rep@example.com", "name": "Rep", "roles": ["rep"], "password": "long enough"}
    answers = [admin.post("/api/users", json=new), admin.get("/api/users"), admin.get("/api/audit")]
    text = "".join(answer.get_data(as_text=True) for answer in answers)
    assert "argon2" not in text
    assert "long enough" not in text


def test_a_key_is_shown_once(admin: Caller, app: Flask) -> None:
    """The full key is in the first answer only, works at once, and stops at once when it is revoked."""
    made = admin.post("/api/api-keys", json={"name": "Importer"}).get_json()
    assert made["key"] not in admin.get("/api/api-keys").get_data(as_text=True)
    program = app.test_client()
    headers = {"Authorization": f"Bearer {made['key']}"}
    assert program.get("/api/automations", headers=headers).status_code == 200
    assert program.get("/api/session", headers=headers).get_json()["user"] is None
    assert admin.delete(f"/api/api-keys/{made['id']}").status_code == 204
    assert program.get("/api/automations", headers=headers).status_code == 401


def test_a_program_has_no_inbox(program: FlaskClient) -> None:
    """What belongs to a person is refused to programs."""
    assert program.get("/api/notifications").status_code == 403


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"currency": "eur"}, "currency"),
        ({"currency": "XAU"}, "currency"),
        ({"name": ""}, "name"),
        ({"quiet_hours": {"from": "21:00", "to": "08:00", "then": "send"}}, "quiet_hours.then"),
        ({"frequency_caps": [{**CAP, "channel": "pigeon"}]}, "frequency_caps.0.channel"),
        ({"frequency_caps": [{**CAP, "within": {"amount": 91, "unit": "days"}}]}, "frequency_caps.0.within.amount"),
        ({"send_rates": [RATE, {**RATE, "most": 5}]}, "send_rates.1.channel"),
    ],
)
def test_the_workspace_is_changed(admin: Caller, change: dict[str, Any], field: str) -> None:
    """Good values are kept, bad ones refused by field."""
    quiet = {"from": "21:00", "to": "08:00", "days": [5, 6], "then": "skip"}
    kept = {"keep_months": 12, "keep_message_months": 24, "keep_delivery_days": 45}
    limits = {**kept, "hop_budget": 5, "quiet_hours": quiet, "frequency_caps": [CAP], "send_rates": [RATE]}
    usual = {"name": "Ours", "time_zone": "Europe/Paris", "currency": "USD", "re_entry_by_marketers": True}
    good = {**usual, **limits}
    shown = {**good, "currencies": list(CURRENCIES)}
    assert admin.patch("/api/workspace", json=good).get_json() == shown
    assert fields(admin.patch("/api/workspace", json=change)) == {field}
    assert admin.get("/api/workspace").get_json() == shown


def test_the_mail_server_is_kept_without_its_password(admin: Caller) -> None:
    """Everything comes back but the password, of which only its existence is told."""
    kept = admin.put("/api/workspace/mail", json=SERVER).get_json()
    assert kept == {
        **{key: value for key, value in SERVER.items() if key != "password"},
        "configured": True,
        "has_password": True,
    }
    assert SERVER["password"] not in admin.get("/api/workspace/mail").get_data(as_text=True)
    assert SERVER["password"] not in admin.get("/api/audit").get_data(as_text=True)


@pytest.mark.parametrize(
    ("field", "value"),
    [("port", 0), ("port", "587"), ("port", 70000), ("security", "ssl3"), ("sender_email", "x"), ("host", "a\nb")],
)
def test_bad_mail_servers_are_refused_by_field(admin: Caller, field: str, value: Any) -> None:
    """The field at fault is named, and the server stays unset."""
    answer = admin.put("/api/workspace/mail", json={**SERVER, field: value})
    assert (answer.status_code, fields(answer)) == (422, {field})
    assert admin.get("/api/workspace/mail").get_json()["configured"] is False


def test_a_test_mail_needs_a_server(admin: Caller) -> None:
    """Without one, the answer says so."""
    assert admin.post("/api/workspace/mail/test", json={"to": "admin@example.com"}).status_code == 409


def test_every_change_is_in_the_log(admin: Caller, signed_in: SignedIn) -> None:
    """What an admin did stands there with name and entity; it can be read page by page, and by entity."""
    admin.patch("/api/workspace", json={"name": "Ours"})
    key = admin.post("/api/api-keys", json={"name": "Importer"}).get_json()
    newest = admin.get("/api/audit?limit=1").get_json()
    assert (newest["items"][0]["action"], newest["items"][0]["entity_id"]) == ("api_key.created", str(key["id"]))
    assert newest["items"][0]["user"] == {"id": admin.user.id, "name": admin.user.name}
    older = admin.get(f"/api/audit?limit=1&cursor={newest['next_cursor']}&entity=workspace").get_json()
    assert [entry["action"] for entry in older["items"]] == ["workspace.updated"]


def test_stored_script_comes_back_as_text(admin: Caller) -> None:
    """Markup in a name is a name: kept, and given back as JSON with no way to be taken for a page."""
    script = "<script>alert(1)</script>"
    answer = admin.patch("/api/workspace", json={"name": script})
    assert answer.get_json()["name"] == script
    assert answer.content_type == "application/json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
