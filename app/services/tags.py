"""Tags: words that contacts bear. A tag exists from the moment the first contact gets it."""

from typing import NamedTuple

from sqlalchemy import func, select

from app import db
from app.models import ContactTag, Tag


class TagView(NamedTuple):
    """A tag and how many contacts bear it."""

    name: str
    contacts: int


def every() -> list[TagView]:
    """Return all tags by name."""
    count = select(func.count()).where(ContactTag.tag_id == Tag.id).scalar_subquery()
    with db.transaction() as session:
        rows = session.execute(select(Tag.name, count).order_by(func.lower(Tag.name), Tag.name))
        return [TagView(*row) for row in rows]
