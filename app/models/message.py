"""What leaves the engine: alerts to users, deliveries to the outside world, and how many messages reached whom."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import ForeignKey, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Created, Id, Small, one_of

# In SQL as it stands in the indexes, so that PostgreSQL sees that they serve.
LANES: Final[Mapping[str, str]] = {
    "mail": "kind NOT IN ('webhook', 'hook', 'push', 'sms')",
    "push": "kind = 'push'",
    "sms": "kind = 'sms'",
    "calls": "kind IN ('webhook', 'hook')",
}
"""Which deliveries leave beside each other: however slow a webhook or a push service is, no mail stands behind it."""
OF_PROGRAMS: Final = "kind = 'email' AND automation_id IS NULL AND campaign_id IS NULL"
"""Which deliveries are mail that a program sends."""
IN_PAYLOAD: Final[Mapping[str, str]] = {name: f"(payload ->> '{name}')" for name in ("batch", "letter")}
"""By what these are looked up: the batch that the program named, and the call they came with."""


class DeliveryState(StrEnum):
    """How far a delivery has come.

    `held`: its automation or campaign is paused. `kept`: there was nowhere to send it, so it can be read here only.
    """

    PENDING = "pending"
    HELD = "held"
    SENT = "sent"
    KEPT = "kept"
    FAILED = "failed"


class Notification(Base):
    """An alert to one user; the automation and the comment that it is about may be gone by now."""

    __tablename__ = "notification"
    __table_args__ = (
        Index(None, "user_id", "id"),
        Index("ix_notification_unread", "user_id", postgresql_where=text("read_at IS NULL")),
    )

    id: Mapped[Id]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id", ondelete="CASCADE"))
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id", ondelete="CASCADE"), index=True)
    automation_id: Mapped[int | None]
    comment_id: Mapped[int | None]
    title: Mapped[str]
    body: Mapped[str]
    created_at: Mapped[Created]
    read_at: Mapped[datetime | None]


class Outbox(Base):
    """A delivery to the outside world, written with what caused it and carried out afterwards, at least once.

    `key` is handed over, so that the other side can tell a repetition. `enrollment_id`: the run that waits for it.
    `automation_id`: whose step wrote it, None if it was no step; `campaign_id`: for which campaign. `sending`: a sender
    works on it, unless its lease (`due_at`) ran out. `channel`: by which it reaches its contact, empty if by none.
    Where that channel has a send rate, what has the higher `priority` leaves first. `turn_at`: when it may leave, once
    that was told by the rates of senders and domains.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        one_of("state", DeliveryState),
        *(
            Index(f"ix_outbox_due_{lane}", "due_at", postgresql_where=text(f"state = 'pending' AND {kinds}"))
            for lane, kinds in LANES.items()
        ),
        *(
            Index(
                f"ix_outbox_turn_{lane}",
                "channel",
                text("priority DESC"),
                "due_at",
                postgresql_where=text(f"state = 'pending' AND {kinds}"),
            )
            for lane, kinds in LANES.items()
        ),
        Index("ix_outbox_enrollment", "enrollment_id", postgresql_where=text("enrollment_id IS NOT NULL")),
        Index("ix_outbox_automation", "automation_id", postgresql_where=text("state IN ('pending', 'held')")),
        Index(
            "ix_outbox_campaign",
            "campaign_id",
            "due_at",
            postgresql_where=text("state IN ('pending', 'held') AND campaign_id IS NOT NULL"),
        ),
        Index("ix_outbox_kind", "kind", "id"),
        *(
            Index(f"ix_outbox_of_programs_{name}", text(what), postgresql_where=text(OF_PROGRAMS))
            for name, what in IN_PAYLOAD.items()
        ),
        Index("ix_outbox_failed", "id", postgresql_where=text("state = 'failed'")),
    )

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    payload: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(server_default=DeliveryState.PENDING)
    due_at: Mapped[Created]
    tries: Mapped[Small] = mapped_column(server_default="0")
    turn_at: Mapped[datetime | None]
    sending: Mapped[bool] = mapped_column(server_default="false")
    error: Mapped[str | None]
    contact_id: Mapped[int | None] = mapped_column(index=True)
    enrollment_id: Mapped[int | None]
    automation_id: Mapped[int | None]
    campaign_id: Mapped[int | None]
    channel: Mapped[str] = mapped_column(server_default="")
    priority: Mapped[Small] = mapped_column(server_default="0")
    created_at: Mapped[Created]
    settled_at: Mapped[datetime | None]


class MessageLedger(Base):
    """The messages to one contact that a frequency cap still counts, as `[channel, time]`, the oldest first.

    Written while there are caps; each time, those that count no more are left out.
    """

    __tablename__ = "message_ledger"

    contact_id: Mapped[int] = mapped_column(
        ForeignKey("contact.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    messages: Mapped[list[Any]]


class SendCount(Base):
    """How many deliveries of a channel with a send rate were tried in a small part (a `slot`) of the rate's period."""

    __tablename__ = "send_count"

    channel: Mapped[str] = mapped_column(primary_key=True)
    slot: Mapped[datetime] = mapped_column(primary_key=True)
    count: Mapped[int]


class RoomCheck(Base):
    """A partition in which those who wait for room under a frequency cap are to look again: the caps changed."""

    __tablename__ = "room_check"

    part: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
