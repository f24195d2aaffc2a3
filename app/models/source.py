"""Where other tools' event streams come from, what they say of people, and what became of their last messages."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Created, Id, one_of


class SourceKind(StrEnum):
    """Where a source's key is: kept on a server, or in pages, where anybody can read it."""

    SERVER = "server"
    WEBSITE = "website"


class MessageResult(StrEnum):
    """What became of a message. `waiting`: kept with its anonymous id, until somebody says whose that is."""

    TAKEN = "taken"
    WAITING = "waiting"
    REPEATED = "repeated"
    REFUSED = "refused"


class Source(Base):
    """A stream of events by Segment's protocol. Whoever knows the `key` may write, and can read nothing.

    `seen_at`: when it last sent something, to ten seconds.
    """

    __tablename__ = "source"
    __table_args__ = (one_of("kind", SourceKind),)

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)
    enabled: Mapped[bool] = mapped_column(server_default="true")
    created_at: Mapped[Created]
    seen_at: Mapped[datetime | None]


class SourceTrait(Base):
    """A trait that a source says of people, as first met.

    `attribute_id`: where it goes; without one it goes to the attribute of its own name, if there is one, unless it is
    `ignored`.
    """

    __tablename__ = "source_trait"
    __table_args__ = (Index(None, "attribute_id"),)

    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(primary_key=True)
    example: Mapped[str]
    attribute_id: Mapped[int | None] = mapped_column(ForeignKey("attribute.id", ondelete="SET NULL"))
    ignored: Mapped[bool] = mapped_column(server_default="false")
    created_at: Mapped[Created]


class SourceMessage(Base):
    """One of a source's last messages.

    `problems`: what of it was not taken, each with field, code, message and remedy. `payload`: None if it was too long.
    """

    __tablename__ = "source_message"
    __table_args__ = (
        one_of("result", MessageResult),
        Index(None, "source_id", "id"),
        Index(None, "contact_id"),
        Index(None, "at"),
    )

    id: Mapped[Id]
    source_id: Mapped[int] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"))
    at: Mapped[Created]
    kind: Mapped[str]
    name: Mapped[str]
    result: Mapped[str]
    problems: Mapped[list[Any]]
    payload: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    contact_id: Mapped[int | None]
