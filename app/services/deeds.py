"""What automations did to a contact, by automation and moment: hand-overs and alerts as they were written down."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import Final, TypeAlias, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.adapters.bulk import among
from app.models import Assignment, Notification, User
from nodes.deeds import Alert, Deeds, Person

Deed = TypeVar("Deed")

_SAME: Final = timedelta(milliseconds=100)

Done: TypeAlias = Callable[[int, datetime], Deeds]
"""What an automation did at a moment."""


def of_contact(session: Session, contact_id: int, automations: Collection[int]) -> Done:
    """Return what these automations did to the contact."""
    owners: dict[int | None, list[tuple[datetime, Person]]] = defaultdict(list)
    alerts: dict[int | None, list[tuple[datetime, Alert]]] = defaultdict(list)
    handed_over = (
        select(Assignment.automation_id, Assignment.at, User.email, User.name)
        .join(User, User.id == Assignment.user_id)
        .where(Assignment.contact_id == contact_id, among(Assignment.automation_id, automations))
        .order_by(Assignment.id)
    )
    for automation, at, email, name in session.execute(handed_over):
        owners[automation].append((at, Person(email, name)))
    sent = (
        select(Notification, User.email, User.name)
        .join(User, User.id == Notification.user_id)
        .where(Notification.contact_id == contact_id, among(Notification.automation_id, automations))
        .order_by(Notification.id)
    )
    for each, email, name in session.execute(sent):
        alerts[each.automation_id].append((each.created_at, Alert(Person(email, name), each.title, each.body)))
    return lambda automation, at: Deeds(_around(at, owners[automation]), _around(at, alerts[automation]))


def _around(moment: datetime, deeds: Sequence[tuple[datetime, Deed]]) -> tuple[Deed, ...]:
    """A path counts its seconds as fractions, so its moments are not quite those of the rows."""
    return tuple(deed for at, deed in deeds if abs(at - moment) < _SAME)
