"""Writing campaigns: drafts are kept whatever they lack, and checked in full before they start."""

from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import delete as delete_from
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import db, permissions
from app.adapters.catalog import load_catalog
from app.adapters.templates import check
from app.errors import Conflict, Invalid, NotFound, Problem
from app.models import Campaign, CampaignState
from app.services import audit, values
from app.services.campaigns import plans
from app.services.campaigns.plans import LARGEST_SHARE, LEAST_SHARE, LONGEST_TEST_HOURS, Plan
from nodes.catalog import Catalog


def create(name: str, plan: Plan) -> int:
    """Keep a draft; returns its id. Raises Invalid, or Conflict for a name in use."""
    actor = permissions.current()
    with db.transaction() as session:
        row = Campaign(name=_free_name(session, name), settings=plans.dump(plan))
        row.created_by = actor.user_id if actor else None
        session.add(row)
        session.flush()
        audit.record("created", "campaign", row.id)
        return row.id


def change(campaign_id: int, name: str, plan: Plan, revision: int | None = None) -> None:
    """Write a draft anew. `revision` is the one that was looked at, None for whichever there is.

    Raises NotFound, Invalid, or Conflict for a name in use, another revision, and for what was started.
    """
    with db.transaction() as session:
        row = held(session, campaign_id)
        demand_draft(row, revision)
        row.name = _free_name(session, name, besides=campaign_id)
        row.settings, row.updated_at = plans.dump(plan), datetime.now(UTC)
        row.revision += 1
        audit.record("updated", "campaign", campaign_id)


def copy(campaign_id: int) -> int:
    """Keep a draft that says the same under a free name; its time is not taken over. Returns its id."""
    with db.transaction() as session:
        original = session.get(Campaign, campaign_id)
        if original is None:
            raise NotFound.thing("campaign", campaign_id)
        taken = set(session.scalars(select(Campaign.name)))
        names = (f"{original.name[:150]} ({number})" for number in range(2, len(taken) + 3))
        free = next(name for name in names if name not in taken)
        return create(free, plans.read({**original.settings, "send_at": None, "own_zone": False}))


def delete(campaign_id: int) -> None:
    """Delete a draft. What was started stays, with what it sent. Raises NotFound or Conflict."""
    with db.transaction() as session:
        row = held(session, campaign_id)
        demand_draft(row)
        session.execute(delete_from(Campaign).where(Campaign.id == campaign_id))
        audit.record("deleted", "campaign", campaign_id, {"name": row.name})


def held(session: Session, campaign_id: int) -> Campaign:
    """Return a campaign that nobody else changes meanwhile. Raises NotFound."""
    row = session.get(Campaign, campaign_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound.thing("campaign", campaign_id)
    return row


def demand_draft(row: Campaign, revision: int | None = None) -> None:
    """Raise Conflict for what was started, or for a draft at another revision than the one that was looked at."""
    if row.state != CampaignState.DRAFT:
        raise Conflict("This campaign was started: what it says cannot be changed any more. Make a copy of it.")
    if revision not in {None, row.revision}:
        at = Problem("revision", "outdated", f"The draft is at revision {row.revision}.", "Reload.")
        raise Conflict("Somebody else changed this campaign meanwhile, so nothing was done.", [at])


def demand_sound(plan: Plan) -> None:
    """Raise Invalid with everything that keeps a campaign from starting, field by field."""
    found = list(_problems(plan, load_catalog(), datetime.now(UTC)))
    if found:
        raise Invalid("This campaign cannot start yet.", found)


def _problems(plan: Plan, catalog: Catalog, now: datetime) -> Iterator[Problem]:
    if not plan.lists and not plan.segments:
        yield Problem("lists", "missing", "Nobody is chosen.", "Choose at least one list or segment.")
    for field in plans.gone(plan, catalog):
        yield Problem(field, "gone", "What was chosen here does not exist any more.", "Choose another one.")
    if plan.template is None:
        yield Problem("template", "missing", "There is no template.", "Choose what is sent.")
    if (fault := check(plan.subject)) is not None:
        yield Problem("subject", "invalid_template", fault.en, "Write placeholders like {{ contact.FIRSTNAME }}.")
    if plan.reply_to:
        yield from _address(plan.reply_to)
    if plan.send_at is not None and plan.send_at <= now:
        yield Problem("send_at", "past", "This time is over.", "Choose a time to come, or send now.")
    if plan.own_zone and plan.send_at is None:
        yield Problem("send_at", "missing", "There is no time for each to wait for.", "Choose a time.")
    if plan.trial is not None:
        yield from _of_trial(plan)


def _address(reply_to: str) -> Iterator[Problem]:
    try:
        values.email(reply_to, "reply_to")
    except Invalid as refusal:
        yield from refusal.problems


def _of_trial(plan: Plan) -> Iterator[Problem]:
    trial = plan.trial
    if trial is None:
        return
    if plan.own_zone:
        words = "Two versions cannot be tried while each time zone gets its mail at another moment."
        yield Problem("own_zone", "with_trial", words, "Send to all at the same moment, or without a second version.")
    if plan.content("a") == plan.content("b"):
        yield Problem("trial", "same", "Both versions are the same.", "Give version B another subject or template.")
    if (fault := check(trial.subject)) is not None:
        yield Problem("trial.subject", "invalid_template", fault.en, "Write placeholders like {{ contact.FIRSTNAME }}.")
    if not LEAST_SHARE <= trial.share <= LARGEST_SHARE:
        words = f"Between {LEAST_SHARE} and {LARGEST_SHARE} percent can try both versions."
        yield Problem("trial.share", "out_of_range", words)
    if not 1 <= trial.hours <= LONGEST_TEST_HOURS:
        yield Problem("trial.hours", "out_of_range", f"Between 1 and {LONGEST_TEST_HOURS} hours are possible.")


def _free_name(session: Session, name: str, besides: int = 0) -> str:
    line = values.line("name", name)
    if session.scalar(select(func.count()).where(Campaign.name == line, Campaign.id != besides)):
        words = f"There is a campaign “{line}” already."
        raise Conflict(words, [Problem("name", "taken", words, "Choose another name.")])
    return line
