"""What is played: automations, people, and what happens to them in order; and what comes of it, to be compared."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, NamedTuple, TypeAlias
from zoneinfo import ZoneInfo

from nodes.world import Contact, EventCount, Json, Value

START: Final = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
HOOK: Final = "https://hooks.example.com/"
BROKEN_HOOK: Final = f"{HOOK}broken"


class OwnDeal(NamedTuple):
    """An open deal of the default pipeline at its first stage, made and last changed so many days before START."""

    name: str
    made: int
    changed: int


@dataclass(frozen=True)
class Person:
    """A contact: `number` is its place among the people, from 1."""

    number: int
    zone: str = "Europe/Paris"
    attributes: Mapping[str, Value] = field(default_factory=dict)
    owner: str | None = None
    lists: frozenset[int] = frozenset()
    tags: frozenset[str] = frozenset()
    deals: Sequence[OwnDeal] = ()

    @property
    def phone(self) -> str | None:
        """Those have one who have no browser that takes push."""
        return None if self.browsers else f"+336120000{self.number:02}"

    @property
    def browsers(self) -> int:
        """In how many the person takes web push: every other person in one."""
        return self.number % 2

    @property
    def email(self) -> str:
        return f"p{self.number}@example.com"

    @property
    def time_zone(self) -> ZoneInfo:
        return ZoneInfo(self.zone)


class Send(NamedTuple):
    """Somebody reports an event of a person. Its message id stands in its properties, too: `n`."""

    message: str
    who: int
    name: str
    properties: Mapping[str, Json]


class Pass(NamedTuple):
    """All that is queued is worked through, calls are answered, and then time passes at one stroke."""

    span: timedelta


class Switch(NamedTuple):
    """All that is queued is worked through, and then somebody pauses the automation of this number, or resumes it."""

    automation: int


class Change(NamedTuple):
    """All that is queued is worked through, and then somebody gives a person another `fact`: see `changed`."""

    who: int
    fact: str
    value: Value


class Enter(NamedTuple):
    """All that is queued is worked through, and then everybody whom the condition fits is let in, as a crowd.

    An automation that stands still lets nobody in. `name` tells the entry from others: see `label`.
    """

    automation: int
    name: str
    condition: Mapping[str, Any]

    @property
    def properties(self) -> Mapping[str, Json]:
        """What the one event that stands for everybody brings along."""
        return {"n": self.name}


class Publish(NamedTuple):
    """All that is queued is worked through, and then somebody publishes another version of an automation.

    Those inside older versions stay, move, go to the step `to`, or leave, by their `way`; `repeat`: what they have done
    they do again. An automation that stood still goes on.
    """

    automation: int
    document: Mapping[str, Any]
    way: str
    to: str | None
    repeat: bool


Interruption: TypeAlias = Pass | Switch | Change | Enter | Publish


@dataclass(frozen=True)
class Scenario:
    """`automations` are stored documents, numbered from 1. `caps` as a workspace has them written."""

    automations: Sequence[Mapping[str, Any]]
    people: Sequence[Person]
    acts: Sequence[Send | Interruption]
    caps: Sequence[Mapping[str, Any]] = ()

    @property
    def documents(self) -> list[Mapping[str, Any]]:
        """Every version of every automation."""
        return [*self.automations, *(act.document for act in self.acts if isinstance(act, Publish))]

    def rounds(self) -> list[tuple[list[Send], Interruption | None]]:
        """Cut the acts at each interruption: what is sent before, and what happens then."""
        found: list[tuple[list[Send], Interruption | None]] = [([], None)]
        for act in self.acts:
            if isinstance(act, Send):
                found[-1][0].append(act)
            else:
                found[-1] = (found[-1][0], act)
                found.append(([], None))
        return found


Place = tuple[int, int]  # automation, person


@dataclass
class Outcome:
    """What came of a scenario. What stands in a list is in the order in which it happened to that person."""

    people: dict[int, dict[str, Any]] = field(default_factory=dict)
    runs: defaultdict[Place, list[Any]] = field(default_factory=lambda: defaultdict(list))
    waiting: defaultdict[Place, list[str]] = field(default_factory=lambda: defaultdict(list))
    effects: defaultdict[tuple[int, str], list[Any]] = field(default_factory=lambda: defaultdict(list))
    passed: Counter[tuple[int, str, str]] = field(default_factory=Counter)
    refused: Counter[tuple[int, int, str]] = field(default_factory=Counter)
    dealt: Counter[str | None] = field(default_factory=Counter)

    def __str__(self) -> str:
        return "\n".join(
            f"{name}: {dict(value)}" if isinstance(value, Mapping) else f"{name}: {value}"
            for name, value in vars(self).items()
        )


def label(name: str, properties: Mapping[str, Any]) -> str:
    """Name an event the same wherever it is played: by its message id, or by what a change says of itself."""
    if "n" in properties:
        return str(properties["n"])
    told = sorted(
        (key, plain(value)) for key, value in properties.items() if key not in {"source", "fact", "automation"}
    )
    return f"{name} {told}"


def plain(value: object) -> object:
    """One notation for values that differ only in how they are stored."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return tuple(map(plain, value))
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def changed(contact: Contact, change: Change) -> list[tuple[str, Mapping[str, Any]]]:
    """Change the contact as a person would; returns the events that this gives rise to, with their properties."""
    fact, value = change.fact, change.value
    if fact == "SCORE":
        old, contact.attributes[fact] = contact.attributes.get(fact), value
        return [("attribute_changed", {"attribute": fact, "old": old, "new": value})] if old != value else []
    if fact == "owner":
        before, contact.owner = contact.owner, str(value)
        return [("contact_changed", {"fact": "owner"})] if before != value else []
    if fact == "tags":
        new = value not in contact.tags
        contact.tags.add(str(value))
        return [("contact_changed", {"fact": "tags"})] if new else []
    number = int(str(value))
    new = number not in contact.lists
    contact.lists.add(number)
    return [("list_added", {"list": number}), ("contact_changed", {"fact": "lists"})] if new else []


class Logged(NamedTuple):
    """An event that was taken in."""

    who: int
    name: str
    at: datetime
    properties: Mapping[str, Json]


class Memory:
    """Message ids that were met: each is remembered for the rest of its month and through the next."""

    def __init__(self) -> None:
        self.met: dict[str, int] = {}

    def is_new(self, message: str, now: datetime) -> bool:
        """Tell whether the message counts, and remember it."""
        month = now.year * 12 + now.month
        if month - self.met.get(message, 0) <= 1:
            return False
        self.met[message] = month
        return True


class Tally(dict[EventCount, int]):
    """How often something happened to a person until now: counted when asked."""

    def __init__(self, log: Sequence[Logged], who: int, now: datetime) -> None:
        super().__init__()
        self.log, self.who, self.now = log, who, now

    def get(self, question: EventCount, default: int = 0) -> int:  # type: ignore[override] # always a number
        return sum(self._means(question, each) for each in self.log) or default

    def _means(self, question: EventCount, each: Logged) -> bool:
        recent = question.days is None or each.at >= self.now - timedelta(days=question.days)
        holds = all(key in each.properties and each.properties[key] == value for key, value in question.where)
        return each.who == self.who and each.name == question.event and recent and holds
