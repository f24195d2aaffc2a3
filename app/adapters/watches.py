"""Finding, set by set, whom a watch is about: who came to belong to a segment, whose day it is."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    and_,
    delete,
    exists,
    extract,
    false,
    func,
    insert,
    literal,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.dialects.postgresql import insert as insert_or_skip
from sqlalchemy.orm import Session

from app.adapters.attributes import column
from app.adapters.events import type_ids
from app.models import PARTITIONS, Contact, Event, InboxItem, WatchMember
from nodes.catalog import Catalog, Kind
from nodes.watches import DateWatch, birthdays
from nodes.world import Json

# As many come in at a time; whoever is left is found at once thereafter.
MOST: Final = 20_000
_APART: Final = timedelta(days=3)

Where = ColumnElement[bool]


def note_members(session: Session, watch_id: int, belongs: Where, since: datetime) -> None:
    """Take everybody who belongs now for known: nobody is told of them."""
    session.execute(insert(WatchMember).from_select(_MEMBER, _belonging(watch_id, belongs, since)))


def find_joined(
    session: Session, watch_id: int, belongs: Where, now: datetime, event: str, properties: Mapping[str, Json]
) -> dict[int, int]:
    """Forget who belongs no more, note up to `MOST` who came to belong, and give each of them the event.

    Returns how many these are in each partition.
    """
    still = exists().where(Contact.id == WatchMember.contact_id, belongs)
    session.execute(delete(WatchMember).where(WatchMember.watch_id == watch_id, ~still))
    known = exists().where(WatchMember.watch_id == watch_id, WatchMember.contact_id == Contact.id)
    new = _belonging(watch_id, belongs, now).where(~known).order_by(Contact.id).limit(MOST)
    noted = insert_or_skip(WatchMember).from_select(_MEMBER, new).on_conflict_do_nothing()
    return _give(session, noted.returning(WatchMember.contact_id).cte("found"), now, event, properties)


def find_dated(session: Session, watch: DateWatch, since: datetime, now: datetime, catalog: Catalog) -> dict[int, int]:
    """Give the event to everybody for whom the day came after `since` and up to `now`, by the clock where they are.

    Who moved to another zone meanwhile meets the hour again there, but not the event. Returns how many these are in
    each partition.
    """
    zones: defaultdict[date, list[str | None]] = defaultdict(list)
    for zone in session.scalars(select(Contact.time_zone).distinct()):
        for day in watch.due(since, now, ZoneInfo(zone) if zone else catalog.time_zone):
            zones[day].append(zone)
    parts: defaultdict[int, int] = defaultdict(int)
    attribute = catalog.attributes[watch.attribute]
    for day, names in sorted(zones.items()):
        reached = _reached(column(attribute.id, Kind.DATE), watch, day)
        properties = {"watch": watch.topic.subject, "attribute": watch.attribute, "date": watch.dated(day).isoformat()}
        new = ~_had(type_ids(session, [watch.event])[watch.event], properties, now)
        found = select(Contact.id.label("contact_id")).where(reached, _lives_in(names), new).cte("found")
        for part, count in _give(session, found, now, watch.event, properties).items():
            parts[part] += count
    return dict(parts)


_MEMBER: Final = ["watch_id", "contact_id", "since"]


def _belonging(watch_id: int, belongs: Where, since: datetime) -> Select[int, int, datetime]:
    return select(literal(watch_id), Contact.id, literal(since)).where(belongs)


def _reached(stored: ColumnElement[Any], watch: DateWatch, day: date) -> Where:
    dated = watch.dated(day)
    if not watch.yearly:
        return and_(true(), stored == dated)
    month_and_day = tuple_(extract("month", stored), extract("day", stored))
    return and_(month_and_day.in_(birthdays(dated)), stored <= dated)


def _had(kind: int, properties: Mapping[str, Json], now: datetime) -> Where:
    """Hold for contacts who met this very event within the days that clocks of the world are apart.

    A limit keeps this from being joined, by which a whole month of the log might be read: it is looked up for each
    contact whose day it is.
    """
    told = (Event.type_id == kind, Event.received_at > now - _APART, Event.properties == dict(properties))
    met = select(Event.id).where(Event.contact_id == Contact.id, *told).limit(1).correlate(Contact)
    return met.scalar_subquery().is_not(None)


def _lives_in(zones: Sequence[str | None]) -> Where:
    """Hold for contacts with one of these zones; None stands for those without one."""
    nowhere = Contact.time_zone.is_(None) if None in zones else false()
    return or_(Contact.time_zone.in_([zone for zone in zones if zone]), nowhere)


def _give(session: Session, found: CTE, now: datetime, event: str, properties: Mapping[str, Json]) -> dict[int, int]:
    """Log an event for each contact found, and queue it, in one statement."""
    given = select(
        found.c.contact_id,
        literal(type_ids(session, [event])[event]),
        literal(now),
        literal(dict(properties), Event.properties.type),
    )
    logged = (
        insert(Event)
        .from_select(["contact_id", "type_id", "at", "properties"], given)
        .returning(*(getattr(Event, name) for name in _KEPT))
        .cte("logged")
    )
    part = logged.c.contact_id % PARTITIONS
    queue = insert(InboxItem).from_select(["part", *_KEPT], select(part, *(logged.c[name] for name in _KEPT)))
    queued = queue.returning(InboxItem.part).cte("queued")
    counted = select(queued.c.part, func.count()).group_by(queued.c.part)
    return {part: count for part, count in session.execute(counted)}  # noqa: C416 - rows are not yet pairs


_KEPT: Final = ("id", "contact_id", "type_id", "at", "received_at", "properties")
