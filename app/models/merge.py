"""Contacts that turned out to be one person."""

from datetime import datetime
from typing import Any

from sqlalchemy import ARRAY, BigInteger, ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Created, Id


class ContactMerge(Base):
    """That one contact became part of another, which is kept.

    `before` is all that undoing needs besides `ContactMergeRows`: both contacts as they were, what they belonged to,
    and the runs that ended by the merge; `after`: the columns of the kept one that it changed. Both are empty once it
    is undone. No foreign keys to contacts: the one is gone, and the other may later become part of a third.
    """

    __tablename__ = "contact_merge"
    __table_args__ = (Index(None, "kept_id"), Index(None, "merged_id"))

    id: Mapped[Id]
    kept_id: Mapped[int]
    merged_id: Mapped[int]
    name: Mapped[str]
    at: Mapped[Created]
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    api_key_id: Mapped[int | None] = mapped_column(ForeignKey("api_key.id", ondelete="SET NULL"))
    before: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))


class ContactMergeRows(Base):
    """Which rows of a table a merge gave to the kept contact, by their ids: one row a table, however many they are."""

    __tablename__ = "contact_merge_rows"

    merge_id: Mapped[int] = mapped_column(ForeignKey("contact_merge.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    ids: Mapped[list[int]] = mapped_column(ARRAY(BigInteger))


class ContactAlias(Base):
    """What a merged contact was known by: whoever names it means the kept one. `kind` is that of an identifier.

    A contact that holds the value itself goes first; of several aliases the newest does.
    """

    __tablename__ = "contact_alias"
    __table_args__ = (Index(None, "kind", "value"), Index(None, "contact_id"), Index(None, "merge_id"))

    id: Mapped[Id]
    kind: Mapped[str]
    value: Mapped[str]
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id", ondelete="CASCADE"))
    merge_id: Mapped[int] = mapped_column(ForeignKey("contact_merge.id", ondelete="CASCADE"))
    at: Mapped[Created]
