"""A batch of what happened, worked through: who may enter which automation, and where everybody goes from there.

Pure like `advance`, which it calls. Several items of one contact in one batch give exactly what one batch each would.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeAlias, TypeVar

from nodes.world import Event, World
from workflows.items import Happening, Inside, Outcome, Plans, Residents, Waking
from workflows.plan import Plan, PlanTrigger
from workflows.work import Work

Item: TypeAlias = Happening | Waking
_T = TypeVar("_T")


@dataclass(slots=True)
class _Share:
    """What one wave means for one plan: runs that go on, events that runs inside hear, events that may let in."""

    wakings: list[Waking] = field(default_factory=list)
    heard: list[tuple[Inside, Event]] = field(default_factory=list)
    arrivals: list[tuple[Sequence[PlanTrigger], Happening]] = field(default_factory=list)


def run_batch(
    plans: Plans, items: Sequence[Item], residents: Residents, world: World, now: datetime, *, guarded: bool = False
) -> Outcome:
    """Work through `items`, in their order for each contact. Items of contacts that the world lacks are left out.

    `guarded`: a step that breaks fails the runs it broke at, and no others; slower, for a batch that broke before.
    """
    outcome = Outcome()
    world = _counting_what_it_assigns(world)
    for wave in _waves((item for item in items if item.contact in world.contacts), lambda item: item.contact):
        for plan, share in _shares(plans, residents, wave, now):
            work = Work(plan, plans, residents, world, now, outcome, guarded)
            for waking in share.wakings:
                work.wake(waking)
            for turn in _waves(share.heard, lambda each: each[0].run.contact.id):
                for inside, event in turn:
                    work.hear(inside.run, event)
                work.go()  # who leaves makes room for what was put off, before the event itself may enter
            for triggers, arrival in share.arrivals:
                work.arrive(triggers, arrival)
            work.go()
    return outcome


def _counting_what_it_assigns(world: World) -> World:
    """Let `load` see what this batch has assigned already, which is stored only when the batch is done."""
    before = {contact.id: contact.owner for contact in world.contacts.values()}

    def load(users: Sequence[str]) -> Mapping[str, int]:
        counts = dict(world.load(users))
        for contact in world.contacts.values():
            for owner, change in ((before[contact.id], -1), (contact.owner, 1)):
                if owner in counts:
                    counts[owner] += change
        return counts

    return replace(world, load=load)


def _waves(items: Iterable[_T], contact: Callable[[_T], int]) -> Iterator[list[_T]]:
    """Cut the items into waves, each with at most one item a contact: the k-th wave holds everybody's k-th item."""
    seen: Counter[int] = Counter()
    waves: list[list[_T]] = []
    for item in items:
        index = seen[contact(item)]
        seen[contact(item)] = index + 1
        if index == len(waves):
            waves.append([])
        waves[index].append(item)
    yield from waves


def _shares(plans: Plans, residents: Residents, wave: Iterable[Item], now: datetime) -> Iterator[tuple[Plan, _Share]]:
    """Sort a wave by the plan concerned: the higher priority first, then in the order of automation and version."""
    shares: defaultdict[Plan, _Share] = defaultdict(_Share)
    for item in wave:
        if isinstance(item, Waking):
            shares[item.plan].wakings.append(item)
            continue
        if residents.inside.get(item.contact):
            for inside in residents.hearing(item.contact, item.event, now):
                shares[inside.plan].heard.append((inside, item.event))
        for plan, triggers in plans.listening(item.event):
            shares[plan].arrivals.append((triggers, item))
    yield from sorted(shares.items(), key=lambda each: (-each[0].priority, each[0].automation, each[0].version))
