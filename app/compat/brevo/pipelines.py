"""Pipelines of deals, to be read."""

from flask import Response, jsonify

from app.compat.brevo.door import door
from app.permissions import requires
from app.services import pipelines
from app.services.pipelines import PipelineView


@door.get("/crm/pipeline/details/all")
@requires("deals.view")
def list_pipelines() -> Response:
    """List the pipelines, the default one first."""
    return jsonify([_shown(each) for each in pipelines.every()])


@door.get("/crm/pipeline/details/<id:pipeline_id>")
@requires("deals.view")
def read_pipeline(pipeline_id: int) -> Response:
    """Show one pipeline, as Brevo does in a list of one."""
    return jsonify([_shown(pipelines.get(pipeline_id))])


@door.get("/crm/pipeline/details")
@requires("deals.view")
def read_default_pipeline() -> Response:
    """Show the default pipeline, for clients that know of one only."""
    return jsonify(_shown(pipelines.every()[0]))


def _shown(pipeline: PipelineView) -> dict[str, object]:
    stages = [{"id": str(each.id), "name": each.name} for each in pipeline.stages]
    return {"pipeline": str(pipeline.id), "pipeline_name": pipeline.name, "stages": stages}
