"""What could not be worked through, and trying it again."""

from typing import Any

from app.api.blueprint import Blueprint
from app.api.paging import paging
from app.api.schemas.base import all_of, page_of
from app.api.schemas.operations import DeadLetter, DeadLetterArguments, DeadLetterGroup, Replayed, ReplayWish
from app.permissions import requires
from app.services import dead_letters
from app.services.paging import Page

blueprint = Blueprint("dead_letters", __name__, url_prefix="/api/dead-letters", description="What could not be done.")


@blueprint.get("")
@requires("operations.view")
@blueprint.arguments(DeadLetterArguments, location="query")
@blueprint.response(200, page_of(DeadLetter))
def some(arguments: dict[str, Any]) -> Page[dead_letters.Letter]:
    """List dead letters, newest first."""
    return dead_letters.letters(paging(arguments), **arguments)


@blueprint.get("/groups")
@requires("operations.view")
@blueprint.response(200, all_of(DeadLetterGroup))
def grouped() -> dict[str, list[dead_letters.Group]]:
    """Count dead letters by kind and reason, the largest group first."""
    return {"items": dead_letters.groups()}


@blueprint.post("/replay")
@requires("operations.replay")
@blueprint.arguments(ReplayWish)
@blueprint.response(200, Replayed)
def replay_all(wish: dict[str, Any]) -> dead_letters.Replayed:
    """Try all of a kind again."""
    return dead_letters.replay_all(**wish)


@blueprint.post("/<letter_id>/replay")
@requires("operations.replay")
@blueprint.response(200, Replayed)
def replay(letter_id: str) -> dead_letters.Replayed:
    """Try one again."""
    return dead_letters.replay(letter_id)
