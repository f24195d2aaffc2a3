"""The door of hooks, `/hooks/<token>`: any tool may post JSON or a form here. Whoever knows the address may call it."""

from collections.abc import Mapping
from typing import Final

from flask import Blueprint, Flask, Response, jsonify, request

from app import chain, doors
from app.permissions import public
from app.services import hooks, values
from app.services.hooks import Sent
from app.services.incoming import LONGEST_MESSAGE_ID

LARGEST_CALL: Final = 64 * 1024
_FORMS: Final = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
_KEY: Final = "Idempotency-Key"

blueprint = Blueprint("hooks_door", __name__, url_prefix=hooks.PATH)


def register(app: Flask) -> None:
    """Open the door."""
    app.register_blueprint(blueprint)
    doors.speak(app, hooks.PATH, doors.problem_json)


@blueprint.post("/<token>")
@public
def receive(token: str) -> tuple[Response, int]:
    """Take what was sent; see `app.services.hooks.receive` for refusals."""
    request.max_content_length = LARGEST_CALL
    causes = chain.read(request.headers.get(chain.HEADER))
    answer = hooks.receive(token, Sent(_payload(), _message_id(), causes))
    return jsonify(answer._asdict()), 202


def _payload() -> object:
    """Fields of a form by name, one that is repeated as a list; anything else is JSON, whatever it calls itself."""
    if request.mimetype not in _FORMS:
        return request.get_json(force=True)
    fields: Mapping[str, list[str]] = request.form.to_dict(flat=False)
    return {name: given[0] if len(given) == 1 else given for name, given in fields.items()}


def _message_id() -> str | None:
    return values.storable(_KEY, request.headers.get(_KEY, ""), LONGEST_MESSAGE_ID) or None
