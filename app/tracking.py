"""The door of sent messages, below `/t`: the picture of an opening, links, what browsers and providers say."""

import base64
from typing import Final

from flask import Blueprint, Flask, Response, abort, redirect, request

from app.adapters.mail_links import PREFIX
from app.models import HitKind
from app.permissions import public
from app.services.mailing import tracking
from app.services.mailing.tracking import Visitor
from app.services.push import telling
from app.services.sms import incoming

_PIXEL: Final = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
_LONGEST_AGENT: Final = 500
_LONGEST_WORD: Final = 100
_LARGEST_REPORT: Final = 64 * 1024
blueprint = Blueprint("tracking", __name__, url_prefix=PREFIX)


def register(app: Flask) -> None:
    """Open the door."""
    app.register_blueprint(blueprint)


@blueprint.get("/o/<token>")
@public
def opened(token: str) -> Response:
    """Give the picture, whatever the token: a mail looks the same for everybody."""
    tracking.opened(token, visitor())
    return Response(_PIXEL, content_type="image/gif", headers={"Cache-Control": "no-store, private"})


@blueprint.get("/c/<token>")
@public
def clicked(token: str) -> Response:
    """Send on to where the author's link leads."""
    leads_to = tracking.clicked(token, visitor())
    if leads_to is None:
        abort(404, "This link leads nowhere any more.")
    answer = redirect(leads_to, 302)
    answer.headers["Cache-Control"] = "no-store, private"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return Response(answer.get_data(), 302, answer.headers)


@blueprint.get("/x/<token>")
@public
def trapped(token: str) -> Response:
    """Where only machines come."""
    tracking.trapped(token)
    return Response(status=204)


@blueprint.post("/n/<token>")
@public
def told(token: str) -> Response:
    """Take what a browser tells of a notification, as one word: so that it asks nobody first."""
    request.max_content_length = _LONGEST_WORD
    word = request.get_data(as_text=True)
    if word not in telling.TOLD:
        abort(400, f"Send one of {', '.join(sorted(telling.TOLD))}.")
    telling.told(token, HitKind(word))
    return Response(status=204)


@blueprint.post("/s/<token>")
@public
def sms_report(token: str) -> Response:
    """Take what a provider says of a text message."""
    incoming.report(token, _said())
    return Response(status=204)


@blueprint.post("/r/<token>")
@public
def sms_reply(token: str) -> Response:
    """Take what somebody answered to a text message."""
    if not incoming.reply(token, _said()):
        abort(404, "There is nothing at this address.")
    return Response(status=204)


def _said() -> dict[str, str]:
    """Read what a provider sends, as a form or as JSON; what is neither says nothing."""
    request.max_content_length = _LARGEST_REPORT
    given = request.get_json(silent=True) if request.is_json else request.form.to_dict()
    return {name: str(value) for name, value in given.items()} if isinstance(given, dict) else {}


def visitor() -> Visitor:
    """Return who asks."""
    return Visitor(request.headers.get("User-Agent", "")[:_LONGEST_AGENT], request.method == "HEAD")
