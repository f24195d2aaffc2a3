"""In which language to answer."""

from flask import request
from flask_login import current_user
from marshmallow import fields, validate

from app.api.schemas.base import Form
from nodes.texts import LANGUAGES, Language


class Localised(Form):
    """Which language the words of the answer shall be in."""

    lang = fields.String(
        load_default=None,
        validate=validate.OneOf(LANGUAGES),
        metadata={"description": "Without it: the signed-in person's language, else the browser's"},
    )


def language(asked: str | None) -> Language:
    """Return the language asked for, else that of the person, the browser, English."""
    wishes = [asked, getattr(current_user, "locale", None), request.accept_languages.best_match(LANGUAGES)]
    return next((each for wish in wishes for each in LANGUAGES if wish == each), "en")
