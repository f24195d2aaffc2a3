"""The workspace itself: one row of settings, and the log of who changed what."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, Sequence, SmallInteger
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Created, Id, Small

# A sequence is not rolled back: a revision never names two states.
revisions = Sequence("workspace_revision_seq", metadata=Base.metadata)


class Workspace(Base):
    """The only row. `revision` grows whenever something that running workers keep in memory changes.

    `currency`: that of all amounts, by its code in ISO 4217. `hop_budget`: so many automations may set each other off
    in a row. `keep_months`: events and ended runs are kept for so many whole months, messages to contacts for
    `keep_message_months`; what has left the outbox for `keep_delivery_days`. None: for ever. `quiet_hours` are those of
    automations that name none of their own. `frequency_caps` and `send_rates`: see `nodes.pressure`; `mail_rates`: by
    sender and by domain of recipients. `returns`: where mail that came back is read. `push`: the key pair that web push
    is signed with, the private one encrypted. `sms`: which provider takes SMS, and how. `page_rules`: which pages of
    the websites are of which category; visits that ended before `visits_ended_at` are told.
    """

    __tablename__ = "workspace"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[Id] = mapped_column(default=1, autoincrement=False)
    name: Mapped[str] = mapped_column(server_default="Cadenza")
    time_zone: Mapped[str] = mapped_column(server_default="UTC")
    currency: Mapped[str] = mapped_column(server_default="EUR")
    re_entry_by_marketers: Mapped[bool] = mapped_column(server_default="false")
    hop_budget: Mapped[Small] = mapped_column(server_default="8")
    keep_months: Mapped[int | None] = mapped_column(SmallInteger)
    keep_message_months: Mapped[int | None] = mapped_column(SmallInteger)
    keep_delivery_days: Mapped[int | None] = mapped_column(SmallInteger, server_default="90")
    quiet_hours: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    frequency_caps: Mapped[list[Any]] = mapped_column(server_default="[]")
    send_rates: Mapped[list[Any]] = mapped_column(server_default="[]")
    mail: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    mail_rates: Mapped[list[Any]] = mapped_column(server_default="[]")
    returns: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    push: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    sms: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    page_rules: Mapped[list[Any]] = mapped_column(server_default="[]")
    visits_ended_at: Mapped[Created]
    demo: Mapped[bool] = mapped_column(server_default="false")
    revision: Mapped[int] = mapped_column(server_default="1")
    created_at: Mapped[Created]


class AuditEntry(Base):
    """One change by a person or a program."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index(None, "at"), Index(None, "entity", "entity_id"))

    id: Mapped[Id]
    at: Mapped[Created]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    api_key_id: Mapped[int | None] = mapped_column(ForeignKey("api_key.id", ondelete="SET NULL"))
    action: Mapped[str]
    entity: Mapped[str]
    entity_id: Mapped[str | None]
    detail: Mapped[dict[str, Any]] = mapped_column(server_default="{}")


class Process(Base):
    """Long work that a person can watch: an import or an export."""

    __tablename__ = "process"

    id: Mapped[Id]
    kind: Mapped[str]
    state: Mapped[str] = mapped_column(server_default="queued")
    total: Mapped[int] = mapped_column(server_default="0")
    processed: Mapped[int] = mapped_column(server_default="0")
    counts: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    params: Mapped[dict[str, Any]] = mapped_column(server_default="{}")
    content: Mapped[bytes | None] = mapped_column(deferred=True)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    created_at: Mapped[Created]
    finished_at: Mapped[datetime | None]


class ProcessPiece(Base):
    """A part of the file that an export writes, in order of `number`."""

    __tablename__ = "process_piece"

    process_id: Mapped[int] = mapped_column(ForeignKey("process.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[bytes]


class ProcessError(Base):
    """One row of an import that could not be taken, with what is wrong."""

    __tablename__ = "process_error"

    process_id: Mapped[int] = mapped_column(ForeignKey("process.id", ondelete="CASCADE"), primary_key=True)
    row: Mapped[int] = mapped_column(primary_key=True)
    column: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
    message: Mapped[str]
