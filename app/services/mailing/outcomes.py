"""What became of a message when it was handed over."""

from datetime import UTC, datetime
from typing import Final

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from app.models import DeliveryState, Message, MessageState, SuppressionReason
from app.services.mailing import happenings, suppressions

STOPPED: Final = "stopped"


def settle(session: Session, key: str, state: DeliveryState, reason: str | None, *, bounced: bool) -> None:
    """Write the end of a message's delivery. An address that was refused for good takes no more mail.

    One that was stopped while it was on its way was sent all the same, if the server says so.
    """
    unsettled = or_(Message.state == MessageState.SENDING, Message.reason == STOPPED)
    message = session.scalar(select(Message).where(Message.key == key, unsettled))
    if message is None:
        return
    if state == DeliveryState.SENT:
        message.state, message.sent_at, message.reason = MessageState.SENT, datetime.now(UTC), None
        return
    message.state = MessageState.BOUNCED if bounced else MessageState.FAILED
    message.reason = reason or "no_server"
    if bounced:
        suppressions.add(message.address, SuppressionReason.HARD_BOUNCE)
        happenings.record(session, message, happenings.BOUNCED, bounce="hard")
