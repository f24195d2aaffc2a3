"""What authors expect of their automations."""

from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Created, Id


class Scenario(Base):
    """A story that must come out as `written` says: see `workflows.scenarios`."""

    __tablename__ = "scenario"

    id: Mapped[Id]
    automation_id: Mapped[int] = mapped_column(ForeignKey("automation.id", ondelete="CASCADE"), index=True)
    written: Mapped[dict[str, Any]]
    created_at: Mapped[Created]
