"""Alerts to users: reading them, and following them live."""

import queue
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import Row, Select, func, select, update

from app import db
from app.adapters import live
from app.adapters.contact_names import contact_name
from app.errors import NotFound
from app.models import Automation, Contact, Notification, User
from app.services.paging import Order, Page, Paging, page
from app.services.views import Reference, reference

HEARTBEAT_SECONDS: Final = 15
_REMEMBERED: Final = 200
_AT_ONCE: Final = 100


class Alert(NamedTuple):
    """A notification as its user reads it; `comment` is the id of the one in the automation that it is about."""

    id: int
    title: str
    body: str
    contact: Reference | None
    automation: Reference | None
    comment: int | None
    created_at: datetime
    read_at: datetime | None


class News(NamedTuple):
    """Something for an open browser. `alert` is the new one, where it is about one."""

    type: str
    data: dict[str, Any]
    alert: Alert | None = None


def newest(user_id: int, paging: Paging, *, unread: bool = False) -> Page[Alert]:
    """Return the user's alerts, newest first."""
    statement = _alerts(user_id)
    if unread:
        statement = statement.where(Notification.read_at.is_(None))
    with db.transaction() as session:
        found = page(session, statement, [Order(Notification.id, descending=True)], paging)
    return Page([_alert(row) for row in found.items], found.next_cursor)


def unread_count(user_id: int) -> int:
    """Return how many alerts the user has not read."""
    with db.transaction() as session:
        count = session.scalar(
            select(func.count()).where(Notification.user_id == user_id, Notification.read_at.is_(None))
        )
    return count or 0


def mark(user_id: int, notification_id: int, *, read: bool) -> None:
    """Mark one of the user's alerts as read or unread; raises NotFound."""
    with db.transaction() as session:
        changed = session.execute(
            update(Notification)
            .where(Notification.id == notification_id, Notification.user_id == user_id)
            .values(read_at=func.coalesce(Notification.read_at, func.now()) if read else None)
            .returning(Notification.id)
        ).first()
        if changed is None:
            raise NotFound.thing("notification", notification_id)
        live.publish(live.user_channel(user_id), "unread")


def mark_all_read(user_id: int) -> None:
    """Mark all of the user's alerts as read."""
    with db.transaction() as session:
        session.execute(
            update(Notification)
            .where(Notification.user_id == user_id, Notification.read_at.is_(None))
            .values(read_at=func.now())
        )
        live.publish(live.user_channel(user_id), "unread")


def follow(user_id: int, last_id: int | None) -> Iterator[News | None]:
    """Yield what happens, for as long as the user is active; first the alerts after `last_id`.

    Holds no connection to the database between two pieces of news. Yields None as a sign of life.
    """
    unseen = _Unseen(user_id, last_id)
    begun = _sessions(user_id)
    with live.hub.listen([live.user_channel(user_id), live.WORKSPACE]) as inbox:
        yield None
        yield from unseen.news()
        while begun is not None and _sessions(user_id) == begun:
            yield from _for_a_while(inbox, unseen)
            yield None


def _for_a_while(inbox: live.Inbox, unseen: "_Unseen") -> Iterator[News]:
    """Yield the news of one heartbeat, then what was missed, if anything."""
    end = time.monotonic() + HEARTBEAT_SECONDS
    while (left := end - time.monotonic()) > 0:
        try:
            message = inbox.get(timeout=left)
        except queue.Empty:
            break
        if message.type in {None, "notification"}:
            yield from unseen.news()
        elif message.type == "unread":
            yield News("unread", {"unread": unread_count(unseen.user_id)})
        elif message.type is not None:
            yield News(message.type, dict(message.data))
    yield from unseen.news()


class _Unseen:
    """The alerts that one stream has not told yet.

    A transaction may commit a smaller id after a larger one, so the last ids are kept instead of one high-water mark.
    """

    def __init__(self, user_id: int, last_id: int | None) -> None:
        self.user_id = user_id
        self._floor = last_id if last_id is not None else self._newest()
        self._seen: list[int] = []

    def news(self) -> Iterator[News]:
        while found := self._next():
            unread = unread_count(self.user_id)
            for alert in found:
                yield News("notification", {"unread": unread}, alert)
            self._remember([alert.id for alert in found])

    def _next(self) -> Sequence[Alert]:
        statement = _alerts(self.user_id).where(Notification.id > self._floor, Notification.id.not_in(self._seen))
        with db.transaction() as session:
            return [_alert(row) for row in session.execute(statement.order_by(Notification.id).limit(_AT_ONCE))]

    def _remember(self, ids: Sequence[int]) -> None:
        self._seen = sorted([*self._seen, *ids])
        if len(self._seen) > _REMEMBERED:
            forgotten = len(self._seen) - _REMEMBERED
            self._floor = self._seen[forgotten - 1]
            self._seen = self._seen[forgotten:]

    def _newest(self) -> int:
        with db.transaction() as session:
            return session.scalar(select(func.max(Notification.id)).where(Notification.user_id == self.user_id)) or 0


def _sessions(user_id: int) -> str | None:
    """What all sessions of an active user carry: another value once they were ended, by a new password for example."""
    with db.transaction() as session:
        return session.scalar(select(User.fs_uniquifier).where(User.id == user_id, User.active))


def _alerts(user_id: int) -> Select[*tuple[Any, ...]]:
    return (
        select(
            Notification.id,
            Notification.title,
            Notification.body,
            Contact.id,
            contact_name(),
            Automation.id,
            Automation.name,
            Notification.comment_id,
            Notification.created_at,
            Notification.read_at,
        )
        .outerjoin(Contact, Contact.id == Notification.contact_id)
        .outerjoin(Automation, Automation.id == Notification.automation_id)
        .where(Notification.user_id == user_id)
    )


def _alert(row: Row[Any]) -> Alert:
    number, title, body, contact, called, automation, name, comment, created_at, read_at = tuple(row)
    about = reference(contact, called), reference(automation, name)
    return Alert(number, title, body, *about, comment, created_at, read_at)
