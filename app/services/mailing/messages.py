"""The messages that a contact got, and what was done with each."""

from collections import defaultdict
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from app import db
from app.adapters.bulk import among
from app.errors import NotFound
from app.models import Contact, Message, MessageHit
from app.services.paging import Order, Page, Paging, page


class HitView(NamedTuple):
    """What was done with a message, when, and by which machine, if by one; `detail` as in `MessageHit`."""

    kind: str
    link: str | None
    machine: str | None
    detail: str | None
    at: datetime


class MessageView(NamedTuple):
    """A message to a contact."""

    id: int
    channel: str
    kind: str
    state: str
    reason: str | None
    address: str
    subject: str
    automation_id: int | None
    created_at: datetime
    sent_at: datetime | None
    opened_at: datetime | None
    clicked_at: datetime | None
    hits: list[HitView]


def of_contact(contact_id: int, paging: Paging) -> Page[MessageView]:
    """Return a contact's messages, the newest first. Raises NotFound."""
    with db.transaction() as session:
        if session.get(Contact, contact_id) is None:
            raise NotFound.thing("contact", contact_id)
        wanted = select(Message).where(Message.contact_id == contact_id)
        found = page(session, wanted, [Order(Message.id, descending=True)], paging)
        hits: defaultdict[int, list[HitView]] = defaultdict(list)
        numbers = [message.id for message in found.items]
        for hit in session.scalars(
            select(MessageHit).where(among(MessageHit.message_id, numbers)).order_by(MessageHit.id)
        ):
            hits[hit.message_id].append(HitView(hit.kind, hit.link, hit.machine, hit.detail, hit.at))
        return Page([_view(each, hits[each.id]) for each in found.items], found.next_cursor)


def _view(message: Message, hits: list[HitView]) -> MessageView:
    plain = {name: getattr(message, name) for name in MessageView._fields if name != "hits"}
    return MessageView(**plain, hits=hits)
