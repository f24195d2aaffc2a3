"""What happens in an automation: figures, contacts' runs, and its document as a file."""

import re
import unicodedata
from typing import Any

from flask import Response, current_app

from app.api.blueprint import Blueprint
from app.api.language import Localised, language
from app.api.paging import paging
from app.api.schemas.automations import Enrollment, EnrollmentArguments, Stats, StatsArguments
from app.api.schemas.base import page_of
from app.permissions import requires
from app.services import enrollments, stats
from app.services.automations import drafts
from app.services.enrollments import EnrollmentView
from app.services.paging import Page
from workflows.document import dumps, load

blueprint = Blueprint("runs", __name__, url_prefix="/api/automations", description="What happens in an automation.")


@blueprint.get("/<id:id>/stats")
@requires("automations.view")
@blueprint.arguments(StatsArguments, location="query")
@blueprint.response(200, Stats)
def figures(arguments: dict[str, Any], id: int) -> stats.Stats:
    """Count contacts, step by step."""
    return stats.of_automation(id, **arguments)


@blueprint.get("/<id:id>/enrollments")
@requires("automations.view")
@blueprint.arguments(EnrollmentArguments, location="query")
@blueprint.response(200, page_of(Enrollment))
def some(arguments: dict[str, Any], id: int) -> Page[EnrollmentView]:
    """List contacts' runs, the newest first."""
    wanted, lang = paging(arguments), language(arguments.pop("lang"))
    return enrollments.of_automation(id, wanted, lang, **arguments)


@blueprint.post("/<id:id>/enrollments/<id:enrollment_id>/retry")
@requires("automations.activate")
@blueprint.arguments(Localised, location="query")
@blueprint.response(200, Enrollment)
def retry(words: dict[str, Any], id: int, enrollment_id: int) -> EnrollmentView:
    """Let a failed run try its step again."""
    return enrollments.retry(id, enrollment_id, language(words["lang"]))


@blueprint.get("/<id:id>/export")
@requires("automations.view")
@blueprint.doc(
    responses={"200": {"description": "The draft, canonical", "content": {"application/json": {}}}},
)
def export(id: int) -> Response:
    """Download the draft as a document: the same automation gives the same bytes."""
    automation = drafts.get(id)
    response = current_app.response_class(dumps(load(automation.document)), mimetype="application/json")
    response.headers.set("Content-Disposition", "attachment", filename=f"{_file_name(automation.name)}.json")
    return response


def _file_name(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "automation"
