"""Whole segments and lists on their way into an automation."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Created, Id


class BulkEntry(Base):
    """Everybody whom `query` finds is to enter the automation. It says how to find them: see `app.services.entries`.

    `step` is the trigger they come in by; None: the first. `last_contact_id` is the last contact there was when it was
    asked for: who comes later is not meant. `fault` says why it could not be gone through to its end.
    """

    __tablename__ = "bulk_entry"
    __table_args__ = (Index(None, "automation_id"),)

    id: Mapped[Id]
    key: Mapped[str | None] = mapped_column(unique=True)
    automation_id: Mapped[int] = mapped_column(ForeignKey("automation.id", ondelete="CASCADE"))
    step: Mapped[str | None]
    name: Mapped[str]
    query: Mapped[dict[str, Any]]
    properties: Mapped[dict[str, Any]]
    last_contact_id: Mapped[int]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    created_at: Mapped[Created]
    cancelled_at: Mapped[datetime | None]
    fault: Mapped[str | None]


class BulkEntryPart(Base):
    """How far a partition of contacts has entered: everybody up to `last_contact_id` has had their turn.

    `total`: whom the query found when it was asked for; `taken`: whose turn came; `entered`: who was let in.
    """

    __tablename__ = "bulk_entry_part"
    __table_args__ = (Index("ix_bulk_entry_part_open", "part", postgresql_where=text("finished_at IS NULL")),)

    bulk_entry_id: Mapped[int] = mapped_column(ForeignKey("bulk_entry.id", ondelete="CASCADE"), primary_key=True)
    part: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    last_contact_id: Mapped[int] = mapped_column(server_default="0")
    total: Mapped[int]
    taken: Mapped[int] = mapped_column(server_default="0")
    entered: Mapped[int] = mapped_column(server_default="0")
    finished_at: Mapped[datetime | None]
