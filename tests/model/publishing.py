"""Another version is published while people are inside: what becomes of each, from docs/versions.md alone."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Final

from nodes.catalog import Catalog
from nodes.registry import registry
from nodes.world import Contact, Event
from tests.model.journeys import Journey, KeyedPlace
from tests.model.population import Population
from tests.model.pressure import rank
from tests.model.reading import Automation, read
from tests.model.scenario import Publish, Scenario

# The path's last word of those whom a step would look at again by itself.
_WAITING: Final = ("wait", "quiet", "capped")


class Versions(Population):
    """The automations in all their versions; those that are `live` let people in, older ones go on beside them."""

    def __init__(self, scenario: Scenario, catalog: Catalog, render: Callable[[str, Contact, Event], str]) -> None:
        super().__init__(scenario, catalog, render)
        read_ones = [read(number, each, catalog) for number, each in enumerate(scenario.automations, 1)]
        self.automations = sorted(read_ones, key=rank)
        self.live = {each.number: each for each in read_ones}
        self.paused: set[int] = set()
        self.inside: dict[KeyedPlace, Journey] = {}

    def publish(self, wish: Publish) -> None:
        """Another version is live from now on, and its automation goes on if it stood still."""
        self.paused.discard(wish.automation)
        new, live = read(wish.automation, wish.document, self.catalog), self.live[wish.automation]
        if (_written(new), new.ways) == (_written(live), live.ways):
            new = live  # nothing changed
        else:
            self.live[wish.automation] = new
            self.automations = sorted([*self.automations, new], key=rank)
        for journey in self.inside.values():
            if journey.automation.number == wish.automation and journey.automation is not new:
                _move(journey, new, wish, self.now)


def _move(journey: Journey, new: Automation, wish: Publish, now: datetime) -> None:
    """Let one journey stay, leave, or go on in the new version."""
    old, node = journey.automation, journey.node
    if wish.way == "leave":
        journey.path.append((node, "let_out"))
        journey.wake_at, journey.port, journey.call = now, "let_out", None
        return
    target = {"stay": None, "move": _successor(old, new, node), "go": wish.to}[wish.way]
    if target is None:
        return
    looks = node in new.steps and (wish.way == "go" or _written(old)[node] != _written(new)[node])
    journey.done = {} if wish.repeat else dict(_done(journey, new, target))
    journey.moves.append((node, target))
    journey.automation, journey.node = new, target
    if target != node:
        journey.since, journey.kept, journey.call = now, "", None
        journey.wake_at, journey.port = now, None
    elif looks and journey.path[-1][1] in _WAITING:
        journey.wake_at, journey.port = now, None


def _successor(old: Automation, new: Automation, node: str) -> str | None:
    """Return where those at a step go on: there, or at the next of the old steps that there still is."""
    if _is_kept(old, new, node):
        return node
    seen, waiting = {node}, [node]
    while waiting:
        for each in _following(old, waiting.pop(0)):
            if each in new.steps and _is_kept(old, new, each):
                return each
            if each not in seen:
                seen.add(each)
                waiting.append(each)
    return None


def _written(automation: Automation) -> dict[str, tuple[str, object]]:
    """Return the steps as their author left them."""
    return {name: (place.type, place.written) for name, place in automation.steps.items()}


def _is_kept(old: Automation, new: Automation, node: str) -> bool:
    """A step of another type is another step; triggers stay as they are."""
    if node not in old.steps:
        return True
    return node in new.steps and old.steps[node].type == new.steps[node].type


def _following(old: Automation, node: str) -> list[str]:
    """Return where a step leads, the way of those to whom nothing happens first."""
    ports = reversed(_ports(old, node)) if node in old.steps else ["next"]
    return [old.ways[node, port] for port in ports if (node, port) in old.ways]


def _ports(automation: Automation, node: str) -> list[str]:
    place = automation.steps[node]
    return list(registry()[place.type].ports_of(place.written))


def _done(journey: Journey, new: Automation, target: str) -> Iterator[tuple[str, str]]:
    """Return which steps ahead were done, and by which port they were left; the last time counts."""
    taken_from = {before for before, after in journey.moves if before != after}
    for index, (step, said) in enumerate(journey.path):
        if said == "wait" and (index == len(journey.path) - 1 or step in taken_from):
            continue
        port = "next" if said in {"wait", "sent"} else said
        ahead = step != target and step in new.steps and new.lies_beyond(step, target)
        if ahead and port in _ports(new, step):
            yield step, port
