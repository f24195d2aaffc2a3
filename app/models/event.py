"""What happened to contacts, and what of it is still to be worked through.

No foreign keys here: these tables take every event, and deleting a contact clears them by hand.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, Sequence, SmallInteger, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Created, Id, Small

PARTITIONS = 16


class EventType(Base):
    """The name of a kind of event, met once."""

    __tablename__ = "event_type"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(unique=True)


class Event(Base):
    """One event of one contact; written once, never changed.

    `key` is the sender's message id with the sender's name before it: a repeated one is counted once. `at`: when it
    happened by the sender's word; `received_at`: when we took it. `hops`: automations in its chain of causes.
    """

    __tablename__ = "event"
    __table_args__ = (
        Index(None, "contact_id", "id"),
        Index("uq_event_key", "key", unique=True, postgresql_where=text("key IS NOT NULL")),
    )

    id: Mapped[int] = mapped_column(
        Sequence("event_id_seq"), primary_key=True, server_default=text("nextval('event_id_seq')")
    )
    key: Mapped[str | None]
    contact_id: Mapped[int]
    type_id: Mapped[int]
    at: Mapped[datetime]
    received_at: Mapped[Created]
    properties: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default="{}")
    hops: Mapped[Small] = mapped_column(server_default="0")


class InboxItem(Base):
    """An event that automations have not seen yet. Deleted in the transaction that works through it.

    `part` is `contact_id % PARTITIONS`: one partition is worked through by one transaction at a time.
    """

    __tablename__ = "inbox"

    part: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    contact_id: Mapped[int]
    type_id: Mapped[int]


class DeadLetter(Base):
    """An event or enrollment that the engine could not work through, set aside with the reason."""

    __tablename__ = "dead_letter"

    id: Mapped[Id]
    event_id: Mapped[int | None]
    enrollment_id: Mapped[int | None]
    contact_id: Mapped[int]
    reason: Mapped[str]
    at: Mapped[Created]
