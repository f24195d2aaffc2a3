"""Text messages: who takes them on."""

from typing import Any

from app.api.blueprint import Blueprint
from app.api.schemas.sms import SmsProvider, SmsProviderChange, SmsTest
from app.permissions import requires
from app.services.sms import settings
from app.services.sms.numbers import COUNTRIES
from app.services.sms.settings import ShownSettings, SmsSettings

blueprint = Blueprint("sms", __name__, url_prefix="/api", description="Text messages.")


@blueprint.get("/workspace/sms")
@requires("settings.edit")
@blueprint.response(200, SmsProvider)
def read_provider() -> dict[str, Any]:
    """Read who takes text messages on."""
    return _shown(settings.shown())


@blueprint.put("/workspace/sms")
@requires("settings.edit")
@blueprint.arguments(SmsProviderChange)
@blueprint.response(200, SmsProvider)
def change_provider(new: dict[str, Any]) -> dict[str, Any]:
    """Use another provider, or none."""
    secret = new.pop("secret", None)
    return _shown(settings.configure(SmsSettings(**new), secret))


@blueprint.post("/workspace/sms/test")
@requires("settings.edit")
@blueprint.arguments(SmsTest)
@blueprint.response(204)
def test_provider(given: dict[str, str]) -> None:
    """Send a text message now; 409 with what the provider said if it did not take it."""
    settings.send_test(given["to"])


def _shown(shown: ShownSettings) -> dict[str, Any]:
    return {
        **shown.settings._asdict(),
        "has_secret": shown.has_secret,
        "replies_url": shown.replies_url,
        "countries": sorted(COUNTRIES),
    }
