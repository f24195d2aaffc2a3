"""Mail that came back: where it is read, and a door for those who read it themselves."""

from typing import Any

from flask import request

from app.api.blueprint import Blueprint
from app.api.schemas.returns import ReturnServer, ReturnServerChange, TakenReturn
from app.permissions import requires
from app.services.mailing import return_settings, returns
from app.services.mailing.return_settings import ReturnSettings, ShownSettings
from app.services.mailing.returns import Taken

blueprint = Blueprint("returns", __name__, url_prefix="/api", description="Mail that came back.")


@blueprint.get("/workspace/mail-returns")
@requires("settings.edit")
@blueprint.response(200, ReturnServer)
def read_settings() -> dict[str, Any]:
    """Read where mail that comes back is taken from."""
    return _shown(return_settings.shown())


@blueprint.put("/workspace/mail-returns")
@requires("settings.edit")
@blueprint.arguments(ReturnServerChange)
@blueprint.response(200, ReturnServer)
def change_settings(new: dict[str, Any]) -> dict[str, Any]:
    """Take it from elsewhere, or from nowhere."""
    password = new.pop("password", None)
    return _shown(return_settings.configure(ReturnSettings(**new), password))


@blueprint.post("/mail-returns")
@requires("mail.edit")
@blueprint.response(200, TakenReturn)
def take() -> Taken:
    """Hand over a message that came back, as it came: its source, as the body. Whatever is no report does nothing."""
    return returns.take(request.get_data())


def _shown(shown: ShownSettings) -> dict[str, Any]:
    return {**shown.settings._asdict(), "has_password": shown.has_password, "fault": shown.fault}
