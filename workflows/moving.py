"""What becomes of contacts inside when another version is published. docs/versions.md tells it to authors."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal, NamedTuple, TypeAlias

import networkx as nx

from nodes.contract import Node, Walkable
from workflows.document import Document, NodeEntry
from workflows.graph import build, targets

Way: TypeAlias = Literal["stay", "move", "go", "leave"]
Fit: TypeAlias = Literal["same", "changed", "removed"]
Place: TypeAlias = tuple[int, str]
"""A version, and a step of it."""


class Choice(NamedTuple):
    """What is to become of contacts: stay in their version; move to the same step of the new one; go to `to`; leave.

    Steps that they did before are not done again, unless they are to `repeat` them.
    """

    way: Way = "stay"
    to: str | None = None
    repeat: bool = False


STAY: Final = Choice()


@dataclass(frozen=True, slots=True)
class Choices:
    """What is to become of everybody, and of those at some places in particular (versions by number)."""

    everybody: Choice = STAY
    places: Mapping[Place, Choice] = field(default_factory=dict)

    def at(self, place: Place) -> Choice:
        """Return what is to become of those at a place."""
        return self.places.get(place, self.everybody)


EVERYBODY_STAYS: Final = Choices()


class Route(NamedTuple):
    """Where contacts at a step stand afterwards (None: they leave), and whether that step looks at them anew.

    `ports` are the ways out, `(step, port)`, of the steps that may follow: whoever has gone one before does not do that
    step again, or, if it is to `repeat`, does it as something new. A step that somebody is sent to is always repeated.
    """

    to: str | None
    looks: bool = False
    ports: frozenset[tuple[str, str]] = frozenset()
    repeat: bool = False


class Passage:
    """From one version of an automation to another, step by step."""

    def __init__(self, old: Document, new: Document, registry: Mapping[str, Node]) -> None:
        self._old = old
        self._new = new
        self._registry = registry
        self._ways = build(new)
        self._before = {node.id: node for node in old.nodes}
        self._after = {node.id: node for node in new.nodes}

    def fit(self, step: str) -> Fit:
        """Tell what became of a step of the old version; one of another type is another step."""
        old, new = self._before.get(step), self._after.get(step)
        if old is None or new is None or old.type != new.type:
            return "removed"
        return "same" if old.config == new.config else "changed"

    def successor(self, step: str) -> str | None:
        """Return where `move` takes those at a step: there, or to the next of the old steps that there still is.

        A step is left as by those to whom nothing happens: by its last way out.
        """
        if self.fit(step) != "removed":
            return step
        seen, waiting = {step}, deque([step])
        while waiting:
            for following in self._following(waiting.popleft()):
                if following in self.places and self.fit(following) != "removed":
                    return following
                if following not in seen:
                    seen.add(following)
                    waiting.append(following)
        return None

    def route(self, step: str, choice: Choice) -> Route | None:
        """Return what a choice means for those at a step; None: they stay, by choice or for want of a place."""
        if choice.way == "leave":
            return Route(None)
        to = {"stay": None, "move": self.successor(step), "go": choice.to}[choice.way]
        if to is None:
            return None
        arriving = choice.way == "go" or to != step
        looks = to in self.places and (arriving or self.fit(step) == "changed")
        ports = self._ports_beyond(to) | (self._ports_from(to) if arriving else frozenset())
        return Route(to, looks, ports, choice.repeat)

    @cached_property
    def places(self) -> frozenset[str]:
        """The steps of the new version to which contacts can go: all but its triggers."""
        return frozenset(node.id for node in self._new.nodes if isinstance(self._type(node), Walkable))

    def done_before(self, step: str) -> frozenset[str]:
        """Return the steps of the new version that contacts at a step of the old one may have done already."""
        above = nx.ancestors(build(self._old), step)
        return self.places & above

    def _ports_beyond(self, step: str) -> frozenset[tuple[str, str]]:
        beyond = nx.descendants(self._ways, step) & self.places
        return frozenset().union(*(self._ports_from(each) for each in beyond))

    def _ports_from(self, step: str) -> frozenset[tuple[str, str]]:
        return frozenset((step, port) for port in self._ports(self._after[step]))

    def _following(self, step: str) -> list[str]:
        ways = targets(self._old)
        found = (ways.get((step, port)) for port in reversed(self._ports(self._before[step])))
        return [each for each in found if each is not None]

    def _ports(self, node: NodeEntry) -> list[str]:
        node_type = self._type(node)
        return list(node_type.ports_of(node.config)) if node_type else []

    def _type(self, node: NodeEntry) -> Node | None:
        return self._registry.get(node.type)
