"""The reference: one event of one contact at a time, in memory, from the documented rules alone.

It knows neither batches nor partitions nor transactions, and shares with the engine only what is proven elsewhere:
how a configuration is read, how a condition judges one contact, how a text is filled, and arithmetic of dates.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Final

from nodes.catalog import Catalog
from nodes.world import Contact, Event
from tests.model.doors import Room, opening
from tests.model.hearing import Hearing, On
from tests.model.journeys import Journey, KeyedPlace, TooLong, said, tell
from tests.model.looking import Clock
from tests.model.population import CALL, Queued
from tests.model.pressure import Kept, Pressure, rank
from tests.model.publishing import Versions
from tests.model.reading import Automation, WayIn, described, tells_of
from tests.model.scenario import (
    BROKEN_HOOK,
    Change,
    Enter,
    Interruption,
    Outcome,
    Pass,
    Publish,
    Scenario,
    Switch,
    changed,
)
from tests.model.steps import STEPS
from tests.model.ways import Call, End, Go, Look, Sleep, Standing, Way

MAX_HOPS: Final = 8
MOST_STEPS: Final = 2_000


class Model(Versions):
    """A town of people and automations in which things happen one after another."""

    def __init__(
        self,
        scenario: Scenario,
        catalog: Catalog,
        render: Callable[[str, Contact, Event], str],
        most_steps: float = MOST_STEPS,
    ) -> None:
        super().__init__(scenario, catalog, render)
        self.most_steps, self.steps = most_steps, 0
        self.pressure = Pressure(scenario.caps)
        self.journeys: list[Journey] = []
        self.of: defaultdict[int, list[Journey]] = defaultdict(list)  # those inside, by person
        self.visited: set[KeyedPlace] = set()
        self.pending: dict[tuple[int, int], list[tuple[Event, WayIn]]] = {}
        self.room, self.clock = Room(catalog.time_zone), Clock(self.automations, self.people, self.fits)

    def play(self, scenario: Scenario) -> Outcome:
        """Let everything happen, and tell what came of it."""
        self.look()
        for sent, interruption in scenario.rounds():
            for each in sent:
                self.receive(each)
            self.work()
            while calls := [each for each in self.inside.values() if each.call and self.moves(each)]:
                self.answer(calls)
                self.work()
            if interruption is not None:
                self.interrupt(interruption)
                self.look()
                self.wake()
                self.work()
        return self.told()

    def interrupt(self, interruption: Interruption) -> None:
        """Time passes at one stroke; an automation stands still, or goes on; somebody changes a person."""
        match interruption:
            case Pass(span):
                self.now += span
            case Switch(number) if number in self.paused:
                self.paused.remove(number)
            case Switch(number):
                self.paused.add(number)
            case Publish():
                self.publish(interruption)
            case Change(who):
                for name, properties in changed(self.people[who], interruption):
                    self.happen(who, name, properties)
            case Enter(number, _, condition) if number not in self.paused:
                for who in self.fitting(condition):
                    self.happen(who, CALL, {**interruption.properties, "automation": number})

    def look(self) -> None:
        """The clock notices what nobody sends."""
        for told in list(self.clock.look(self.now, self.paused)):
            self.happen(*told)

    def moves(self, journey: Journey) -> bool:
        """Nobody moves on in an automation that stands still, and nothing is sent."""
        return journey.automation.number not in self.paused

    def work(self) -> None:
        """Look at every event that waits, those that arise meanwhile included: it moves who is inside, then lets in."""
        while self.queue:
            happened = self.queue.popleft()
            for automation in self.automations:
                for journey in self.waiting(automation, happened.who):
                    self.hear(journey, happened.event)
                self.knock(automation, happened)

    def waiting(self, automation: Automation, who: int) -> list[Journey]:
        """Return a person's runs that stand still, the oldest first; whose time has come hears no more."""
        mine = [each for each in self.of[who] if each.automation is automation]
        return [each for each in mine if each.wake_at is None or each.wake_at > self.now]

    def hear(self, journey: Journey, event: Event) -> None:
        """Something happens while the run stands still; it is moved later if the automation stands still, too."""
        hearing = Hearing(self.person(journey.who), journey.event, event, self.now)
        move = hearing.moves(journey.automation, journey.node, journey.done)
        if move is None:
            return
        node, port = move if isinstance(move, On) else (journey.node, move.reason)
        journey.path.append((node, port))
        journey.node, journey.call = node, None
        if self.moves(journey):
            self.go_on(journey, port)
        else:
            journey.wake_at, journey.port = self.now, port

    def knock(self, automation: Automation, happened: Queued) -> None:
        """An event may let its person into an automation: by the first trigger that accepts it."""
        if automation.number in self.paused or automation is not self.live[automation.number]:
            return
        trigger = next((each for each in automation.triggers if self.accepts(each, happened.who, happened.event)), None)
        if trigger is not None:
            self.admit(automation, happened.who, happened.event, trigger)

    def accepts(self, trigger: WayIn, who: int, event: Event) -> bool:
        """Topic, both filters and a category of pages, if one is named, must fit: here no page is of any."""
        judges = filter(None, (trigger.config.get("event_filter"), trigger.config.get("contact_filter")))
        fits = all(judge(self.person(who), event, self.now)[0] for judge in judges) and trigger.topic in tells_of(event)
        return fits and trigger.written.get("category") in {None, event.properties.get("category")}

    def admit(self, automation: Automation, who: int, event: Event, trigger: WayIn) -> None:
        """Enter now, after the run that is under way, or not at all."""
        place = (automation.number, who, automation.key(event))
        if len(event.causes) > MAX_HOPS:
            self.refuse(automation, who, "too_many_hops")
        elif place in self.inside:
            if automation.re_entry:
                self.pending.setdefault(place[:2], []).append((event, trigger))
            else:
                self.refuse(automation, who, "already_inside")
        elif place in self.visited and not automation.re_entry:
            self.refuse(automation, who, "entered_before")
        else:
            self.let_in(automation, who, event, trigger)

    def let_in(self, automation: Automation, who: int, event: Event, trigger: WayIn) -> None:
        """As far as hours and the day's limit allow; who comes outside the hours may wait at the trigger."""
        opens = opening(automation, self.now, self.people[who].time_zone)
        if opens > self.now and automation.settings["entry_hours"]["outside"] == "refuse":
            self.refuse(automation, who, "outside_hours")
        elif not self.room.take(automation, self.now):
            self.refuse(automation, who, "day_is_full")
        else:
            self.enter(automation, who, event, trigger, opens)

    def enter(self, automation: Automation, who: int, event: Event, trigger: WayIn, opens: datetime) -> None:
        """A journey begins at its trigger; who is called comes by the first."""
        journey = Journey(automation, who, event, len(self.journeys), trigger.node, self.now)
        journey.path.append((trigger.node, "next" if opens == self.now else "wait"))
        self.journeys.append(journey)
        self.inside[journey.place] = journey
        self.of[who].append(journey)
        self.visited.add(journey.place)
        if opens > self.now:
            journey.wake_at, journey.port = opens, "next"
        else:
            self.walk(journey, "next")

    def refuse(self, automation: Automation, who: int, reason: str) -> None:
        self.outcome.refused[automation.number, who, reason] += 1

    def walk(self, journey: Journey, port: str | None) -> None:
        """Leave a step by `port`, and go on until something makes the journey stop."""
        while port is not None:
            self.outcome.passed[journey.automation.number, journey.node, port] += 1
            target = journey.automation.ways.get((journey.node, port))
            if target is None:
                self.end(journey, "finished")
                return
            journey.node, journey.since, journey.kept = target, self.now, ""
            if port := journey.done.get(target):
                journey.path.append((target, "done_before"))
            else:
                port = self.stand(journey, just_come=True)

    def stand(self, journey: Journey, *, just_come: bool) -> str | None:
        """The step where it stands decides, unless the person is to leave; returns the port, if the run goes on."""
        journey.wake_at = None
        person = self.person(journey.who)
        if any(not each.event and each.judge(person, journey.event, self.now)[0] for each in journey.automation.exits):
            journey.path.append((journey.node, "exit_condition"))
            self.end(journey, "finished")
            return None
        if kept := self.pressure.keeps(journey, self.now, person.time_zone):
            return self.keep(journey, kept)
        way = self.step(journey)
        if just_come or not isinstance(way, Sleep | Look):
            journey.path.append((journey.node, said(way)))
        match way:
            case Go():
                return way.port
            case Sleep():
                journey.wake_at, journey.port = way.until, way.port
            case Look():
                journey.wake_at, journey.port = way.at, None
            case Call():
                journey.call = way
                self.pressure.count(journey, self.now)
                self.write_down(journey.who, "call", journey.automation.number, journey.node, *way.request)
            case End():
                self.end(journey, way.state)
        return None

    def keep(self, journey: Journey, kept: Kept) -> str | None:
        """Who may not be reached now passes by the step, or waits at it; the path says once why."""
        if journey.kept != kept.why:
            journey.path.append((journey.node, kept.why))
        journey.kept, journey.wake_at, journey.port = kept.why, kept.until, None
        return "next" if kept.until is None else None

    def step(self, journey: Journey) -> Way:
        self.steps += 1
        if self.steps > self.most_steps:
            raise TooLong
        place, person = journey.step, self.person(journey.who)
        at = Standing(journey.automation.number, journey.node, place.config, person, journey.event, journey.since)
        return STEPS[place.type](self, at)

    def end(self, journey: Journey, state: str) -> None:
        """The run is over; the oldest event that was put off may let the person in again."""
        journey.state, journey.wake_at = state, None
        port = ("@end", "finished") if state == "finished" else (journey.node, "failed")
        self.outcome.passed[journey.automation.number, *port] += 1
        automation, who = self.live[journey.automation.number], journey.who
        del self.inside[journey.place]
        self.of[who].remove(journey)
        put_off = self.pending.get((automation.number, who), [])
        while free := [
            each for each in put_off if (automation.number, who, automation.key(each[0])) not in self.inside
        ]:
            event, trigger = free[0]
            put_off.remove(free[0])
            if self.accepts(trigger, who, event):
                self.admit(automation, who, event, trigger)
            else:
                self.refuse(automation, who, "no_longer_matches")

    def answer(self, calls: Iterable[Journey]) -> None:
        """The outside world answers each call; a refusal ends that run as failed."""
        for journey in calls:
            assert journey.call is not None
            refused = journey.call.request[1] == BROKEN_HOOK
            journey.call, journey.wake_at, journey.port = None, self.now, "failed" if refused else "next"
        self.wake()

    def wake(self) -> None:
        """Who is due goes on, the longest due first, then the higher priority, unless the automation stands still."""
        due = [each for each in self.inside.values() if each.wake_at is not None and each.wake_at <= self.now]
        for journey in sorted(due, key=lambda each: (each.wake_at, rank(each.automation)[0], each.entered)):
            if not self.moves(journey):
                continue
            if journey.port is None:
                self.walk(journey, self.stand(journey, just_come=journey.path[-1][0] != journey.node))
                continue
            # An event that moved it while the automation stood still has been told already.
            if journey.port in {"failed", "timed_out", "silent"}:
                journey.path.append((journey.node, journey.port))
            self.go_on(journey, journey.port)

    def go_on(self, journey: Journey, port: str) -> None:
        """Leave the step where it stands: by a port, or for good."""
        journey.wake_at = None
        match port:
            case "failed":
                self.end(journey, "failed")
            case "exit_condition" | "dismissed" | "let_out":
                self.end(journey, "finished")
            case _:
                self.walk(journey, port)

    def told(self) -> Outcome:
        """Write down where everybody stands in the end."""
        self.outcome.people = {number: described(contact) for number, contact in self.people.items()}
        tell(self.outcome, self.journeys, self.pending)
        return self.outcome
