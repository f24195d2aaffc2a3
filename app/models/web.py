"""Websites that are watched: which, who visits them, and what visitors did before anybody knew who they are."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, SmallInteger
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base, Created, Id


class Site(Base):
    """A website with the script. `key` stands in its pages; only `domains`, and those below them, may send.

    `seen_at`: when it last sent something, to ten seconds. `push_after`: its visitors are asked after so many pages
    whether they take web push; None: only when a page asks.
    """

    __tablename__ = "site"

    id: Mapped[Id]
    name: Mapped[str] = mapped_column(unique=True)
    key: Mapped[str] = mapped_column(unique=True)
    domains: Mapped[list[str]]
    needs_consent: Mapped[bool] = mapped_column(server_default="false")
    heeds_do_not_track: Mapped[bool] = mapped_column(server_default="true")
    push_after: Mapped[int | None] = mapped_column(SmallInteger)
    created_at: Mapped[Created]
    seen_at: Mapped[datetime | None]


class Visitor(Base):
    """A browser on a site, by the token it keeps, or somebody whom a source knows by an anonymous id only.

    `contact_id`: whose it is, once that is known; `proven`: it came by a link that we signed for that contact, else it
    only says so. `visited_at`: when it last told of a page, 1970 for never; None for one from before this was
    kept, which was there when it was seen. `push_refused`: its contact wants no web push until it agrees anew.
    """

    __tablename__ = "visitor"
    __table_args__ = (
        Index(None, "site_id", "token", unique=True),
        Index(None, "source_id", "token", unique=True),
        Index(None, "contact_id"),
        Index(None, "seen_at"),
    )

    id: Mapped[Id]
    site_id: Mapped[int | None] = mapped_column(ForeignKey("site.id", ondelete="CASCADE"))
    source_id: Mapped[int | None] = mapped_column(ForeignKey("source.id", ondelete="CASCADE"))
    token: Mapped[str]
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("contact.id", ondelete="CASCADE"))
    proven: Mapped[bool] = mapped_column(server_default="false")
    created_at: Mapped[Created]
    seen_at: Mapped[Created]
    visited_at: Mapped[datetime | None]
    push_refused: Mapped[bool] = mapped_column(server_default="false")


class VisitorEvent(Base):
    """What an unknown visitor did; it becomes the contact's own history once the visitor is known.

    `key`: the page's own id of it, so that one that is sent twice counts once.
    """

    __tablename__ = "visitor_event"
    __table_args__ = (Index(None, "visitor_id", "id"), Index(None, "visitor_id", "key", unique=True))

    id: Mapped[Id]
    visitor_id: Mapped[int] = mapped_column(ForeignKey("visitor.id", ondelete="CASCADE"))
    key: Mapped[str]
    name: Mapped[str]
    at: Mapped[datetime]
    properties: Mapped[dict[str, Any]]
