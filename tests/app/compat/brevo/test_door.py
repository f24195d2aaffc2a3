import logging

import httpx
import pytest
from brevo import Brevo
from brevo.core.api_error import ApiError
from brevo.errors import BadRequestError
from sib_api_v3_sdk import AccountApi, ApiClient, ContactsApi
from sib_api_v3_sdk.rest import ApiException
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import ApiKey, Contact
from app.services import api_keys, attributes, contacts, folders, lists, segments
from app.services.contacts import ContactInput
from nodes.catalog import Kind
from tests.factories.users import make_user


def test_the_account_is_that_of_the_owner(brevo: Brevo, sib: ApiClient):
    """Both clients read the account, and the older one misses nothing."""
    owner = make_user("owner", email="olga@example.com")
    for got in (brevo.account.get_account(), AccountApi(sib).get_account()):
        assert (got.email, got.first_name, got.company_name) == (owner.email, "User", "Cadenza")
        assert got.plan[0].credits_type == "sendLimit"


def test_without_a_key_nobody_comes_in(base_url: str):
    """No key and a wrong key are told apart as Brevo does, by a 401 with a body."""
    with httpx.Client(trust_env=False) as client:
        none = client.get(f"{base_url}/account")
        wrong = client.get(f"{base_url}/account", headers={"api-key": "xkeysib-1"})
    assert (none.status_code, wrong.status_code) == (401, 401)
    assert none.json() == {"code": "unauthorized", "message": "authentication not found in headers"}
    assert wrong.json() == {"code": "unauthorized", "message": "Key not found"}


def test_a_revoked_key_is_worth_nothing(brevo: Brevo, database: Session):
    """A key opens the door until it is revoked."""
    brevo.account.get_account()
    api_keys.revoke(database.scalar(select(ApiKey.id)))
    with pytest.raises(ApiError) as caught:
        brevo.account.get_account()
    assert caught.value.status_code == 401


@pytest.mark.parametrize("headers", [{"API-Key": "{}"}, {"Authorization": "Bearer {}"}, {"authorization": "bearer {}"}])
def test_a_key_comes_in_either_header(base_url: str, key: str, headers: dict[str, str]):
    """A key is taken from `api-key`, in any case, or as a bearer token."""
    sent = {name: value.format(key) for name, value in headers.items()}
    assert httpx.get(f"{base_url}/account", headers=sent, trust_env=False).status_code == 200


def test_a_client_may_sign_in_as_an_application(base_url: str, key: str):
    """Brevo's client trades the key's name and the key for a token outside /v3, and works with it."""
    with httpx.Client(trust_env=False) as transport:
        brevo = Brevo(client_id="Shop", client_secret=key, base_url=base_url, httpx_client=transport)
        assert brevo.account.get_account().company_name == "Cadenza"


@pytest.mark.parametrize(
    ("form", "status", "error"),
    [
        ({"client_id": "Shop", "client_secret": "wrong", "grant_type": "client_credentials"}, 401, "invalid_client"),
        ({"client_id": "Other", "client_secret": None, "grant_type": "client_credentials"}, 401, "invalid_client"),
        ({"client_id": "Shop", "client_secret": None, "grant_type": "password"}, 400, "unsupported_grant_type"),
        ({}, 400, "unsupported_grant_type"),
    ],
)
def test_a_wrong_application_gets_no_token(
    address: str, key: str, form: dict[str, str | None], status: int, error: str
):
    """A wrong secret, a wrong name and another way of asking are refused."""
    form = {name: key if value is None else value for name, value in form.items()}
    answer = httpx.post(f"{address}/realms/partner/oauth/token", data=form, trust_env=False)
    assert (answer.status_code, answer.json()["error"]) == (status, error)


@pytest.mark.parametrize(
    ("method", "path", "content", "headers", "status", "code"),
    [
        ("GET", "/nothing", b"", {}, 404, "document_not_found"),
        ("GET", "", b"", {}, 404, "document_not_found"),
        ("PATCH", "/contacts", b"", {}, 405, "method_not_allowed"),
        ("DELETE", "/events", b"", {}, 405, "method_not_allowed"),
        ("POST", "/contacts", b"{", {}, 400, "bad_request"),
        ("POST", "/contacts", b'{"email": NaN}', {}, 400, "bad_request"),
        ("POST", "/contacts", b'{"email": "\xff@x.io"}', {}, 400, "bad_request"),
        ("POST", "/contacts", b'{"email": "\\ud800"}', {}, 400, "bad_request"),
        ("POST", "/contacts", b"[" * 5000, {}, 400, "bad_request"),
        ("POST", "/contacts", b"[]", {}, 400, "invalid_parameter"),
        ("POST", "/contacts", b"null", {}, 400, "invalid_parameter"),
        ("POST", "/contacts", b"", {}, 400, "missing_parameter"),
        ("POST", "/contacts", b"email=a@x.io", {"Content-Type": "text/plain"}, 415, "bad_request"),
        ("POST", "/contacts", b" " * (10 * 2**20 + 1), {}, 413, "bad_request"),
    ],
)
def test_every_refusal_has_a_code_and_a_message(  # noqa: PLR0917 - columns of a table
    wire: httpx.Client, database: Session, method: str, path: str, content: bytes, headers, status: int, code: str
):
    """Whatever is wrong with a request, the answer is `{code, message}`: an empty one is swallowed by clients."""
    sent = {"Content-Type": "application/json"} | headers
    answer = wire.request(method, f"{wire.base_url}".rstrip("/") + path, content=content, headers=sent)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/json")
    assert answer.json()["code"] == code
    assert answer.json()["message"]
    assert database.scalar(select(func.count()).select_from(Contact)) == 0


def test_json_needs_no_label(wire: httpx.Client):
    """A body without a content type is read as JSON."""
    assert wire.post("/contacts", content=b'{"email":"a@x.io"}').status_code == 201


def test_clients_raise_their_own_errors(brevo: Brevo, sib: ApiClient):
    """A refusal becomes the error class that the client's users catch."""
    with pytest.raises(BadRequestError) as caught:
        brevo.contacts.create_contact(email="nobody")
    assert caught.value.body["code"] == "invalid_parameter"
    with pytest.raises(ApiException) as legacy:
        ContactsApi(sib).get_list(404)
    assert (legacy.value.status, '"document_not_found"' in legacy.value.body) == (404, True)


def test_a_taken_identifier_is_named(wire: httpx.Client):
    """Moving a contact to another's address is a 400 that names the identifier, not a 409, which clients repeat."""
    made = contacts.write([ContactInput(fields={"email": "a@x.io"}), ContactInput(fields={"email": "b@x.io"})])
    answer = wire.put(f"/contacts/{made[0].contact_id}", json={"attributes": {"EMAIL": "b@x.io"}})
    assert (answer.status_code, answer.json()["code"]) == (400, "duplicate_parameter")
    assert answer.json()["metadata"] == {"duplicate_identifiers": ["email"]}


def test_what_is_in_use_stays(wire: httpx.Client):
    """Deleting a list, its folder or an attribute that a segment refers to is a 400 in words, and deletes nothing."""
    folder = folders.create("F")
    news = lists.create("News", folder)
    attributes.create("SCORE", Kind.NUMBER)
    segments.create("S", {"all": [{"list": news, "op": "in"}, {"attribute": "SCORE", "op": "gte", "value": 1}]})
    for path in (f"lists/{news}", f"folders/{folder}", "attributes/normal/SCORE"):
        answer = wire.delete(f"/contacts/{path}")
        assert (answer.status_code, answer.json()["code"]) == (400, "not_acceptable")
    assert lists.get(news).folder.id == folder
    assert attributes.get("SCORE")


def test_logs_hold_no_addresses(wire: httpx.Client, caplog: pytest.LogCaptureFixture):
    """Neither a found nor an unknown nor a refused contact leaves its address in a log of ours."""
    caplog.set_level(logging.DEBUG, logger="app")
    wire.post("/contacts", json={"email": "maria@example.com"})
    wire.post("/contacts", json={"email": "maria@example.com"})
    wire.get("/contacts/maria@example.com")
    wire.get("/contacts/other-maria@example.com")
    assert "maria" not in caplog.text
