import pytest
from sqlalchemy.orm import Session

from app.errors import Conflict, Invalid, NotFound
from app.services import deals, pipelines
from app.services.pipelines import PipelineView
from tests.factories.automations import make_automation
from tests.factories.sales import make_deal, make_pipeline


@pytest.fixture
def pipeline(database: Session) -> PipelineView:
    return make_pipeline("Partners", ("New", "Talks", "Signed"))


def stages(pipeline: PipelineView) -> list[str]:
    return [stage.name for stage in pipeline.stages]


def moving_to(pipeline: PipelineView, stage: int) -> dict[str, object]:
    config = {"pipeline": pipeline.id, "stage": stage}
    return {
        "format": "cadenza.automation/1",
        "name": "Moving",
        "nodes": [{"id": "opened", "type": "email_opened"}, {"id": "move", "type": "move_deal", "config": config}],
        "edges": [{"from": "opened", "port": "next", "to": "move"}],
    }


def test_stages_keep_their_order(pipeline: PipelineView) -> None:
    """Stages stand as they were given; the default pipeline comes first in the list."""
    assert stages(pipeline) == ["New", "Talks", "Signed"]
    assert [each.is_default for each in pipelines.every()] == [True, False]


def test_stages_are_set_as_a_whole(pipeline: PipelineView) -> None:
    """Known stages are moved and renamed and keep their deals, new ones are made, left-out ones are gone."""
    new, _, signed = pipeline.stages
    deal = deals.create({"name": "A", "pipeline_id": pipeline.id, "stage_id": signed.id})
    wishes: list[pipelines.StageWish] = [
        {"id": signed.id, "name": "Won"},
        {"name": "Paused"},
        {"id": new.id, "name": "New"},
    ]
    assert stages(pipelines.set_stages(pipeline.id, wishes)) == ["Won", "Paused", "New"]
    assert deals.get(deal.id).stage == (signed.id, "Won")


def test_a_stage_with_deals_stays(pipeline: PipelineView) -> None:
    """A stage is emptied before it is deleted; nothing else of the request happens."""
    deals.create({"name": "A", "pipeline_id": pipeline.id, "stage_id": pipeline.stages[0].id})
    with pytest.raises(Conflict, match=r"deals \(1\)"):
        pipelines.set_stages(pipeline.id, [{"name": "Other"}])
    assert stages(pipelines.get(pipeline.id)) == stages(pipeline)


def test_what_automations_use_stays(pipeline: PipelineView) -> None:
    """A stage or pipeline that an automation moves deals to is not deleted, and the automation is named."""
    make_automation(moving_to(pipeline, pipeline.stages[1].id))
    kept: list[pipelines.StageWish] = [{"id": pipeline.stages[0].id, "name": "New"}]
    for attempt in (lambda: pipelines.set_stages(pipeline.id, kept), lambda: pipelines.delete(pipeline.id)):
        with pytest.raises(Conflict, match="Moving"):
            attempt()


@pytest.mark.parametrize("wishes", [[{"id": 1, "name": "x"}], [{"id": 0, "name": "x"}]])
def test_stages_of_other_pipelines_are_refused(pipeline: PipelineView, wishes: list[pipelines.StageWish]) -> None:
    """A stage belongs to its pipeline; the place in the list is named."""
    with pytest.raises(Invalid) as refused:
        pipelines.set_stages(pipeline.id, wishes)
    assert refused.value.problems[0].field == "0.id"


def test_a_stage_named_twice_is_refused(pipeline: PipelineView) -> None:
    """One stage cannot stand in two places."""
    twice: list[pipelines.StageWish] = [{"id": pipeline.stages[0].id, "name": name} for name in "ab"]
    with pytest.raises(Invalid):
        pipelines.set_stages(pipeline.id, twice)


def test_there_is_always_one_default(pipeline: PipelineView) -> None:
    """Making a pipeline the default takes that from the other, and it cannot be taken away otherwise."""
    pipelines.change(pipeline.id, {"is_default": True})
    assert [each.id for each in pipelines.every() if each.is_default] == [pipeline.id]
    with pytest.raises(Conflict):
        pipelines.change(pipeline.id, {"is_default": False})
    with pytest.raises(Conflict):
        pipelines.delete(pipeline.id)


def test_an_unused_pipeline_is_deleted(pipeline: PipelineView) -> None:
    """It goes with its stages; one that holds deals does not."""
    first = next(each for each in pipelines.every() if each.is_default)
    pipelines.change(pipeline.id, {"is_default": True, "name": "Main"})
    pipelines.delete(first.id)
    assert [each.name for each in pipelines.every()] == ["Main"]
    make_deal()
    with pytest.raises(NotFound):
        pipelines.delete(first.id)
