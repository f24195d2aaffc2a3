"""Campaigns: one mail to everybody of lists and segments, once."""

from typing import Any

from app.api.blueprint import Blueprint
from app.api.paging import paging
from app.api.schemas.base import page_of
from app.api.schemas.campaigns import (
    Campaign,
    CampaignArguments,
    CampaignEstimate,
    CampaignRecipient,
    CampaignReport,
    CampaignSettings,
    CampaignStart,
    CampaignTest,
    CampaignWinner,
    ChangedCampaign,
    NewCampaign,
    RecipientArguments,
)
from app.permissions import requires
from app.services.campaigns import audience, plans, reports, running, views, writing
from app.services.campaigns.audience import Estimate
from app.services.campaigns.reports import Recipient, Report
from app.services.campaigns.views import CampaignView
from app.services.paging import Page

blueprint = Blueprint("campaigns", __name__, url_prefix="/api/campaigns", description="One mail to many, once.")


@blueprint.get("")
@requires("campaigns.view")
@blueprint.arguments(CampaignArguments, location="query")
@blueprint.response(200, page_of(Campaign))
def some(wanted: dict[str, Any]) -> Page[CampaignView]:
    """List campaigns, the latest first."""
    return views.some(paging(wanted), wanted["search"])


@blueprint.post("")
@requires("campaigns.edit")
@blueprint.arguments(NewCampaign)
@blueprint.response(201, Campaign)
def create(new: dict[str, Any]) -> CampaignView:
    """Keep a draft, whatever it lacks."""
    return views.get(writing.create(new["name"], plans.read(new["settings"])))


@blueprint.post("/estimate")
@requires("campaigns.edit")
@blueprint.arguments(CampaignSettings)
@blueprint.response(200, CampaignEstimate)
def estimate(settings: dict[str, Any]) -> Estimate:
    """Count whom a campaign would reach if it left now, and why not the others."""
    return audience.estimate(plans.read(settings))


@blueprint.get("/<id:id>")
@requires("campaigns.view")
@blueprint.response(200, Campaign)
def read(id: int) -> CampaignView:
    """Read one campaign."""
    return views.get(id)


@blueprint.put("/<id:id>")
@requires("campaigns.edit")
@blueprint.arguments(ChangedCampaign)
@blueprint.response(200, Campaign)
def change(new: dict[str, Any], id: int) -> CampaignView:
    """Write a draft anew. 409 if it is another by now, or was started."""
    writing.change(id, new["name"], plans.read(new["settings"]), new["revision"])
    return views.get(id)


@blueprint.delete("/<id:id>")
@requires("campaigns.edit")
@blueprint.response(204)
def remove(id: int) -> None:
    """Delete a draft."""
    writing.delete(id)


@blueprint.post("/<id:id>/copy")
@requires("campaigns.edit")
@blueprint.response(201, Campaign)
def copy(id: int) -> CampaignView:
    """Keep a draft that says the same, but for the time, under a free name."""
    return views.get(writing.copy(id))


@blueprint.post("/<id:id>/test")
@requires("campaigns.edit")
@blueprint.arguments(CampaignTest)
@blueprint.response(204)
def send_test(wanted: dict[str, Any], id: int) -> None:
    """Mail a version to an address now."""
    running.send_test(id, wanted["to"], wanted["variant"], wanted["contact_id"])


@blueprint.post("/<id:id>/start")
@requires("campaigns.send")
@blueprint.arguments(CampaignStart)
@blueprint.response(200, Campaign)
def start(seen: dict[str, Any], id: int) -> CampaignView:
    """Send a draft now, or when its time comes. 409 if it is another by now."""
    running.start(id, seen["revision"])
    return views.get(id)


@blueprint.post("/<id:id>/pause")
@requires("campaigns.send")
@blueprint.response(200, Campaign)
def pause(id: int) -> CampaignView:
    """Let nothing more leave until it is resumed."""
    running.pause(id)
    return views.get(id)


@blueprint.post("/<id:id>/resume")
@requires("campaigns.send")
@blueprint.response(200, Campaign)
def resume(id: int) -> CampaignView:
    """Go on where it was paused."""
    running.resume(id)
    return views.get(id)


@blueprint.post("/<id:id>/unschedule")
@requires("campaigns.send")
@blueprint.response(200, Campaign)
def unschedule(id: int) -> CampaignView:
    """Make one that waits for its time a draft again. 409 once it has begun."""
    running.unschedule(id)
    return views.get(id)


@blueprint.post("/<id:id>/cancel")
@requires("campaigns.send")
@blueprint.response(200, Campaign)
def cancel(id: int) -> CampaignView:
    """Send nothing more of what has begun, for good."""
    running.cancel(id)
    return views.get(id)


@blueprint.post("/<id:id>/winner")
@requires("campaigns.send")
@blueprint.arguments(CampaignWinner)
@blueprint.response(200, Campaign)
def choose(wanted: dict[str, Any], id: int) -> CampaignView:
    """Give the rest this version now, without waiting any longer."""
    running.choose(id, wanted["variant"])
    return views.get(id)


@blueprint.get("/<id:id>/report")
@requires("campaigns.view")
@blueprint.response(200, CampaignReport)
def report(id: int) -> Report:
    """Say what came of a campaign so far."""
    return reports.report(id)


@blueprint.get("/<id:id>/recipients")
@requires("campaigns.view")
@blueprint.arguments(RecipientArguments, location="query")
@blueprint.response(200, page_of(CampaignRecipient))
def recipients(wanted: dict[str, Any], id: int) -> Page[Recipient]:
    """List those it was written for, with what came of each message."""
    return reports.recipients(id, paging(wanted), wanted["which"])
