"""Addresses that are told what happens here, and what became of each telling."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Created, Id, Small, one_of


class TellingState(StrEnum):
    """How far a delivery to a webhook has come. `dropped`: the webhook was switched off meanwhile."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"


class Webhook(Base):
    """An address that is told of `events`. `secret` is encrypted; until `old_until`, the one before signs, too.

    `failing_since`: none of the tries since then was taken. `disabled_because`: it was switched off by itself.
    `brevo`: what a client of Brevo's said of it, who is told in Brevo's words; None: it is told in ours.
    """

    __tablename__ = "webhook"

    id: Mapped[Id]
    name: Mapped[str]
    url: Mapped[str]
    events: Mapped[list[str]]
    brevo: Mapped[dict[str, Any] | None]
    secret: Mapped[str]
    old_secret: Mapped[str | None]
    old_until: Mapped[datetime | None]
    enabled: Mapped[bool] = mapped_column(server_default="true")
    disabled_because: Mapped[str | None]
    failing_since: Mapped[datetime | None]
    created_at: Mapped[Created]


class WebhookDelivery(Base):
    """One thing that one webhook is told, with the request and the answer of its last try.

    It leaves through the outbox. `body` is written when it first leaves, and stays the same however often it is tried.
    """

    __tablename__ = "webhook_delivery"
    __table_args__ = (
        one_of("state", TellingState),
        Index(None, "webhook_id", "id"),
        Index(None, "contact_id"),
        Index(None, "at"),
        Index("ix_webhook_delivery_failed", "webhook_id", postgresql_where=text("state = 'failed'")),
    )

    id: Mapped[Id]
    webhook_id: Mapped[int] = mapped_column(ForeignKey("webhook.id", ondelete="CASCADE"))
    event: Mapped[str]
    contact_id: Mapped[int | None]
    data: Mapped[dict[str, Any]]
    at: Mapped[Created]
    state: Mapped[str] = mapped_column(server_default=TellingState.PENDING)
    tries: Mapped[Small] = mapped_column(server_default="0")
    body: Mapped[str | None]
    status: Mapped[int | None]
    answer: Mapped[str | None]
    milliseconds: Mapped[int | None]
    tried_at: Mapped[datetime | None]
