"""Webhooks: Cadenza's own, told in Brevo's words when they are made here."""

import re
from datetime import UTC, datetime
from typing import Any, Final

import orjson
from flask import Response, jsonify, request
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import db
from app.adapters import secrets
from app.compat.brevo.door import door
from app.compat.brevo.refusals import missing, wrong
from app.compat.brevo.requests import Body, body, written
from app.errors import NotFound
from app.models import Webhook
from app.permissions import requires
from app.services import values
from app.services.webhooks import keeping
from app.services.webhooks.brevo import TOLD

_DONE: Final = ("", 204)
_TYPES: Final = ("transactional", "marketing", "inbound")
_NEVER: Final = {"transactional": ("blocked", "invalid", "deferred"), "marketing": ("listAddition",)}
"""Events that Brevo has, and that nobody is told of here."""

_HEADER = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}", re.ASCII)
_HIDDEN: Final = "********"


@door.get("/webhooks")
@requires("webhooks.manage")
def list_webhooks() -> Response:
    """List the webhooks of one type that clients of Brevo's made."""
    kind, sort = request.args.get("type") or "transactional", request.args.get("sort") or "desc"
    if kind not in _TYPES:
        raise wrong("type", f"type should be one of {', '.join(_TYPES)}")
    if sort not in {"asc", "desc"}:
        raise wrong("sort", "sort should be asc or desc")
    order = Webhook.id.desc() if sort == "desc" else Webhook.id.asc()
    with db.transaction() as session:
        found = session.scalars(select(Webhook).where(Webhook.brevo["type"].astext == kind).order_by(order))
        return jsonify(webhooks=[_shown(each) for each in found])


@door.post("/webhooks")
@requires("webhooks.manage")
def create_webhook() -> tuple[Response, int]:
    """Make a webhook."""
    sent = body()
    kind = sent.text("type") or "transactional"
    if kind not in TOLD:
        raise wrong("type", "type should be transactional or marketing; mail is not received here")
    url = sent.needed_text("url")
    if not sent.has("events"):
        raise missing("events")
    said = {"type": kind, "description": "", "events": [], "secrets": "", **_said(sent, kind)}
    made = keeping.create({"url": url, "events": _ours(said), "name": _name(sent), "brevo": said})
    return jsonify(id=made.webhook.id), 201


@door.get("/webhooks/<id:webhook_id>")
@requires("webhooks.manage")
def read_webhook(webhook_id: int) -> Response:
    """Show one webhook."""
    with db.transaction() as session:
        return jsonify(_shown(_found(session, webhook_id)))


@door.put("/webhooks/<id:webhook_id>")
@requires("webhooks.manage")
def update_webhook(webhook_id: int) -> tuple[str, int]:
    """Change what is given of a webhook."""
    sent = body()
    with db.transaction() as session:
        before: dict[str, Any] = dict(_found(session, webhook_id).brevo or {})
        said = before | _said(sent, before["type"]) | {"modified_at": written(datetime.now(UTC))}
        changes: dict[str, Any] = {"brevo": said, "events": _ours(said)}
        if sent.has("url"):
            changes["url"] = sent.needed_text("url")
        if sent.has("description"):
            changes["name"] = _name(sent)
        keeping.change(webhook_id, changes)
    return _DONE


@door.delete("/webhooks/<id:webhook_id>")
@requires("webhooks.manage")
def delete_webhook(webhook_id: int) -> tuple[str, int]:
    """Delete a webhook."""
    with db.transaction() as session:
        keeping.delete(_found(session, webhook_id).id)
    return _DONE


def _said(sent: Body, kind: str) -> dict[str, Any]:
    """Read what is said of a webhook besides its address."""
    if sent.flag("batched"):
        raise wrong("batched", "Each event is told by itself here; leave batched out")
    if sent.text("channel") not in {"", "email"}:
        raise wrong("channel", "channel should be email")
    if sent.has("domain"):
        raise wrong("domain", "domain belongs to webhooks for mail that is received, and none is here")
    said: dict[str, Any] = {}
    if sent.has("description"):
        said["description"] = values.storable("description", sent.text("description"), values.LONGEST_NAME)
    if sent.has("events"):
        said["events"] = _events(sent.texts("events"), kind)
    if sent.has("auth") or sent.has("headers"):
        said["secrets"] = secrets.encrypt(orjson.dumps({"token": _token(sent), "headers": _headers(sent)}).decode())
    return said


def _events(asked: list[str], kind: str) -> list[str]:
    known = (*TOLD[kind], *_NEVER[kind])
    for each in asked:
        if each not in known:
            raise wrong("events", f"events of a {kind} webhook should be among {', '.join(known)}")
    if not any(each in TOLD[kind] for each in asked):
        raise wrong("events", f"None of these events happens here; use some of {', '.join(TOLD[kind])}")
    return list(dict.fromkeys(asked))


def _ours(said: dict[str, Any]) -> list[str]:
    told = TOLD[said["type"]]
    return list(dict.fromkeys(told[each] for each in said["events"] if each in told))


def _token(sent: Body) -> str:
    if not sent.has("auth"):
        return ""
    auth = Body(sent.mapping("auth"), "auth.")
    if auth.text("type") != "bearer":
        raise wrong("auth.type", "auth.type should be bearer")
    return _header_value("auth.token", auth.needed_text("token"))


def _headers(sent: Body) -> list[dict[str, str]]:
    read = [{"key": each.needed_text("key"), "value": each.needed_text("value")} for each in sent.bodies("headers")]
    for each in read:
        if not _HEADER.fullmatch(each["key"]):
            raise wrong("headers.key", "headers.key should be the name of a header")
        _header_value("headers.value", each["value"])
    return read


def _header_value(field: str, text: str) -> str:
    if not (text.isascii() and text.isprintable() and len(text) <= values.LONGEST_TEXT):
        raise wrong(field, f"{field} should be a text of one line")
    return text


def _name(sent: Body) -> str:
    text = sent.text("description").strip()
    return values.line("description", text) if text else ""


def _found(session: Session, webhook_id: int) -> Webhook:
    webhook = session.get(Webhook, webhook_id)
    if webhook is None or webhook.brevo is None:
        raise NotFound("Webhook ID does not exist")
    return webhook


def _shown(webhook: Webhook) -> dict[str, object]:
    """One webhook; what it is called with stays hidden."""
    said: dict[str, Any] = webhook.brevo or {}
    kept = orjson.loads(secrets.decrypt(said["secrets"]) if said["secrets"] else '{"token": "", "headers": []}')
    shown = {
        "id": webhook.id,
        "url": webhook.url,
        "description": said["description"],
        "events": said["events"],
        "type": said["type"],
        "channel": "email",
        "batched": False,
        "createdAt": written(webhook.created_at),
        "modifiedAt": said.get("modified_at") or written(webhook.created_at),
        "headers": [{"key": each["key"], "value": _HIDDEN} for each in kept["headers"]],
    }
    return shown | ({"auth": {"type": "bearer", "token": _HIDDEN}} if kept["token"] else {})
