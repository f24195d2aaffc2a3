"""People who work here, their roles, and the keys of programs."""

from datetime import datetime

from flask_security import RoleMixin, UserMixin
from sqlalchemy import Column, ForeignKey, Table
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.models.base import Base, Created, Id

user_role = Table(
    "user_role",
    Base.metadata,
    Column("user_id", ForeignKey("user.id", ondelete="CASCADE"), primary_key=True),
    Column("role_id", ForeignKey("role.id", ondelete="CASCADE"), primary_key=True),
)


class Role(Base, RoleMixin):
    """A named set of rights; which rights is in `app.permissions`."""

    __tablename__ = "role"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(unique=True)
    description: Mapped[str | None]


class User(Base, UserMixin):
    """A person. Never deleted, only deactivated, so that history keeps its names."""

    __tablename__ = "user"

    id: Mapped[Id]
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str] = mapped_column(server_default="")
    password: Mapped[str | None]
    active: Mapped[bool] = mapped_column(server_default="true", default=True)
    fs_uniquifier: Mapped[str] = mapped_column(unique=True)
    locale: Mapped[str] = mapped_column(server_default="en")
    theme: Mapped[str] = mapped_column(server_default="system")
    created_at: Mapped[Created]
    roles: Mapped[list[Role]] = relationship(  # type: ignore[assignment] # the mixin says RoleMixin
        secondary=user_role, lazy="selectin"
    )


class ApiKey(Base):
    """A program's key. Only its digest is kept; `prefix` lets people recognise it."""

    __tablename__ = "api_key"

    id: Mapped[Id]
    name: Mapped[str]
    prefix: Mapped[str]
    digest: Mapped[str] = mapped_column(unique=True)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    created_at: Mapped[Created]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
