"""Automations: making them, working on their drafts, switching them on and off."""

from typing import Any

from app.api.blueprint import Blueprint
from app.api.language import Localised, language
from app.api.paging import paging
from app.api.schemas.automations import (
    Activation,
    Automation,
    AutomationArguments,
    AutomationName,
    AutomationRow,
    Check,
    Draft,
    ImportedAutomation,
    NewAutomation,
    ResumePreview,
    Resumption,
    SavedDraft,
    Stop,
    Stopped,
    Template,
)
from app.api.schemas.base import page_of
from app.permissions import requires
from app.services import automation_templates
from app.services.automation_templates import TemplateView
from app.services.automations import activation, checking, drafts, overview, pausing
from app.services.automations.checking import Checked
from app.services.automations.drafts import AutomationView
from app.services.automations.overview import Row
from app.services.automations.pausing import Preview
from app.services.paging import Page

blueprint = Blueprint("automations", __name__, url_prefix="/api/automations", description="What marketers build.")


@blueprint.get("")
@requires("automations.view")
@blueprint.arguments(AutomationArguments, location="query")
@blueprint.response(200, page_of(AutomationRow))
def some(arguments: dict[str, Any]) -> Page[Row]:
    """List automations, the last changed first."""
    wanted, lang = paging(arguments), language(arguments.pop("lang"))
    return overview.some(wanted, lang, **arguments)


@blueprint.post("")
@requires("automations.edit")
@blueprint.arguments(NewAutomation)
@blueprint.arguments(Localised, location="query")
@blueprint.response(201, Automation)
def create(new: dict[str, Any], words: dict[str, Any]) -> AutomationView:
    """Make an automation: empty, from a document, or from a template."""
    return drafts.create(language(words["lang"]), **new)


@blueprint.get("/templates")
@requires("automations.view")
@blueprint.arguments(Localised, location="query")
@blueprint.response(200, Template(many=True))
def templates(words: dict[str, Any]) -> list[TemplateView]:
    """List ready-made automations to begin with."""
    return automation_templates.every(language(words["lang"]))


@blueprint.post("/import")
@requires("automations.edit")
@blueprint.arguments(ImportedAutomation)
@blueprint.response(201, Automation)
def import_document(imported: dict[str, Any]) -> AutomationView:
    """Make an automation from an exported document."""
    return drafts.create("en", **imported)


@blueprint.post("/check")
@requires("automations.view")
@blueprint.arguments(ImportedAutomation)
@blueprint.arguments(Localised, location="query")
@blueprint.response(200, Check)
def check(asked: dict[str, Any], words: dict[str, Any]) -> Checked:
    """Say what is wrong with a document, and what it does; nothing is kept."""
    return checking.check(asked["document"], language(words["lang"]))


@blueprint.get("/<id:id>")
@requires("automations.view")
@blueprint.response(200, Automation)
def read(id: int) -> AutomationView:
    """Read one automation."""
    return drafts.get(id)


@blueprint.patch("/<id:id>")
@requires("automations.edit")
@blueprint.arguments(AutomationName)
@blueprint.response(200, Automation)
def rename(wanted: dict[str, str], id: int) -> AutomationView:
    """Rename an automation."""
    return drafts.rename(id, wanted["name"])


@blueprint.delete("/<id:id>")
@requires("automations.edit")
@blueprint.response(204)
def delete(id: int) -> None:
    """Delete an archived automation that never ran."""
    drafts.delete(id)


@blueprint.put("/<id:id>/draft")
@requires("automations.edit")
@blueprint.arguments(Draft)
@blueprint.arguments(Localised, location="query")
@blueprint.response(200, SavedDraft)
def save_draft(draft: dict[str, Any], words: dict[str, Any], id: int) -> dict[str, Any]:
    """Keep a draft. 409, and nothing changes, if it was made from an old revision."""
    saved = drafts.save_draft(id, draft["document"], draft["base_revision"])
    checked = checking.check(draft["document"], language(words["lang"]))
    return {"draft_revision": saved.draft_revision, **checked._asdict()}


@blueprint.post("/<id:id>/duplicate")
@requires("automations.edit")
@blueprint.arguments(Localised, location="query")
@blueprint.response(201, Automation)
def duplicate(words: dict[str, Any], id: int) -> AutomationView:
    """Make a new draft out of an automation's draft."""
    return drafts.duplicate(id, language(words["lang"]))


@blueprint.post("/<id:id>/activate")
@requires("automations.activate")
@blueprint.arguments(Activation)
@blueprint.arguments(Localised, location="query")
@blueprint.response(200, Automation)
def activate(wish: dict[str, Any], words: dict[str, Any], id: int) -> AutomationView:
    """Let the draft run from now on. 422 with everything that is wrong with it, 409 if it is another by now."""
    return activation.activate(id, language(words["lang"]), **wish)


@blueprint.post("/<id:id>/pause")
@requires("automations.activate")
@blueprint.response(200, Automation)
def pause(id: int) -> AutomationView:
    """Let nobody enter or move on; who is inside stays where they stand."""
    return activation.pause(id)


@blueprint.post("/<id:id>/resume")
@requires("automations.activate")
@blueprint.arguments(Resumption)
@blueprint.arguments(Localised, location="query")
@blueprint.response(200, Automation)
def resume(wish: dict[str, Any], words: dict[str, Any], id: int) -> AutomationView:
    """Let a paused automation go on. 422 with everything that keeps it from running, if anything does."""
    return activation.resume(id, language(words["lang"]), **wish)


@blueprint.get("/<id:id>/resume-preview")
@requires("automations.view")
@blueprint.response(200, ResumePreview)
def resume_preview(id: int) -> Preview:
    """Count what fell due while the automation was paused."""
    return pausing.preview(id)


@blueprint.post("/<id:id>/stop")
@requires("automations.activate")
@blueprint.arguments(Stop)
@blueprint.response(200, Stopped)
def stop(wish: dict[str, Any], id: int) -> dict[str, int]:
    """End the runs of contacts inside at once; they send nothing more, and what came meanwhile does not enter."""
    return {"stopped": pausing.stop(id, **wish)}


@blueprint.post("/<id:id>/archive")
@requires("automations.activate")
@blueprint.response(200, Automation)
def archive(id: int) -> AutomationView:
    """Put an automation away; the runs of those inside end here."""
    return activation.archive(id)


@blueprint.post("/<id:id>/restore")
@requires("automations.activate")
@blueprint.response(200, Automation)
def restore(id: int) -> AutomationView:
    """Take an automation out of the archive, switched off."""
    return activation.restore(id)
