"""How many messages of campaigns became what: counted anew, or as it is kept."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.adapters.bulk import among
from app.models import Campaign, CampaignTally, Message, MessageState

# What was counted holds for so much of the time since the campaign ended: after a day for a quarter of an hour.
_HOLDS_FOR: Final = 0.01


class Counts(NamedTuple):
    """What became of a campaign's messages so far. `opened`, `clicked`: by people, each message once."""

    sending: int = 0
    sent: int = 0
    bounced: int = 0
    failed: int = 0
    left_out: int = 0
    opened: int = 0
    clicked: int = 0

    @property
    def settled(self) -> int:
        """Those whose message needs nothing more."""
        return self.sent + self.bounced + self.failed + self.left_out


def counts(session: Session, campaign: Campaign) -> Counts:
    """Return what became of a campaign's messages, by now."""
    tally = session.get(CampaignTally, campaign.id)
    if tally is not None and tally.report is not None:
        return Counts(**tally.counts)
    return _counted(session, [campaign.id]).get(campaign.id, Counts())


def lately(session: Session, campaigns: Sequence[Campaign]) -> Mapping[int, Counts]:
    """Return the same of many. Of those that ended it may be a little old: it changes little, and costs much."""
    now = datetime.now(UTC)
    tallies = {
        each.campaign_id: each
        for each in session.scalars(
            select(CampaignTally).where(among(CampaignTally.campaign_id, [each.id for each in campaigns]))
        )
    }
    known = {number: Counts(**tally.counts) for number, tally in tallies.items()}
    stale = [each for each in campaigns if each.started_at and not _holds(tallies.get(each.id), each, now)]
    fresh = _counted(session, [each.id for each in stale])
    for each in sorted(stale, key=lambda each: each.id):  # in one order, so that two lists never wait for each other
        if each.finished_at is not None:
            keep(session, each.id, fresh.get(each.id, Counts()))
    return {**known, **fresh}


def keep(session: Session, campaign_id: int, counted: Counts) -> None:
    """Keep what was counted just now, unless the report is kept, which is final."""
    given = {"counts": counted._asdict(), "counted_at": func.clock_timestamp()}
    statement = insert(CampaignTally).values(campaign_id=campaign_id, **given)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=[CampaignTally.campaign_id], set_=given, where=CampaignTally.report.is_(None)
        )
    )


def _holds(tally: CampaignTally | None, campaign: Campaign, now: datetime) -> bool:
    if tally is None:
        return False
    if tally.report is not None:
        return True
    ended = campaign.finished_at
    return ended is not None and now - tally.counted_at < _HOLDS_FOR * (tally.counted_at - ended)


def _counted(session: Session, campaigns: Collection[int]) -> Mapping[int, Counts]:
    if not campaigns:
        return {}
    columns = (Message.state, func.count(), func.count(Message.opened_at), func.count(Message.clicked_at))
    statement = select(Message.campaign_id, *columns).where(among(Message.campaign_id, campaigns))
    found: dict[int, Counts] = {}
    for campaign, state, number, opened, clicked in session.execute(
        statement.group_by(Message.campaign_id, Message.state)
    ):
        known = found.get(campaign or 0, Counts())._replace(**{MessageState(state).value: number})
        found[campaign or 0] = known._replace(opened=known.opened + opened, clicked=known.clicked + clicked)
    return found
