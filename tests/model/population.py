"""The people of the reference, what happens to them, and what is noted about them."""

from collections import Counter, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from nodes.catalog import Catalog
from nodes.world import Contact, Event
from tests.model.reading import as_contact, fits
from tests.model.scenario import START, Logged, Memory, Outcome, Scenario, Send, Tally
from tests.model.ways import Standing

CALL: Final = "automation_called"


@dataclass(frozen=True)
class Queued:
    """An event that nobody has looked at yet."""

    who: int
    event: Event


class Population:
    """Everybody, and a queue of events; it is all that steps ask for: see `ways.Town`."""

    def __init__(self, scenario: Scenario, catalog: Catalog, render: Callable[[str, Contact, Event], str]) -> None:
        self.catalog, self.render, self.now = catalog, render, START
        self.people = {each.number: as_contact(each, catalog) for each in scenario.people}
        self.memory = Memory()
        self.log: list[Logged] = []
        self.queue: deque[Queued] = deque()
        self.turns: Counter[tuple[int, str]] = Counter()
        self.outcome = Outcome()
        for who in self.people:
            self.happen(who, "contact_created", {})

    def receive(self, sent: Send) -> None:
        """A repeated message id counts once."""
        if self.memory.is_new(sent.message, self.now):
            self.log.append(Logged(sent.who, sent.name, self.now, sent.properties))
            self.happen(sent.who, sent.name, sent.properties)

    def happen(self, who: int, name: str, properties: Mapping[str, Any], causes: tuple[int, ...] = ()) -> None:
        self.queue.append(Queued(who, Event(0, name, self.now, properties, causes)))

    def person(self, who: int) -> Contact:
        """The contact as it is at this moment."""
        contact = self.people[who]
        contact.event_counts = Tally(self.log, who, self.now)
        return contact

    def fitting(self, condition: Mapping[str, Any]) -> list[int]:
        """Return the people whom a condition fits at this moment."""
        return [who for who in self.people if self.fits(who, condition)]

    def fits(self, who: int, condition: Mapping[str, Any]) -> bool:
        return fits(self.person(who), condition, self.catalog, self.now)

    def arise(self, standing: Standing, name: str, properties: Mapping[str, Any]) -> None:
        """A change is an event, too, with one automation more in its chain of causes."""
        self.happen(standing.contact.id, name, properties, (*standing.event.causes, standing.automation))

    def note(self, standing: Standing, kind: str, *what: object) -> None:
        self.write_down(standing.contact.id, kind, standing.automation, *what)
        if kind == "assigned":
            self.outcome.dealt[str(what[0])] += 1

    def deal_out(self, standing: Standing, how: str, reps: list[str]) -> str:
        match how:
            case "round_robin":
                turn = self.turns[standing.automation, standing.node]
                self.turns[standing.automation, standing.node] += 1
                return reps[turn % len(reps)]
            case "least_loaded":
                owned = Counter(each.owner for each in self.people.values())
                return min(reps, key=lambda rep: (owned[rep], reps.index(rep)))
        return reps[0]

    def write_down(self, who: int, kind: str, *what: object) -> None:
        self.outcome.effects[who, kind].append(what)
