"""Reading automations: finding steps and contacts in all of them, and telling one as a text."""

from typing import Any

from app.api.blueprint import Blueprint
from app.api.language import language
from app.api.schemas.base import all_of
from app.api.schemas.reading import FoundStep, PersonInside, PersonSearch, StepSearch, Telling, ToldLine
from app.permissions import requires
from app.services import enrollments
from app.services.automations import checking, searching
from app.services.automations.searching import Found
from app.services.enrollments import InsideView

blueprint = Blueprint("reading", __name__, url_prefix="/api/automations", description="Searched and read.")


@blueprint.get("/search")
@requires("automations.view")
@blueprint.arguments(StepSearch, location="query")
@blueprint.response(200, all_of(FoundStep))
def search(wanted: dict[str, Any]) -> dict[str, list[Found]]:
    """Find steps over all automations, at most 100: by type, attribute used, any text in them or in their mail."""
    found = searching.search(wanted["text"], language(wanted["lang"]), wanted["place"], wanted["automation_id"])
    return {"items": found}


@blueprint.get("/inside")
@requires("automations.view")
@blueprint.arguments(PersonSearch, location="query")
@blueprint.response(200, all_of(PersonInside))
def inside(wanted: dict[str, Any]) -> dict[str, list[InsideView]]:
    """Find contacts inside any automation by their name or email, and where they stand; at most 20."""
    return {"items": enrollments.inside(wanted["search"], language(wanted["lang"]))}


@blueprint.post("/tell")
@requires("automations.view")
@blueprint.arguments(Telling)
@blueprint.response(200, all_of(ToldLine))
def tell(wanted: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Tell a document as a text, line by line; nothing is kept."""
    return {"items": checking.told(wanted["document"], wanted["language"])}
