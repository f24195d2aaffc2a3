"""One person's run through one automation, as the reference keeps it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeAlias

from nodes.world import Event
from tests.model.reading import Automation, Place, WayIn
from tests.model.scenario import Outcome, label
from tests.model.ways import Call, Go, Look, Sleep, Way

KeyedPlace: TypeAlias = tuple[int, int, str]  # automation, person, and what tells several runs of the person apart


class TooLong(Exception):
    """The scenario would take more steps than a test has time for."""


@dataclass(eq=False)
class Journey:
    """One person's run through one automation.

    It stands at `node` since `since`, and goes on by itself at `wake_at` by `port`; without one, the step looks again.
    """

    automation: Automation
    who: int
    event: Event
    entered: int
    node: str
    since: datetime
    state: str = "active"
    path: list[tuple[str, str]] = field(default_factory=list)
    wake_at: datetime | None = None
    port: str | None = None
    call: Call | None = None
    kept: str = ""  # why its step has not served it yet, as its path says
    done: dict[str, str] = field(default_factory=dict)  # what it did before it was moved, and does not do again
    moves: list[tuple[str, str]] = field(default_factory=list)  # from which step to which

    @property
    def place(self) -> KeyedPlace:
        return (self.automation.number, self.who, self.automation.key(self.event))

    @property
    def step(self) -> Place:
        """The step where it stands."""
        return self.automation.steps[self.node]

    def told(self) -> object:
        """Return what is to be compared."""
        cause = label(self.event.name, self.event.properties)
        return (self.state, self.node, cause, tuple(self.path), self.wake_at)


def said(way: Way) -> str:
    """Return what the path says of a step."""
    match way:
        case Go():
            return way.said or way.port
        case Sleep() | Look():
            return "wait"
        case Call():
            return "sent"
    return way.last


def tell(
    outcome: Outcome, journeys: Iterable[Journey], pending: Mapping[tuple[int, int], Sequence[tuple[Event, WayIn]]]
) -> None:
    """Write down where everybody stands, and what waits to let them in."""
    for each in journeys:
        outcome.runs[each.automation.number, each.who].append(each.told())
    for place, waiting in pending.items():
        if waiting:
            outcome.waiting[place] = [label(event.name, event.properties) for event, _ in waiting]
