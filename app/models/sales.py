"""What reps work with: pipelines, deals, tasks, notes."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Double, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Created, Id, Small, one_of


def _linked(table: str) -> tuple[Index, ...]:
    """Few are about a deal or a company; only those stand in the indexes."""
    return tuple(
        Index(f"ix_{table}_{name}", f"{name}_id", postgresql_where=text(f"{name}_id IS NOT NULL"))
        for name in ("deal", "company")
    )


class DealStatus(StrEnum):
    """What became of a deal."""

    OPEN = "open"
    WON = "won"
    LOST = "lost"
    OUTDATED = "outdated"


class Pipeline(Base):
    """A way that deals go, stage by stage."""

    __tablename__ = "pipeline"

    id: Mapped[Id]
    name: Mapped[str]
    is_default: Mapped[bool] = mapped_column(server_default="false")
    created_at: Mapped[Created]


class Stage(Base):
    """One stage of a pipeline; `position` orders them, from 0."""

    __tablename__ = "stage"

    id: Mapped[Id]
    pipeline_id: Mapped[int] = mapped_column(ForeignKey("pipeline.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    position: Mapped[Small]


class Deal(Base):
    """A possible sale."""

    __tablename__ = "deal"
    __table_args__ = (one_of("status", DealStatus),)

    id: Mapped[Id]
    name: Mapped[str]
    amount: Mapped[float | None] = mapped_column(Double)
    pipeline_id: Mapped[int] = mapped_column(ForeignKey("pipeline.id"))
    stage_id: Mapped[int] = mapped_column(ForeignKey("stage.id"), index=True)
    status: Mapped[str] = mapped_column(server_default=DealStatus.OPEN)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[Created]
    modified_at: Mapped[Created]
    closed_at: Mapped[datetime | None]


class DealContact(Base):
    """A contact who takes part in a deal."""

    __tablename__ = "deal_contact"
    __table_args__ = (Index(None, "contact_id"),)

    deal_id: Mapped[int] = mapped_column(ForeignKey("deal.id", ondelete="CASCADE"), primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id", ondelete="CASCADE"), primary_key=True)


class Task(Base):
    """Something to do about a contact, perhaps because of a deal or a company. `type`: call, meeting, and so on."""

    __tablename__ = "task"
    __table_args__ = (Index(None, "contact_id"), Index(None, "assignee_id", "due_on"), *_linked("task"))

    id: Mapped[Id]
    title: Mapped[str]
    type: Mapped[str] = mapped_column(server_default="todo")
    note: Mapped[str] = mapped_column(server_default="")
    due_on: Mapped[date | None]
    done_at: Mapped[datetime | None]
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id", ondelete="CASCADE"))
    deal_id: Mapped[int | None] = mapped_column(ForeignKey("deal.id", ondelete="SET NULL"))
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id", ondelete="SET NULL"))
    automation_id: Mapped[int | None]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    created_at: Mapped[Created]
    modified_at: Mapped[datetime | None]


class Note(Base):
    """A remark on a contact, by a person or an automation; perhaps about a deal or a company."""

    __tablename__ = "note"
    __table_args__ = (Index(None, "contact_id", "id"), *_linked("note"))

    id: Mapped[Id]
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id", ondelete="CASCADE"))
    text: Mapped[str]
    deal_id: Mapped[int | None] = mapped_column(ForeignKey("deal.id", ondelete="SET NULL"))
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id", ondelete="SET NULL"))
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    automation_id: Mapped[int | None]
    created_at: Mapped[Created]
    modified_at: Mapped[datetime | None]
