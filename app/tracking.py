"""The door of sent mail, below `/t`: the picture that tells of an opening, links, and the way to unsubscribe."""

import base64
from typing import Final

from flask import Blueprint, Flask, Response, abort, redirect, render_template_string, request

from app.adapters.mail_links import PREFIX
from app.permissions import public
from app.services.mailing import tracking
from app.services.mailing.tracking import Visitor
from nodes.texts import LANGUAGES, Text, language

_PIXEL: Final = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
_LONGEST_AGENT: Final = 500
_PAGE: Final = """<!doctype html>
<html lang="{{ lang }}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{{ title }}</title>
<meta name="robots" content="noindex">
<style>
:root{color-scheme:light dark}
body{font:16px/1.5 system-ui,sans-serif;max-width:28rem;margin:18vh auto;padding:0 1.5rem}
button{font:inherit;padding:.6rem 1.2rem;border-radius:.5rem;border:1px solid currentColor;cursor:pointer}
</style></head>
<body><main><h1>{{ title }}</h1><p>{{ words }}</p>
{% if button %}<form method="post" action="{{ action }}"><button type="submit">{{ button }}</button></form>{% endif %}
</main></body></html>"""

_ASK: Final = (
    Text("Unsubscribe?", "Se désinscrire ?", "Отписаться?"),
    Text("{who} will get no more mail from us.", "{who} ne recevra plus d’e-mails.", "{who}: писем больше не будет."),
    Text("Unsubscribe", "Se désinscrire", "Отписаться"),
)
_DONE: Final = (
    Text("You are unsubscribed", "Désinscription faite", "Вы отписаны"),
    Text("{who} gets no more mail from us.", "{who} ne reçoit plus d’e-mails.", "{who}: писем больше не будет."),
    Text("That was a mistake: subscribe again", "C’était une erreur : se réinscrire", "Это ошибка: подписаться снова"),
)
_BACK: Final = (
    Text("You are subscribed", "Vous êtes inscrit", "Вы подписаны"),
    Text("{who} gets mail from us again.", "{who} recevra de nouveau nos e-mails.", "{who}: письма снова приходят."),
    Text("", "", ""),
)

blueprint = Blueprint("tracking", __name__, url_prefix=PREFIX)


def register(app: Flask) -> None:
    """Open the door."""
    app.register_blueprint(blueprint)


@blueprint.get("/o/<token>")
@public
def opened(token: str) -> Response:
    """Give the picture, whatever the token: a mail looks the same for everybody."""
    tracking.opened(token, _visitor())
    return Response(_PIXEL, content_type="image/gif", headers={"Cache-Control": "no-store, private"})


@blueprint.get("/c/<token>")
@public
def clicked(token: str) -> Response:
    """Send on to where the author's link leads."""
    leads_to = tracking.clicked(token, _visitor())
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


@blueprint.get("/u/<token>")
@public
def ask(token: str) -> str:
    """Ask first: mail programs look at every link beforehand."""
    return _page(token, _ASK)


@blueprint.post("/u/<token>")
@public
def unsubscribe(token: str) -> str:
    """Unsubscribe, at the click of a person or of a mail program (RFC 8058)."""
    if not tracking.unsubscribe(token, _visitor()):
        abort(404, "This address is not known.")
    return _page(token, _DONE, f"{request.path}/undo")


@blueprint.post("/u/<token>/undo")
@public
def subscribe_again(token: str) -> str:
    """Take it back."""
    if not tracking.subscribe_again(token):
        abort(404, "This cannot be taken back any more.")
    return _page(token, _BACK)


def _visitor() -> Visitor:
    return Visitor(request.headers.get("User-Agent", "")[:_LONGEST_AGENT], request.method == "HEAD")


def _page(token: str, words: tuple[Text, Text, Text], action: str = "") -> str:
    who = tracking.address_of(token)
    if who is None:
        abort(404, "This address is not known.")
    spoken = language(request.accept_languages.best_match(LANGUAGES) or "")
    title, sentence, button = (text.format(who=who).say(spoken) for text in words)
    return render_template_string(
        _PAGE, lang=spoken, title=title, words=sentence, button=button, action=action or request.path
    )
