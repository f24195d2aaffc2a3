"""Two versions tried by some of the recipients: who tries which, and what the rest gets."""

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from app.models import Campaign, CampaignWave, Message, WaveStage
from app.services.campaigns.audience import lot
from app.services.campaigns.plans import Trial, Variant
from app.services.campaigns.winners import Tried, better

_HIGHEST = 2**63 - 1
_LOWEST = -(2**63)


def sizes(total: int, share: int) -> tuple[int, int]:
    """Return how many of so many recipients try version A, and how many version B: at least one each, if there are."""
    both = min(total, max(2, round(total * share / 100)))
    return (both + 1) // 2, both // 2


def cut(session: Session, campaign: Campaign, trial: Trial, for_them: ColumnElement[bool]) -> tuple[int, int]:
    """Return the highest lot that tries A, and the highest that tries B, who come behind."""
    in_a, in_b = sizes(campaign.total, trial.share)
    if in_a + in_b == campaign.total:
        return _nth(session, campaign.id, for_them, in_a), _HIGHEST
    return _nth(session, campaign.id, for_them, in_a), _nth(session, campaign.id, for_them, in_a + in_b)


def variant_of(campaign: Campaign, drawn: int) -> Variant | None:
    """Return the version that a contact with this lot tries; None: it does not."""
    if campaign.lot_a is None or campaign.lot_b is None or drawn > campaign.lot_b:
        return None
    return "a" if drawn <= campaign.lot_a else "b"


def tried(session: Session, campaign_id: int, trial: Trial) -> tuple[Tried, Tried]:
    """Count what became of both versions; what machines did counts for nothing."""
    hits = Message.clicked_at if trial.by == "clicks" else Message.opened_at
    mine = (Message.campaign_id == campaign_id, Message.variant.is_not(None))
    rows = session.execute(
        select(Message.variant, func.count(Message.sent_at), func.count(hits)).where(*mine).group_by(Message.variant)
    )
    counts = {variant: Tried(sent, hit) for variant, sent, hit in rows}
    return counts.get("a", Tried(0, 0)), counts.get("b", Tried(0, 0))


def decide(session: Session, campaign: Campaign, trial: Trial, by_hand: Variant | None = None) -> None:
    """Choose what the rest gets, by its rate or by hand, and let it have it. Of equal ones it is A, and said."""
    won = by_hand or better(*tried(session, campaign.id, trial))
    campaign.winner, campaign.tie = won or "a", won is None
    now = func.now()
    campaign.next_at = now
    last = select(func.max(CampaignWave.number)).where(CampaignWave.campaign_id == campaign.id)
    number = (session.scalar(last) or 0) + 1
    session.add(CampaignWave(campaign_id=campaign.id, number=number, stage=WaveStage.REST, due_at=now))


def _nth(session: Session, campaign_id: int, for_them: ColumnElement[bool], place: int) -> int:
    if place == 0:
        return _LOWEST
    drawn = lot(campaign_id)
    found = session.scalar(select(drawn).where(for_them).order_by(drawn).offset(place - 1).limit(1))
    return _HIGHEST if found is None else found
