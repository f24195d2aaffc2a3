"""The reference: one event of one contact at a time, in memory, from the documented rules alone.

It knows neither batches nor partitions nor transactions, and shares with the engine only what is proven elsewhere:
how a configuration is read, how a condition judges one contact, how a text is filled, and arithmetic of dates.
"""

from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from nodes.catalog import Catalog
from nodes.world import Contact, Event, Value
from tests.model.reading import Automation, WayIn, as_contact, described, read
from tests.model.scenario import BROKEN_HOOK, START, Logged, Memory, Outcome, Place, Scenario, Send, Tally, label, plain
from tests.model.steps import STEPS, Call, End, Go, Sleep, Standing

MAX_HOPS: Final = 8
MOST_STEPS: Final = 2_000


class TooLong(Exception):
    """The scenario would take more steps than a test has time for."""


@dataclass(eq=False)
class Journey:
    """One person's run through one automation."""

    automation: Automation
    who: int
    event: Event
    entered: int
    node: str
    state: str = "active"
    path: list[tuple[str, str]] = field(default_factory=list)
    wake_at: datetime | None = None
    call: Call | None = None


@dataclass(frozen=True)
class Queued:
    """An event that nobody has looked at yet."""

    who: int
    event: Event
    received_at: datetime


class Model:
    """A town of people and automations in which things happen one after another."""

    def __init__(
        self,
        scenario: Scenario,
        catalog: Catalog,
        render: Callable[[str, Contact], str],
        most_steps: float = MOST_STEPS,
    ) -> None:
        self.catalog, self.render, self.now, self.most_steps = catalog, render, START, most_steps
        stored = zip(scenario.automations, scenario.since, strict=True)
        self.automations = [read(number, since, each, catalog) for number, (each, since) in enumerate(stored, 1)]
        self.people = {each.number: as_contact(each, catalog) for each in scenario.people}
        self.memory = Memory()
        self.log: list[Logged] = []
        self.queue = deque(Queued(who, Event(0, "contact_created", START, {}), START) for who in self.people)
        self.journeys: list[Journey] = []
        self.inside: dict[Place, Journey] = {}
        self.visited: set[Place] = set()
        self.pending: dict[Place, deque[tuple[Event, str]]] = {}
        self.turns: Counter[tuple[int, str]] = Counter()
        self.outcome = Outcome()
        self.steps = 0

    def play(self, scenario: Scenario) -> Outcome:
        """Let everything happen, and tell what came of it."""
        for sent, span in scenario.rounds():
            for each in sent:
                self.receive(each)
            self.work()
            while calls := [each for each in self.inside.values() if each.call]:
                self.answer(sorted(calls, key=lambda each: each.entered))
                self.work()
            if span is not None:
                self.pass_time(span)
        return self.told()

    def receive(self, sent: Send) -> None:
        """A repeated message id counts once."""
        if self.memory.is_new(sent.message, self.now):
            self.log.append(Logged(sent.who, sent.name, self.now, sent.properties))
            self.queue.append(Queued(sent.who, Event(0, sent.name, self.now, sent.properties), self.now))

    def work(self) -> None:
        """Look at every event that waits, those that arise meanwhile included."""
        while self.queue:
            happened = self.queue.popleft()
            for automation in self.automations:
                self.knock(automation, happened)

    def knock(self, automation: Automation, happened: Queued) -> None:
        """An event may let its person into an automation: by the first trigger that accepts it."""
        if automation.since is not None and happened.received_at < automation.since:
            return
        trigger = next(
            (each.id for each in automation.triggers if self.accepts(each, happened.who, happened.event)), None
        )
        if trigger is not None:
            self.admit(automation, happened.who, happened.event, trigger)

    def accepts(self, trigger: WayIn, who: int, event: Event) -> bool:
        """Topic and both filters must fit."""
        topic, subject = trigger.topic, event.properties.get("attribute", event.properties.get("list"))
        if topic.event != event.name or (topic.subject is not None and topic.subject != str(subject)):
            return False
        filters = [trigger.config.get("event_filter"), trigger.config.get("contact_filter")]
        return all(judge(self.person(who), event, self.now)[0] for judge in filters if judge is not None)

    def admit(self, automation: Automation, who: int, event: Event, trigger: str) -> None:
        """Enter now, after the run that is under way, or not at all."""
        place = (automation.number, who)
        if len(event.causes) > MAX_HOPS:
            self.refuse(automation, who, "too_many_hops")
        elif place in self.inside:
            if automation.re_entry:
                self.pending.setdefault(place, deque()).append((event, trigger))
            else:
                self.refuse(automation, who, "already_inside")
        elif place in self.visited and not automation.re_entry:
            self.refuse(automation, who, "entered_before")
        else:
            self.enter(automation, who, event, trigger)

    def enter(self, automation: Automation, who: int, event: Event, trigger: str) -> None:
        """A journey begins at its trigger."""
        journey = Journey(automation, who, event, len(self.journeys), trigger, path=[(trigger, "next")])
        self.journeys.append(journey)
        self.inside[automation.number, who] = journey
        self.visited.add((automation.number, who))
        self.walk(journey, "next")

    def refuse(self, automation: Automation, who: int, reason: str) -> None:
        self.outcome.refused[automation.number, who, reason] += 1

    def walk(self, journey: Journey, port: str) -> None:
        """Leave a step by `port`, and go on until something makes the journey stop."""
        while True:
            self.outcome.passed[journey.automation.number, journey.node, port] += 1
            target = journey.automation.ways.get((journey.node, port))
            if target is None:
                self.end(journey, "finished")
                return
            journey.node = target
            way = self.step(journey)
            journey.path.append((target, _said(way)))
            match way:
                case Go():
                    port = way.port
                    continue
                case Sleep():
                    journey.wake_at = way.until
                case Call():
                    journey.call = way
                    self.note_of(journey, "call", *way.request)
                case End():
                    self.end(journey, way.state)
            return

    def step(self, journey: Journey) -> Go | Sleep | Call | End:
        self.steps += 1
        if self.steps > self.most_steps:
            raise TooLong
        key, config = journey.automation.steps[journey.node]
        at = Standing(journey.automation.number, journey.node, config, self.person(journey.who), journey.event)
        return STEPS[key](self, at)

    def end(self, journey: Journey, state: str) -> None:
        """The run is over; the oldest event that was put off may let the person in again."""
        journey.state = state
        port = ("@end", "finished") if state == "finished" else (journey.node, "failed")
        self.outcome.passed[journey.automation.number, *port] += 1
        place = (journey.automation.number, journey.who)
        del self.inside[place]
        while self.pending.get(place) and place not in self.inside:
            event, trigger = self.pending[place].popleft()
            named = next(each for each in journey.automation.triggers if each.id == trigger)
            if self.accepts(named, journey.who, event):
                self.admit(journey.automation, journey.who, event, trigger)
            else:
                self.refuse(journey.automation, journey.who, "no_longer_matches")

    def answer(self, calls: Sequence[Journey]) -> None:
        """The outside world answers each call; a refusal ends that run as failed."""
        for journey in calls:
            assert journey.call is not None
            refused = journey.call.request[1] == BROKEN_HOOK
            journey.call = None
            if refused:
                journey.path.append((journey.node, "failed"))
                self.end(journey, "failed")
            else:
                self.walk(journey, "next")

    def pass_time(self, span: timedelta) -> None:
        """Time passes at one stroke; who is due then goes on, the longest due first."""
        self.now += span
        due = [each for each in self.inside.values() if each.wake_at is not None and each.wake_at <= self.now]
        for journey in sorted(due, key=lambda each: (each.wake_at, each.entered)):
            journey.wake_at = None
            self.walk(journey, "next")
        self.work()

    def person(self, who: int) -> Contact:
        """The contact as it is at this moment."""
        contact = self.people[who]
        contact.event_counts = Tally(self.log, who, self.now)
        return contact

    # What steps ask for: see `steps.Town`.

    def set_attribute(self, standing: Standing, name: str, value: Value) -> None:
        contact = standing.contact
        old = contact.attributes.get(name)
        if old != value:
            contact.attributes[name] = value
            told = {"attribute": name, "old": plain(old), "new": plain(value)}
            self.arise(standing, "attribute_changed", told)

    def add_to_list(self, standing: Standing, number: int) -> None:
        if number not in standing.contact.lists:
            standing.contact.lists.add(number)
            self.arise(standing, "list_added", {"list": number})

    def arise(self, standing: Standing, name: str, properties: Mapping[str, Any]) -> None:
        """A change is an event, too, with one automation more in its chain of causes."""
        event = Event(0, name, self.now, properties, (*standing.event.causes, standing.automation))
        self.queue.append(Queued(standing.contact.id, event, self.now))

    def note(self, standing: Standing, kind: str, *what: object) -> None:
        self.outcome.effects[standing.contact.id, kind].append((standing.automation, *what))
        if kind == "assigned":
            self.outcome.dealt[str(what[0])] += 1

    def note_of(self, journey: Journey, kind: str, *what: object) -> None:
        self.outcome.effects[journey.who, kind].append((journey.automation.number, journey.node, *what))

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

    def told(self) -> Outcome:
        """Write down where everybody stands in the end."""
        outcome = self.outcome
        outcome.people = {number: described(contact) for number, contact in self.people.items()}
        for each in self.journeys:
            cause = label(each.event.name, each.event.properties)
            entry = (each.state, each.node, cause, tuple(each.path), each.wake_at if each.state == "active" else None)
            outcome.runs[each.automation.number, each.who].append(entry)
        for place, waiting in self.pending.items():
            if waiting:
                outcome.waiting[place] = [label(event.name, event.properties) for event, _ in waiting]
        return outcome


def _said(way: Go | Sleep | Call | End) -> str:
    match way:
        case Go():
            return way.port
        case Sleep():
            return "wait"
        case Call():
            return "sent"
    return way.last
