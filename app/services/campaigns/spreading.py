"""What the workers do for campaigns: begin them, write their mail into the outbox, choose winners, end them.

Each step is one transaction that moves what says how far a campaign has come; whoever is killed in it has done nothing.
Only so many mails wait in the outbox at a time: a pause has little to hold, and nobody else's mail stands behind a
hundred thousand.
"""

import logging
import time
from datetime import timedelta
from typing import Final

from sqlalchemy import ColumnElement, case, exists, func, or_, select
from sqlalchemy.orm import Session

from app import db
from app.adapters import deliveries
from app.adapters.bulk import among
from app.adapters.catalog import load_catalog
from app.adapters.doorbell import ring_sender
from app.adapters.engine.claim import hold_partitions
from app.adapters.locks import alone
from app.adapters.queue import TURN_SECONDS, enqueue
from app.errors import CadenzaError
from app.models import PARTITIONS, Campaign, CampaignState, CampaignWave, Contact, DeliveryState, Outbox, WaveStage
from app.services.campaigns import letters, plans, trials
from app.services.campaigns.audience import REACHED, fate, lot, meant
from app.services.campaigns.moments import Moment, in_own_zones
from app.services.campaigns.plans import Plan

log = logging.getLogger(__name__)

JOB: Final = "app.jobs.campaigns.go_on"
BATCH: Final = 500
WAITING_AT_MOST: Final = 1000
_LOCK: Final = 770_031
_SOON: Final = timedelta(seconds=0.3)
_AFTER_A_FAULT: Final = timedelta(minutes=1)
_BROKEN: Final = (
    "Something went wrong: the log of the workers says what. While it is being sent, it tries again every minute."
)


MOST_TRIES: Final = 10
_GIVEN_UP: Final = (
    f"Something went wrong {MOST_TRIES} times in a row: the log of the workers says what. Resume it once it is mended."
)


def ask() -> None:
    """Let a worker do what is due; while Redis is away, do it here."""
    if _anything_due() and not enqueue(JOB):
        go_on()


def go_on() -> bool:
    """Do what is due for campaigns, for a turn; True if there may be more. Nothing while another worker does."""
    end = time.monotonic() + TURN_SECONDS
    with alone(_LOCK) as ours:
        while ours and time.monotonic() < end:
            if not _step():
                return False
    return ours


def _anything_due() -> bool:
    with db.transaction() as session:
        return bool(session.scalar(select(exists().where(*_due()))))


def _due() -> tuple[ColumnElement[bool], ...]:
    moving = Campaign.state.in_((CampaignState.SCHEDULED, CampaignState.SENDING))
    return (moving, Campaign.next_at <= func.clock_timestamp())


def _step() -> bool:
    """Do the next thing for the campaign that waits the longest; False if none does."""
    with db.transaction() as session:
        oldest = select(Campaign).where(*_due()).order_by(Campaign.next_at, Campaign.id).limit(1)
        campaign = session.scalar(oldest.with_for_update(skip_locked=True))
        if campaign is None:
            return False
        try:
            with session.begin_nested():
                _advance(session, campaign)
                campaign.fault, campaign.tries = None, 0
        except CadenzaError as refusal:  # what it is for is gone, or cannot be asked any more
            campaign.state, campaign.fault = CampaignState.PAUSED, refusal.message
        except Exception:  # the other campaigns do not wait for this one
            log.exception("Campaign %d broke", campaign.id)
            campaign.tries += 1
            campaign.next_at, campaign.fault = func.clock_timestamp() + _AFTER_A_FAULT, _BROKEN
            if campaign.tries >= MOST_TRIES:
                campaign.state, campaign.fault, campaign.tries = CampaignState.PAUSED, _GIVEN_UP, 0
                deliveries.hold(session, campaign.id, "campaign")
    return True


def _advance(session: Session, campaign: Campaign) -> None:
    plan = plans.read(campaign.settings)
    if campaign.state == CampaignState.SCHEDULED or campaign.started_at is None:
        _begin(session, campaign, plan)
        return
    now = func.clock_timestamp()
    waves = select(CampaignWave).where(CampaignWave.campaign_id == campaign.id, CampaignWave.finished_at.is_(None))
    wave = session.scalar(waves.order_by(CampaignWave.number).limit(1))
    if wave is None:
        _finish(session, campaign, plan)
    elif session.scalar(select(wave.due_at > now)):
        campaign.next_at = wave.due_at
    elif _waiting(session, campaign.id) + BATCH > WAITING_AT_MOST:
        campaign.next_at = now + _SOON
    else:
        _write(session, campaign, wave, plan)


def _begin(session: Session, campaign: Campaign, plan: Plan) -> None:
    """Fix how many a campaign is for, who tries which version, and when whose time comes."""
    now = session.scalars(select(func.clock_timestamp())).one()
    campaign.state, campaign.started_at, campaign.next_at = CampaignState.SENDING, now, now
    campaign.last_contact_id = session.scalar(select(func.max(Contact.id))) or 0
    catalog = load_catalog()
    for_them = meant(session, plan, catalog)
    campaign.total = session.scalar(select(func.count()).select_from(Contact).where(for_them)) or 0
    moments = [Moment(now, None)]
    if plan.own_zone and plan.send_at:
        zones = session.scalars(select(Contact.time_zone).where(Contact.time_zone.is_not(None)).distinct())
        moments = list(in_own_zones(plan.send_at, catalog.time_zone, [each for each in zones if each]))
    stage = WaveStage.ALL
    if plan.trial:
        stage = WaveStage.TEST
        campaign.lot_a, campaign.lot_b = trials.cut(session, campaign, plan.trial, for_them)
    for number, moment in enumerate(moments):
        zones_ = None if moment.zones is None else list(moment.zones)
        session.add(CampaignWave(campaign_id=campaign.id, number=number, stage=stage, due_at=moment.at, zones=zones_))


def _write(session: Session, campaign: Campaign, wave: CampaignWave, plan: Plan) -> None:
    """Write the mail to the next of a wave, and move it past them.

    Whoever merges or erases one of them waits until it is written, or has done so before.
    """
    hold_partitions(session, [wave.part])
    drawn = lot(campaign.id)
    next_ones = (
        select(Contact.id, Contact.time_zone, drawn, fate(plan) == REACHED)
        .where(
            Contact.id % PARTITIONS == wave.part,
            Contact.id > wave.last_contact_id,
            Contact.id <= campaign.last_contact_id,
            meant(session, plan, load_catalog()),
            *_of_wave(campaign, wave, drawn),
        )
        .order_by(Contact.id)
        .limit(BATCH)
    )
    recipients = [letters.Recipient(*row) for row in session.execute(next_ones)]
    letters.write(session, campaign, plan, recipients)
    wave.taken += len(recipients)
    if len(recipients) == BATCH:
        wave.last_contact_id = recipients[-1].contact
    else:
        wave.part, wave.last_contact_id = wave.part + 1, 0
    if wave.part == PARTITIONS:
        wave.finished_at = func.now()
    db.after_commit(ring_sender)


def _of_wave(campaign: Campaign, wave: CampaignWave, drawn: ColumnElement[int]) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [~letters.written(campaign.id)]
    if wave.zones is not None:
        conditions.append(among(func.coalesce(Contact.time_zone, ""), wave.zones))
    if wave.stage == WaveStage.TEST:
        conditions.append(drawn <= campaign.lot_b)
    return conditions


def _waiting(session: Session, campaign_id: int) -> int:
    """Count what of a campaign is in the way of other mail: it could leave now, or has taken a turn under a rate."""
    in_the_way = or_(Outbox.due_at <= func.now(), Outbox.turn_at.is_not(None))
    mine = (Outbox.campaign_id == campaign_id, Outbox.state == DeliveryState.PENDING, in_the_way)
    return session.scalar(select(func.count()).select_from(Outbox).where(*mine)) or 0


def _finish(session: Session, campaign: Campaign, plan: Plan) -> None:
    """Once everything has left: choose the winner when its time comes and go on with the rest, or end."""
    now = session.scalars(select(func.clock_timestamp())).one()
    # What is on its way is due again only if its sender dies: it will be gone in a moment.
    due = case((Outbox.sending, now), else_=Outbox.due_at)
    open_ = (Outbox.campaign_id == campaign.id, Outbox.state.in_((DeliveryState.PENDING, DeliveryState.HELD)))
    first = session.scalar(select(func.min(due)).where(*open_))
    if first is not None:
        campaign.next_at = max(first, now + _SOON)
    elif plan.trial is None or campaign.winner is not None:
        campaign.state, campaign.finished_at = CampaignState.DONE, now
    elif campaign.decide_at is None:
        campaign.decide_at = campaign.next_at = now + timedelta(hours=plan.trial.hours)
    elif campaign.decide_at > now:  # it was paused meanwhile, and looked at anew
        campaign.next_at = campaign.decide_at
    else:
        trials.decide(session, campaign, plan.trial)
