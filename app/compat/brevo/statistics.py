"""What became of the mails sent to a contact, read from its events."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Row, func, select

from app import db
from app.compat.brevo.requests import written
from app.models import Event, EventType

_PLAIN: Final = {
    "email_sent": "messagesSent",
    "email_delivered": "delivered",
    "email_hard_bounced": "hardBounces",
    "email_soft_bounced": "softBounces",
    "email_complained": "complaints",
}
_OPENED: Final = "email_opened"
_CLICKED: Final = "email_clicked"
_UNSUBSCRIBED: Final = "email_unsubscribed"
_NUMBER: Final = "^[0-9]{1,15}$"


def statistics(contact_id: int, period: tuple[datetime, datetime] | None) -> Mapping[str, object]:
    """Return the counts by campaign; only events whose `campaign` is a number, which Brevo's campaigns have."""
    found: dict[str, Any] = {key: [] for key in (*_PLAIN.values(), "opened", "clicked", "transacAttributes")}
    links: dict[int, list[Mapping[str, object]]] = defaultdict(list)
    left: list[Mapping[str, object]] = []
    for row in _tallies(contact_id, period):
        when = {"campaignId": int(row.campaign), "eventTime": written(row.last)}
        if row.name in _PLAIN:
            found[_PLAIN[row.name]].append(when)
        elif row.name == _OPENED:
            found["opened"].append(when | {"count": row.times, "ip": row.ip})
        elif row.name == _UNSUBSCRIBED:
            left.append(when | {"ip": row.ip})
        else:
            links[int(row.campaign)].append(
                {"count": row.times, "eventTime": written(row.last), "ip": row.ip, "url": row.link}
            )
    clicked = [{"campaignId": campaign, "links": clicks} for campaign, clicks in links.items()]
    return found | {"clicked": clicked, "unsubscriptions": {"userUnsubscription": left, "adminUnsubscription": []}}


def _tallies(contact_id: int, period: tuple[datetime, datetime] | None) -> list[Row[Any]]:
    campaign = Event.properties["campaign"].astext
    link = func.coalesce(Event.properties["link"].astext, "").label("link")
    statement = (
        select(
            EventType.name,
            campaign.label("campaign"),
            link,
            func.count().label("times"),
            func.max(Event.at).label("last"),
            func.coalesce(func.max(Event.properties["ip"].astext), "").label("ip"),
        )
        .join(EventType, EventType.id == Event.type_id)
        .where(
            Event.contact_id == contact_id,
            EventType.name.in_([*_PLAIN, _OPENED, _CLICKED, _UNSUBSCRIBED]),
            campaign.regexp_match(_NUMBER),
        )
        .group_by(EventType.name, campaign, link)
        .order_by(func.max(Event.at).desc())
    )
    if period is not None:
        statement = statement.where(Event.at.between(*period))
    with db.transaction() as session:
        return list(session.execute(statement))
