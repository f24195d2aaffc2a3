"""What the clock looks for on behalf of automations, and whom it has seen."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Created, Id


class Watch(Base):
    """Something to look for: see `nodes.watches`. Everything up to `checked_at` has been found.

    `subject` is what its event is about; the row goes when no live automation asks for it any more.
    """

    __tablename__ = "watch"

    id: Mapped[Id]
    subject: Mapped[str] = mapped_column(unique=True)
    checked_at: Mapped[Created]
    due_at: Mapped[Created]


class WatchMember(Base):
    """A contact that belongs to what a watch looks for, since `since`. No foreign keys: there may be millions."""

    __tablename__ = "watch_member"

    watch_id: Mapped[int] = mapped_column(primary_key=True)
    contact_id: Mapped[int] = mapped_column(primary_key=True)
    since: Mapped[datetime]
