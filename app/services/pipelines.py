"""Pipelines and their stages."""

from collections.abc import Collection, Sequence
from typing import Final, NamedTuple, TypedDict

from sqlalchemy import ColumnElement, func, select, update

from app import db
from app.adapters.catalog import bump_revision
from app.errors import Conflict, Invalid, NotFound
from app.models import Deal, Pipeline, Stage
from app.services import audit, usage
from app.services.views import Reference

MOST_STAGES: Final = 50


class PipelineView(NamedTuple):
    """A pipeline with its stages in order."""

    id: int
    name: str
    is_default: bool
    stages: list[Reference]


class StageWish(TypedDict, total=False):
    """A stage as it shall be: an existing one by its id, or a new one."""

    id: int
    name: str


class PipelineChanges(TypedDict, total=False):
    """What may change about a pipeline."""

    name: str
    is_default: bool


def every() -> list[PipelineView]:
    """Return all pipelines, the default one first."""
    with db.transaction() as session:
        rows = session.scalars(select(Pipeline).order_by(Pipeline.is_default.desc(), Pipeline.id)).all()
        stages = session.scalars(select(Stage).order_by(Stage.position, Stage.id)).all()
    return [_view(row, [stage for stage in stages if stage.pipeline_id == row.id]) for row in rows]


def get(pipeline_id: int) -> PipelineView:
    """Return one pipeline; raises NotFound."""
    with db.transaction() as session:
        row = session.get(Pipeline, pipeline_id)
        if row is None:
            raise NotFound.thing("pipeline", pipeline_id)
        return _view(row, _stages(pipeline_id))


def create(name: str, stages: Sequence[StageWish]) -> PipelineView:
    """Make a pipeline; the first one becomes the default."""
    with db.transaction() as session:
        pipeline = Pipeline(name=name, is_default=session.scalar(select(func.count(Pipeline.id))) == 0)
        session.add(pipeline)
        session.flush()
        audit.record("pipeline.created", "pipeline", pipeline.id, {"name": name})
        return set_stages(pipeline.id, stages)


def change(pipeline_id: int, changes: PipelineChanges) -> PipelineView:
    """Rename a pipeline, or make it the default one (which another must be made instead, to take that away)."""
    with db.transaction() as session:
        pipeline = _locked(pipeline_id)
        pipeline.name = changes.get("name", pipeline.name)
        if changes.get("is_default"):
            session.execute(update(Pipeline).where(Pipeline.id != pipeline_id).values(is_default=False))
            pipeline.is_default = True
        elif "is_default" in changes and pipeline.is_default:
            raise Conflict("There is always a default pipeline. Make another one the default instead.")
        session.flush()
        audit.record("pipeline.changed", "pipeline", pipeline_id, {"fields": sorted(changes)})
        bump_revision()
        return get(pipeline_id)


def delete(pipeline_id: int) -> None:
    """Delete a pipeline that is not the default one, holds no deals, and is used by no automation."""
    with db.transaction() as session:
        pipeline = _locked(pipeline_id)
        if pipeline.is_default:
            raise Conflict("The default pipeline cannot be deleted. Make another one the default first.")
        _refuse_deals(f"The pipeline “{pipeline.name}”", Deal.pipeline_id == pipeline_id)
        usage.refuse_pipeline_in_use(pipeline_id)
        session.delete(pipeline)
        audit.record("pipeline.deleted", "pipeline", pipeline_id, {"name": pipeline.name})
        bump_revision()


def set_stages(pipeline_id: int, wishes: Sequence[StageWish]) -> PipelineView:
    """Give a pipeline these stages in this order: those with an id stay, others are made, left-out ones deleted."""
    with db.transaction() as session:
        _locked(pipeline_id)
        present = {stage.id: stage for stage in _stages(pipeline_id)}
        _check(wishes, present.keys())
        kept = {wish["id"] for wish in wishes if "id" in wish}
        for stage_id in present.keys() - kept:
            _delete_stage(present[stage_id])
        for position, wish in enumerate(wishes):
            stage = present[wish["id"]] if "id" in wish else Stage(pipeline_id=pipeline_id)
            stage.name, stage.position = wish["name"], position
            session.add(stage)
        session.flush()
        audit.record("pipeline.changed", "pipeline", pipeline_id, {"fields": ["stages"]})
        bump_revision()
        return get(pipeline_id)


def _check(wishes: Sequence[StageWish], present: Collection[int]) -> None:
    if not 1 <= len(wishes) <= MOST_STAGES:
        message = f"A pipeline has 1 to {MOST_STAGES} stages."
        raise Invalid.field("stages", "invalid_length", message, "Name its stages.")
    for number, wish in enumerate(wishes):
        if "id" in wish and wish["id"] not in present:
            message = f"This pipeline has no stage {wish['id']}."
            raise Invalid.field(f"{number}.id", "unknown_stage", message, "Leave the id out to make a new stage.")
    ids = [wish["id"] for wish in wishes if "id" in wish]
    if len(ids) != len(set(ids)):
        raise Invalid.field("id", "repeated", "A stage is named twice.", "Name each stage once.")


def _delete_stage(stage: Stage) -> None:
    with db.transaction() as session:
        _refuse_deals(f"The stage “{stage.name}”", Deal.stage_id == stage.id)
        usage.refuse_stage_in_use(stage.pipeline_id, stage.id)
        session.delete(stage)


def _refuse_deals(thing: str, inside: ColumnElement[bool]) -> None:
    with db.transaction() as session:
        count = session.scalar(select(func.count(Deal.id)).where(inside))
    if count:
        raise Conflict(f"{thing} still holds deals ({count}). Move or delete them first.")


def _locked(pipeline_id: int) -> Pipeline:
    with db.transaction() as session:
        pipeline = session.get(Pipeline, pipeline_id, with_for_update=True)
    if pipeline is None:
        raise NotFound.thing("pipeline", pipeline_id)
    return pipeline


def _stages(pipeline_id: int) -> Sequence[Stage]:
    with db.transaction() as session:
        return session.scalars(
            select(Stage).where(Stage.pipeline_id == pipeline_id).order_by(Stage.position, Stage.id)
        ).all()


def _view(pipeline: Pipeline, stages: Sequence[Stage]) -> PipelineView:
    return PipelineView(
        pipeline.id, pipeline.name, pipeline.is_default, [Reference(stage.id, stage.name) for stage in stages]
    )
