"""What became of a message when it was handed over."""

from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from typing import Final

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from app.adapters import announcing
from app.adapters.announcing import RECORDED, News
from app.adapters.bulk import among
from app.models import ConsentChannel, DeliveryState, Message, MessageState, SuppressionReason
from app.services.mailing import happenings, suppressions

STOPPED: Final = "stopped"
_UNSETTLED: Final = or_(Message.state == MessageState.SENDING, Message.reason == STOPPED)


def settle_sent(session: Session, keys: Collection[str]) -> None:
    """Write of many messages at once that they were sent."""
    sent = {"state": MessageState.SENT, "sent_at": datetime.now(UTC), "reason": None}
    statement = update(Message).where(among(Message.key, keys), _UNSETTLED).values(sent)
    settled = session.execute(
        statement.returning(Message.id, Message.contact_id, Message.channel),
        execution_options={"synchronize_session": False},
    )
    mails = [(number, contact) for number, contact, channel in settled if channel == ConsentChannel.EMAIL]
    tell(session, happenings.SENT, mails)


def tell(session: Session, event: str, mails: Iterable[tuple[int, int]]) -> None:
    """Tell webhooks what happened to mail that no history holds: messages with their contacts."""
    news = (News(f"{RECORDED}{event}", contact, {"properties": {"message": number}}) for number, contact in mails)
    announcing.announce(session, news)


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
