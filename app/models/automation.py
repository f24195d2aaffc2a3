"""Automations, their versions, and the contacts on their way through them."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import BigInteger, ForeignKey, Identity, Index, Sequence, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Created, Id, Small, one_of

# The step that stands for the end of the way in `NodeStat`.
END: Final = "@end"


class AutomationState(StrEnum):
    """What an automation does at present."""

    DRAFT = "draft"
    ACTIVE = "active"
    PAUSED = "paused"
    ARCHIVED = "archived"


class EnrollmentState(StrEnum):
    """What became of one contact's run."""

    ACTIVE = "active"
    FINISHED = "finished"
    FAILED = "failed"
    STOPPED = "stopped"


class Automation(Base):
    """What a marketer builds. `draft` is the document being edited; `live_version_id` what runs.

    Events of a smaller number than `first_event` came before it was activated, or resumed, and do not count.
    """

    __tablename__ = "automation"
    __table_args__ = (one_of("state", AutomationState),)

    id: Mapped[Id]
    name: Mapped[str]
    state: Mapped[str] = mapped_column(server_default=AutomationState.DRAFT)
    draft: Mapped[dict[str, Any]]
    draft_revision: Mapped[int] = mapped_column(server_default="1")
    live_version_id: Mapped[int | None]  # no foreign key: the two tables would point at each other
    activated_at: Mapped[datetime | None]
    first_event: Mapped[int] = mapped_column(server_default="0")
    created_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    updated_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    created_at: Mapped[Created]
    updated_at: Mapped[Created]


class AutomationVersion(Base):
    """A document that ran or runs; never changed."""

    __tablename__ = "automation_version"
    __table_args__ = (Index(None, "automation_id", "number", unique=True),)

    id: Mapped[Id]
    automation_id: Mapped[int] = mapped_column(ForeignKey("automation.id", ondelete="CASCADE"))
    number: Mapped[int]
    document: Mapped[dict[str, Any]]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    created_at: Mapped[Created]


class Enrollment(Base):
    """One contact's run through one version. Those that move are kept apart from those that ended, these by month.

    At most one run of a contact in an automation with the same `run_key` is active: the database holds it so. `event`
    is what let it in, while it moves; `arrived_at` is when it came to `node`. `path` is a list of
    `[node, port, seconds since entered, values compared]`. `reason` says why it failed, in every language.

    A run is moved to another version only by somebody's choice. `moves` is a list of `[seconds since entered, version
    before, node before, node afterwards]`; `done` are the steps that it did before, by the port by which it left
    them: it does not do them again; without a port: it is to do them again.
    """

    __tablename__ = "enrollment"
    __table_args__ = (
        one_of("state", EnrollmentState),
        Index(None, "contact_id"),
        {"postgresql_partition_by": "LIST (state)"},
    )
    __mapper_args__ = {"primary_key": ["id"]}  # noqa: RUF012 - as SQLAlchemy reads it

    id: Mapped[int] = mapped_column(Sequence("enrollment_id_seq"), server_default=text("nextval('enrollment_id_seq')"))
    automation_id: Mapped[int]
    version_id: Mapped[int]
    contact_id: Mapped[int]
    event_id: Mapped[int]
    run_key: Mapped[str] = mapped_column(server_default="")
    state: Mapped[str]
    node: Mapped[str]
    entered_at: Mapped[datetime]
    arrived_at: Mapped[datetime | None]
    exited_at: Mapped[datetime | None]
    wake_at: Mapped[datetime | None]
    reason: Mapped[dict[str, Any] | None]
    event: Mapped[dict[str, Any] | None]
    path: Mapped[list[Any]]
    moves: Mapped[list[Any] | None]
    done: Mapped[dict[str, Any] | None]


class Visit(Base):
    """That a contact has entered an automation that lets everybody in once; kept longer than the run itself."""

    __tablename__ = "visit"

    automation_id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(primary_key=True, index=True)
    run_key: Mapped[str] = mapped_column(primary_key=True)


class Timer(Base):
    """When an enrollment goes on, and by which port of the step it stands at; no port: the step is tried again."""

    __tablename__ = "timer"

    part: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    wake_at: Mapped[datetime] = mapped_column(primary_key=True)
    enrollment_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    port: Mapped[str | None]


class HeldTimer(Base):
    """A timer that fell due while its automation was paused."""

    __tablename__ = "held_timer"

    automation_id: Mapped[int] = mapped_column(primary_key=True)
    enrollment_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    part: Mapped[Small]
    wake_at: Mapped[datetime]
    port: Mapped[str | None]


class PendingEntry(Base):
    """An event that came while the contact was inside; it enters after the exit, the one that came first before others.

    `turn` says which: a crowd's event is numbered apart from those of the log.
    """

    __tablename__ = "pending_entry"

    automation_id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(primary_key=True, index=True)
    event_id: Mapped[int] = mapped_column(primary_key=True)
    trigger: Mapped[str]
    event: Mapped[dict[str, Any]]
    turn: Mapped[int] = mapped_column(BigInteger, Identity())


class Refusal(Base):
    """Why a contact whose event matched did not enter, and how often."""

    __tablename__ = "refusal"

    contact_id: Mapped[int] = mapped_column(primary_key=True)
    automation_id: Mapped[int] = mapped_column(primary_key=True)
    reason: Mapped[str] = mapped_column(primary_key=True)
    times: Mapped[int]
    last_event_id: Mapped[int]
    last_at: Mapped[datetime]


class NodeStat(Base):
    """How many runs left a step by a port on a day (UTC). `part` is in the key so that workers never share a row.

    Runs that entered left their trigger by `next`; those that failed left their step by `failed`; those that came to
    the end left the step `END` by `finished`.
    """

    __tablename__ = "node_stat"

    version_id: Mapped[int] = mapped_column(primary_key=True)
    node: Mapped[str] = mapped_column(primary_key=True)
    port: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    part: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    count: Mapped[int]


class Rotation(Base):
    """Whose turn it is at a step that deals contacts out in turn."""

    __tablename__ = "rotation"

    key: Mapped[str] = mapped_column(primary_key=True)
    next: Mapped[int] = mapped_column(server_default="0")
