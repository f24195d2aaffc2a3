"""Brevo's door, `/v3` and `/api/v2`: existing Brevo clients work here by changing the base URL only."""

import importlib
import pkgutil

from flask import Flask

from app import doors
from app.compat.brevo import exports, oauth, tracker
from app.compat.brevo.door import PREFIX, door
from app.compat.brevo.refusals import answer


def register(app: Flask) -> None:
    """Open the door: every module of this folder adds its views to it."""
    for found in pkgutil.iter_modules(__path__, f"{__name__}."):
        importlib.import_module(found.name)
    app.register_blueprint(door)
    app.register_blueprint(exports.files)
    app.register_blueprint(oauth.blueprint)
    app.register_blueprint(tracker.blueprint)
    doors.speak(app, PREFIX, answer)
    doors.speak(app, tracker.PREFIX, answer)
    doors.speak(app, oauth.PREFIX, oauth.answer)
