"""Why an event did not let its contact in: each trigger's filters, judged again with what is known of that moment.

The event keeps its own data, so that event filters come out as they did. Facts about the contact are taken back to that
moment by what was recorded of their changes; where the contact was changed since and nobody recorded how, the answer
says that its facts are those of today.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.adapters.bulk import among
from app.adapters.rehearsing import contacts_as_they_are, past_events
from app.models import PARTITIONS, EventType, InboxItem
from app.models import Contact as ContactRow
from app.models import Event as EventRow
from nodes.catalog import Catalog
from nodes.conditions import compile_condition, parse, reads
from nodes.contract import FILTERS, Trigger
from nodes.registry import registry
from nodes.world import Contact, Event, Reads, Topic
from workflows.document import Document
from workflows.past import Clock, Past
from workflows.plan import entered_by
from workflows.reasons import Weighed, retrace
from workflows.scenarios import typed

_MOST_EVENTS: Final = 100


class Door(NamedTuple):
    """A trigger of the version that is live: what it listens to, and its filters as stored."""

    node: str
    topic: Topic
    filters: Mapping[str, Any]


class Doors(NamedTuple):
    """The triggers of a version, and from when on it let contacts in."""

    since: datetime
    doors: Sequence[Door]
    version: int


class Closed(NamedTuple):
    """A trigger that an event came to in vain: the filters as judged. `certain`: with the values of that moment.

    Where they all hold, something that changed since did not.
    """

    version: int
    door: Door
    event: Event
    filters: Sequence[Weighed]
    certain: bool


def doors_of(automation: int, document: Document) -> list[Door]:
    """Return the triggers of a version."""
    found = []
    for entry in document.nodes:
        node = registry().get(entry.type)
        if isinstance(node, Trigger):
            config = node.schema().visible(entry.config)
            filters: dict[str, Any] = {name: config[name] for name in FILTERS if name in config}
            found.append(Door(entry.id, entered_by(automation, entry.id, node, config), filters))
    return found


def closed_to(
    session: Session, contact_id: int, versions: Sequence[Doors], catalog: Catalog, *, since: int, told: bool
) -> Iterator[Closed]:
    """Find the events, the newest first, that came to a trigger and did not fit. `versions`: the latest first.

    `since` is the first event that counts. `told`: what did not fit for another reason is known one by one, so that
    whatever is left was kept out by a filter.
    """
    doors = [door for version in versions for door in version.doors]
    facts = _Facts(session, contact_id, doors)
    for event in _without_waiting(session, contact_id, _events(session, contact_id, doors, since)):
        version = next((each for each in versions if each.since <= event.at), None)
        for door in version.doors if version else ():
            contact = facts.at(event.at, catalog) if door.topic in event.topics else None
            if contact is None or version is None:
                continue
            filters = [_judged(written, contact, event, catalog) for written in door.filters.values()]
            certain = facts.certain(event.at, door)
            if not all(each.holds for each in filters) or (told and filters and not certain):
                yield Closed(version.version, door, event, filters, certain)


def _without_waiting(session: Session, contact_id: int, events: Sequence[Event]) -> list[Event]:
    """Leave out what automations have not looked at yet."""
    waiting = set(
        session.scalars(
            select(InboxItem.id).where(
                InboxItem.part == contact_id % PARTITIONS, among(InboxItem.id, [each.id for each in events])
            )
        )
    )
    return [each for each in events if each.id not in waiting]


def _judged(written: Any, contact: Contact, event: Event, catalog: Catalog) -> Weighed:  # noqa: ANN401 - any JSON
    condition = parse(written)
    return retrace(condition, compile_condition(condition, catalog)(contact, event, event.at)[1])


class _Facts:
    """What is known of a contact, today and at earlier moments."""

    def __init__(self, session: Session, contact_id: int, doors: Sequence[Door]) -> None:
        self._session = session
        self._id = contact_id
        self._reads = Reads()
        for door in doors:
            for written in door.filters.values():
                self._reads |= reads(parse(written))
        self._modified_at = session.scalar(select(ContactRow.modified_at).where(ContactRow.id == contact_id))
        self._changes = self._recorded()

    def at(self, moment: datetime, catalog: Catalog) -> Contact | None:
        """Return the contact with its facts as of then, as far as they are known; None: there is none."""
        found = contacts_as_they_are(self._session, [self._id], self._reads, moment).get(self._id)
        if found is None:
            return None
        events = past_events(self._session, [self._id], self._reads, moment)[self._id]
        found.event_counts = Past(Clock(moment), events)
        for changed in reversed([each for each in self._changes if each.at > moment]):
            name = str(changed.properties.get("attribute"))
            if name in found.attributes and name in catalog.attributes:
                found.attributes[name] = typed(changed.properties.get("old"), catalog.attributes[name].kind)
        return found

    def certain(self, moment: datetime, door: Door) -> bool:
        """Tell whether nothing that the door's filters ask of the contact may have been otherwise then."""
        asked = Reads()
        for written in door.filters.values():
            asked |= reads(parse(written))
        loose = asked.lists or asked.tags or asked.deals or asked.company or asked.fields or asked.owner
        rewound = {each.properties.get("attribute") for each in self._changes if each.at > moment}
        unchanged = self._modified_at is not None and self._modified_at <= moment
        return not loose and (unchanged or asked.attributes <= rewound)

    def _recorded(self) -> list[Event]:
        """Return the recorded changes of the attributes that are asked about, the oldest first."""
        if not self._reads.attributes:
            return []
        return [
            each
            for each in _read_events(self._session, self._id, ["attribute_changed"], 0)
            if each.properties.get("attribute") in self._reads.attributes
        ][::-1]


def _events(session: Session, contact_id: int, doors: Sequence[Door], since: int) -> list[Event]:
    return _read_events(session, contact_id, sorted({door.topic.event for door in doors}), since)


def _read_events(session: Session, contact_id: int, names: Sequence[str], since: int) -> list[Event]:
    """Return a contact's events of these names, the newest first."""
    rows = session.execute(
        select(EventRow.id, EventType.name, EventRow.at, EventRow.properties)
        .join(EventType, EventType.id == EventRow.type_id)
        .where(EventRow.contact_id == contact_id, EventRow.id >= since, among(EventType.name, names))
        .order_by(EventRow.id.desc())
        .limit(_MOST_EVENTS)
    )
    return [Event(*row) for row in rows]
