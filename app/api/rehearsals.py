"""Rehearsals of automations: nothing of them leaves the house."""

from typing import Any

from app.api.blueprint import Blueprint
from app.api.language import Localised, language
from app.api.schemas.base import all_of
from app.api.schemas.rehearsals import (
    KeptScenario,
    LatestReplay,
    NewScenario,
    PeopleArguments,
    ReplayedPeople,
    ReplayQuestion,
    ScenarioResult,
    ScenarioRun,
    StartedReplay,
    TestRun,
    TestRunQuestion,
)
from app.errors import Invalid
from app.permissions import requires
from app.services.rehearsals import replay_views, replays, scenarios, trials
from app.services.rehearsals.replay_views import People, ReplayView
from app.services.rehearsals.scenarios import ScenarioView
from app.services.rehearsals.trials import TrialView

blueprint = Blueprint("rehearsals", __name__, url_prefix="/api/automations", description="What would happen.")


@blueprint.post("/<id:id>/test-runs")
@requires("automations.view")
@blueprint.arguments(TestRunQuestion)
@blueprint.arguments(Localised, location="query")
@blueprint.response(200, TestRun)
def test_run(asked: dict[str, Any], words: dict[str, Any], id: int) -> TrialView:
    """Let one contact, real or made up, go through the draft. Nothing is sent, changed or kept."""
    return trials.run(id, asked.pop("scenario"), language(words["lang"]), **asked)


@blueprint.get("/<id:id>/scenarios")
@requires("automations.view")
@blueprint.response(200, all_of(KeptScenario))
def some(id: int) -> dict[str, list[ScenarioView]]:
    """List what is expected of the automation."""
    return {"items": scenarios.every(id)}


@blueprint.post("/<id:id>/scenarios")
@requires("automations.edit")
@blueprint.arguments(NewScenario)
@blueprint.arguments(Localised, location="query")
@blueprint.response(201, all_of(KeptScenario))
def create(new: dict[str, Any], words: dict[str, Any], id: int) -> dict[str, list[ScenarioView]]:
    """Keep a scenario, or all that a text tells."""
    _demand_one_form(new)
    lang, draft = language(words["lang"]), new.get("document")
    if "scenario" in new:
        return {"items": scenarios.add(id, [scenarios.demand_steps(id, new["scenario"], lang, draft)])}
    return {"items": scenarios.add(id, scenarios.read_text(id, new["text"], lang, draft))}


@blueprint.put("/<id:id>/scenarios/<id:scenario_id>")
@requires("automations.edit")
@blueprint.arguments(NewScenario)
@blueprint.arguments(Localised, location="query")
@blueprint.response(200, KeptScenario)
def change(new: dict[str, Any], words: dict[str, Any], id: int, scenario_id: int) -> ScenarioView:
    """Put another scenario in its place."""
    _demand_one_form(new)
    lang, draft = language(words["lang"]), new.get("document")
    if "scenario" in new:
        return scenarios.change(id, scenario_id, scenarios.demand_steps(id, new["scenario"], lang, draft))
    return scenarios.change(id, scenario_id, scenarios.read_one(id, new["text"], lang, draft))


@blueprint.delete("/<id:id>/scenarios/<id:scenario_id>")
@requires("automations.edit")
@blueprint.response(204)
def remove(id: int, scenario_id: int) -> None:
    """Forget a scenario."""
    scenarios.remove(id, scenario_id)


@blueprint.post("/<id:id>/scenarios/run")
@requires("automations.view")
@blueprint.arguments(ScenarioRun)
@blueprint.arguments(Localised, location="query")
@blueprint.response(200, all_of(ScenarioResult))
def run(asked: dict[str, Any], words: dict[str, Any], id: int) -> dict[str, Any]:
    """Tell which scenarios hold for the draft."""
    return {"items": scenarios.run_all(id, language(words["lang"]), **asked)}


@blueprint.post("/<id:id>/replays")
@requires("automations.edit")
@blueprint.arguments(ReplayQuestion)
@blueprint.arguments(Localised, location="query")
@blueprint.response(202, StartedReplay)
def replay(asked: dict[str, Any], words: dict[str, Any], id: int) -> dict[str, int]:
    """Let the last days happen again, through the draft and the live version. Watch it by its number."""
    return {"id": replays.start(id, asked.pop("days"), language(words["lang"]), **asked)}


@blueprint.get("/<id:id>/replays/latest")
@requires("automations.view")
@blueprint.arguments(Localised, location="query")
@blueprint.response(200, LatestReplay)
def latest_replay(words: dict[str, Any], id: int) -> dict[str, ReplayView | None]:
    """Read the latest replay of the automation, if there is one."""
    return {"replay": replay_views.latest(id, language(words["lang"]))}


@blueprint.get("/<id:id>/replays/<id:replay_id>/people")
@requires("automations.view")
@blueprint.arguments(PeopleArguments, location="query")
@blueprint.response(200, ReplayedPeople)
def replayed_people(arguments: dict[str, Any], id: int, replay_id: int) -> People:
    """List who stands behind a number of a replay; of many, the first thousand."""
    return replay_views.people(id, replay_id, arguments["key"])


def _demand_one_form(new: dict[str, Any]) -> None:
    if ("scenario" in new) == ("text" in new):
        raise Invalid.field("scenario", "missing", "Send a scenario, or a text.")
