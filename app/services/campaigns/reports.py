"""What came of a campaign: how many, by which link, when, and who."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

import orjson
from sqlalchemy import ColumnElement, Select, and_, distinct, exists, func, select, true, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from app import db
from app.models import Campaign, CampaignTally, HitKind, Message, MessageHit, MessageState, Workspace
from app.services.campaigns import counting
from app.services.campaigns.views import CampaignView, get
from app.services.paging import Order, Page, Paging, page

_MOST_LINKS: Final = 100
# Beyond this a report is told by days.
_BY_THE_HOUR: Final = timedelta(hours=72)


class Link(NamedTuple):
    """A link of a campaign's mail: how many people followed it, how often, and how often machines did."""

    address: str | None
    people: int
    clicks: int
    machines: int


class Slot(NamedTuple):
    """An hour or a day: how many messages left, and were opened and clicked for the first time."""

    at: datetime
    sent: int
    opened: int
    clicked: int


class VariantCounts(NamedTuple):
    """What came of a version among those who tried it, and (`rest`) among all the others."""

    variant: str
    sent: int
    opened: int
    clicked: int


class Report(NamedTuple):
    """What came of a campaign. `delivered`: what was sent and did not come back.

    `machine_opened`: messages that only machines opened. `step`: whether `slots` are hours or days, by the
    workspace's clock. `forgotten`: its messages are not kept any more, only what is told here.
    """

    campaign: CampaignView
    sent: int
    delivered: int
    unsubscribed: int
    complained: int
    machine_opened: int
    left_out: Mapping[str, int]
    links: Sequence[Link]
    step: str
    slots: Sequence[Slot]
    variants: Sequence[VariantCounts]
    forgotten: bool = False


_LISTS: Final[Mapping[str, Any]] = {"links": Link, "slots": Slot, "variants": VariantCounts}


class Recipient(NamedTuple):
    """A contact a campaign was for, and what came of its message."""

    contact_id: int
    address: str
    state: str
    reason: str | None
    variant: str | None
    sent_at: datetime | None
    opened_at: datetime | None
    clicked_at: datetime | None


def report(campaign_id: int) -> Report:
    """Return what came of a campaign so far. Raises NotFound."""
    campaign = get(campaign_id)
    with db.transaction() as session:
        tally = session.get(CampaignTally, campaign_id)
        if tally is not None and tally.report is not None:
            return _kept(campaign, tally.report)
        return _counted(session, campaign)


def keep(campaign_id: int) -> None:
    """Keep what came of a campaign as it is by now, for good: it does not need its messages any more."""
    campaign = get(campaign_id)
    with db.transaction() as session:
        told = _counted(session, campaign)._asdict()
        del told["campaign"], told["forgotten"]
        for name in _LISTS:
            told[name] = [each._asdict() for each in told[name]]
        counting.keep(session, campaign_id, campaign.counts)
        final = update(CampaignTally).where(CampaignTally.campaign_id == campaign_id, CampaignTally.report.is_(None))
        session.execute(final.values(report=orjson.loads(orjson.dumps(told))))


def _kept(campaign: CampaignView, told: Mapping[str, Any]) -> Report:
    lists = {name: [kind(**each) for each in told[name]] for name, kind in _LISTS.items()}
    lists["slots"] = [each._replace(at=datetime.fromisoformat(each.at)) for each in lists["slots"]]
    return Report(campaign, **{**told, **lists}, forgotten=True)


def _counted(session: Session, campaign: CampaignView) -> Report:
    said = _hit_counts(session, campaign.id)
    step = _step(session, campaign.id)
    return Report(
        campaign,
        campaign.counts.sent + campaign.counts.bounced,
        campaign.counts.sent,
        said.get((HitKind.UNSUBSCRIBED, False), 0),
        said.get((HitKind.COMPLAINED, False), 0),
        _machine_opened(session, campaign.id),
        _left_out(session, campaign.id),
        _links(session, campaign.id),
        step,
        _slots(session, campaign.id, step),
        _variants(session, campaign.id),
    )


def recipients(campaign_id: int, paging: Paging, what: str = "all") -> Page[Recipient]:
    """Return those a campaign was written for, by the order they had their turn. Raises NotFound."""
    get(campaign_id)
    columns = [getattr(Message, name) for name in Recipient._fields]
    with db.transaction() as session:
        wanted = select(*columns).where(Message.campaign_id == campaign_id, _which(what))
        found = page(session, wanted, [Order(Message.id)], paging)
        return Page([Recipient(*row) for row in found.items], found.next_cursor)


def _which(what: str) -> ColumnElement[bool]:
    if what == "all":
        return true()
    if what in {"opened", "clicked"}:
        column: InstrumentedAttribute[datetime | None] = getattr(Message, f"{what}_at")
        return column.is_not(None)
    if what in {HitKind.UNSUBSCRIBED, HitKind.COMPLAINED}:
        return exists().where(MessageHit.message_id == Message.id, MessageHit.kind == what)
    return Message.state == what


WHICH: Final = ("all", "opened", "clicked", "unsubscribed", "complained", *MessageState)
"""What recipients can be listed by."""


def _hits(campaign_id: int) -> Select[MessageHit]:
    mine = and_(Message.id == MessageHit.message_id, Message.campaign_id == campaign_id)
    return select(MessageHit).join(Message, mine)


def _hit_counts(session: Session, campaign_id: int) -> Mapping[tuple[str, bool], int]:
    by_machine = MessageHit.machine.is_not(None)
    columns = (MessageHit.kind, by_machine, func.count(distinct(MessageHit.message_id)))
    rows = session.execute(_hits(campaign_id).with_only_columns(*columns).group_by(MessageHit.kind, by_machine))
    return {(kind, machine): number for kind, machine, number in rows}


def _machine_opened(session: Session, campaign_id: int) -> int:
    only = _hits(campaign_id).where(MessageHit.kind == HitKind.OPENED, Message.opened_at.is_(None))
    return session.scalar(only.with_only_columns(func.count(distinct(MessageHit.message_id)))) or 0


def _left_out(session: Session, campaign_id: int) -> Mapping[str, int]:
    reason = func.coalesce(Message.reason, "")
    mine = (Message.campaign_id == campaign_id, Message.state == MessageState.LEFT_OUT)
    return dict(session.execute(select(reason, func.count()).where(*mine).group_by(reason)).all())


def _links(session: Session, campaign_id: int) -> Sequence[Link]:
    human = MessageHit.machine.is_(None)
    people = func.count(distinct(MessageHit.message_id)).filter(human)
    columns = (MessageHit.link, people, func.count().filter(human), func.count().filter(~human))
    clicked = _hits(campaign_id).where(MessageHit.kind == HitKind.CLICKED, MessageHit.link.is_not(None))
    by_link = clicked.with_only_columns(*columns).group_by(MessageHit.link)
    rows = session.execute(by_link.order_by(people.desc(), MessageHit.link).limit(_MOST_LINKS))
    return [Link(*row) for row in rows]


def _step(session: Session, campaign_id: int) -> str:
    begun = select(Campaign.started_at).where(Campaign.id == campaign_id).scalar_subquery()
    ends = func.max(func.greatest(Message.sent_at, Message.opened_at, Message.clicked_at))
    last = session.scalar(select(ends - begun).where(Message.campaign_id == campaign_id))
    return "hour" if last is None or last < _BY_THE_HOUR else "day"


def _slots(session: Session, campaign_id: int, step: str) -> Sequence[Slot]:
    found: dict[datetime, Slot] = {}
    home = session.scalars(select(Workspace.time_zone)).one()
    for name in ("sent", "opened", "clicked"):
        column: InstrumentedAttribute[datetime | None] = getattr(Message, f"{name}_at")
        slot = func.date_trunc(step, column, home).label("slot")
        mine = (Message.campaign_id == campaign_id, column.is_not(None))
        for at, number in session.execute(select(slot, func.count()).where(*mine).group_by("slot")):
            found[at] = found.get(at, Slot(at, 0, 0, 0))._replace(**{name: number})
    return [found[at] for at in sorted(found)]


def _variants(session: Session, campaign_id: int) -> Sequence[VariantCounts]:
    variant = func.coalesce(Message.variant, "rest")
    columns = (func.count(Message.sent_at), func.count(Message.opened_at), func.count(Message.clicked_at))
    statement = select(variant, *columns).where(Message.campaign_id == campaign_id).group_by(variant)
    rows = [VariantCounts(*row) for row in session.execute(statement.order_by(variant))]
    return rows if any(each.variant != "rest" for each in rows) else []
