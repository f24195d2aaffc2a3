"""The mail of a campaign, as rows of the outbox: which version to whom, and when, under the workspace's limits."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, String, cast, exists, func, literal, or_, select
from sqlalchemy.orm import Session

from app.adapters.bulk import insert_rows
from app.adapters.engine.pressure import fill_messages, store_messages
from app.models import (
    Campaign,
    Contact,
    ContactAlias,
    DeliveryState,
    Message,
    MessageKind,
    MessageState,
    Outbox,
    Workspace,
)
from app.services.campaigns.plans import Plan
from app.services.campaigns.trials import variant_of
from app.services.mailing.composing import EMAIL
from nodes import pressure
from nodes.pressure import Cap, read_caps, without_room
from nodes.quiet import Quiet, read_quiet
from nodes.world import Contact as Snapshot

CAPPED: Final = "capped"
# Whoever set an automation off waits for its mail; nobody waits for a campaign.
_PRIORITY: Final = -1


class Recipient(NamedTuple):
    """A contact whose turn has come, its time zone if known, its lot, and whether it can be written to as of now."""

    contact: int
    zone: str | None
    lot: int
    reached: bool


class _Limits(NamedTuple):
    now: datetime
    home: str
    caps: tuple[Cap, ...]
    quiet: Quiet | None


def written(campaign_id: int) -> ColumnElement[bool]:
    """Hold for contacts whose mail was written already: it may have left the outbox, but then its message is kept.

    Or who get, or got, that of somebody who became part of them since.
    """
    key = literal(_key(campaign_id, ""))
    own, others = key + cast(Contact.id, String), key + ContactAlias.value
    merged = (ContactAlias.contact_id == Contact.id, ContactAlias.kind == "id")
    return or_(
        exists().where(Outbox.key == own),
        exists().where(Message.key == own),
        exists().where(*merged, Outbox.key == others, Outbox.state.in_((DeliveryState.PENDING, DeliveryState.HELD))),
        exists().where(*merged, Message.key == others, Message.state.in_((MessageState.SENDING, MessageState.SENT))),
    )


def write(session: Session, campaign: Campaign, plan: Plan, recipients: Sequence[Recipient]) -> None:
    """Write the mail to some contacts, each once whatever happens; a fixed number of statements.

    Their partition must be held: none of them is merged or erased meanwhile, and nobody else decides by their caps.
    """
    if not recipients:
        return
    limits = _limits(session, plan)
    # Whoever is not reached uses up no cap; consent is asked once more as the mail leaves, which notes the reason.
    full = _without_room(session, limits, plan, [each.contact for each in recipients if each.reached])
    rows = [_row(campaign, plan, limits, each, left_out=each.contact in full) for each in recipients]
    session.execute(insert_rows(Outbox, rows).on_conflict_do_nothing(index_elements=[Outbox.key]))


def _limits(session: Session, plan: Plan) -> _Limits:
    columns = (Workspace.time_zone, Workspace.frequency_caps, Workspace.quiet_hours, func.now())
    home, caps, quiet, now = session.execute(select(*columns)).one()
    return _Limits(now, home, read_caps(caps), read_quiet(quiet) if plan.keep_quiet else None)


def _without_room(session: Session, limits: _Limits, plan: Plan, contacts: Sequence[int]) -> set[int]:
    """Return who has no room for one more message, and count it for the others."""
    if not limits.caps or not contacts:
        return set()
    people = {each: Snapshot(each) for each in contacts}
    fill_messages(session, contacts, people)
    full = {
        each.id for each in people.values() if plan.keep_caps and without_room(limits.caps, each.messages, limits.now)
    }
    reached = people.keys() - full
    for each in reached:
        people[each].messages.append(pressure.Message(EMAIL, limits.now))
    store_messages(session, limits.caps, reached, people, limits.now)
    return full


def _row(campaign: Campaign, plan: Plan, limits: _Limits, recipient: Recipient, *, left_out: bool) -> Mapping[str, Any]:
    variant = None if campaign.winner else variant_of(campaign, recipient.lot)
    template, subject = plan.content(variant or campaign.winner)  # type: ignore[arg-type] # a or b, by what chooses it
    zone = _zone(recipient.zone or limits.home)
    over = limits.quiet.hours.over(limits.now, zone) if limits.quiet and not left_out else None
    return {
        "key": _key(campaign.id, recipient.contact),
        "kind": EMAIL,
        "payload": {
            "template": template,
            "sender": plan.sender,
            "subject": subject or None,
            "reply_to": plan.reply_to or None,
            "topic": plan.topic,
            "kind": MessageKind.CAMPAIGN,
            "variant": variant,
            "left_out": CAPPED if left_out else None,
        },
        "due_at": over or limits.now,
        "contact_id": recipient.contact,
        "campaign_id": campaign.id,
        "channel": EMAIL,
        "priority": _PRIORITY,
    }


def _key(campaign_id: int, contact: int | str) -> str:
    return f"campaign:{campaign_id}:{contact}"


@lru_cache(maxsize=1024)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
