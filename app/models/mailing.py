"""Mail to contacts: who sends, what is sent, each message that was, and which addresses take none."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Created, Id, one_of


class TemplateFormat(StrEnum):
    """What a template is written in."""

    MJML = "mjml"
    HTML = "html"


class MessageKind(StrEnum):
    """What a message was sent by."""

    CAMPAIGN = "campaign"
    AUTOMATION = "automation"
    TRANSACTIONAL = "transactional"


class MessageState(StrEnum):
    """How far a message has come. `left_out`: its contact could not be written to, see `reason`."""

    SENDING = "sending"
    SENT = "sent"
    BOUNCED = "bounced"
    FAILED = "failed"
    LEFT_OUT = "left_out"


class HitKind(StrEnum):
    """What was done with a message, or came back of it. `deferred`: it could not be delivered for now.

    `replied`: an answer to it came to the mailbox that mail comes back to.

    `shown` and `dismissed` are about notifications, `delivered` and `undelivered` about SMS.
    """

    OPENED = "opened"
    CLICKED = "clicked"
    UNSUBSCRIBED = "unsubscribed"
    BOUNCED = "bounced"
    DEFERRED = "deferred"
    COMPLAINED = "complained"
    REPLIED = "replied"
    SHOWN = "shown"
    DISMISSED = "dismissed"
    DELIVERED = "delivered"
    UNDELIVERED = "undelivered"


class SuppressionReason(StrEnum):
    """Why an address takes no mail."""

    HARD_BOUNCE = "hard_bounce"
    SOFT_BOUNCES = "soft_bounces"
    COMPLAINT = "complaint"
    BY_HAND = "by_hand"


class Sender(Base):
    """In whose name mail is sent."""

    __tablename__ = "sender"

    id: Mapped[Id]
    name: Mapped[str]
    email: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[Created]


class MailDomain(Base):
    """A domain that mail is signed for, in ASCII."""

    __tablename__ = "mail_domain"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(unique=True)
    checked_at: Mapped[datetime | None]
    created_at: Mapped[Created]


class MailKey(Base):
    """A key of a domain. `private_key` is encrypted; `public_key` stands in the record that the selector names.

    `active`: mail is signed by it. `finding`: what was found of its record last. `label`: the selector, None of those
    that are called by their number.
    """

    __tablename__ = "mail_key"
    __table_args__ = (Index(None, "domain_id", "number", unique=True),)

    id: Mapped[Id]
    domain_id: Mapped[int] = mapped_column(ForeignKey("mail_domain.id", ondelete="CASCADE"))
    number: Mapped[int]
    private_key: Mapped[str]
    public_key: Mapped[str]
    active: Mapped[bool] = mapped_column(server_default="false")
    finding: Mapped[str | None]
    label: Mapped[str | None]
    created_at: Mapped[Created]

    @property
    def selector(self) -> str:
        """What a signature names the key by."""
        return self.label or f"cadenza{self.number}"


class Template(Base):
    """A mail to contacts, as its author writes it; `version_id` is what is sent.

    `revision` counts how often it was written. `forgotten`: messages made of it that are not kept any more.
    `envelope`: what a program says of the mail that it sends of it, such as its sender.
    """

    __tablename__ = "template"
    __table_args__ = (one_of("format", TemplateFormat),)

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(unique=True)
    subject: Mapped[str]
    preheader: Mapped[str] = mapped_column(server_default="")
    format: Mapped[str]
    source: Mapped[str]
    version_id: Mapped[int | None]
    revision: Mapped[int] = mapped_column(server_default="1")
    forgotten: Mapped[int] = mapped_column(server_default="0")
    envelope: Mapped[dict[str, Any] | None]
    created_at: Mapped[Created]
    updated_at: Mapped[Created]


class TemplateVersion(Base):
    """A template as it was sent from some time on: never changed or taken away, so that links of old mail still lead.

    `html` and `text` are filled in for each contact; `links` are the addresses that their marks stand for.
    `event_asked`: what they ask of the event that let the contact in, as `Asked` has it.
    """

    __tablename__ = "template_version"

    id: Mapped[Id]
    template_id: Mapped[int | None] = mapped_column(ForeignKey("template.id", ondelete="SET NULL"), index=True)
    subject: Mapped[str]
    html: Mapped[str]
    text: Mapped[str]
    links: Mapped[list[Any]]
    event_asked: Mapped[list[Any]] = mapped_column(server_default="[]")
    created_at: Mapped[Created]


class MailFile(Base):
    """A file that goes along with mail of programs: kept once, however many get it, and only while mail needs it."""

    __tablename__ = "mail_file"

    id: Mapped[Id]
    name: Mapped[str]
    content: Mapped[bytes]
    created_at: Mapped[Created]


class Message(Base):
    """A message to one contact. `key` names its cause, so that there is one a cause however often it is tried.

    `opened_at` and `clicked_at`: when a person first did; see `MessageHit` for all. `variant`: which version of a
    campaign its contact tried. `tags`: what the program calls it that sent it.
    """

    __tablename__ = "message"
    __table_args__ = (
        one_of("kind", MessageKind),
        one_of("state", MessageState),
        Index(None, "contact_id", "id"),
        Index("ix_message_automation", "automation_id", "id", postgresql_where=text("automation_id IS NOT NULL")),
        Index("ix_message_campaign", "campaign_id", "state", "id", postgresql_where=text("campaign_id IS NOT NULL")),
        *(
            Index(f"ix_message_transactional_{name}", *columns, postgresql_where=text("kind = 'transactional'"))
            for name, columns in {"address": ("address", "id"), "made": ("created_at",), "sent": ("sent_at",)}.items()
        ),
    )

    id: Mapped[Id]
    key: Mapped[str] = mapped_column(unique=True)
    channel: Mapped[str]
    kind: Mapped[str]
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id", ondelete="CASCADE"))
    version_id: Mapped[int | None] = mapped_column(ForeignKey("template_version.id", ondelete="SET NULL"), index=True)
    automation_id: Mapped[int | None]
    campaign_id: Mapped[int | None]
    variant: Mapped[str | None]
    topic_id: Mapped[int | None]
    address: Mapped[str]
    subject: Mapped[str]
    tags: Mapped[list[str] | None]
    state: Mapped[str] = mapped_column(server_default=MessageState.SENDING)
    reason: Mapped[str | None]
    created_at: Mapped[Created]
    sent_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    clicked_at: Mapped[datetime | None]


class MessageHit(Base):
    """One opening, click, unsubscription or return. `machine` says what gave a machine away; it starts nothing then.

    `detail`: what a mail server, or a mail provider, said of it.
    """

    __tablename__ = "message_hit"
    __table_args__ = (
        one_of("kind", HitKind),
        Index(None, "message_id", "id"),
        Index(None, "at", postgresql_using="brin"),
    )

    id: Mapped[Id]
    message_id: Mapped[int] = mapped_column(ForeignKey("message.id", ondelete="CASCADE"))
    kind: Mapped[str]
    link: Mapped[str | None]
    machine: Mapped[str | None]
    detail: Mapped[str | None]
    at: Mapped[Created]


class Suppression(Base):
    """An address that takes no mail, whoever asks; `@example.com`: each of that domain."""

    __tablename__ = "suppression"
    __table_args__ = (one_of("reason", SuppressionReason),)

    id: Mapped[Id]
    address: Mapped[str] = mapped_column(unique=True)
    reason: Mapped[str]
    at: Mapped[Created]


class SendLane(Base):
    """When the next mail of a sender or to a domain may leave, where it has a rate. `key`: `to gmail.com`."""

    __tablename__ = "send_lane"

    key: Mapped[str] = mapped_column(primary_key=True)
    next_at: Mapped[datetime]
