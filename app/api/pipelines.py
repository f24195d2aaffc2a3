"""Pipelines and their stages."""

from typing import Any

from app.api.blueprint import Blueprint
from app.api.schemas.base import all_of
from app.api.schemas.sales import NewPipeline, Pipeline, PipelineChange, StageWish
from app.permissions import requires
from app.services import pipelines
from app.services.pipelines import PipelineChanges, PipelineView
from app.services.pipelines import StageWish as Wish

blueprint = Blueprint("pipelines", __name__, url_prefix="/api/pipelines", description="The ways that deals go.")


@blueprint.get("")
@requires("deals.view")
@blueprint.response(200, all_of(Pipeline))
def every() -> dict[str, list[PipelineView]]:
    """List all pipelines with their stages."""
    return {"items": pipelines.every()}


@blueprint.post("")
@requires("pipelines.edit")
@blueprint.arguments(NewPipeline)
@blueprint.response(201, Pipeline)
def create(new: dict[str, Any]) -> PipelineView:
    """Make a pipeline."""
    return pipelines.create(new["name"], new["stages"])


@blueprint.patch("/<id:id>")
@requires("pipelines.edit")
@blueprint.arguments(PipelineChange)
@blueprint.response(200, Pipeline)
def change(changes: PipelineChanges, id: int) -> PipelineView:
    """Rename a pipeline, or make it the default one."""
    return pipelines.change(id, changes)


@blueprint.put("/<id:id>/stages")
@requires("pipelines.edit")
@blueprint.arguments(StageWish(many=True))
@blueprint.response(200, Pipeline)
def set_stages(wishes: list[Wish], id: int) -> PipelineView:
    """Give a pipeline these stages in this order; left-out ones are deleted."""
    return pipelines.set_stages(id, wishes)


@blueprint.delete("/<id:id>")
@requires("pipelines.edit")
@blueprint.response(204)
def delete(id: int) -> None:
    """Delete a pipeline that nothing uses."""
    pipelines.delete(id)
