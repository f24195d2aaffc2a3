"""What a replay reads: the events of a window, who they are about, and what an automation did meanwhile."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Select, func, select, text
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.adapters.bulk import among
from app.adapters.catalog import load_catalog
from app.adapters.paths import read_path
from app.adapters.rehearsing import contacts_as_they_are, past_events
from app.models import Assignment, AutomationVersion, Enrollment, Event, EventType, Notification, Task
from nodes.contract import Walkable
from nodes.registry import registry
from nodes.world import Contact, Reads
from nodes.world import Event as Happening
from workflows.document import load
from workflows.items import KeyedPlace
from workflows.replay import Figures, Happened

_CHUNK: Final = 5_000
_OWNERS_BEFORE: Final = text(
    """
    SELECT a.contact_id, (
        SELECT b.user_id FROM assignment b WHERE b.contact_id = a.contact_id AND b.at < :since
        ORDER BY b.id DESC LIMIT 1
    )
    FROM assignment a WHERE a.contact_id = ANY(:contacts) AND a.at >= :since GROUP BY a.contact_id
    """
)


def happenings(session: Session, names: Collection[str], since: datetime, most: int) -> list[Happened]:
    """Return the events of these names since then, in the order in which they were taken in; `most` of the latest."""
    statement = _meant(
        select(Event.contact_id, Event.received_at, EventType.name, Event.properties, Event.causes), names, since
    )
    rows = session.execute(statement.order_by(Event.id.desc()).limit(most)).all()
    return [
        Happened(contact, at, name, properties, tuple(causes or ()))
        for contact, at, name, properties, causes in reversed(rows)
    ]


def counted(session: Session, names: Collection[str], since: datetime) -> int:
    """Return how many events of these names came since then."""
    return session.scalar(_meant(select(func.count()), names, since)) or 0


def people(session: Session, ids: Sequence[int], reads: Reads, now: datetime) -> Mapping[int, Contact]:
    """Load contacts as they are, some thousands at a time."""
    found: dict[int, Contact] = {}
    for chunk in _chunks(ids):
        found |= contacts_as_they_are(session, chunk, reads, now)
    return found


def take_owners_back(session: Session, contacts: Mapping[int, Contact], since: datetime) -> None:
    """Give contacts who were handed over since then the owner whom they had before, as far as the log tells."""
    emails = {user.id: user.email for user in load_catalog().users.values()}
    for chunk in _chunks(sorted(contacts)):
        for contact, owner in session.execute(_OWNERS_BEFORE, {"contacts": chunk, "since": since}):
            contacts[contact].owner = emails.get(owner)


def pasts(session: Session, ids: Sequence[int], reads: Reads, until: datetime) -> Mapping[int, list[Happening]]:
    """Return what may be counted of the time before."""
    found: dict[int, list[Happening]] = {}
    for chunk in _chunks(ids):
        found |= past_events(session, chunk, reads, until)
    return found


def visits(session: Session, automation: int, before: datetime) -> frozenset[KeyedPlace]:
    """Return who had been inside before."""
    rows = session.execute(
        select(Enrollment.contact_id, Enrollment.run_key)
        .where(Enrollment.automation_id == automation, Enrollment.entered_at < before)
        .distinct()
    )
    return frozenset((automation, contact, key) for contact, key in rows)


def lived(session: Session, automation: int, since: datetime) -> Figures:
    """Count what an automation did since then, in whichever versions its contacts were."""
    channels = _channels(session, automation, since)
    figures, ways = Figures(), defaultdict[tuple[str, str], list[int]](list)
    counted_ones = defaultdict[str, list[int]](list)
    runs = session.execute(
        select(
            Enrollment.contact_id, Enrollment.version_id, Enrollment.state, Enrollment.entered_at, Enrollment.path
        ).where(Enrollment.automation_id == automation, Enrollment.entered_at >= since)
    )
    for contact, version, state, entered_at, path in runs:
        counted_ones["entered"].append(contact)
        counted_ones[_ENDS.get(state, "left")].append(contact)
        for step in read_path(path, entered_at):
            ways[step.node, step.port].append(contact)
            if (version, step.node) in channels and step.port in {"next", "sent"}:
                counted_ones["messages"].append(contact)
            if step.port == "sent":
                counted_ones["calls"].append(contact)
    counted_ones["people"] = sorted(set(counted_ones["entered"]))
    counted_ones["assignments"] = _about(session, Assignment, Assignment.at, automation, since)
    counted_ones["tasks"] = _about(session, Task, Task.created_at, automation, since)
    counted_ones["alerts"] = _alerts(session, automation, since)
    figures.counted, figures.ways = dict(counted_ones), dict(ways)
    return figures


def _channels(session: Session, automation: int, since: datetime) -> frozenset[tuple[int, str]]:
    """Return the version and id of each step that reaches contacts when they leave it."""
    entered = select(Enrollment.version_id).where(
        Enrollment.automation_id == automation, Enrollment.entered_at >= since
    )
    versions = select(AutomationVersion.id, AutomationVersion.document).where(AutomationVersion.id.in_(entered))
    return frozenset(
        (version, step.id)
        for version, document in session.execute(versions)
        for step in load(document).nodes
        if isinstance(kind := registry().get(step.type), Walkable) and kind.channel_of(step.config)
    )


def _about(
    session: Session,
    table: type[Assignment | Task],
    at: InstrumentedAttribute[datetime],
    automation: int,
    since: datetime,
) -> list[int]:
    """Return the contact of each row that the automation wrote since then."""
    return list(session.scalars(select(table.contact_id).where(table.automation_id == automation, at >= since)))


def _alerts(session: Session, automation: int, since: datetime) -> list[int]:
    """Return the contact of each alert, once for all whom it told."""
    alert = Notification
    times = func.count() // func.count(alert.user_id.distinct())
    rows = session.execute(
        select(alert.contact_id, times)
        .where(alert.automation_id == automation, alert.created_at >= since, alert.contact_id.is_not(None))
        .group_by(alert.contact_id, alert.created_at, alert.title, alert.body)
    )
    return [contact for contact, number in rows for _ in range(number) if contact is not None]


_ENDS: Final[Mapping[str, str]] = {"active": "inside", "failed": "failed"}


def _meant(statement: Select, names: Collection[str], since: datetime) -> Select:  # type: ignore[type-arg]
    conditions: list[ColumnElement[bool]] = [among(EventType.name, names), Event.received_at >= since]
    return statement.select_from(Event).join(EventType, EventType.id == Event.type_id).where(*conditions)


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + _CHUNK] for start in range(0, len(ids), _CHUNK))
