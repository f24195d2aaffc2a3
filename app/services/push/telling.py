"""What browsers tell of a notification: that it was shown, clicked or dismissed."""

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import db
from app.adapters import mail_links
from app.adapters.catalog import load_catalog
from app.adapters.engine.world import load_contacts
from app.adapters.event_text import carried
from app.adapters.mail_links import LinkKind
from app.models import HitKind, Message, MessageHit, Outbox
from app.services.mailing import happenings
from app.services.mailing.composing import filled_address
from app.services.mailing.tracking import held, is_known
from nodes.fields.templates import reads_of

_EVENTS: Final = {HitKind.CLICKED: happenings.PUSH_CLICKED, HitKind.DISMISSED: happenings.PUSH_DISMISSED}
TOLD: Final = {HitKind.SHOWN, *_EVENTS}


def told(token: str, kind: HitKind) -> None:
    """Note what was done with a notification, each thing once, and tell automations.

    An address that is none of ours does nothing.
    """
    address = mail_links.read(LinkKind.NOTIFICATION, token)
    with db.transaction() as session:
        message = held(session, address.message) if address else None
        if message is None or is_known(session, message, kind):
            return
        now = datetime.now(UTC)
        link = _link(session, message, now) if kind == HitKind.CLICKED else None
        session.add(MessageHit(message_id=message.id, kind=kind, link=link, at=now))
        message.opened_at = message.opened_at or now
        if kind == HitKind.CLICKED:
            message.clicked_at = now
        if kind in _EVENTS:
            happenings.record(session, message, _EVENTS[kind], link)


def _link(session: Session, message: Message, now: datetime) -> str | None:
    """Return where the notification leads, without the mark that says who comes."""
    payload = session.scalar(select(Outbox.payload).where(Outbox.key == message.key))
    if payload is None:
        return None
    written = payload["link"]
    people = load_contacts(session, [message.contact_id], reads_of(written), load_catalog(), now)
    return filled_address(written, people[message.contact_id], carried(payload)) or None
