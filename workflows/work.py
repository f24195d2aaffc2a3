"""One plan's share of one wave: who goes on, who is moved by an event, who enters, and where all of them end up."""

from collections import deque
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, NamedTuple

from nodes.runs import NEXT, Failure, Leave, PathStep, Run, Wait
from nodes.world import Event, World
from workflows.advance import Standing, advance
from workflows.items import Happening, Outcome, Pending, Place, Plans, Refused, Residents, Waking
from workflows.plan import Plan, PlanTrigger

ALREADY_INSIDE: Final = "already_inside"
ENTERED_BEFORE: Final = "entered_before"
NO_LONGER_MATCHES: Final = "no_longer_matches"
TOO_MANY_HOPS: Final = "too_many_hops"
OUTSIDE_HOURS: Final = "outside_hours"
DAY_IS_FULL: Final = "day_is_full"

# How a run that an event moved while its automation stood still goes on later: by a port, or out for a reason.
_ON: Final = "@on:"
_OUT: Final = "@out:"


class _Knock(NamedTuple):
    """A contact that may enter by its event, if a place is left: at once, or once the hours begin."""

    trigger: PlanTrigger
    event: Event
    contact: int
    key: str
    opening: datetime


@dataclass(slots=True)
class Work:
    """Collects who moves, then lets all of them go (`go`); everything that comes of it is added to `outcome`."""

    plan: Plan
    plans: Plans
    residents: Residents
    world: World
    now: datetime
    outcome: Outcome
    guarded: bool = False
    _knocking: list[_Knock] = field(default_factory=list)
    _going: list[Standing] = field(default_factory=list)
    _ended: list[Run] = field(default_factory=list)
    _full: bool = False

    def wake(self, waking: Waking) -> None:
        """Let a run go on whose time has come, or fail; one that something else has moved since stays where it is."""
        run = waking.run
        if run.stands_at != waking.node or not self.residents.holds(run):
            return
        if waking.reason is not None:
            run.path.append(PathStep(waking.node, "failed", self.now))
            self._end(Failure(run, waking.node, waking.reason))
            return
        port = waking.port
        if port is not None and port.startswith(_OUT):
            self._end(Leave(run, waking.node, port.removeprefix(_OUT)))
            return
        if port is not None and port.startswith(_ON):
            port = port.removeprefix(_ON)
        elif port not in (None, NEXT):
            run.path.append(PathStep(waking.node, port or "", self.now))
        self._going.append(Standing(run, waking.node, port))

    def hear(self, run: Run, event: Event) -> None:
        """Let a waiting run be moved by an event: out, forward to a goal, or on from where it stands."""
        if not self.residents.holds(run):
            return
        if move := self._called_off(run, event) or self._pulled(run, event) or self._answered(run, event):
            self._move(move)

    def arrive(self, triggers: Sequence[PlanTrigger], arrival: Happening) -> None:
        """Let a contact in if one of the triggers accepts its event."""
        contact, event = arrival
        if 0 < event.id < self.plan.first_event:
            return
        for trigger in triggers:
            if trigger.accepts(event, self.world.contacts[contact], self.now):
                if knock := self._admit(trigger, event, contact):
                    self._knocking.append(knock)
                return

    def go(self) -> None:
        """Walk everybody as far as they can; who leaves makes room for what was put off meanwhile."""
        self._let_in()
        while self._going or self._ended:
            if self._going:
                self._walk()
            live = self.plans.live(self.plan.automation)
            ended, self._ended = self._ended, []
            if live is None:
                return
            successor = self if live is self.plan else replace(self, plan=live, _going=[], _ended=[])
            if self.residents.pending:
                successor.follow({run.contact.id: None for run in ended})
            if successor is not self:
                successor.go()
                return

    def follow(self, contacts: Collection[int]) -> None:
        """Let the put-off events of contacts that just left enter, the oldest first, as far as they still may."""
        while contacts:
            self._knocking = [knock for contact in contacts if (knock := self._next(contact))]
            contacts = [knock.contact for knock in self._knocking]
            self._let_in()

    def _next(self, contact: int) -> _Knock | None:
        """Take up the oldest put-off event of a contact by which it may enter."""
        place = (self.plan.automation, contact)
        waiting = self.residents.pending.get(place, deque())
        for pending in tuple(waiting):
            if (place[0], self.plan.key_of(pending.event)) in self.residents.inside[contact]:
                continue
            waiting.remove(pending)
            self.outcome.taken_up.append((place, pending))
            trigger = next((each for each in self.plan.triggers if each.id == pending.trigger), None)
            if trigger is None or not trigger.accepts(pending.event, self.world.contacts[contact], self.now):
                self._refuse(place, NO_LONGER_MATCHES, pending.event)
            elif knock := self._admit(trigger, pending.event, contact):
                return knock
        return None

    def _walk(self) -> None:
        result = advance(self.plan, self._going, self.world, self.now, guarded=self.guarded)
        self._going = []
        self.outcome.effects += result.effects
        self.outcome.signals += result.signals
        self.outcome.deliveries += result.deliveries
        self.outcome.reached |= result.reached
        self.outcome.waits.update((wait.run, wait) for wait in result.waits)
        for (node, port), count in result.moved.items():
            self.outcome.moved[self.plan.version, node, port] += count
        for leave in result.leaves:
            self._end(leave)
        for failure in result.failures:
            self._end(failure)

    def _end(self, end: Leave | Failure) -> None:
        run = end.run
        if isinstance(end, Leave):
            self.outcome.leaves.append(end)
        else:
            self.outcome.failures.append(end)
        self.outcome.waits.pop(run, None)
        self.residents.leave(run)
        self._ended.append(run)

    def _move(self, move: Standing | Leave) -> None:
        """Let an event move a run at once; where the automation stands still, it goes on later, by the same way."""
        if self.plans.live(self.plan.automation) is None:
            run, node = move.run, move.node
            port = f"{_ON}{move.port}" if isinstance(move, Standing) else f"{_OUT}{move.reason}"
            run.stands_at, run.arrived_at, run.wake_at = node, self.now, self.now
            self.outcome.waits[run] = Wait(run, node, port, self.now)
        elif isinstance(move, Leave):
            self._end(move)
        else:
            self._going.append(move)

    def _called_off(self, run: Run, event: Event) -> Leave | None:
        node = run.stands_at or ""
        if event.name == "automation_dismissed" and event.properties.get("automation") == run.automation:
            run.path.append(PathStep(node, "dismissed", self.now))
            return Leave(run, node, "dismissed")
        topics = set(event.topics)
        for rule in self.plan.exits:
            if topics & rule.hears:
                holds, values = rule.judge(run.contact, event, self.now)
                if holds:
                    run.path.append(PathStep(node, "exit_condition", self.now, values))
                    return Leave(run, node, "exit_condition")
        return None

    def _pulled(self, run: Run, event: Event) -> Standing | None:
        for goal in self.plan.goals:
            ahead = run.stands_at not in self.plan.beyond[goal.id] and (run.done or {}).get(goal.id) is None
            if ahead and not goal.hears.isdisjoint(event.topics):
                answer = goal.type.answer(goal.config, run, event, self.now)
                if answer is not None:
                    run.path.append(PathStep(goal.id, answer.port, self.now, answer.values))
                    return Standing(run, goal.id, answer.port)
        return None

    def _answered(self, run: Run, event: Event) -> Standing | None:
        step = self.plan.step.get(run.stands_at or "")
        if step is None or step.hears.isdisjoint(event.topics):
            return None
        answer = step.type.answer(step.config, run, event, self.now)
        if answer is None:
            return None
        run.path.append(PathStep(step.id, answer.port, self.now, answer.values))
        return Standing(run, step.id, answer.port)

    def _admit(self, trigger: PlanTrigger, event: Event, contact: int) -> _Knock | None:
        """Decide about an event that a trigger accepts: enter now if a place is left, later, or not at all."""
        place = (self.plan.automation, contact)
        key = self.plan.key_of(event)
        if len(event.causes) > self.plans.hop_budget:
            self._refuse(place, TOO_MANY_HOPS, event)
        elif (self.plan.automation, key) in self.residents.inside[contact]:
            self._put_off(place, trigger, event)
        elif not self.plan.re_entry and (*place, key) in self.residents.visited:
            self._refuse(place, ENTERED_BEFORE, event)
        else:
            hours = self.plan.hours
            opening = hours.next_open(self.now, self.world.contacts[contact].time_zone) if hours else self.now
            if opening == self.now or self.plan.waits_for_hours:
                return _Knock(trigger, event, contact, key, opening)
            self._refuse(place, OUTSIDE_HOURS, event)
        return None

    def _let_in(self) -> None:
        """Let in those who knock as far as the day's limit allows; who comes too early waits at the door."""
        knocking, self._knocking = self._knocking, []
        places = self._places(len(knocking))
        for knock in knocking[:places]:
            run = self._enter(*knock)
            if run.stands_at is None:
                self._going.append(Standing(run, knock.trigger.step, NEXT))
        for knock in knocking[places:]:
            self._refuse((self.plan.automation, knock.contact), DAY_IS_FULL, knock.event)

    def _places(self, wanted: int) -> int:
        """Take so many of the day's entries, or what is left. One that is taken in vain is not given back.

        All at once: each time is a transaction of its own. And no more than there is somebody for.
        """
        limit = self.plan.entry_limit
        if limit is None or not wanted:
            return wanted
        if self._full:
            return 0
        day = self.now.astimezone(self.world.catalog.time_zone).date()
        tickets = self.world.tickets(f"{self.plan.automation}:entries:{day}", wanted)
        free = sum(ticket < limit for ticket in tickets)
        self._full = free < wanted
        return free

    def _enter(self, trigger: PlanTrigger, event: Event, contact: int, key: str, opening: datetime) -> Run:
        plan = self.plan
        run = Run(plan.automation, plan.version, self.world.contacts[contact], event, self.now, key)
        run.path.append(PathStep(trigger.step, NEXT if opening == self.now else "wait", self.now))
        if opening > self.now:
            run.stands_at, run.arrived_at, run.wake_at = trigger.step, self.now, opening
            self.outcome.waits[run] = Wait(run, trigger.step, NEXT, opening)
        self.residents.enter(plan, run)
        if not plan.re_entry:
            visit = (plan.automation, contact, key)
            self.residents.visited.add(visit)
            self.outcome.visits.append(visit)
        self.outcome.entered.append(run)
        return run

    def _put_off(self, place: Place, trigger: PlanTrigger, event: Event) -> None:
        if not self.plan.re_entry:
            self._refuse(place, ALREADY_INSIDE, event)
            return
        pending = Pending(event, trigger.id)
        self.residents.pending.setdefault(place, deque()).append(pending)
        self.outcome.put_off.append((place, pending))

    def _refuse(self, place: Place, reason: str, event: Event) -> None:
        self.outcome.refused.append(Refused(*place, reason, event))
