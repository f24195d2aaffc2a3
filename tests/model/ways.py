"""How one contact goes on from a step, and what a step may use to decide so."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol, TypeAlias

from nodes.catalog import Catalog
from nodes.world import Contact, Event
from tests.model.scenario import label

Config: TypeAlias = Mapping[str, Any]


class Go(NamedTuple):
    """On through a port; `said`: what the path says instead."""

    port: str = "next"
    said: str = ""


class Sleep(NamedTuple):
    """Stand still until then, then on by that port."""

    until: datetime
    port: str = "next"


class Look(NamedTuple):
    """Stand still; the step looks again then. None: only an event moves the contact on."""

    at: datetime | None


class Call(NamedTuple):
    """Ask the outside world, and stand still until it answers."""

    request: tuple[object, ...]


class End(NamedTuple):
    """The run is over: finished or failed."""

    state: str
    last: str


Way: TypeAlias = Go | Sleep | Look | Call | End
FAILED = End("failed", "failed")
EXIT = End("finished", "exit")


class Town(Protocol):
    """What a step may use: the names known, the time, and ways to change things."""

    catalog: Catalog
    now: datetime

    def arise(self, standing: "Standing", name: str, properties: Mapping[str, Any]) -> None: ...
    def note(self, standing: "Standing", kind: str, *what: object) -> None: ...
    def render(self, template: str, contact: Contact, event: Event) -> str: ...
    def deal_out(self, standing: "Standing", how: str, reps: list[str]) -> str: ...


@dataclass(frozen=True)
class Standing:
    """One contact at one step, to which it came at `since`; `event` let it in."""

    automation: int
    node: str
    config: Config
    contact: Contact
    event: Event
    since: datetime

    def holds(self, name: str, now: datetime) -> bool:
        return bool(self.config[name](self.contact, self.event, now)[0])


def drawn(node: str, contact: Contact, event: Event, lot: str, sticky: bool) -> float:
    """Return the number in [0, 1) that chance gives; the engine is made to draw the same while it is compared."""
    entry = "" if sticky else label(event.name, event.properties)
    seed = f"{node} {contact.email} {entry} {lot}".encode()
    return int.from_bytes(hashlib.blake2b(seed, digest_size=7).digest()) / 2**56
