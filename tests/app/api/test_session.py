from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app import accounts, create_app, db
from app.adapters.catalog import load_catalog
from app.models import User
from app.services import users
from app.settings import Settings
from tests.app.conftest import CSRF, Caller, SignedIn
from tests.factories.users import make_user

PASSWORD = "correct horse battery"


def sign_in(client: FlaskClient, email: str, password: str = PASSWORD, **more: str):
    token = client.get("/api/session").get_json()["csrf_token"]
    return client.post("/api/session", json={"email": email, "password": password, **more}, headers={CSRF: token})


def test_nobody_is_signed_in_at_first(client: FlaskClient) -> None:
    """Anybody may ask who is signed in, and gets a token to sign in with."""
    body = client.get("/api/session").get_json()
    assert body["user"] is None
    assert body["csrf_token"]


def test_signing_in_gives_the_rights_of_the_role(client: FlaskClient) -> None:
    """The right password begins a session that knows what its user may do."""
    make_user("rep", email="rep@example.com", password=PASSWORD)
    assert sign_in(client, "Rep@Example.com").status_code == 200
    user = client.get("/api/session").get_json()["user"]
    assert user["roles"] == ["rep"]
    assert "contacts.view" in user["permissions"]
    assert "users.manage" not in user["permissions"]


def test_the_language_chosen_when_signing_in_is_the_accounts_from_then_on(client: FlaskClient) -> None:
    """It holds for what is sent to the user, too; who chooses none keeps the account's own."""
    make_user("rep", email="rep@example.com", password=PASSWORD)
    for chosen in ("ru", "fr"):
        assert sign_in(client, "rep@example.com", locale=chosen).get_json()["user"]["locale"] == chosen
        assert load_catalog().users["rep@example.com"].language == chosen
    assert sign_in(client, "rep@example.com").get_json()["user"]["locale"] == "fr"


def test_a_refused_sign_in_changes_no_language(client: FlaskClient) -> None:
    """Whoever does not know the password changes nothing."""
    user = make_user("rep", email="rep@example.com", password=PASSWORD)
    assert sign_in(client, "rep@example.com", "guessed", locale="fr").status_code == 401
    assert users.get(user.id).locale == "en"


def test_refusals_are_alike(client: FlaskClient) -> None:
    """A wrong password, an unknown email and a deactivated account cannot be told apart."""
    make_user(email="here@example.com", password=PASSWORD)
    make_user(email="gone@example.com", password=PASSWORD, active=False)
    tries = [("here@example.com", "wrong one"), ("nobody@example.com", PASSWORD), ("gone@example.com", PASSWORD)]
    answers = [sign_in(client, email, password) for email, password in tries]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.get_data() for answer in answers}) == 1


def test_tries_are_limited(client: FlaskClient, redis: object) -> None:
    """After ten wrong passwords, from wherever, an account is open to one try now and then; the right one waits too."""
    make_user(email="target@example.com", password=PASSWORD)
    for number in range(11):
        client.environ_base["REMOTE_ADDR"] = f"192.0.2.{number}"
        assert sign_in(client, "target@example.com", "wrong").status_code == 401
    refused = sign_in(client, "target@example.com")
    assert refused.status_code == 429
    assert 0 < int(refused.headers["Retry-After"]) <= 10


@pytest.fixture
def proxied(settings: Settings) -> Flask:
    """The application behind one reverse proxy."""
    return create_app(replace(settings, trusted_proxies=1))


def test_a_proxy_is_not_the_caller(
    proxied: Flask, database: Session, redis: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Behind a proxy each address has its own tries; what callers say of their address themselves counts nothing."""
    monkeypatch.setattr(accounts, "_PER_ADDRESS", "2 per 15 minutes")
    client = proxied.test_client()
    callers = ["192.0.2.1", "made.up, 192.0.2.1", "192.0.2.1", "192.0.2.2"]
    statuses = []
    for caller in callers:
        client.environ_base["HTTP_X_FORWARDED_FOR"] = caller
        statuses.append(sign_in(client, "nobody@example.com").status_code)
    assert statuses == [401, 401, 429, 401]


def test_the_session_is_begun_anew(client: FlaskClient) -> None:
    """Nothing of the session before signing in, its token included, lives on after it."""
    make_user(email="rep@example.com", password=PASSWORD)
    before = client.get("/api/session").get_json()["csrf_token"]
    with client.session_transaction() as session:
        session["planted"] = "by somebody else"
    after = sign_in(client, "rep@example.com").get_json()["csrf_token"]
    with client.session_transaction() as session:
        assert "planted" not in session
    assert before != after


def test_the_cookie_is_out_of_reach(client: FlaskClient) -> None:
    """Scripts cannot read the session's cookie, and other sites cannot make browsers send it with their posts."""
    cookie = client.get("/api/session").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_instances_side_by_side_keep_their_sessions(app: Flask, settings: Settings) -> None:
    """Cookies of one host are sent to all its ports: each instance has a name of its own for its cookie."""
    other = create_app(replace(settings, secret_key="the key of another data folder"))
    names = {each.config["SESSION_COOKIE_NAME"] for each in (app, other, create_app(settings))}
    assert len(names) == 2


def test_signing_in_needs_the_token(client: FlaskClient) -> None:
    """Another site cannot sign a browser in to an account of its own."""
    answer = client.post("/api/session", json={"email": "rep@example.com", "password": PASSWORD})
    assert answer.status_code == 400


@pytest.mark.parametrize("token", [None, "made up"])
def test_unsafe_requests_need_the_token(signed_in: SignedIn, token: str | None) -> None:
    """A request that another site made a browser send changes nothing."""
    caller = signed_in("owner")
    caller.token = token
    assert caller.patch("/api/session/user", json={"name": "Mallory"}).status_code == 400
    assert caller.get("/api/session").get_json()["user"]["name"] != "Mallory"


def test_signing_out_ends_the_session(admin: Caller) -> None:
    """After signing out nobody is signed in."""
    assert admin.delete("/api/session").status_code == 204
    assert admin.get("/api/session").get_json()["user"] is None


def test_deactivated_users_lose_their_sessions(admin: Caller, signed_in: SignedIn) -> None:
    """Who is deactivated is signed out at once, everywhere, and stays so when activated again."""
    rep = signed_in("rep")
    admin.patch(f"/api/users/{rep.user.id}", json={"active": False})
    assert rep.get("/api/session").get_json()["user"] is None
    admin.patch(f"/api/users/{rep.user.id}", json={"active": True})
    assert rep.get("/api/session").get_json()["user"] is None


def test_a_new_password_ends_other_sessions(client: FlaskClient, signed_in: SignedIn) -> None:
    """Changing the password keeps this session, ends the others, and only the new password works from then on."""
    user = make_user(email="rep@example.com", password=PASSWORD)
    here, there = signed_in(user=user), signed_in(user=user)
    changed = here.post("/api/session/password", json={"current": PASSWORD, "new": "another good one"})
    assert changed.get_json()["user"]["email"] == "rep@example.com"
    assert there.get("/api/session").get_json()["user"] is None
    assert sign_in(client, "rep@example.com", "another good one").status_code == 200


def test_a_wrong_present_password_changes_nothing(signed_in: SignedIn) -> None:
    """Who does not know the present password cannot set a new one; the field is named."""
    user = make_user(email="rep@example.com", password=PASSWORD)
    answer = signed_in(user=user).post("/api/session/password", json={"current": "wrong", "new": "another good one"})
    assert answer.status_code == 422
    assert answer.get_json()["errors"][0]["field"] == "current"


def test_a_profile_is_ones_own(signed_in: SignedIn) -> None:
    """Users choose their own name, language and colours."""
    caller = signed_in("guest")
    caller.patch("/api/session/user", json={"name": "Zoé", "locale": "fr", "theme": "dark"})
    with db.transaction() as session:
        stored = session.get(User, caller.user.id, populate_existing=True)
    assert stored is not None
    assert (stored.name, stored.locale, stored.theme) == ("Zoé", "fr", "dark")
