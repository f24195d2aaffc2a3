"""Unsubscribing by the link of a mail: from the topic of that mail, or from all mail where it has none."""

from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import db
from app.adapters import mail_links
from app.adapters.mail_links import LinkKind, MailLink
from app.models import (
    ConsentChange,
    ConsentChannel,
    ConsentSource,
    ConsentState,
    ConsentTopic,
    Contact,
    HitKind,
    Message,
)
from app.services.consents import giving
from app.services.consents.giving import Origin, Wish
from app.services.consents.preferences import language_of
from app.services.contacts import lookup
from app.services.mailing.tracking import Visitor, held, note
from nodes.texts import Language

_UNDO: Final = timedelta(days=1)


class Scope(NamedTuple):
    """What an address to unsubscribe is about: whose mail, and of which topic; None: all mail.

    `preferences` is the address of the page for all topics. `language`: the contact's, if known.
    """

    who: str
    topic: str | None
    preferences: str
    language: Language | None


class _Asked(NamedTuple):
    contact: Contact
    message: Message | None
    topic: ConsentTopic | None


def scope(token: str) -> Scope | None:
    """Return what an address to unsubscribe is about; None if it is none of ours. Changes nothing."""
    with db.transaction() as session:
        asked = _asked(session, token)
        if asked is None:
            return None
        message = asked.message.id if asked.message else 0
        page = mail_links.address(MailLink(LinkKind.PREFERENCES, message, contact=asked.contact.id))
        who = asked.message.address if asked.message else asked.contact.email or ""
        return Scope(who, asked.topic.name if asked.topic else None, page, language_of(session, asked.contact.id))


def unsubscribe(token: str, visitor: Visitor) -> bool:
    """Let the contact get no more of it; False for an address that is none of ours. The second time does nothing."""
    with db.transaction() as session:
        asked = _asked(session, token)
        if asked is None:
            return False
        if _settle(session, asked, ConsentState.WITHDRAWN) and asked.message:
            note(session, asked.message, HitKind.UNSUBSCRIBED, visitor)
        return True


def subscribe_again(token: str) -> bool:
    """Take back what was done by this very mail a short while ago; False if nothing was."""
    with db.transaction() as session:
        asked = _asked(session, token)
        if asked is None or not _lately_left(session, asked):
            return False
        _settle(session, asked, ConsentState.GIVEN)
        return True


def _settle(session: Session, asked: _Asked, state: ConsentState) -> bool:
    """Return whether that changed anything."""
    origin = Origin(ConsentSource.UNSUBSCRIBE, None, asked.message.id if asked.message else None)
    if asked.topic:
        return bool(giving.settle(session, [Wish(asked.contact.id, asked.topic.id, state)], origin))
    out = state == ConsentState.WITHDRAWN
    return giving.flag(session, asked.contact.id, ConsentChannel.EMAIL, origin, out=out)


def _lately_left(session: Session, asked: _Asked) -> bool:
    """Tell whether the last word on it was to leave by this very mail, a short while ago."""
    last = select(ConsentChange).where(
        ConsentChange.contact_id == asked.contact.id,
        ConsentChange.channel == ConsentChannel.EMAIL,
        ConsentChange.topic_id.is_not_distinct_from(asked.topic.id if asked.topic else None),
    )
    change = session.scalar(last.order_by(ConsentChange.id.desc()).limit(1))
    if change is None or change.state != ConsentState.WITHDRAWN or change.source != ConsentSource.UNSUBSCRIBE:
        return False
    here = asked.message.id if asked.message else None
    return change.message_id == here and change.at > datetime.now(UTC) - _UNDO


def _asked(session: Session, token: str) -> _Asked | None:
    link = mail_links.read(LinkKind.UNSUBSCRIBE, token)
    message = held(session, link.message) if link else None
    number = message.contact_id if message else link and lookup.present(session, link.contact)
    contact = session.get(Contact, number) if number else None
    if contact is None:
        return None
    topic = session.get(ConsentTopic, message.topic_id) if message and message.topic_id else None
    return _Asked(contact, message, topic)
