"""How fast mail leaves, by sender and by domain of recipients."""

from typing import Any

from app.adapters.mail_rates import MailRate
from app.api.blueprint import Blueprint
from app.api.schemas.mail_rates import MailRates
from app.permissions import requires
from app.services.mailing import rates

blueprint = Blueprint("mail_rates", __name__, url_prefix="/api", description="How fast mail leaves.")


@blueprint.get("/workspace/mail-rates")
@requires("settings.edit")
@blueprint.response(200, MailRates)
def read_rates() -> dict[str, Any]:
    """Read the rates of senders and domains."""
    return {"items": rates.every()}


@blueprint.put("/workspace/mail-rates")
@requires("settings.edit")
@blueprint.arguments(MailRates)
@blueprint.response(200, MailRates)
def change_rates(new: dict[str, Any]) -> dict[str, Any]:
    """Let these rates hold, and no others."""
    return {"items": rates.replace([MailRate(**each) for each in new["items"]])}
