"""Contacts that are one person."""

from typing import Any

from app.api.blueprint import Blueprint
from app.api.schemas.base import all_of
from app.api.schemas.merges import Merge, MergeArguments, MergePreview, MergeRequest, Unmerged
from app.permissions import requires
from app.services import merging
from app.services.merging import MergeView, Preview

blueprint = Blueprint("merges", __name__, url_prefix="/api/contacts", description="Contacts that are one person.")


@blueprint.get("/<id:id>/merge")
@requires("contacts.merge")
@blueprint.arguments(MergeArguments, location="query")
@blueprint.response(200, MergePreview)
def preview(arguments: dict[str, int], id: int) -> Preview:
    """Show two contacts side by side, and what merging the other into this one would do. Changes nothing."""
    return merging.preview(id, arguments["other"])


@blueprint.get("/<id:id>/merges")
@requires("contacts.view")
@blueprint.response(200, all_of(Merge))
def some(id: int) -> dict[str, list[MergeView]]:
    """List the contacts that became part of this one, the newest first."""
    return {"items": merging.of_contact(id)}


@blueprint.post("/<id:id>/merges")
@requires("contacts.merge")
@blueprint.arguments(MergeRequest)
@blueprint.response(201, Merge)
def create(wanted: dict[str, Any], id: int) -> MergeView:
    """Let another contact become part of this one, with all that is known of it. It can be undone."""
    return merging.merge(id, wanted["contact_id"], wanted["fields_"])


@blueprint.delete("/<id:id>/merges/<id:merge>")
@requires("contacts.merge")
@blueprint.response(200, Unmerged)
def undo(id: int, merge: int) -> dict[str, int]:
    """Undo a merge: the other contact is there again with what was its own; what happened since stays with this one."""
    return {"contact_id": merging.undo(id, merge)}
