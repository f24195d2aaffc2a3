"""Versions of automations, and moving the people inside from one to another."""

from typing import Any

from app.api.blueprint import Blueprint
from app.api.language import language
from app.api.schemas.versions import Inside, InsideArguments, PeopleChoices, Stayed, Versions, WholeVersion
from app.permissions import requires
from app.services.automations import inside, people, versions
from app.services.automations.inside import InsideView
from app.services.automations.versions import VersionsView
from workflows.moving import Choices

blueprint = Blueprint("versions", __name__, url_prefix="/api/automations", description="What was published.")


@blueprint.get("/<id:id>/versions")
@requires("automations.view")
@blueprint.response(200, Versions)
def every(id: int) -> VersionsView:
    """List all versions, the newest first, and the moves between them that are under way."""
    return versions.of_automation(id)


@blueprint.get("/<id:id>/versions/<id:number>")
@requires("automations.view")
@blueprint.response(200, WholeVersion)
def one(id: int, number: int) -> versions.WholeVersion:
    """Read one version."""
    return versions.one(id, number)


@blueprint.get("/<id:id>/inside")
@requires("automations.view")
@blueprint.arguments(InsideArguments, location="query")
@blueprint.response(200, Inside)
def who_is_inside(arguments: dict[str, Any], id: int) -> InsideView:
    """Tell where those in older versions stand, and what moving them would mean. 422 if the draft cannot run."""
    return inside.look(id, language(arguments["lang"]), arguments["to"])


@blueprint.post("/<id:id>/move")
@requires("automations.activate")
@blueprint.arguments(PeopleChoices)
@blueprint.response(202, Versions)
def move(choices: Choices, id: int) -> VersionsView:
    """Move people from older versions to the live one, in the background. 422 for choices that lead nowhere."""
    people.move_inside(id, choices)
    return versions.of_automation(id)


@blueprint.delete("/<id:id>/move")
@requires("automations.activate")
@blueprint.response(200, Stayed)
def cancel_move(id: int) -> dict[str, int]:
    """Move nobody else: who was moved stays so, the others stay in their version. 409 if nobody is being moved."""
    return {"stayed": people.cancel(id)}
