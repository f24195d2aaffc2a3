"""Batches of happenings: who enters, who waits for the exit, who is refused."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from nodes.catalog import Attribute, Catalog, Kind
from nodes.registry import registry
from nodes.world import Contact, Event, World
from tests.support.live import document
from workflows.batch import run_batch
from workflows.document import load
from workflows.items import Happening, Outcome, Residents, Waking
from workflows.plan import Plan, PlanTrigger, Source, compile_plan

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
CATALOG = Catalog(attributes={"SCORE": Attribute("SCORE", Kind.NUMBER)})
OPENED = ("opened", "email_opened", {})
POINTS = ("points", "add_points", {"attribute": "SCORE", "points": 5})
HOT = ("hot", "conditional_split", {"condition": {"all": [{"attribute": "SCORE", "op": "gte", "value": 20}]}})
DAY = ("day", "wait", {"until": "duration", "duration": {"amount": 1, "unit": "days"}})
SCORING = ([OPENED, POINTS, HOT, DAY], [("opened", "next", "points"), ("points", "next", "hot"), ("hot", "yes", "day")])


@dataclass
class Live:
    """Live plans, as the engine would hand them over."""

    plans: Sequence[Plan]
    hop_budget: int = 8

    def listening(self, event: Event) -> Sequence[tuple[Plan, Sequence[PlanTrigger]]]:
        return [(plan, [t for t in plan.triggers if t.topic in event.topics]) for plan in self.plans]

    def live(self, automation: int) -> Plan | None:
        return next((plan for plan in self.plans if plan.automation == automation), None)


@dataclass
class Town:
    """Contacts and automations that stay from batch to batch."""

    live: Live
    contacts: dict[int, Contact] = field(default_factory=lambda: {n: Contact(n) for n in range(1, 5)})
    residents: Residents = field(default_factory=Residents)
    asked: list[int] = field(default_factory=list)  # how many tickets each time

    def play(self, contacts: Sequence[int], start: int = 0) -> Outcome:
        items = [Happening(who, Event(start + n, "email_opened", NOW, {})) for n, who in enumerate(contacts)]
        return self.work(items)

    def work(self, items: Sequence[Happening | Waking]) -> Outcome:
        return run_batch(self.live, items, self.residents, World(self.contacts, CATALOG, tickets=self.tickets), NOW)

    def tickets(self, _rotation: str, count: int) -> range:
        self.asked.append(count)
        return range(sum(self.asked) - count, sum(self.asked))

    def places(self) -> Any:
        inside = {who: sorted(runs) for who, runs in self.residents.inside.items() if runs}
        pending = {place: [each.event.id for each in queue] for place, queue in self.residents.pending.items() if queue}
        return inside, pending

    def scores(self) -> list[Any]:
        return [each.attributes.get("SCORE") for each in self.contacts.values()]


def plan(
    steps: Any, ways: Any, *, re_entry: bool = True, automation: int = 1, first_event: int = 0, limit: int | None = None
) -> Plan:
    stored = document(steps, ways, re_entry=re_entry)
    if limit is not None:
        stored["settings"]["entry_limit"] = limit
    return compile_plan(Source(automation, automation, first_event, load(stored)), registry(), CATALOG)


@given(st.lists(st.integers(1, 4), max_size=40), st.data())
def test_how_events_are_cut_into_batches_changes_nothing(contacts: list[int], data: st.DataObject):
    """One batch, or any cut of the same events, gives the same scores, residents and queues."""
    whole, cut = Town(Live([plan(*SCORING)])), Town(Live([plan(*SCORING)]))
    whole.play(contacts)
    start = 0
    while start < len(contacts):
        size = data.draw(st.integers(1, len(contacts) - start))
        cut.play(contacts[start : start + size], start)
        start += size
    assert whole.scores() == cut.scores()
    assert whole.places() == cut.places()


def test_automations_see_one_another_in_order():
    """For one event the earlier automation's points count for the later one's filter."""
    only_scored = {"contact_filter": {"all": [{"attribute": "SCORE", "op": "gte", "value": 5}]}}
    later = plan([("opened", "email_opened", only_scored)], [], automation=2)
    outcome = Town(Live([later, plan([OPENED, POINTS], [("opened", "next", "points")])])).play([1])
    assert [run.automation for run in outcome.entered] == [1, 2]


def test_an_event_before_the_activation_does_not_count():
    """A smaller number than that of the first that counts lets nobody in; a crowd's, below zero, does."""
    outcome = Town(Live([plan(*SCORING, first_event=12)])).play([1, 2, 3], start=10)
    assert [(run.contact.id, run.event.id) for run in outcome.entered] == [(3, 12)]
    crowd = Town(Live([plan(*SCORING, first_event=12)])).play([1], start=-1)
    assert len(crowd.entered) == 1


def test_a_full_day_keeps_out_the_others():
    """Those who come at once are counted at once, the first get in; who is full asks no more."""
    town = Town(Live([plan(*SCORING, limit=3)]))
    outcome = town.play([1, 2, 3, 4, 1])
    assert [run.contact.id for run in outcome.entered] == [1, 2, 3]
    assert [(each.contact, each.reason) for each in outcome.refused] == [(4, "day_is_full"), (1, "day_is_full")]
    assert town.asked == [4, 1]


def test_what_was_put_off_takes_the_places_that_are_left():
    """Each enters after the exit if there is room; the others are refused, none is left behind."""
    ways = [("opened", "next", "points"), ("points", "next", "hot"), ("hot", "no", "day")]
    town = Town(Live([plan([OPENED, POINTS, HOT, DAY], ways, limit=3)]))
    town.play([1, 1, 1, 1])
    (inside,) = town.residents.inside[1].values()
    town.contacts[1].attributes["SCORE"] = 20.0
    outcome = town.work([Waking(inside.plan, inside.run, "day", "next")])
    assert [run.event.id for run in outcome.entered] == [1, 2]
    assert [(each.event.id, each.reason) for each in outcome.refused] == [(3, "day_is_full")]
    assert town.places() == ({}, {})


def test_an_event_that_matches_two_triggers_enters_once():
    """Either trigger starts it; both together start it once."""
    outcome = Town(Live([plan([OPENED, ("again", "email_opened", {})], [])])).play([1])
    assert len(outcome.entered) == 1


def test_contacts_that_the_world_lacks_are_left_out():
    """An event of somebody erased meanwhile does nothing."""
    assert Town(Live([plan(*SCORING)])).play([99]) == Outcome()


def test_without_re_entry_the_second_event_is_refused():
    """The way is taken once; the refusal names automation, contact and reason."""
    outcome = Town(Live([plan(*SCORING, re_entry=False)])).play([1, 1])
    assert [(each.contact, each.reason) for each in outcome.refused] == [(1, "entered_before")]


def test_every_run_ends_in_exactly_one_list():
    """Nobody is lost between waiting, leaving and failing."""
    outcome = Town(Live([plan(*SCORING)])).play([1, 2, 1, 1, 1, 3])
    ends = [*outcome.waits, *(each.run for group in (outcome.leaves, outcome.failures) for each in group)]
    assert sorted(map(id, ends)) == sorted(map(id, outcome.entered))
