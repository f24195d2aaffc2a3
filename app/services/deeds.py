"""What automations did to a contact, by automation and moment: hand-overs and alerts as they were written down."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from operator import itemgetter
from typing import Final, NamedTuple, TypeAlias, TypeVar

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.models import Assignment, Notification, User
from nodes.deeds import Alert, Deeds, Person

Deed = TypeVar("Deed")

# A path counts its seconds as fractions, so its moments are not quite those of the rows.
_SAME: Final = timedelta(milliseconds=100)
_AT: Final = itemgetter(0)

Done: TypeAlias = Callable[[int, datetime], Deeds]
"""What an automation did at a moment."""


class Span(NamedTuple):
    """A time in which an automation did what is asked for, from its first step to its last."""

    automation: int
    since: datetime
    until: datetime


def of_contact(session: Session, contact_id: int, spans: Collection[Span]) -> Done:
    """Return what automations did to the contact in these spans of time."""
    owners: dict[int | None, list[tuple[datetime, Person]]] = defaultdict(list)
    alerts: dict[int | None, list[tuple[datetime, Alert]]] = defaultdict(list)
    handed_over = (
        select(Assignment.automation_id, Assignment.at, User.email, User.name)
        .join(User, User.id == Assignment.user_id)
        .where(Assignment.contact_id == contact_id, _within(spans, Assignment.automation_id, Assignment.at))
        .order_by(Assignment.at, Assignment.id)
    )
    for automation, at, email, name in session.execute(handed_over):
        owners[automation].append((at, Person(email, name)))
    message = Notification
    sent = (
        select(message.automation_id, message.created_at, message.title, message.body, User.email, User.name)
        .join(User, User.id == message.user_id)
        .where(message.contact_id == contact_id, _within(spans, message.automation_id, message.created_at))
        .order_by(message.created_at, message.id)
    )
    for automation, at, title, body, email, name in session.execute(sent):
        alerts[automation].append((at, Alert(Person(email, name), title, body)))
    return lambda automation, at: Deeds(_around(at, owners[automation]), _around(at, alerts[automation]))


def _within(
    spans: Collection[Span], automation: InstrumentedAttribute[int | None], at: InstrumentedAttribute[datetime]
) -> ColumnElement[bool]:
    return or_(
        False,
        *(and_(automation == each.automation, at.between(each.since - _SAME, each.until + _SAME)) for each in spans),
    )


def _around(moment: datetime, deeds: Sequence[tuple[datetime, Deed]]) -> tuple[Deed, ...]:
    """Return the deeds of that moment; they stand in the order of time."""
    first, end = bisect_right(deeds, moment - _SAME, key=_AT), bisect_left(deeds, moment + _SAME, key=_AT)
    return tuple(deed for _, deed in deeds[first:end])
