"""The doors by which contacts decide what they get: unsubscribing, their preferences, confirming. All below `/t`.

To look changes nothing, for mail programs look at every address beforehand: each decision is a POST.
"""

from typing import Final

from flask import Blueprint, Flask, Response, abort, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from app.adapters.mail_links import PREFIX
from app.hosted import page
from app.permissions import public
from app.services.consents import confirming, opting_in, preferences
from app.services.mailing import leaving
from app.services.mailing.leaving import Scope
from app.tracking import visitor
from nodes.texts import Text

_LONGEST_ID: Final = 18

_ASKING: Final = """<p>{{ words }}</p>
{% if button %}<form method="post" action="{{ action }}">
<button class="main" type="submit">{{ button }}</button></form>{% endif %}
{% if link %}<p><a href="{{ link }}">{{ link_words }}</a></p>{% endif %}"""
_CHOOSING: Final = """<p>{{ words }}</p>
{% if silent %}<form method="post" action="{{ action }}/back"><p class="note">{{ silent_words }}</p>
<button type="submit">{{ back }}</button></form>{% endif %}
{% if choices %}<form method="post" action="{{ action }}">
<fieldset><legend>{{ legend }}</legend>
{% for each in choices %}<label><input type="checkbox" name="topic" value="{{ each.id }}"
{%- if each.on and not silent %} checked{% endif %}>
<span>{{ each.name }}{% if each.channel != "email" %} · {{ channels[each.channel] }}{% endif %}
{%- if each.description %}<small>{{ each.description }}</small>{% endif %}</span></label>{% endfor %}
</fieldset><button class="main" type="submit">{{ save }}</button></form>{% endif %}
{% if not silent %}<hr><form method="post" action="{{ action }}/none"><p>{{ none_words }}</p>
<button type="submit">{{ stop }}</button></form>{% endif %}"""

_ASK: Final = (
    Text("Unsubscribe?", "Se désinscrire ?", "Отписаться?"),
    Text("{who} will get no more mail from us.", "{who} ne recevra plus d’e-mails.", "{who}: писем больше не будет."),
    Text("Unsubscribe", "Se désinscrire", "Отписаться"),
)
_ASK_TOPIC: Final = (
    Text("Unsubscribe from “{topic}”?", "Se désinscrire de « {topic} » ?", "Отписаться от «{topic}»?"),
    Text(
        "{who} will get no more mail about it.",
        "{who} ne recevra plus d’e-mails à ce sujet.",
        "{who}: писем на эту тему больше не будет.",
    ),
    Text("Unsubscribe", "Se désinscrire", "Отписаться"),
)
_MISTAKE: Final = Text(
    "That was a mistake: subscribe again", "C’était une erreur : se réinscrire", "Это ошибка: подписаться снова"
)
_DONE: Final = (
    Text("You are unsubscribed", "Désinscription faite", "Вы отписаны"),
    Text("{who} gets no more mail from us.", "{who} ne reçoit plus d’e-mails.", "{who}: писем больше не будет."),
    _MISTAKE,
)
_DONE_TOPIC: Final = (
    Text("You are unsubscribed from “{topic}”", "Désinscrit de « {topic} »", "Вы отписаны от «{topic}»"),
    Text(
        "{who} gets no more mail about it.",
        "{who} ne reçoit plus d’e-mails à ce sujet.",
        "{who}: писем на эту тему больше не будет.",
    ),
    _MISTAKE,
)
_BACK: Final = (
    Text("You are subscribed", "Vous êtes inscrit", "Вы подписаны"),
    Text("{who} gets mail from us again.", "{who} recevra de nouveau nos e-mails.", "{who}: письма снова приходят."),
    Text("", "", ""),
)
_ALL_TOPICS: Final = Text(
    "Choose what you want to hear about", "Choisir ce que vous voulez recevoir", "Выбрать, что вы хотите получать"
)
_CONFIRM: Final = (
    Text("Please confirm", "Merci de confirmer", "Подтвердите"),
    Text("You want to hear about: {topics}.", "Vous souhaitez recevoir : {topics}.", "Вы хотите получать: {topics}."),
    Text("Yes, confirm", "Oui, confirmer", "Да, подтверждаю"),
)
_CONFIRMED: Final = (
    Text("Thank you, confirmed", "Merci, c’est confirmé", "Спасибо, подтверждено"),
    Text("You will hear about: {topics}.", "Vous recevrez : {topics}.", "Вы будете получать: {topics}."),
    Text("", "", ""),
)
_OPT_IN: Final = (
    _CONFIRM[0],
    Text("You want to hear from {who}.", "Vous souhaitez des nouvelles de {who}.", "Вы хотите получать: {who}."),
    _CONFIRM[2],
)
_PAGE_WORDS: Final = {
    "legend": Text("I want to hear about", "Je souhaite recevoir", "Я хочу получать"),
    "save": Text("Save", "Enregistrer", "Сохранить"),
    "none_words": Text(
        "Or nothing at all: no mail, text messages or notifications.",
        "Ou plus rien du tout : ni e-mails, ni SMS, ni notifications.",
        "Или совсем ничего: ни писем, ни SMS, ни уведомлений.",
    ),
    "stop": Text("Send me nothing any more", "Ne plus rien m’envoyer", "Больше ничего не присылать"),
    "silent_words": Text(
        "You get no mail from us at present.",
        "Vous ne recevez actuellement aucun e-mail.",
        "Сейчас вы не получаете писем.",
    ),
    "back": Text("Send me mail again", "Recevoir de nouveau des e-mails", "Снова получать письма"),
}
_TITLE: Final = Text("What you get from us", "Ce que vous recevez de nous", "Что вы от нас получаете")
_FOR: Final = Text("For {who}.", "Pour {who}.", "Для {who}.")
_SAVED: Final = Text("Saved.", "Enregistré.", "Сохранено.")

blueprint = Blueprint("preferences", __name__, url_prefix=PREFIX)


def register(app: Flask) -> None:
    """Open the doors."""
    app.register_blueprint(blueprint)


@blueprint.get("/u/<token>")
@public
def ask(token: str) -> str:
    """Ask first whether to unsubscribe."""
    scope = _scope(token)
    return _unsubscribing(scope, _ASK_TOPIC if scope.topic else _ASK, request.path)


@blueprint.post("/u/<token>")
@public
def unsubscribe(token: str) -> str:
    """Unsubscribe, at the click of a person or of a mail program (RFC 8058)."""
    scope = _scope(token)
    leaving.unsubscribe(token, visitor())
    return _unsubscribing(scope, _DONE_TOPIC if scope.topic else _DONE, f"{request.path}/undo")


@blueprint.post("/u/<token>/undo")
@public
def subscribe_again(token: str) -> str:
    """Take it back."""
    scope = _scope(token)
    if not leaving.subscribe_again(token):
        abort(404, "This cannot be taken back any more.")
    return _unsubscribing(scope, _BACK, "")


@blueprint.get("/p/<token>")
@public
def choose(token: str) -> str:
    """Show what the contact hears about."""
    found = preferences.read(token)
    if found is None:
        abort(404, "This address is not known.")
    channels = {"sms": "SMS", "push": "Push"}
    return page(
        _CHOOSING,
        _TITLE,
        found.language,
        **_PAGE_WORDS,
        words=_FOR.format(who=found.who) if found.who else Text("", "", ""),
        note=_SAVED if "saved" in request.args else None,
        action=request.path,
        choices=found.choices,
        channels=channels,
        silent=found.silent,
    )


@blueprint.post("/p/<token>")
@public
def save(token: str) -> AnyResponse:
    """Keep the choice."""
    wanted = {int(each) for each in request.form.getlist("topic") if each.isdecimal() and len(each) <= _LONGEST_ID}
    return _shown_again(token, done=preferences.save(token, wanted))


@blueprint.post("/p/<token>/none")
@public
def leave(token: str) -> AnyResponse:
    """Nothing any more."""
    return _shown_again(token, done=preferences.leave(token))


@blueprint.post("/p/<token>/back")
@public
def come_back(token: str) -> AnyResponse:
    """Mail again."""
    return _shown_again(token, done=preferences.come_back(token))


@blueprint.get("/f/<token>")
@public
def ask_to_confirm(token: str) -> str:
    """Ask once more: a scanner that looks at the address confirms nothing."""
    return _confirming(token, _CONFIRM)


@blueprint.post("/f/<token>")
@public
def confirm(token: str) -> str:
    """Confirm."""
    if not confirming.confirm(token):
        abort(404, "This address is not known, or too old.")
    return _confirming(token, _CONFIRMED)


@blueprint.get("/d/<token>")
@public
def ask_to_opt_in(token: str) -> str:
    """Ask once more, as above."""
    found = opting_in.asked_for(token)
    if found is None:
        abort(404, "This address is not known, or too old.")
    title, sentence, button = (text.format(who=found.workspace) for text in _OPT_IN)
    return page(_ASKING, title, found.language, words=sentence, button=button, action=request.path)


@blueprint.post("/d/<token>")
@public
def opt_in(token: str) -> AnyResponse:
    """Confirm, and go on to the page that the program named."""
    leads_to = opting_in.confirm(token)
    if leads_to is None:
        abort(404, "This address is not known, or too old.")
    answer = redirect(leads_to, 303)
    answer.headers["Referrer-Policy"] = "no-referrer"
    return Response(answer.get_data(), 303, answer.headers)


def _scope(token: str) -> Scope:
    found = leaving.scope(token)
    if found is None:
        abort(404, "This address is not known.")
    return found


def _unsubscribing(scope: Scope, words: tuple[Text, Text, Text], action: str) -> str:
    title, sentence, button = (text.format(who=scope.who, topic=scope.topic or "") for text in words)
    return page(
        _ASKING,
        title,
        scope.language,
        words=sentence,
        button=button,
        action=action,
        link=scope.preferences,
        link_words=_ALL_TOPICS,
    )


def _confirming(token: str, words: tuple[Text, Text, Text]) -> str:
    found = confirming.asked_for(token)
    if found is None:
        abort(404, "This address is not known, or too old.")
    title, sentence, button = (text.format(topics=found.topics) for text in words)
    return page(_ASKING, title, found.language, words=sentence, button=button, action=request.path)


def _shown_again(token: str, *, done: bool) -> AnyResponse:
    if not done:
        abort(404, "This address is not known.")
    chosen = request.args.get("lang")
    language = f"&lang={chosen}" if chosen in {"en", "fr", "ru"} else ""
    answer = redirect(f"{PREFIX}/p/{token}?saved{language}", 303)
    return Response(answer.get_data(), 303, answer.headers)
