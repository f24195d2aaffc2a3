"""Addresses that other tools call, and what they sent last."""

from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Created, Id, one_of


class CallResult(StrEnum):
    """What became of a call."""

    ACCEPTED = "accepted"
    DUPLICATE = "duplicate"
    EXAMPLE = "example"
    REFUSED = "refused"


class Hook(Base):
    """The address of one step of an automation. Whoever knows the token may call it.

    Looked up by `digest`; `token` is encrypted, to be shown to those who may edit the automation.
    """

    __tablename__ = "hook"
    __table_args__ = (Index(None, "automation_id", "step", unique=True),)

    id: Mapped[Id]
    automation_id: Mapped[int] = mapped_column(ForeignKey("automation.id", ondelete="CASCADE"))
    step: Mapped[str]
    digest: Mapped[str] = mapped_column(unique=True)
    token: Mapped[str]
    created_at: Mapped[Created]


class HookCall(Base):
    """A call to a hook, with what was sent; kept for a while: see `app.services.hooks.calls`.

    `problem` says why it was refused: `field` (a path in the payload), `code`, `message`, `remedy`. `contact_id` is
    whose it was; erasing the contact erases it. `digest` is alike for calls of one hook that cannot be told apart.
    """

    __tablename__ = "hook_call"
    __table_args__ = (
        one_of("result", CallResult),
        Index(None, "hook_id", "id"),
        Index("ix_hook_call_taken", "hook_id", "id", postgresql_where=text("result <> 'refused'")),
        Index(None, "hook_id", "digest"),
        Index(None, "contact_id"),
        Index(None, "at"),
    )

    id: Mapped[Id]
    hook_id: Mapped[int] = mapped_column(ForeignKey("hook.id", ondelete="CASCADE"))
    at: Mapped[Created]
    payload: Mapped[dict[str, Any]]
    message_id: Mapped[str | None]
    digest: Mapped[str | None]
    causes: Mapped[list[Any]]
    result: Mapped[str]
    problem: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    contact_id: Mapped[int | None]
