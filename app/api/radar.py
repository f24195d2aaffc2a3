"""All automations in one picture."""

from typing import Any

from app.api.blueprint import Blueprint
from app.api.language import Localised, language
from app.api.schemas.radar import Radar, RadarArguments, RadarFinding
from app.permissions import requires
from app.services import radar

blueprint = Blueprint("radar", __name__, url_prefix="/api/radar", description="All automations in one picture.")


@blueprint.get("")
@requires("automations.view")
@blueprint.arguments(RadarArguments, location="query")
@blueprint.response(200, Radar)
def look(arguments: dict[str, Any]) -> radar.Picture:
    """Read who reads and writes what, who starts whom, and what is wrong with the automations together."""
    return radar.look(language(arguments["lang"]), running=arguments["running"])


@blueprint.get("/<id:id>")
@requires("automations.view")
@blueprint.arguments(Localised, location="query")
@blueprint.response(200, RadarFinding(many=True))
def concerning(words: dict[str, Any], id: int) -> list[radar.FindingSaid]:
    """Read what is wrong with an automation's draft, alone and together with the automations that run."""
    return radar.concerning(id, language(words["lang"]))
