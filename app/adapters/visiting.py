"""Who is on a watched website at a moment: which of the browsers told of a page within the last half hour."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import Session

from app.adapters.bulk import among
from app.models import Visitor
from nodes.world import Contact

PAUSE: Final = timedelta(minutes=30)
"""A visit has ended when nothing was heard for so long."""


def is_there(now: datetime) -> ColumnElement[bool]:
    """Return the condition on visitors that one is on its site."""
    visited = func.coalesce(Visitor.visited_at, Visitor.seen_at, type_=Visitor.seen_at.type)
    # A page is told of when its browser is heard: so that the index of what was seen lately can be used.
    return and_(Visitor.site_id.is_not(None), Visitor.seen_at > now - PAUSE, visited > now - PAUSE)


def fill_visits(session: Session, ids: Sequence[int], snapshots: Mapping[int, Contact], now: datetime) -> None:
    """Note in the snapshots who is on a site."""
    there = select(Visitor.contact_id).where(among(Visitor.contact_id, ids), is_there(now)).distinct()
    for contact in session.scalars(there):
        if contact is not None:
            snapshots[contact].on_site = True
