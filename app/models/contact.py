"""People being marketed to, what is known of them, and how they are grouped."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Created, Id


class Attribute(Base):
    """A typed fact about contacts. Its values live in the column `a<id>` of `contact`, made when the attribute is."""

    __tablename__ = "attribute"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    options: Mapped[list[str]] = mapped_column(server_default="{}")
    created_at: Mapped[Created]


class Company(Base):
    """An organisation that contacts work for."""

    __tablename__ = "company"

    id: Mapped[Id]
    name: Mapped[str]
    domain: Mapped[str | None]
    country: Mapped[str | None]
    industry: Mapped[str | None]
    size: Mapped[int | None]
    created_at: Mapped[Created]
    modified_at: Mapped[datetime | None]


def _known(name: str, column: str, *, unique: bool = False) -> Index:
    """An index of those of whom this is known: most have no owner, say, and each index costs a write."""
    return Index(name, column, unique=unique, postgresql_where=text(f"{column} IS NOT NULL"))


class Contact(Base):
    """A person. `email` is kept in lower case, so that it is unique without case.

    Besides these columns there is one a user-made attribute, `a<id>`. Those that automations write are not indexed: see
    `app.services.quick_search`.
    """

    __tablename__ = "contact"
    # Room on each page for the next version of a row: updates then touch no index (HOT).
    __table_args__ = (
        Index(None, "created_at", "id"),
        *(_known(f"uq_contact_{each}", each, unique=True) for each in ("whatsapp", "landline")),
        *(_known(f"ix_contact_{each}", each) for each in ("owner_id", "company_id")),
        {"postgresql_with": {"fillfactor": "75"}},
    )

    id: Mapped[Id]
    email: Mapped[str | None] = mapped_column(unique=True)
    ext_id: Mapped[str | None] = mapped_column(unique=True)
    phone: Mapped[str | None] = mapped_column(unique=True)
    whatsapp: Mapped[str | None]
    landline: Mapped[str | None]
    time_zone: Mapped[str | None]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    company_id: Mapped[int | None] = mapped_column(ForeignKey("company.id", ondelete="SET NULL"))
    email_blacklisted: Mapped[bool] = mapped_column(server_default="false")
    sms_blacklisted: Mapped[bool] = mapped_column(server_default="false")
    created_at: Mapped[Created]
    modified_at: Mapped[Created]


class Assignment(Base):
    """A hand-over of a contact to a user, by an automation or a person."""

    __tablename__ = "assignment"
    __table_args__ = (Index(None, "contact_id", "id"),)

    id: Mapped[Id]
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id", ondelete="CASCADE"))
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    automation_id: Mapped[int | None]
    by_user_id: Mapped[int | None]
    at: Mapped[Created]


class Folder(Base):
    """Holds lists."""

    __tablename__ = "folder"

    id: Mapped[Id]
    name: Mapped[str]
    created_at: Mapped[Created]


class ContactList(Base):
    """A static list of contacts."""

    __tablename__ = "list"

    id: Mapped[Id]
    name: Mapped[str]
    folder_id: Mapped[int | None] = mapped_column(ForeignKey("folder.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[Created]


class ListMember(Base):
    """A contact on a list."""

    __tablename__ = "list_member"
    __table_args__ = (Index(None, "contact_id"),)

    list_id: Mapped[int] = mapped_column(ForeignKey("list.id", ondelete="CASCADE"), primary_key=True)
    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id", ondelete="CASCADE"), primary_key=True)
    added_at: Mapped[Created]


class Tag(Base):
    """A word that contacts bear."""

    __tablename__ = "tag"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(unique=True)


class ContactTag(Base):
    """A tag on a contact."""

    __tablename__ = "contact_tag"
    __table_args__ = (Index(None, "tag_id"),)

    contact_id: Mapped[int] = mapped_column(ForeignKey("contact.id", ondelete="CASCADE"), primary_key=True)
    tag_id: Mapped[int] = mapped_column(ForeignKey("tag.id", ondelete="CASCADE"), primary_key=True)


class Segment(Base):
    """A saved condition."""

    __tablename__ = "segment"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(unique=True)
    condition: Mapped[dict[str, Any]]
    created_by: Mapped[int | None] = mapped_column(ForeignKey("user.id", ondelete="SET NULL"))
    created_at: Mapped[Created]
    updated_at: Mapped[Created]
