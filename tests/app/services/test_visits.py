"""A contact's visits: pages grouped by what lies between them, each with how long it was looked at."""

from datetime import UTC, datetime, timedelta

import orjson
import pytest
from sqlalchemy.orm import Session

from app.errors import NotFound
from app.services import timeline
from app.services.contacts import Identifier
from app.services.incoming import IncomingEvent
from app.services.intake import record_events
from app.services.paging import Paging
from app.services.web import visits
from tests.factories.contacts import make_contact

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def page(contact: int, minute: float, path: str, *, left_after: int | None = None, **more: str) -> None:
    """The contact opens a page at a minute after noon, and leaves it so many seconds later."""
    at, address = NOON + timedelta(minutes=minute), f"https://shop.example.com{path}"
    told = [("page_visited", at, {"page": address, "title": path.strip("/"), **more})]
    if left_after is not None:
        gone = at + timedelta(seconds=left_after)
        told.append(("page_left", gone, {"page": address, "seconds": left_after}))
    who = [Identifier("id", contact)]
    events = [IncomingEvent(name, who, moment, orjson.dumps(data)) for name, moment, data in told]
    record_events(events, source="test")


@pytest.mark.row("E24")
def test_pages_with_dates_and_lengths(database: Session):
    """What was looked at in a row is one visit; half an hour of nothing ends it; the latest comes first."""
    contact = make_contact()
    page(contact, 0, "/home", left_after=30, utm_source="letter")
    page(contact, 1, "/pricing", left_after=90)
    page(contact, 50, "/docs")
    later, first = visits.of_contact(contact)
    assert [(each.title, each.seconds) for each in first.pages] == [("home", 30), ("pricing", 90)]
    assert (first.began_at, first.seconds, first.source) == (NOON, 120, "letter")
    assert [(each.title, each.seconds) for each in later.pages] == [("docs", None)]


def test_a_page_that_was_hidden_and_shown_again_adds_up(database: Session):
    """Each time it is left, the seconds are told."""
    contact = make_contact()
    page(contact, 0, "/home", left_after=30)
    gone = IncomingEvent(
        "page_left",
        [Identifier("id", contact)],
        NOON + timedelta(minutes=2),
        orjson.dumps({"page": "https://shop.example.com/home", "seconds": 12.4}),
    )
    record_events([gone], source="test")
    assert visits.of_contact(contact)[0].pages[0].seconds == 42


def test_what_others_send_breaks_nothing(database: Session):
    """Events of that name may come from anywhere, with anything in them."""
    contact = make_contact()
    for data in ({}, {"page": 5, "title": None}, {"seconds": "x", "page": ["y"]}):
        for name in ("page_visited", "page_left"):
            event = IncomingEvent(name, [Identifier("id", contact)], NOON, orjson.dumps(data))
            record_events([event], source="test")
    (visit,) = visits.of_contact(contact)
    assert len(visit.pages) == 3


def test_the_timeline_leaves_leaving_out(database: Session):
    """It is told with the visit."""
    contact = make_contact()
    page(contact, 0, "/home", left_after=30)
    assert [each.title for each in timeline.of_contact(contact, Paging(), "en").items] == ["Page visited"]


def test_nobody_has_no_visits(database: Session):
    """A contact that does not exist is told so; one that never came has none."""
    assert visits.of_contact(make_contact()) == []
    with pytest.raises(NotFound):
        visits.of_contact(999_999)
