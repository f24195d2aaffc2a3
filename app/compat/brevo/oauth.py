"""Tokens for clients that want to sign in as an application: the API key under another name."""

from typing import Final

from flask import Blueprint, Response, current_app, jsonify, request

from app.doors import Refusal
from app.errors import NotSignedIn
from app.permissions import public
from app.services import api_keys

PREFIX: Final = "/realms"
_LIFETIME: Final = 3600

blueprint = Blueprint("brevo_oauth", __name__, url_prefix=f"{PREFIX}/partner/oauth")


@blueprint.post("/token")
@public
def token() -> Response | tuple[Response, int]:
    """Give a bearer token for `client_id` (a key's name or its first characters) and `client_secret` (the key)."""
    if request.form.get("grant_type") != "client_credentials":
        return _refused("unsupported_grant_type", "grant_type should be client_credentials", 400)
    secret = request.form.get("client_secret", "")
    if not _belongs(request.form.get("client_id", ""), secret):
        return _refused("invalid_client", "Client not found, or another secret", 401)
    return jsonify(access_token=secret, token_type="Bearer", expires_in=_LIFETIME)  # noqa: S106 - a word of RFC 6749


def answer(refusal: Refusal) -> Response:
    """Refuse as RFC 6749 has it."""
    body = {"error": "invalid_request", "error_description": refusal.detail}
    return current_app.response_class(
        current_app.json.dumps(body), refusal.status, dict(refusal.headers), content_type="application/json"
    )


def _belongs(client: str, secret: str) -> bool:
    try:
        found = api_keys.authenticate(secret)
    except NotSignedIn:
        return False
    return any(key.id == found.api_key_id and client in {key.name, key.prefix} for key in api_keys.all_keys())


def _refused(error: str, description: str, status: int) -> tuple[Response, int]:
    return jsonify(error=error, error_description=description), status
