"""When a visit begins: with the first page after half an hour without one, on whichever of the contact's browsers."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

import orjson
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.adapters.visiting import PAUSE
from app.models import Visitor
from app.services.web.reading import PageEvent
from app.services.web.visits import LEFT, VISITED
from nodes.triggers.visit_begun import AWAY, VisitBegun

BEGUN: Final = VisitBegun.key
_DAY: Final = timedelta(days=1)


class Coming(NamedTuple):
    """A visitor that tells of a page. `last`: when it last did, before this message."""

    visitor: int
    contact: int | None
    last: datetime | None
    page: PageEvent


def tells_of_page(events: Sequence[PageEvent]) -> bool:
    """Tell whether a visitor is on the site with these events."""
    return any(event.name in {VISITED, LEFT} for event in events)


def comings(visitor: int, contact: int | None, last: datetime | None, events: Sequence[PageEvent]) -> Iterator[Coming]:
    """Give the page with which a visit may begin, if there is one."""
    page = next((event for event in events if event.name == VISITED), None)
    if page is not None:
        yield Coming(visitor, contact, last, page)


def begun(session: Session, comings: Sequence[Coming]) -> Mapping[int, PageEvent]:
    """Return, by visitor, the event of each visit that begins. `away_days`: whole days since the last page."""
    fresh = [each for each in comings if each.last is None or each.page.at - each.last >= PAUSE]
    elsewhere = _elsewhere(session, [each for each in fresh if each.contact is not None])
    found: dict[int, PageEvent] = {}
    for each in fresh:
        last = max((at for at in (each.last, elsewhere.get(each.contact)) if at is not None), default=None)
        if last is None or each.page.at - last >= PAUSE:
            found.setdefault(each.visitor, _event(each.page, last))
    return found


NEVER: Final = datetime.fromtimestamp(0, UTC)
"""When a visitor was last on a page that never told of one."""


def _elsewhere(session: Session, comings: Sequence[Coming]) -> Mapping[int | None, datetime]:
    """Return when contacts were last on a site by a browser other than these."""
    if not comings:
        return {}
    visited = func.coalesce(Visitor.visited_at, Visitor.seen_at, type_=Visitor.seen_at.type)
    rows = session.execute(
        select(Visitor.contact_id, func.max(visited))
        .where(Visitor.contact_id.in_({each.contact for each in comings}))
        .where(Visitor.id.not_in({each.visitor for each in comings}), Visitor.site_id.is_not(None), visited > NEVER)
        .group_by(Visitor.contact_id)
    )
    return dict(rows.all())


def _event(page: PageEvent, last: datetime | None) -> PageEvent:
    days = (page.at - last) // _DAY if last else 0
    properties = {**orjson.loads(page.properties), **({AWAY: days} if days else {})}
    # No page can choose this key: it holds a dot.
    return PageEvent(f"{page.key}.visit", BEGUN, page.at, orjson.dumps(properties))
