"""Hosted forms: what is asked, how it looks, where it may stand."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Created, Id


class WebForm(Base):
    """A form with a page of its own at `key`; pages of `domains`, and those below them, may show it in a frame.

    `design` is what is asked and said, see `app.services.forms.designs`. Who submits it is put on the list.
    """

    __tablename__ = "web_form"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(unique=True)
    key: Mapped[str] = mapped_column(unique=True)
    enabled: Mapped[bool] = mapped_column(server_default="true")
    domains: Mapped[list[str]]
    design: Mapped[dict[str, Any]]
    list_id: Mapped[int | None] = mapped_column(ForeignKey("list.id", ondelete="SET NULL"), index=True)
    shown: Mapped[int] = mapped_column(server_default="0")
    submitted: Mapped[int] = mapped_column(server_default="0")
    created_at: Mapped[Created]
    submitted_at: Mapped[datetime | None]
