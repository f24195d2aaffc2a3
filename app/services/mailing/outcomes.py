"""What became of a message when it was handed over."""

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.models import DeliveryState, Message, MessageState, SuppressionReason
from app.services.mailing import happenings, suppressions


def settle(session: Session, key: str, state: DeliveryState, reason: str | None, *, bounced: bool) -> None:
    """Write the end of a message's delivery. An address that was refused for good takes no more mail."""
    message = session.scalar(select(Message).where(Message.key == key, Message.state == MessageState.SENDING))
    if message is None:
        return
    if state == DeliveryState.SENT:
        message.state, message.sent_at, message.reason = MessageState.SENT, datetime.now(UTC), None
        return
    message.state = MessageState.BOUNCED if bounced else MessageState.FAILED
    message.reason = reason or "no_server"
    if bounced:
        suppressions.add(message.address, SuppressionReason.HARD_BOUNCE)
        happenings.record(session, message, happenings.BOUNCED)
