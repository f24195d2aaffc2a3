"""The views of the door: single messages and batches, from servers and from browsers.

Clients give up for good what is answered with 400 or 401, and try again after 429 and 5xx: so a message that cannot be
taken refuses itself alone, never what came with it.
"""

import zlib
from collections.abc import Sequence
from typing import Any, Final

import orjson
from flask import Blueprint, Response, current_app, jsonify, request

from app.doors import Refusal
from app.errors import Invalid
from app.permissions import public
from app.services.sources import keeping, receiving
from app.services.sources.messages import KINDS
from app.services.sources.receiving import Request
from app.settings import Settings

PREFIX: Final = "/v1"
LARGEST_BODY: Final = 500 * 1024
_SHORT: Final = {kind[0]: kind for kind in KINDS}
_BATCHES: Final = frozenset({"batch", "b", "import"})
# What a client is to send once more; all else it would throw away with the rest of its batch.
_AGAIN: Final = {403: 503, 409: 503, 422: 503}
_UNREADABLE: Final = frozenset({"unreadable"})

door = Blueprint("segment", __name__, url_prefix=PREFIX)


@door.post("/<any(identify, track, page, screen, group, alias, batch, import, i, t, p, s, g, a, b):what>")
@public
def take(what: str) -> Response:
    """Take a message, or a batch of them."""
    body = _body()
    messages = _messages(body, what)
    key = _key(body) or next((_key(each) for each in messages if isinstance(each, dict) and _key(each)), "")
    receiving.receive(Request(key, messages, body.get("sentAt"), request.remote_addr or ""))
    return jsonify(success=True)


@door.get("/projects/<key>/settings")
@public
def settings(key: str) -> Response:
    """Tell a browser's client where to send, so that it needs to know this address only."""
    keeping.demand(key)
    ours: Settings = current_app.extensions["cadenza-settings"]
    protocol, _, host = ours.public_url.partition("://")
    destination = {"apiKey": key, "apiHost": f"{host}{PREFIX}", "protocol": protocol}
    return jsonify(integrations={"Segment.io": destination}, plan={"track": {"__default": {"enabled": True}}})


@door.after_request
def _readable(response: Response) -> Response:
    """Let pages of every origin send and read the answer; the write key tells who they are."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, POST"
        response.headers["Access-Control-Allow-Headers"] = "authorization, content-type, x-retry-count"
        response.headers["Access-Control-Max-Age"] = "7200"
    return response


def answer(refusal: Refusal) -> Response:
    """Refuse in the form that Segment's clients read."""
    unreadable = any(each.code in _UNREADABLE for each in refusal.problems) or refusal.status == 413
    status = 400 if unreadable else _AGAIN.get(refusal.status, refusal.status)
    body = {"success": False, "code": refusal.title.lower().replace(" ", "_"), "message": refusal.detail}
    return current_app.response_class(
        current_app.json.dumps(body), status, dict(refusal.headers), content_type="application/json"
    )


def _body() -> dict[str, Any]:
    """Read the body as JSON, whatever it calls itself: browsers send it as text, to be allowed without asking."""
    request.max_content_length = LARGEST_BODY
    written = request.get_data()
    try:
        body = orjson.loads(_unpacked(written) if request.headers.get("Content-Encoding") == "gzip" else written)
    except (orjson.JSONDecodeError, zlib.error) as error:
        raise _unreadable("The body is not valid JSON.") from error
    if not isinstance(body, dict):
        raise _unreadable("The body is no object.")
    return body


def _unpacked(packed: bytes) -> bytes:
    reading = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    text = reading.decompress(packed, LARGEST_BODY + 1)
    if len(text) > LARGEST_BODY:
        raise _unreadable(f"The body is larger than {LARGEST_BODY // 1024} kB.")
    return text


def _messages(body: dict[str, Any], what: str) -> Sequence[Any]:
    if what not in _BATCHES:
        return [{**body, "type": _SHORT.get(what, what)}]
    batch = body.get("batch")
    if not isinstance(batch, list) or len(batch) > receiving.MOST_MESSAGES:
        raise _unreadable(f"batch must be a list of at most {receiving.MOST_MESSAGES} messages.")
    return batch


def _key(body: dict[str, Any]) -> str:
    """The key comes as the name of basic authentication, or inside."""
    if request.authorization and request.authorization.type == "basic" and request.authorization.username:
        return request.authorization.username
    key = body.get("writeKey")
    return key if isinstance(key, str) else ""


def _unreadable(message: str) -> Invalid:
    return Invalid.field("", "unreadable", message, "Send JSON as Segment's clients do.")
