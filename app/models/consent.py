"""What contacts agreed to hear about, and how that came to be."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Created, Id, Small, one_of


class ConsentChannel(StrEnum):
    """A way to contacts that they agree to, topic by topic."""

    EMAIL = "email"
    SMS = "sms"
    PUSH = "push"


class ConsentState(StrEnum):
    """Whether a contact agreed. `pending`: it said so, and is to confirm it."""

    PENDING = "pending"
    GIVEN = "given"
    WITHDRAWN = "withdrawn"


class ConsentSource(StrEnum):
    """Where a change of consent came from."""

    STAFF = "staff"
    API = "api"
    FORM = "form"
    PREFERENCES = "preferences"
    UNSUBSCRIBE = "unsubscribe"
    CONFIRMATION = "confirmation"
    COMPLAINT = "complaint"
    REPLY = "reply"


class ConsentTopic(Base):
    """Something that contacts agree to hear about. `public`: they find it on their page of preferences.

    `confirm`: whoever agrees elsewhere than there is asked by mail to confirm it (double opt-in).
    """

    __tablename__ = "topic"
    __table_args__ = (one_of("channel", ConsentChannel),)

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(unique=True)
    description: Mapped[str] = mapped_column(server_default="")
    channel: Mapped[str] = mapped_column(server_default=ConsentChannel.EMAIL)
    public: Mapped[bool] = mapped_column(server_default="true")
    confirm: Mapped[bool] = mapped_column(server_default="false")
    created_at: Mapped[Created]


class Consent(Base):
    """Where a contact stands on a topic; no row: it never said. `asks`: how often it was asked to confirm."""

    __tablename__ = "consent"
    __table_args__ = (one_of("state", ConsentState), Index(None, "topic_id"))

    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id", ondelete="CASCADE"), primary_key=True)
    topic_id: Mapped[int] = mapped_column(ForeignKey("topic.id", ondelete="CASCADE"), primary_key=True)
    state: Mapped[str]
    at: Mapped[Created]
    asks: Mapped[Small] = mapped_column(server_default="0")
    asked_at: Mapped[datetime | None]


class OptIn(Base):
    """What becomes of a contact once it confirms the address that a program gave: see `consents/opting_in`."""

    __tablename__ = "opt_in"

    id: Mapped[Id]
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id", ondelete="CASCADE"), index=True)
    wish: Mapped[dict[str, Any]]
    created_at: Mapped[Created]
    confirmed_at: Mapped[datetime | None]


class ConsentChange(Base):
    """One change, kept as proof: of a topic by the name it had, or without one of a whole channel.

    `detail` says more of the source: a page, a form, what a program says. `message_id`: the mail it was done from.
    """

    __tablename__ = "consent_change"
    __table_args__ = (
        one_of("state", ConsentState),
        one_of("source", ConsentSource),
        one_of("channel", ConsentChannel),
        Index(None, "contact_id", "id"),
    )

    id: Mapped[Id]
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id", ondelete="CASCADE"))
    topic_id: Mapped[int | None] = mapped_column(ForeignKey("topic.id", ondelete="SET NULL"), index=True)
    topic: Mapped[str | None]
    channel: Mapped[str]
    state: Mapped[str]
    source: Mapped[str]
    detail: Mapped[str | None]
    message_id: Mapped[int | None]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    at: Mapped[Created]
