"""A contact's visits to the websites: which pages, when, how long."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import select

from app import db
from app.adapters.visiting import PAUSE
from app.errors import NotFound
from app.models import Contact, Event, EventType
from nodes.world import Json

VISITED: Final = "page_visited"
LEFT: Final = "page_left"
MOST_EVENTS: Final = 1000
"""A contact's latest page events that are looked at."""

"""Who does nothing for so long has left; what comes after is another visit."""


class PageView(NamedTuple):
    """A page that was looked at. `seconds`: for how long, if it was told."""

    page: str
    title: str
    at: datetime
    seconds: int | None


class Visit(NamedTuple):
    """Pages one after another. `source`: where the visit came from, a campaign or another site."""

    began_at: datetime
    ended_at: datetime
    seconds: int
    source: str
    pages: list[PageView]


class Told(NamedTuple):
    """What a page said."""

    name: str
    at: datetime
    properties: dict[str, Json]

    def text(self, key: str) -> str:
        value = self.properties.get(key)
        return value if isinstance(value, str) else ""


def of_contact(contact_id: int) -> Sequence[Visit]:
    """Return a contact's visits, the latest first, as far as its last `MOST_EVENTS` tell. Raises NotFound."""
    wanted = select(EventType.name, Event.at, Event.properties).join(EventType, EventType.id == Event.type_id)
    mine = wanted.where(Event.contact_id == contact_id, EventType.name.in_([VISITED, LEFT]))
    with db.transaction() as session:
        if session.get(Contact, contact_id) is None:
            raise NotFound.thing("contact", contact_id)
        rows = session.execute(mine.order_by(Event.id.desc()).limit(MOST_EVENTS)).all()
    return [visit_of(group) for group in reversed(grouped(Told(*row) for row in rows))]


def grouped(told: Iterable[Told]) -> list[list[Told]]:
    """Return what was told, visit by visit, the first one first; each has at least one view."""
    groups: list[list[Told]] = []
    for each in sorted(told, key=lambda each: (each.at, each.name != LEFT)):
        if not groups or each.at - groups[-1][-1].at > PAUSE:
            groups.append([])
        groups[-1].append(each)
    return [group for group in groups if any(each.name == VISITED for each in group)]


def visit_of(told: Sequence[Told]) -> Visit:
    """Make a visit of what was told in it, in order; there is a view among it."""
    pages: list[PageView] = []
    for each in told:
        if each.name == VISITED:
            pages.append(PageView(each.text("page"), each.text("title"), each.at, None))
            continue
        seconds = each.properties.get("seconds")
        place = next((place for place in reversed(range(len(pages))) if pages[place].page == each.text("page")), None)
        if place is not None and isinstance(seconds, int | float):
            pages[place] = pages[place]._replace(seconds=(pages[place].seconds or 0) + round(seconds))
    first = next(each for each in told if each.name == VISITED)
    source = first.text("utm_source") or first.text("referrer")
    return Visit(told[0].at, told[-1].at, sum(page.seconds or 0 for page in pages), source, pages)
