"""Starting a campaign, holding it, letting it go on, and calling it off."""

from collections.abc import Collection
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from app import db
from app.adapters import deliveries, mail
from app.adapters.catalog import load_catalog
from app.adapters.doorbell import ring_sender
from app.adapters.queue import enqueue
from app.errors import Conflict, Invalid
from app.models import Campaign, CampaignState
from app.services import audit
from app.services import mail as mail_service
from app.services.campaigns import plans, trials
from app.services.campaigns.moments import first
from app.services.campaigns.plans import Variant
from app.services.campaigns.spreading import JOB
from app.services.campaigns.writing import demand_draft, demand_sound, held
from app.services.mailing import previews


def start(campaign_id: int, revision: int | None = None) -> None:
    """Send a draft now, or when its time comes. Whom it is for is asked then.

    `revision` is the one that was looked at, None for whichever there is. Raises NotFound, Conflict (no draft, another
    revision, no mail server), Invalid with everything that is missing.
    """
    with db.transaction() as session:
        row = held(session, campaign_id)
        demand_draft(row, revision)
        plan = plans.read(row.settings)
        demand_sound(plan)
        _demand_server()
        row.state, row.next_at = CampaignState.SENDING, datetime.now(UTC)
        if plan.send_at is not None:
            row.state = CampaignState.SCHEDULED
            row.next_at = first(plan.send_at, load_catalog().time_zone) if plan.own_zone else plan.send_at
        audit.record("campaign.started", "campaign", campaign_id, {"name": row.name})
        db.after_commit(_wake)


def pause(campaign_id: int) -> None:
    """Let nothing more leave. Within a second nothing is on its way any more but what a mail server holds up."""
    with db.transaction() as session:
        row = _in_state(session, campaign_id, {CampaignState.SENDING}, "Only a campaign that is being sent can pause.")
        row.state = CampaignState.PAUSED
        deliveries.hold(session, campaign_id, "campaign")
        audit.record("campaign.paused", "campaign", campaign_id, {"name": row.name})
    deliveries.finish_holding(campaign_id, "campaign")


def resume(campaign_id: int) -> None:
    """Go on where it was paused."""
    with db.transaction() as session:
        row = _in_state(session, campaign_id, {CampaignState.PAUSED}, "This campaign is not paused.")
        row.state, row.next_at, row.fault = CampaignState.SENDING, datetime.now(UTC), None
        deliveries.let_go(session, campaign_id, "campaign")
        audit.record("campaign.resumed", "campaign", campaign_id, {"name": row.name})
        db.after_commit(_wake)
        db.after_commit(ring_sender)


def unschedule(campaign_id: int) -> None:
    """Make it a draft again. Raises Conflict once it has begun: calling it off is another wish."""
    words = "This campaign does not wait for its beginning (any more)."
    with db.transaction() as session:
        row = _in_state(session, campaign_id, {CampaignState.SCHEDULED}, words)
        row.state, row.next_at = CampaignState.DRAFT, None
        audit.record("campaign.unscheduled", "campaign", campaign_id, {"name": row.name})


def cancel(campaign_id: int) -> None:
    """Send nothing more of what has begun, for good."""
    begun = {CampaignState.SENDING, CampaignState.PAUSED}
    with db.transaction() as session:
        row = _in_state(session, campaign_id, begun, "There is nothing to call off.")
        row.state, row.finished_at, row.next_at = CampaignState.CANCELLED, datetime.now(UTC), None
        deliveries.drop(session, campaign_id)
        audit.record("campaign.cancelled", "campaign", campaign_id, {"name": row.name})
    deliveries.finish_drop(campaign_id)


def choose(campaign_id: int, variant: Variant) -> None:
    """Give the rest this version without waiting any longer. Raises NotFound or Conflict."""
    with db.transaction() as session:
        words = "Both versions must have been sent, and none chosen yet."
        row = _in_state(session, campaign_id, {CampaignState.SENDING}, words)
        trial = plans.read(row.settings).trial
        if trial is None or row.decide_at is None or row.winner is not None:
            raise Conflict(words)
        trials.decide(session, row, trial, by_hand=variant)
        audit.record("campaign.winner_chosen", "campaign", campaign_id, {"name": row.name, "version": variant})
        db.after_commit(_wake)


def send_test(campaign_id: int, to: str, variant: Variant, contact_id: int | None = None) -> None:
    """Mail a version to an address now, as `previews.send_test` does. Raises Invalid while there is no template."""
    with db.transaction() as session:
        plan = plans.read(held(session, campaign_id).settings)
    template, subject = plan.content(variant)
    if template is None:
        raise Invalid.field("template", "missing", "There is no template.", "Choose what is sent.")
    previews.send_test(template, to, contact_id, subject=subject, sender=plan.sender, reply_to=plan.reply_to)


def _in_state(session: Session, campaign_id: int, states: Collection[CampaignState], words: str) -> Campaign:
    row = held(session, campaign_id)
    if row.state not in states:
        raise Conflict(words)
    return row


def _demand_server() -> None:
    try:
        present = mail_service.server()
    except mail.NotSent as refused:
        raise Conflict(str(refused)) from refused
    if present is None:
        raise Conflict("There is no mail server yet. Enter one under Settings first.")


def _wake() -> None:
    enqueue(JOB)
