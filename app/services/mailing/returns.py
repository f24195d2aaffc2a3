"""What came back of mail: bounces, complaints and answers, tied to their message, and what follows for the address."""

import hmac
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import db
from app.adapters import returned
from app.adapters.returned import Returned, ReturnKind
from app.models import (
    ConsentChannel,
    ConsentSource,
    HitKind,
    Message,
    MessageHit,
    MessageState,
    SuppressionReason,
)
from app.services.consents import giving
from app.services.consents.giving import Origin
from app.services.mailing import happenings, return_settings, suppressions
from app.services.mailing.composing import message_id
from app.services.mailing.tracking import held

_KINDS: Final = {
    ReturnKind.HARD: HitKind.BOUNCED,
    ReturnKind.SOFT: HitKind.DEFERRED,
    ReturnKind.COMPLAINT: HitKind.COMPLAINED,
    ReturnKind.REPLY: HitKind.REPLIED,
}


class Taken(NamedTuple):
    """What was made of a message that came in: its kind and the message it is about; None: it says nothing to us."""

    kind: str | None
    message: int | None


def take(raw: bytes) -> Taken:
    """Note what a report says, once however often it comes. Whatever is none, or not about our mail, does nothing."""
    report = returned.read(raw)
    if report is None:
        return Taken(None, None)
    with db.transaction() as session:
        message = next((found for each in report.references if (found := _message_of(session, each))), None)
        if message is None:
            return Taken(report.kind, None)
        _settle(session, message, report)
        return Taken(report.kind, message.id)


def _message_of(session: Session, reference: str) -> Message | None:
    """Find the message that a reference is of. It is signed: nobody can let mail of others come back."""
    message = held(session, int(reference.partition(".")[0]))
    made = message_id(message.key, message.id) if message else ""
    return message if hmac.compare_digest(made, reference) else None


def _settle(session: Session, message: Message, report: Returned) -> None:
    kind = _KINDS[report.kind]
    same = select(MessageHit.id).where(MessageHit.message_id == message.id, MessageHit.kind == kind)
    if session.scalar(same.limit(1)) is not None:
        return
    session.add(MessageHit(message_id=message.id, kind=kind, detail=report.said))
    if report.kind == ReturnKind.REPLY:
        happenings.record(session, message, happenings.REPLIED)
        return
    if report.kind == ReturnKind.COMPLAINT:
        suppressions.add(message.address, SuppressionReason.COMPLAINT)
        origin = Origin(ConsentSource.COMPLAINT, report.said, message.id)
        giving.flag(session, message.contact_id, ConsentChannel.EMAIL, origin, out=True)
        happenings.record(session, message, happenings.COMPLAINED)
        return
    message.state, message.reason = MessageState.BOUNCED, report.said
    session.flush()
    if report.kind == ReturnKind.HARD:
        suppressions.add(message.address, SuppressionReason.HARD_BOUNCE)
    elif _too_often(session, message):
        suppressions.add(message.address, SuppressionReason.SOFT_BOUNCES)
    happenings.record(session, message, happenings.BOUNCED, bounce=report.kind)


def _too_often(session: Session, message: Message) -> bool:
    """Tell whether mail to the address could not be delivered so often lately that it is given up."""
    limit = return_settings.current(session)
    deferred = (
        select(func.count())
        .select_from(MessageHit)
        .join(Message, Message.id == MessageHit.message_id)
        .where(
            Message.contact_id == message.contact_id,
            Message.address == message.address,
            MessageHit.kind == HitKind.DEFERRED,
            MessageHit.at > datetime.now(UTC) - timedelta(days=limit.soft_days),
        )
    )
    return (session.scalar(deferred) or 0) >= limit.soft_limit
