"""Letting contacts into an automation by hand or by a program."""

from typing import Any

from app.api.blueprint import Blueprint
from app.api.language import Localised, language
from app.api.schemas.base import all_of
from app.api.schemas.entries import AskedEntry, BulkEntry, NewEntry, Standing
from app.permissions import requires
from app.services import entries
from app.services.contacts import Identifier
from app.services.entries import Asked, BulkEntryView, Crowd, StandingView

blueprint = Blueprint("entries", __name__, url_prefix="/api/automations", description="Who is let in by hand.")


@blueprint.post("/<id:id>/entries")
@requires("automations.enter")
@blueprint.arguments(NewEntry)
@blueprint.response(202, AskedEntry)
def enter(new: dict[str, Any], id: int) -> Asked:
    """Let contacts, or a whole segment, into an active automation, whatever its triggers say."""
    event = (new["properties"], new.get("message_id"))
    if "crowd" in new:
        crowd = new["crowd"]
        wanted = Crowd(segment_id=crowd["segment"], condition=crowd["condition"], search=crowd["search"])
        return entries.enter_crowd(id, wanted, *event)
    return entries.enter_contacts(id, [_who(each) for each in new["contacts"]], *event)


@blueprint.get("/<id:id>/entries")
@requires("automations.view")
@blueprint.response(200, all_of(BulkEntry))
def some(id: int) -> dict[str, list[BulkEntryView]]:
    """List the segments and searches that entered or are entering, the latest first."""
    return {"items": entries.of_automation(id)}


@blueprint.get("/<id:id>/draft/members")
@requires("automations.view")
@blueprint.arguments(Localised, location="query")
@blueprint.response(200, all_of(Standing))
def standing(words: dict[str, Any], id: int) -> dict[str, list[StandingView]]:
    """Say which triggers of the draft have members already, and how many: they may enter on activation."""
    return {"items": entries.of_draft(id, language(words["lang"]))}


@blueprint.post("/<id:id>/entries/<id:bulk_entry_id>/cancel")
@requires("automations.enter")
@blueprint.response(200, BulkEntry)
def cancel(id: int, bulk_entry_id: int) -> BulkEntryView:
    """Let nobody more of a crowd enter; who is in stays in."""
    return entries.cancel(id, bulk_entry_id)


def _who(contact: dict[str, Any]) -> Identifier:
    """The first identifier that is given decides; one without any is nobody's."""
    kind, value = next(((kind, value) for kind, value in contact.items() if value is not None), ("id", 0))
    return Identifier(kind, value)  # type: ignore[arg-type] # the form lets no other kind through
