"""The door of hosted forms, `/f/<key>`: shown to anybody, submitted by anybody, no cookie, no script needed."""

import secrets as random
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlencode

from flask import Blueprint, Flask, Response, current_app, request
from itsdangerous import BadSignature, URLSafeTimedSerializer

from app import db, forms_page
from app.adapters import sightings
from app.errors import CadenzaError, TooManyRequests
from app.permissions import public
from app.services.forms import keeping, questions, submitting
from app.services.forms.keeping import FormView
from app.services.forms.questions import Answers
from app.services.forms.submitting import Visit
from app.services.web import sites
from app.site_door import FORM_SCRIPT
from app.site_door import PREFIX as SCRIPTS
from nodes.texts import Text

PREFIX: Final = "/f"
LARGEST_ANSWER: Final = 64 * 1024
FASTEST_SECONDS: Final = 2
"""Nobody reads and answers a form sooner."""

_STALE_SECONDS: Final = 7 * 86_400
_LONGEST_ADDRESS: Final = 2000
_CARRIED: Final = ("framed", "page")
_AGAIN: Final = Text(
    "Please look once more at what you wrote, and send it again.",
    "Merci de vérifier ce que vous avez écrit et de l’envoyer de nouveau.",
    "Проверьте написанное и отправьте ещё раз.",
)
_TOO_MANY: Final = Text(
    "Too much was sent from your network. Please send it again in a few minutes.",
    "Trop d’envois depuis votre réseau. Merci de réessayer dans quelques minutes.",
    "Из вашей сети отправлено слишком много. Попробуйте через несколько минут.",
)
_FAILED: Final = Text(
    "This could not be taken just now. Nothing is lost: please send it again in a moment.",
    "L’envoi n’a pas abouti. Rien n’est perdu : merci de réessayer dans un instant.",
    "Сейчас принять не удалось. Ничего не потеряно: отправьте ещё раз через минуту.",
)

blueprint = Blueprint("forms_door", __name__, url_prefix=PREFIX)


def register(app: Flask) -> None:
    """Open the door."""
    app.register_blueprint(blueprint)


@blueprint.get("/<key>")
@public
def show(key: str) -> Response:
    """Show a form; or, once it was sent, its thanks. `preview`, and browsers that fetch it beforehand: not counted."""
    form = keeping.at(key)
    if "sent" in request.args:
        return _protected(form, lambda values: forms_page.thanking(form, **values))
    if "preview" not in request.args and request.method == "GET" and "Sec-Purpose" not in request.headers:
        sightings.note(form.id)
    return _asking(form, {}, {}, _sealed(form, _browser()))


@blueprint.post("/<key>")
@public
def submit(key: str) -> Response:
    """Take what was submitted, or show the form once more with all that was typed."""
    request.max_content_length = LARGEST_ANSWER
    form = keeping.at(key)
    given = request.form.to_dict(flat=False)
    if request.form.get(forms_page.TRAP):
        return _done(form)
    seal = request.form.get(forms_page.SEAL, "")
    try:
        submitting.demand_pace(form, request.remote_addr or "")
    except TooManyRequests:
        return _asking(form, given, {}, _kept(form, seal), _TOO_MANY, 429)
    opened = _opened(form, seal)
    if opened is None:
        return _asking(form, given, {}, _kept(form, seal), _AGAIN, 422)
    answers = _answers(form, given)
    if not isinstance(answers, Answers):
        return _asking(form, given, answers, seal, None, 422)
    try:
        nonce, site, visitor = opened
        submitting.submit(form, answers, Visit(_carried().get("page") or request.base_url, site, visitor), nonce)
    except CadenzaError:
        return _asking(form, given, {}, seal, _FAILED, 503)
    return _done(form)


def _answers(form: FormView, given: Mapping[str, Sequence[str]]) -> Answers | Mapping[str, Text]:
    with db.transaction() as session:
        asked = questions.asked(session, form.design)
    return questions.answered(asked, given)


def _done(form: FormView) -> Response:
    """A page that shows the form in a frame goes on by itself: not every page lets itself be shown in one."""
    onward = form.design["redirect"]
    if onward and "framed" not in request.args:
        return _guarded(form, Response(status=303, headers={"Location": onward}))
    again = f"{request.path}?{urlencode({**_carried(), 'sent': 1})}"
    return _guarded(form, Response(status=303, headers={"Location": again}))


def _asking(
    form: FormView,
    given: Mapping[str, Sequence[str]],
    faults: Mapping[str, Text],
    seal: str,
    alert: Text | None = None,
    status: int = 200,
) -> Response:
    with db.transaction() as session:
        asked = list(questions.asked(session, form.design))
    carried = _carried()
    action = f"{request.path}?{urlencode(carried)}" if carried else request.path
    response = _protected(
        form,
        lambda values: forms_page.asking(
            form, asked, given=given, faults=dict(faults), alert=alert, action=action, seal=seal, **values
        ),
    )
    response.status_code = status
    return response


def _protected(form: FormView, written: Any) -> Response:  # noqa: ANN401 - a function of the values all pages share
    nonce = random.token_urlsafe(16)
    values = {"nonce": nonce, "framed": "framed" in request.args, "script": f"{SCRIPTS}/{FORM_SCRIPT}"}
    return _guarded(form, Response(written(values)), nonce)


def _guarded(form: FormView, response: Response, nonce: str = "") -> Response:
    """Add the policy. Browsers heed `frame-ancestors` before the older X-Frame-Options, which knows no list.

    A form that leads on has no `form-action`: some browsers hold all that the page led to sends them on to against it.
    """
    ancestors = [f"http://{host}:*" if ":" not in host else f"http://{host}" for host in _hosts(form.domains)]
    policy = {
        "default-src": "'none'",
        "style-src": f"'nonce-{nonce}'",
        "script-src": "'self'",
        **({} if form.design["redirect"] else {"form-action": "'self'"}),
        "base-uri": "'none'",
        "frame-ancestors": " ".join(["'self'", *ancestors]),
    }
    response.headers["Content-Security-Policy"] = "; ".join(f"{name} {value}" for name, value in policy.items())
    response.headers["Cache-Control"] = "no-store"
    return response


def _hosts(domains: Sequence[str]) -> list[str]:
    """Domains with those below them; `http` in a policy stands for https, too."""
    return [host for domain in domains for host in (domain, *([] if ":" in domain else [f"*.{domain}"]))]


def _sealer(form: FormView) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt=f"web-form {form.id}")


def _sealed(form: FormView, browser: tuple[str, str] = ("", "")) -> str:
    """When and to whom the form was shown, and what tells this showing from others: sent twice, it counts once."""
    return _sealer(form).dumps([random.token_urlsafe(12), *browser])


def _opened(form: FormView, seal: str) -> tuple[str, str, str] | None:
    """Return what tells the showing from others, and as of `_browser`; None if too new, too old or not of this form."""
    try:
        (nonce, site, visitor), shown_at = _sealer(form).loads(seal, max_age=_STALE_SECONDS, return_timestamp=True)
    except BadSignature:
        return None
    return (nonce, site, visitor) if (datetime.now(UTC) - shown_at).total_seconds() >= FASTEST_SECONDS else None


def _kept(form: FormView, seal: str) -> str:
    """A seal that is only too new goes on: the same form is sent again."""
    try:
        _sealer(form).loads(seal, max_age=_STALE_SECONDS)
    except BadSignature:
        return _sealed(form)
    return seal


def _carried() -> dict[str, str]:
    return {name: _argument(name) for name in _CARRIED if name in request.args}


def _argument(name: str) -> str:
    return request.args.get(name, "").replace("\0", "")[:_LONGEST_ADDRESS]


def _browser() -> tuple[str, str]:
    """Return the site and the name by which it knows this browser, where a page of that site shows the form.

    Who follows a link is not told apart by it: whoever sent it would put their own browser's name into it.
    """
    site, visitor = _argument("site"), _argument("visitor")
    if not site or not visitor or request.headers.get("Sec-Fetch-Dest") != "iframe":
        return "", ""
    try:
        sites.open_to(site, request.headers.get("Referer", ""))
    except CadenzaError:
        return "", ""
    return site, visitor
