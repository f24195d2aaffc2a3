"""What became of a message when it was handed over."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from app.adapters.bulk import among
from app.models import DeliveryState, Message, MessageState, SuppressionReason
from app.services.mailing import happenings, suppressions

STOPPED: Final = "stopped"
_UNSETTLED: Final = or_(Message.state == MessageState.SENDING, Message.reason == STOPPED)


def settle_sent(session: Session, keys: Collection[str]) -> None:
    """Write of many messages at once that they were sent."""
    sent = {"state": MessageState.SENT, "sent_at": datetime.now(UTC), "reason": None}
    statement = update(Message).where(among(Message.key, keys), _UNSETTLED).values(sent)
    session.execute(statement.execution_options(synchronize_session=False))


def settle(session: Session, key: str, state: DeliveryState, reason: str | None, *, bounced: bool) -> None:
    """Write the end of a message's delivery. An address that was refused for good takes no more mail.

    One that was stopped while it was on its way was sent all the same, if the server says so.
    """
    if state == DeliveryState.SENT:
        settle_sent(session, [key])
        return
    message = session.scalar(select(Message).where(Message.key == key, _UNSETTLED))
    if message is None:
        return
    message.state = MessageState.BOUNCED if bounced else MessageState.FAILED
    message.reason = reason or "no_server"
    if bounced:
        suppressions.add(message.address, SuppressionReason.HARD_BOUNCE)
        happenings.record(session, message, happenings.BOUNCED, bounce="hard")
