"""What people do with mail that they got: each opening, click and unsubscription is kept, and told to automations.

What a machine does is kept, too, and told to nobody.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import db
from app.adapters import mail_links, throttle
from app.adapters.catalog import load_catalog
from app.adapters.engine.world import load_contacts
from app.adapters.event_text import carried
from app.adapters.mail_links import LinkKind
from app.models import Contact, HitKind, Message, MessageHit, Outbox, TemplateVersion
from app.services.contacts import lookup
from app.services.mailing import happenings, machines
from app.services.mailing.composing import destination
from app.services.mailing.machines import Before, Hit
from app.services.web.identity import signed
from app.services.web.sites import is_watched
from nodes.fields.templates import asks_event, reads_of
from nodes.world import Event

_EVENTS: Final = {
    HitKind.OPENED: happenings.OPENED,
    HitKind.CLICKED: happenings.CLICKED,
    HitKind.UNSUBSCRIBED: happenings.UNSUBSCRIBED,
}
# A mail that is scrolled back to, or printed, loads its picture again.
_SAME_OPENING_SECONDS: Final = 60.0
_REMEMBERED: Final = timedelta(minutes=10)
PACE: Final = "60 per minute"
"""A message is told of so often; who asks for its addresses again and again fills nothing."""


class Visitor(NamedTuple):
    """Who asks for an address of a mail, as far as it says."""

    agent: str
    head_only: bool = False


def opened(token: str, visitor: Visitor) -> None:
    """Note that a mail was opened; an address that is none of ours does nothing."""
    link = mail_links.read(LinkKind.OPENED, token)
    if link is None or _too_often("mail", link.message):
        return
    with db.transaction() as session:
        if message := held(session, link.message):
            note(session, message, HitKind.OPENED, visitor)


def clicked(token: str, visitor: Visitor) -> str | None:
    """Note that a link was followed, and return where it leads; None for an address that leads nowhere.

    It leads on, too, when its message is not kept any more.
    """
    link = mail_links.read(LinkKind.CLICKED, token)
    if link is None:
        return None
    too_often = _too_often("mail", link.message)
    with db.transaction() as session:
        message = held(session, link.message)
        contact = message.contact_id if message else lookup.present(session, link.contact)
        version_id = message.version_id if message else link.version
        version = session.get(TemplateVersion, version_id) if version_id else None
        if not version or not 0 <= link.link < len(version.links):
            return None
        people = load_contacts(
            session, [contact], reads_of(version.links[link.link]), load_catalog(), datetime.now(UTC)
        )
        event = _event(session, message) if asks_event(version.links[link.link]) else None
        leads_to = destination(version, link.link, people[contact], event) if contact in people else ""
        if not leads_to:
            return None
        if message and not too_often:
            note(session, message, HitKind.CLICKED, visitor, leads_to)
        return signed(leads_to, contact) if is_watched(leads_to) else leads_to


def _event(session: Session, message: Message | None) -> Event | None:
    """Return what let the contact in, as long as its delivery is kept."""
    asked = select(Outbox.payload).where(Outbox.key == message.key) if message else None
    payload = session.scalar(asked) if asked is not None else None
    return carried(payload) if payload else None


def trapped(token: str) -> None:
    """Note that the link was followed that no person sees."""
    link = mail_links.read(LinkKind.TRAP, token)
    if link is None or _too_often("trap", link.message):
        return
    with db.transaction() as session:
        if message := held(session, link.message):
            session.add(MessageHit(message_id=message.id, kind=HitKind.CLICKED, machine=machines.TRAP))


def _too_often(what: str, message: int) -> bool:
    """Count one try; asked before the message is held, so that nobody waits for Redis."""
    return throttle.exceeded(PACE, (what, str(message))) is not None


def held(session: Session, number: int) -> Message | None:
    """Find a message, and let nobody else write to it meanwhile.

    Its contact first, as who erases that does: two that hold both never wait for each other.
    """
    owner = select(Message.contact_id).where(Message.id == number).scalar_subquery()
    session.execute(select(Contact.id).where(Contact.id == owner).with_for_update(read=True, key_share=True))
    return session.get(Message, number, with_for_update=True)


def is_known(session: Session, message: Message, kind: HitKind) -> bool:
    """Tell whether that was noted before: by another browser of the contact, or told twice."""
    same = select(MessageHit.id).where(MessageHit.message_id == message.id, MessageHit.kind == kind)
    return session.scalar(same.limit(1)) is not None


def note(session: Session, message: Message, kind: HitKind, visitor: Visitor, link: str | None = None) -> None:
    """Keep what was done with a message, and tell automations unless a machine did it."""
    now = datetime.now(UTC)
    since = (now - (message.sent_at or message.created_at)).total_seconds()
    before = tuple(_before(session, message, now))
    if kind == HitKind.OPENED and any(each.kind == kind and each.seconds < _SAME_OPENING_SECONDS for each in before):
        return
    machine = machines.judge(Hit(kind, visitor.agent, visitor.head_only, since, link, before))
    session.add(MessageHit(message_id=message.id, kind=kind, link=link, machine=machine, at=now))
    if machine:
        return
    if kind == HitKind.CLICKED:
        message.clicked_at = message.clicked_at or now
    if kind in {HitKind.OPENED, HitKind.CLICKED}:
        message.opened_at = message.opened_at or now
    happenings.record(session, message, _EVENTS[kind], link)


def _before(session: Session, message: Message, now: datetime) -> Sequence[Before]:
    wanted = select(MessageHit).where(MessageHit.message_id == message.id, MessageHit.at > now - _REMEMBERED)
    recent = session.scalars(wanted.order_by(MessageHit.id.desc()).limit(50))
    return [Before(each.kind, each.link, (now - each.at).total_seconds(), each.machine) for each in recent]
