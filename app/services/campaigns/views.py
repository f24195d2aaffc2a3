"""Campaigns as people see them: what they say, and how far they have come."""

from collections.abc import Collection, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app import db
from app.adapters.bulk import among
from app.errors import NotFound
from app.models import Campaign, CampaignState, CampaignWave, User
from app.services.campaigns import plans
from app.services.campaigns.counting import Counts, counts, lately
from app.services.paging import Order, Page, Paging, page
from app.services.views import Reference, reference


class CampaignView(NamedTuple):
    """A campaign. `total`: how many it was for when it began; `settled`: whose message left, or was left out.

    `waits_until`: when its next recipients are due, or the winner is chosen, if nothing happens before.
    """

    id: int
    name: str
    state: str
    settings: Mapping[str, Any]
    revision: int
    total: int
    settled: int
    counts: Counts
    winner: str | None
    tie: bool
    decide_at: datetime | None
    waits_until: datetime | None
    fault: str | None
    created_by: Reference | None
    created_at: datetime
    updated_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


def some(paging: Paging, search: str = "") -> Page[CampaignView]:
    """Return campaigns, the latest first."""
    with db.transaction() as session:
        wanted = _rows().where(Campaign.name.icontains(search, autoescape=True))
        found = page(session, wanted, [Order(Campaign.id, descending=True)], paging)
        ids = [campaign.id for campaign, _ in found.items]
        counted, waiting = lately(session, [campaign for campaign, _ in found.items]), _waiting(session, ids)
        return Page([_view(campaign, author, counted, waiting) for campaign, author in found.items], found.next_cursor)


def get(campaign_id: int) -> CampaignView:
    """Return one campaign. Raises NotFound."""
    with db.transaction() as session:
        row = session.execute(_rows().where(Campaign.id == campaign_id)).first()
        if row is None:
            raise NotFound.thing("campaign", campaign_id)
        campaign, author = row
        return _view(campaign, author, {campaign_id: counts(session, campaign)}, _waiting(session, [campaign_id]))


def _rows() -> Select[Campaign, str | None]:
    return select(Campaign, User.name).outerjoin(User, User.id == Campaign.created_by)


def _waiting(session: Session, campaigns: Collection[int]) -> Mapping[int, datetime]:
    open_ = (among(CampaignWave.campaign_id, campaigns), CampaignWave.finished_at.is_(None))
    statement = select(CampaignWave.campaign_id, func.min(CampaignWave.due_at)).where(*open_)
    rows = session.execute(statement.group_by(CampaignWave.campaign_id))
    return dict(rows.all())


def _view(
    campaign: Campaign, author: str | None, counted: Mapping[int, Counts], waiting: Mapping[int, datetime]
) -> CampaignView:
    mine = counted.get(campaign.id, Counts())
    if campaign.state == CampaignState.SCHEDULED:
        until = campaign.next_at
    else:
        until = waiting.get(campaign.id) or (None if campaign.winner else campaign.decide_at)
    own = ("id", "name", "state", "revision", "winner", "tie", "decide_at", "fault")
    times = ("created_at", "updated_at", "started_at", "finished_at")
    return CampaignView(
        **{name: getattr(campaign, name) for name in (*own, *times)},
        settings={**campaign.settings, "send_at": plans.read(campaign.settings).send_at},
        total=max(campaign.total, mine.settled),
        settled=mine.settled,
        counts=mine,
        waits_until=until if until and until > datetime.now(UTC) else None,
        created_by=reference(campaign.created_by, author),
    )
