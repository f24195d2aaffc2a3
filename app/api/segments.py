"""Segments."""

from typing import Any

from app.api.blueprint import Blueprint
from app.api.schemas.base import all_of
from app.api.schemas.groups import NewSegment, Segment, SegmentChange
from app.permissions import requires
from app.services import segments
from app.services.segments import SegmentView

blueprint = Blueprint("segments", __name__, url_prefix="/api/segments", description="Saved conditions.")


@blueprint.get("")
@requires("contacts.view")
@blueprint.response(200, all_of(Segment))
def every() -> dict[str, list[SegmentView]]:
    """List all segments, with how many contacts each holds now."""
    return {"items": segments.every()}


@blueprint.post("")
@requires("contacts.edit")
@blueprint.arguments(NewSegment)
@blueprint.response(201, Segment)
def create(new: dict[str, Any]) -> SegmentView:
    """Keep a condition under a name."""
    return segments.get(segments.create(new["name"], new["condition"]))


@blueprint.get("/<id:id>")
@requires("contacts.view")
@blueprint.response(200, Segment)
def read(id: int) -> SegmentView:
    """Read one segment."""
    return segments.get(id)


@blueprint.patch("/<id:id>")
@requires("contacts.edit")
@blueprint.arguments(SegmentChange)
@blueprint.response(200, Segment)
def change(changes: dict[str, Any], id: int) -> SegmentView:
    """Change a segment's name or condition."""
    segments.change(id, name=changes.get("name"), condition=changes.get("condition"))
    return segments.get(id)


@blueprint.delete("/<id:id>")
@requires("contacts.edit")
@blueprint.response(204)
def remove(id: int) -> None:
    """Delete a segment; its contacts stay."""
    segments.delete(id)
