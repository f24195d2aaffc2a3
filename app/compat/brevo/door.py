"""The blueprint of the door, and who may come in."""

from typing import Final

from flask import Blueprint, request

from app import permissions
from app.errors import NotSignedIn
from app.services import api_keys

PREFIX: Final = "/v3"

door = Blueprint("brevo", __name__, url_prefix=PREFIX)


@door.before_request
def identify() -> None:
    """Let the program act whose key came along: in `api-key`, or as a bearer token."""
    key = request.headers.get("api-key") or _bearer()
    if not key:
        raise NotSignedIn("authentication not found in headers")
    try:
        permissions.set_current(api_keys.authenticate(key))
    except NotSignedIn as error:
        raise NotSignedIn("Key not found") from error


def _bearer() -> str | None:
    authorization = request.authorization
    return authorization.token if authorization is not None and authorization.type == "bearer" else None
