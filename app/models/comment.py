"""What people say about automations to each other."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Double, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Created, Id


class Comment(Base):
    """A remark on an automation, or a reply to one.

    One that begins a thread is tied to a step (`node`, which may be gone by now), or is a note that lies at a place
    (`x`, `y`) on the canvas. A reply has neither. `mentions` are the ids of the users it calls.
    """

    __tablename__ = "comment"
    __table_args__ = (
        CheckConstraint(
            "CASE WHEN reply_to IS NULL THEN (node IS NULL) <> (x IS NULL) ELSE node IS NULL AND x IS NULL END",
            name="place",
        ),
        CheckConstraint("(x IS NULL) = (y IS NULL)", name="point"),
        Index(None, "automation_id", "id"),
        Index("ix_comment_reply_to", "reply_to", postgresql_where=text("reply_to IS NOT NULL")),
    )

    id: Mapped[Id]
    automation_id: Mapped[int] = mapped_column(ForeignKey("automation.id", ondelete="CASCADE"))
    reply_to: Mapped[int | None] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"))
    node: Mapped[str | None]
    x: Mapped[float | None] = mapped_column(Double)
    y: Mapped[float | None] = mapped_column(Double)
    text: Mapped[str]
    mentions: Mapped[list[Any]] = mapped_column(server_default="[]")
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    created_at: Mapped[Created]
    edited_at: Mapped[datetime | None]
    resolved_at: Mapped[datetime | None]
    resolved_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
