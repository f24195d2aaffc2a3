"""What happened to contacts, and what of it is still to be worked through.

No foreign keys here: these tables take every event, and deleting a contact clears them by hand.
"""

from datetime import date, datetime
from typing import Annotated, Any

from sqlalchemy import ARRAY, BigInteger, Index, Sequence, SmallInteger, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Created, Id

PARTITIONS = 16
Causes = Annotated[list[int], mapped_column(ARRAY(BigInteger))]


class EventType(Base):
    """The name of a kind of event, met once."""

    __tablename__ = "event_type"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(unique=True)


class Event(Base):
    """One event of one contact; written once, kept by month. Nothing of it changes but the category of a viewed page.

    `at`: when it happened by the sender's word; `received_at`: when we took it. `causes`: the automations in its chain
    of causes, the latest last; None for what came from outside. It is found by its contact and its id.
    """

    __tablename__ = "event"
    __table_args__ = (Index(None, "contact_id", "id"), {"postgresql_partition_by": "RANGE (received_at)"})
    __mapper_args__ = {"primary_key": ["id"]}  # noqa: RUF012 - as SQLAlchemy reads it

    id: Mapped[int] = mapped_column(Sequence("event_id_seq"), server_default=text("nextval('event_id_seq')"))
    contact_id: Mapped[int]
    type_id: Mapped[int]
    at: Mapped[datetime]
    received_at: Mapped[Created]
    properties: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default="{}")
    causes: Mapped[Causes | None]


class EventKey(Base):
    """A sender's message id, with the sender's name before it, and the month in which it was met.

    A repeated one is not counted again. Kept by month; see `app.adapters.events` for what happens between two months.
    """

    __tablename__ = "event_key"
    __table_args__ = ({"postgresql_partition_by": "RANGE (month)"},)

    key: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)


class InboxItem(Base):
    """An event that automations have not seen yet. Deleted in the transaction that works through it.

    `part` is `contact_id % PARTITIONS`: one partition is worked through by one transaction at a time. The event's data
    stands here too: whoever works through a batch need not look for it in the log.
    """

    __tablename__ = "inbox"

    part: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    contact_id: Mapped[int]
    type_id: Mapped[int]
    at: Mapped[datetime]
    received_at: Mapped[datetime]
    properties: Mapped[dict[str, Any]]
    causes: Mapped[Causes | None]


class ErasedContact(Base):
    """A contact that was erased lately: events that were on their way at that moment are cleared away, too."""

    __tablename__ = "erased_contact"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[Created]


class DeadLetter(Base):
    """An event or enrollment that the engine could not work through, set aside with the reason.

    `port`: by which the enrollment was to leave its step, as in `Timer`. Deliveries that were given up stay in
    `Outbox`.
    """

    __tablename__ = "dead_letter"

    id: Mapped[Id]
    event_id: Mapped[int | None]
    enrollment_id: Mapped[int | None]
    port: Mapped[str | None]
    contact_id: Mapped[int] = mapped_column(index=True)
    reason: Mapped[str]
    at: Mapped[Created]
