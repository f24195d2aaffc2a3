"""Who has an automation open."""

from typing import Any

from app.api.blueprint import Blueprint
from app.api.schemas.base import all_of
from app.api.schemas.presence import Coming, Leaving, Visitor
from app.permissions import requires
from app.services import presence

blueprint = Blueprint("presence", __name__, url_prefix="/api/automations", description="Who has an automation open.")


@blueprint.put("/<id:id>/presence")
@requires("automations.view")
@blueprint.arguments(Coming)
@blueprint.response(200, all_of(Visitor))
def come(tab: dict[str, Any], id: int) -> dict[str, list[presence.Visitor]]:
    """Say that a tab is open, every ten seconds or when it moves on; answers who is there."""
    return {"items": presence.come(id, **tab)}


@blueprint.delete("/<id:id>/presence")
@requires("automations.view")
@blueprint.arguments(Leaving, location="query")
@blueprint.response(204)
def leave(tab: dict[str, Any], id: int) -> None:
    """Say that a tab was closed."""
    presence.leave(id, **tab)
