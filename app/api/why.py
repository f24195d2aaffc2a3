"""Why a contact went its way."""

from typing import Any

from app.api.blueprint import Blueprint
from app.api.language import language
from app.api.schemas.why import Why, WhyArguments
from app.permissions import requires
from app.services import why as service

blueprint = Blueprint("why", __name__, url_prefix="/api/contacts", description="Why a contact went its way.")


@blueprint.get("/<id:id>/why")
@requires("automations.view")
@blueprint.arguments(WhyArguments, location="query")
@blueprint.response(200, Why)
def why(arguments: dict[str, Any], id: int) -> service.Why:
    """Say whether the contact entered an automation, each way it took there, and what was missing for another."""
    return service.of_contact(id, arguments["automation_id"], language(arguments["lang"]))
