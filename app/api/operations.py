"""How the instance fares."""

from typing import Any

from app.api.blueprint import Blueprint
from app.api.language import Localised, language
from app.api.schemas.operations import Operations
from app.permissions import requires
from app.services import operations

blueprint = Blueprint("operations", __name__, url_prefix="/api/operations", description="How the instance fares.")


@blueprint.get("")
@requires("operations.view")
@blueprint.arguments(Localised, location="query")
@blueprint.response(200, Operations)
def overview(words: dict[str, Any]) -> operations.Operations:
    """Look at what waits, who works, how much is done, and what fails."""
    return operations.overview(language(words["lang"]))
