"""Contacts on their way from older versions of an automation to a newer one."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Created, Id


class VersionMove(Base):
    """Those who were in older versions are to do as `choices` say: see `app.services.automations.people`."""

    __tablename__ = "version_move"
    __table_args__ = (Index(None, "automation_id"),)

    id: Mapped[Id]
    automation_id: Mapped[int] = mapped_column(ForeignKey("automation.id", ondelete="CASCADE"))
    version_id: Mapped[int] = mapped_column(ForeignKey("automation_version.id", ondelete="CASCADE"))
    choices: Mapped[dict[str, Any]]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    created_at: Mapped[Created]


class VersionMovePart(Base):
    """How far a partition has come: every run up to `last_enrollment_id` has had its turn.

    `total`: who was inside when it was asked for; `taken`: whose turn came; `moved`: who did not stay.
    """

    __tablename__ = "version_move_part"
    __table_args__ = (
        Index("ix_version_move_part_open", "move_id", "part", postgresql_where=text("finished_at IS NULL")),
    )

    move_id: Mapped[int] = mapped_column(ForeignKey("version_move.id", ondelete="CASCADE"), primary_key=True)
    part: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    last_enrollment_id: Mapped[int] = mapped_column(server_default="0")
    total: Mapped[int]
    taken: Mapped[int] = mapped_column(server_default="0")
    moved: Mapped[int] = mapped_column(server_default="0")
    finished_at: Mapped[datetime | None]
