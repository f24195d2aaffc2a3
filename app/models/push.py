"""Browsers that take web push."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Created, Id


class PushSubscription(Base):
    """One browser that agreed to be sent to, as it told us: where (`endpoint`), and the keys that only it reads by.

    It belongs to a visitor, and through it to the contact that the visitor turns out to be.
    """

    __tablename__ = "push_subscription"

    id: Mapped[Id]
    visitor_id: Mapped[int] = mapped_column(ForeignKey("visitor.id", ondelete="CASCADE"), index=True)
    endpoint: Mapped[str] = mapped_column(unique=True)
    p256dh: Mapped[str]
    auth: Mapped[str]
    created_at: Mapped[Created]
