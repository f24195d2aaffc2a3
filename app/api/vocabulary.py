"""What pickers offer."""

from typing import Any

from app.api.blueprint import Blueprint
from app.api.language import Localised, language
from app.api.schemas.node_types import Vocabulary
from app.permissions import requires
from app.services.vocabulary import vocabulary

blueprint = Blueprint("vocabulary", __name__, url_prefix="/api/vocabulary", description="What pickers offer.")


@blueprint.get("")
@requires("contacts.view")
@blueprint.arguments(Localised, location="query")
@blueprint.response(200, Vocabulary)
def read(words: dict[str, Any]) -> dict[str, Any]:
    """Read every name that a step or a condition may refer to, and the condition language's words."""
    return vocabulary(language(words["lang"]))
