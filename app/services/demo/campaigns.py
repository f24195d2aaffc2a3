"""The campaigns of the demo world: two that were sent, with who opened and clicked, and one that is being written."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.models import Campaign, CampaignState, HitKind, Message, MessageHit, MessageKind, MessageState, TemplateVersion
from app.services.campaigns import writing
from app.services.campaigns.plans import Plan, Trial
from app.services.demo.happenings import CAMPAIGNS, Happening, Moment
from app.services.demo.post import Reader
from app.services.demo.rows import insert, reserve
from app.services.mailing.composing import EMAIL

_SENT: Final = ("Five automations to steal", "Pricing made simple")
_DRAFT: Final = "New templates for autumn"
_TRIAL: Final = Trial(share=20, by="opens", hours=4, subject="Twelve templates you can copy")
_KINDS: Final = {"email_opened": HitKind.OPENED, "email_clicked": HitKind.CLICKED}
_MESSAGES_PER_SECOND: Final = 8


def send(
    session: Session, plan: Plan, readers: Sequence[Reader], contacts: Sequence[int], moments: Sequence[Moment]
) -> None:
    """Keep the campaigns, with what the people, whose ids `contacts` are, did about them in these moments."""
    now = session.scalars(select(func.now())).one()
    days = {name: days for days, name in CAMPAIGNS}
    for name in _SENT:
        started = now - timedelta(days=days[name])
        addressed = [each for each in readers if each.since < started]
        number = _keep(session, replace(plan, subject=name), started, len(addressed))
        _keep_messages(session, number, plan, started, addressed, _deeds(name, contacts, moments))
    writing.create(_DRAFT, replace(plan, subject=_DRAFT, trial=_TRIAL))


def _deeds(campaign: str, contacts: Sequence[int], moments: Sequence[Moment]) -> dict[int, list[Happening]]:
    """Return what each contact did with the mail of a campaign, in order."""
    found: defaultdict[int, list[Happening]] = defaultdict(list)
    for moment in moments:
        for each in moment.happenings:
            if each.name in _KINDS and each.properties.get("campaign") == campaign:
                found[contacts[each.person]].append(each)
    return found


def _keep(session: Session, plan: Plan, started: datetime, total: int) -> int:
    number = writing.create(plan.subject, plan)
    ended = started + timedelta(seconds=total / _MESSAGES_PER_SECOND)
    known = {"state": CampaignState.DONE, "started_at": started, "finished_at": ended, "total": total}
    dates = {"created_at": started - timedelta(days=2), "updated_at": started - timedelta(hours=3)}
    session.execute(update(Campaign).where(Campaign.id == number).values(known | dates))
    return number


def _keep_messages(
    session: Session,
    campaign: int,
    plan: Plan,
    started: datetime,
    readers: Sequence[Reader],
    deeds: dict[int, list[Happening]],
) -> None:
    version = select(func.max(TemplateVersion.id)).where(TemplateVersion.template_id == plan.template)
    same: dict[str, Any] = {
        "channel": EMAIL,
        "kind": MessageKind.CAMPAIGN,
        "campaign_id": campaign,
        "version_id": session.scalar(version),
        "topic_id": plan.topic,
        "subject": plan.subject,
        "state": MessageState.SENT,
    }
    messages: list[dict[str, Any]] = []
    hits: list[dict[str, Any]] = []
    for place, (id_, reader) in enumerate(zip(reserve(session, Message, len(readers)), readers, strict=True)):
        left = started + timedelta(seconds=place / _MESSAGES_PER_SECOND)
        did = deeds.get(reader.contact, [])
        first = {_KINDS[each.name]: each.at for each in reversed(did)}
        messages.append(
            {
                **same,
                "id": id_,
                "key": f"campaign:{campaign}:{reader.contact}",
                "contact_id": reader.contact,
                "address": reader.email,
                "created_at": left,
                "sent_at": left,
                "opened_at": first.get(HitKind.OPENED),
                "clicked_at": first.get(HitKind.CLICKED),
            }
        )
        hits += (
            {"message_id": id_, "kind": _KINDS[each.name], "link": each.properties.get("link"), "at": each.at}
            for each in did
        )
    insert(session, Message, messages)
    insert(session, MessageHit, hits)
