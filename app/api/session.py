"""Signing in and out, and one's own profile."""

from typing import Any

from app import accounts, permissions
from app.api.blueprint import Blueprint
from app.api.schemas.session import Credentials, PasswordChange, Profile, Session
from app.permissions import public, requires
from app.services import users, workspace
from app.services.users import ProfileChanges

blueprint = Blueprint("session", __name__, url_prefix="/api/session", description="Who is signed in.")


@blueprint.get("")
@public
@blueprint.response(200, Session)
def read() -> dict[str, Any]:
    """Tell who is signed in, and hand out the token for unsafe requests."""
    return _session()


@blueprint.post("")
@public
@blueprint.arguments(Credentials)
@blueprint.response(200, Session)
def sign_in(credentials: dict[str, str]) -> dict[str, Any]:
    """Sign in."""
    accounts.check_csrf()
    accounts.sign_in(credentials["email"], credentials["password"])
    if "locale" in credentials:
        users.update_profile(permissions.person(), {"locale": credentials["locale"]})
    return _session()


@blueprint.delete("")
@public
@blueprint.response(204)
def sign_out() -> None:
    """Sign out."""
    accounts.sign_out()


@blueprint.patch("/user")
@requires("profile.edit")
@blueprint.arguments(Profile)
@blueprint.response(200, Session)
def change_profile(changes: ProfileChanges) -> dict[str, Any]:
    """Change one's own name, language or colours."""
    users.update_profile(permissions.person(), changes)
    return _session()


@blueprint.post("/password")
@requires("profile.edit")
@blueprint.arguments(PasswordChange)
@blueprint.response(200, Session)
def change_password(change: dict[str, str]) -> dict[str, Any]:
    """Change one's own password; every other session ends."""
    user = users.change_password(permissions.person(), change["current"], change["new"])
    accounts.begin_session(user)
    return _session()


def _session() -> dict[str, Any]:
    actor = permissions.current()
    user = None
    if actor is not None and actor.user_id is not None:
        found = users.get(actor.user_id)
        user = {
            "id": found.id,
            "email": found.email,
            "name": found.name,
            "locale": found.locale,
            "theme": found.theme,
            "roles": sorted(actor.roles),
            "permissions": sorted(actor.permissions),
        }
    return {"user": user, "csrf_token": accounts.csrf_token(), "workspace": workspace.get()}
