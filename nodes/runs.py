"""A contact's run while it moves, and what can come of it at a step: plain data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from nodes.conditions import Comparison
from nodes.effects import Effect
from nodes.texts import Text
from nodes.world import Contact, Event

NEXT = "next"


class PathStep(NamedTuple):
    """One step of a contact's way: where, by which port it left (or why it stopped), when, and what was compared."""

    node: str
    port: str
    at: datetime
    values: tuple[Comparison, ...] = ()


@dataclass(slots=True, eq=False)
class Run:
    """One contact's run through one version: the enrollment, while it moves.

    `event` is what let it in; `key` tells several runs of one contact apart. A waiting run stands at `stands_at` since
    `arrived_at`, and goes on by itself at `wake_at`, if that is known; `waits_for` is how its path says why. `path`
    grows as it moves. A run that has not been stored yet has no `enrollment` number. `done` are steps that it did
    before it was moved to this version, and by which port it left them: it does not do them again. Without a port: it
    does them again, as something new; `moves` is how often it was moved.
    """

    automation: int
    version: int
    contact: Contact
    event: Event
    entered_at: datetime
    key: str = ""
    enrollment: int | None = None
    stands_at: str | None = None
    arrived_at: datetime | None = None
    wake_at: datetime | None = None
    waits_for: str | None = None
    path: list[PathStep] = field(default_factory=list)
    settled_by: object = None
    done: Mapping[str, str | None] | None = None
    moves: int = 0


class Wait(NamedTuple):
    """The run stands still at `node` until `until` (None: until somebody wakes it), then leaves by `port`.

    Without a port the step looks at it again.
    """

    run: Run
    node: str
    port: str | None
    until: datetime | None


class Answer(NamedTuple):
    """By which port a waiting run leaves because of an event, and what was compared to decide so."""

    port: str
    values: tuple[Comparison, ...] = ()


class Failure(NamedTuple):
    """The run ended at `node` for this reason; it can be tried again."""

    run: Run
    node: str
    reason: Text


class Leave(NamedTuple):
    """The run is over; `reason` is a stable code (`end`, `exit`, `exit_condition`, `dismissed`)."""

    run: Run
    node: str
    reason: str


class Emitted(NamedTuple):
    """An effect, and which run caused it at which node.

    One that reaches the contact has the `channel` it leaves by and the `priority` that it has there.
    """

    run: Run
    node: str
    effect: Effect
    channel: str = ""
    priority: int = 0
