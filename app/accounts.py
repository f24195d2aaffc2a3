"""Who calls: sessions of people (Flask-Security), keys of programs, the token against forged requests."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from flask import Flask, g, request, session
from flask_login import current_user
from flask_security import Security, UserDatastore, login_user, logout_user
from flask_wtf.csrf import CSRFProtect, generate_csrf
from sqlalchemy import select

from app import db, permissions
from app.adapters import passwords, throttle
from app.errors import NotSignedIn, TooManyRequests
from app.models import Role, User
from app.permissions import Actor
from app.services import api_keys, users

SESSION_DAYS = 14
_PER_ADDRESS = "300 per 15 minutes"
# Whoever guesses, from however many addresses, is slowed down. Nobody is locked out of their account by it for long.
_AT_ONCE = "10 per 15 minutes"
_THEN = "1 per 10 seconds"
_SAFE = {"GET", "HEAD", "OPTIONS"}
_WRONG = "The email or the password is wrong."

_csrf = CSRFProtect()


class Accounts(UserDatastore):
    """Our own tables, as Flask-Security reads them."""

    def find_user(self, case_insensitive: bool = False, **by: Any) -> User | None:  # noqa: ANN401, FBT001, FBT002 - its signature
        """Return the user whose one given column has the given value."""
        with db.transaction() as session:
            return session.scalar(select(User).filter_by(**by))


def install(app: Flask) -> None:
    """Let the app know who calls each of its own API's views."""
    app.config.from_mapping(
        PERMANENT_SESSION_LIFETIME=timedelta(days=SESSION_DAYS),
        SECURITY_PASSWORD_HASH="argon2",  # noqa: S106 - a scheme
        SECURITY_PASSWORD_SINGLE_HASH=True,
        SECURITY_PASSWORD_NORMALIZE_FORM=passwords.NORMAL_FORM,
        SECURITY_PASSWORD_LENGTH_MIN=passwords.SHORTEST,
        SECURITY_CLI_USERS_NAME=False,
        SECURITY_CLI_ROLES_NAME=False,
        WTF_CSRF_CHECK_DEFAULT=False,  # `_identify` checks, once it knows that a session is used
        WTF_CSRF_HEADERS=["X-CSRF-Token"],
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session
        WTF_CSRF_SSL_STRICT=False,  # the referrer says nothing that the token does not
    )
    _csrf.init_app(app)
    security = Security(app, Accounts(User, Role), register_blueprint=False)
    security.principal.identity_loaders.clear()  # would read the user again, for files too
    app.before_request(_identify)
    app.teardown_request(_forget)


def sign_in(email: str, password: str) -> None:
    """Begin a session; raises NotSignedIn, alike for a wrong password, an unknown and a deactivated account."""
    account = ("sign-in", email.strip().lower())
    wait = _throttled(account)
    if wait:
        raise TooManyRequests(f"Too many tries. Wait {wait} seconds.", wait)
    user = users.authenticate(email, password)
    if user is None:
        raise NotSignedIn(_WRONG)
    throttle.forget(_AT_ONCE, account)
    begin_session(user)


def _throttled(account: Sequence[str]) -> int | None:
    """Count a try, and return the seconds to wait if it is one too many."""
    wait = throttle.exceeded(_PER_ADDRESS, ("sign-in", request.remote_addr or ""))
    if wait is None and throttle.exceeded(_AT_ONCE, account):
        wait = throttle.exceeded(_THEN, account)
    return wait


def begin_session(user: User) -> None:
    """Let the browser act as `user`, in a fresh session with a fresh token."""
    _end_token()
    login_user(user, remember=False)
    session.permanent = True
    permissions.set_current(users.actor_of(user))


def sign_out() -> None:
    """End the session of this browser."""
    logout_user()
    _end_token()
    permissions.set_current(None)


def csrf_token() -> str:
    """Return the token that unsafe requests of this session must send as X-CSRF-Token."""
    token: str = generate_csrf()
    return token


def check_csrf() -> None:
    """Refuse a request that another site made the browser send."""
    _csrf.protect()


def _identify() -> None:
    permissions.set_current(None)
    if not request.path.startswith("/api/"):
        return
    actor = _program() or _person()
    permissions.set_current(actor)
    if actor and actor.kind == "person" and request.method not in _SAFE:
        check_csrf()


def _program() -> Actor | None:
    authorization = request.authorization
    if authorization is None:
        return None
    if authorization.type != "bearer" or not authorization.token:
        raise NotSignedIn("The header Authorization must be “Bearer” and an API key.")
    return api_keys.authenticate(authorization.token)


def _person() -> Actor | None:
    return users.actor_of(current_user) if current_user.is_authenticated else None


def _forget(_error: BaseException | None) -> None:
    permissions.set_current(None)


def _end_token() -> None:
    session.clear()
    g.pop("csrf_token", None)
