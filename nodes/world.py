"""Snapshots of the facts a batch of contacts is judged by, and what else a step may ask for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from nodes.catalog import Catalog
from nodes.pressure import Message

Value: TypeAlias = str | float | bool | date | tuple[str, ...] | None
Json: TypeAlias = "str | float | bool | Sequence[Json] | Mapping[str, Json] | None"


class EventCount(NamedTuple):
    """A countable question about a contact's past: how often `event` came within `days` (None: ever).

    `where` are `(property, value)` pairs that the event's own data must hold. `times`: asked is when.
    """

    event: str
    days: float | None
    where: tuple[tuple[str, Json], ...] = ()
    times: bool = False


class Moment(NamedTuple):
    """When an event of the past happened; of two, the one with the smaller `id` came in first."""

    id: int
    at: datetime


@dataclass(slots=True)
class Deal:
    """A deal of the contact. `created_at` and `modified_at` are aware, UTC."""

    id: int
    name: str
    pipeline: int
    stage: int
    status: str
    amount: float | None
    created_at: datetime
    modified_at: datetime


@dataclass(slots=True)
class Contact:
    """One contact as this batch sees it; effects are folded in at once, so later steps see them.

    Only the facts named in the plan's `Reads` are filled. `time_zone` is the contact's, else the workspace's.
    `on_site`: whether it is on a watched website now. `browsers`: in how many it takes web push. `interest` and
    `latest_interest`: the category of pages that it viewed most and last, lately. `row_version` is opaque: the state of
    the stored contact that the snapshot shows.
    """

    id: int
    email: str | None = None
    fields: dict[str, Value | datetime] = field(default_factory=dict)
    attributes: dict[str, Value] = field(default_factory=dict)
    owner: str | None = None
    lists: set[int] = field(default_factory=set)
    tags: set[str] = field(default_factory=set)
    consents: set[int] = field(default_factory=set)
    on_site: bool = False
    browsers: int = 0
    interest: str | None = None
    latest_interest: str | None = None
    deals: list[Deal] = field(default_factory=list)
    company: Mapping[str, Value] = field(default_factory=dict)
    event_counts: Mapping[EventCount, int] = field(default_factory=dict)
    event_times: Mapping[EventCount, Sequence[Moment]] = field(default_factory=dict)
    messages: list[Message] = field(default_factory=list)
    time_zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    row_version: str = ""


class Topic(NamedTuple):
    """What is listened to: an event by name, or only that event about one `subject` (an attribute, a list)."""

    event: str
    subject: str | None = None


ATTRIBUTE_CHANGED: Final = "attribute_changed"
"""The event that tells of an attribute's old and new value."""

VISITING: Final = ("visit_begun", "visit_ended")
"""The events that tell of somebody who comes to a website, and who left it."""

# Events that Cadenza raises itself about one subject, and the property that names it.
SUBJECTS: Final[Mapping[str, str]] = {
    ATTRIBUTE_CHANGED: "attribute",
    "list_added": "list",
    "consent_given": "topic",
    "contact_changed": "fact",
    "automation_called": "automation",
    "automation_dismissed": "automation",
    "segment_joined": "watch",
    "date_reached": "watch",
    "webhook_received": "@hook",
}


class Event(NamedTuple):
    """Something that happened to a contact. `at`: aware UTC; `causes`: the automations that led to it, in order."""

    id: int
    name: str
    at: datetime
    properties: Mapping[str, Json]
    causes: tuple[int, ...] = ()

    @property
    def topics(self) -> tuple[Topic, ...]:
        """Everything that one can listen to in order to hear this event."""
        if self.name not in SUBJECTS:
            return _plain_topics(self.name)
        return (Topic(self.name), Topic(self.name, str(self.properties.get(SUBJECTS[self.name]))))


@lru_cache(maxsize=4096)
def _plain_topics(name: str) -> tuple[Topic, ...]:
    return (Topic(name),)


class Signal(NamedTuple):
    """An event that a change gives rise to, for whoever listens to its topic; `causes` as in `Event`."""

    topic: Topic
    contact: int
    properties: Mapping[str, Json]
    causes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Reads:
    """The facts a step needs to know of each contact, so that they can be loaded in bulk beforehand."""

    attributes: frozenset[str] = frozenset()
    event_counts: frozenset[EventCount] = frozenset()
    fields: bool = False
    owner: bool = False
    lists: bool = False
    tags: bool = False
    deals: bool = False
    company: bool = False
    messages: bool = False
    consents: bool = False
    browsers: bool = False
    interests: bool = False
    visits: bool = False

    def topics(self) -> frozenset[Topic]:
        """Return what to listen to in order to hear of every change of these facts; time passing makes no sound."""
        facts = (
            name for name in ("fields", "owner", "lists", "tags", "deals", "company", "consents") if getattr(self, name)
        )
        return frozenset(
            {
                *(Topic("attribute_changed", name) for name in self.attributes),
                *(Topic("contact_changed", fact) for fact in facts),
                *(Topic(count.event) for count in self.event_counts),
                *(Topic(name) for name in VISITING if self.visits),
            }
        )

    def __or__(self, other: "Reads") -> "Reads":
        return Reads(
            self.attributes | other.attributes,
            self.event_counts | other.event_counts,
            self.fields or other.fields,
            self.owner or other.owner,
            self.lists or other.lists,
            self.tags or other.tags,
            self.deals or other.deals,
            self.company or other.company,
            self.messages or other.messages,
            self.consents or other.consents,
            self.browsers or other.browsers,
            self.interests or other.interests,
            self.visits or other.visits,
        )


def _no_tickets(rotation: str, count: int) -> Sequence[int]:
    raise LookupError(f"This world hands out no tickets for {rotation} ({count} asked).")


@dataclass(slots=True)
class World:
    """What a batch may know: the contacts' snapshots, the workspace's names, and three pure services.

    - `render(template, contact, event)` fills a text in a sandbox;
    - `tickets(rotation, count)` reserves the next numbers of a rotation (round robin), never handed out twice;
    - `load(users)` tells how many contacts each user owns.
    """

    contacts: Mapping[int, Contact]
    catalog: Catalog = field(default_factory=Catalog)
    listened: frozenset[Topic] = frozenset()
    render: Callable[[str, Contact, Event], str] = lambda template, _contact, _event: template
    tickets: Callable[[str, int], Sequence[int]] = _no_tickets
    load: Callable[[Sequence[str]], Mapping[str, int]] = lambda users: dict.fromkeys(users, 0)
