"""What a batch is made of, and what comes of it."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import NamedTuple, Protocol, TypeAlias

from nodes.runs import Emitted, Failure, Leave, Run, Wait
from nodes.texts import Text
from nodes.world import Event, Signal
from workflows.plan import Plan, PlanTrigger

Place: TypeAlias = tuple[int, int]  # automation, contact
KeyedPlace: TypeAlias = tuple[int, int, str]  # and what tells several runs of one contact apart


class Happening(NamedTuple):
    """An event of a contact."""

    contact: int
    event: Event


class Waking(NamedTuple):
    """A run that goes on: it stands at `node` and leaves by `port`, or is worked on again there (no port).

    With a `reason` it fails there instead.
    """

    plan: Plan
    run: Run
    node: str
    port: str | None
    reason: Text | None = None

    @property
    def contact(self) -> int:
        """The contact's id."""
        return self.run.contact.id

    @property
    def turn(self) -> tuple[datetime, int, int]:
        """What those that are due come in the order of: time, the higher priority, the run that began first."""
        return self.run.wake_at or datetime.max.replace(tzinfo=UTC), -self.plan.priority, self.run.enrollment or 0


class Pending(NamedTuple):
    """An event that came while the contact was inside, and the trigger it matched."""

    event: Event
    trigger: str


class Refused(NamedTuple):
    """An event that did not let its contact in, with a stable reason."""

    automation: int
    contact: int
    reason: str
    event: Event


class Inside(NamedTuple):
    """A run that has begun and not ended, and the plan it goes by."""

    plan: Plan
    run: Run


class Plans(Protocol):
    """The automations that are live; at most `hop_budget` of them may set each other off in a row."""

    hop_budget: int

    def listening(self, event: Event) -> Sequence[tuple[Plan, Sequence[PlanTrigger]]]:
        """Return the live plans with triggers for this event."""

    def live(self, automation: int) -> Plan | None:
        """Return the version of an automation that contacts enter now, if any."""


@dataclass(slots=True)
class Residents:
    """Who is inside which automation, by contact; who has visited one that lets people in once; who is to enter."""

    inside: defaultdict[int, dict[tuple[int, str], Inside]] = field(default_factory=lambda: defaultdict(dict))
    visited: set[KeyedPlace] = field(default_factory=set)
    pending: dict[Place, deque[Pending]] = field(default_factory=dict)

    def enter(self, plan: Plan, run: Run) -> None:
        """Note a run that begins or goes on."""
        self.inside[run.contact.id][run.automation, run.key] = Inside(plan, run)

    def leave(self, run: Run) -> None:
        """Forget a run that ended."""
        self.inside[run.contact.id].pop((run.automation, run.key), None)

    def holds(self, run: Run) -> bool:
        """Tell whether this very run is still inside."""
        inside = self.inside[run.contact.id].get((run.automation, run.key))
        return inside is not None and inside.run is run

    def hearing(self, contact: int, event: Event, now: datetime) -> Iterator[Inside]:
        """Return the waiting runs of a contact that may be moved by this event; whose time has come hears no more."""
        topics = event.topics
        for inside in tuple(self.inside[contact].values()):
            wake_at = inside.run.wake_at
            if (wake_at is None or wake_at > now) and inside.plan.listens(topics):
                yield inside


@dataclass(slots=True)
class Outcome:
    """All that a batch came to. Every run of the batch stands in exactly one of `waits`, `leaves` and `failures`.

    `reached` are the contacts to whom messages went that count.
    """

    entered: list[Run] = field(default_factory=list)
    visits: list[KeyedPlace] = field(default_factory=list)
    effects: list[Emitted] = field(default_factory=list)
    signals: list[Signal] = field(default_factory=list)
    deliveries: list[Emitted] = field(default_factory=list)
    waits: dict[Run, Wait] = field(default_factory=dict)
    leaves: list[Leave] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    moved: Counter[tuple[int, str, str]] = field(default_factory=Counter)  # version, node, port
    refused: list[Refused] = field(default_factory=list)
    put_off: list[tuple[Place, Pending]] = field(default_factory=list)
    taken_up: list[tuple[Place, Pending]] = field(default_factory=list)
    reached: set[int] = field(default_factory=set)
