"""Frequency caps: how much reaches a contact over all automations, who goes first, and who waits or is left out."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nodes.moments import Duration
from nodes.pressure import PRIORITIES, Cap, Message, still_counted, without_room
from nodes.quiet import read_quiet
from nodes.registry import registry
from nodes.runs import Run
from nodes.world import Contact, Event, World
from tests.support.live import document
from tests.support.steps import CATALOG
from workflows.batch import run_batch
from workflows.document import dump, load
from workflows.items import Happening, Outcome, Residents, Waking
from workflows.plan import Plan, PlanTrigger, Source, compile_plan

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAILY = Cap("webhook", 2, Duration(24, "hours"))
HOOK = ("hook", "call_webhook", {"url": "https://example.com/hook"})
Wish = tuple[str, str, bool]  # priority, what happens when capped, whether it hears clicks, too


def plan(number: int, caps: Sequence[Cap], wish: Wish = ("normal", "wait", False), **config: Any) -> Plan:
    """An automation that calls a webhook for each order in an opened mail."""
    priority, then, clicks = wish
    hook = ("hook", "call_webhook", {"url": "https://example.com/hook", **config})
    written = document([("opened", "email_opened", {}), hook], [("opened", "next", "hook")])
    if clicks:
        written["nodes"].append({"id": "clicked", "type": "email_clicked", "config": {}})
        written["edges"].append({"from": "clicked", "port": "next", "to": "hook"})
    written["settings"] |= {"run_key": "order", "priority": priority, "when_capped": then}
    return compile_plan(Source(number, number, None, load(written)), registry(), replace(CATALOG, caps=tuple(caps)))


class Told(NamedTuple):
    """What became of an order in an automation: sent at a time, or left out (None)."""

    contact: int
    automation: int
    order: int
    at: datetime | None


@dataclass
class Playing:
    """Automations on a clock that is moved, in batches of at most `cut` items."""

    plans: Sequence[Plan]
    caps: Sequence[Cap]
    cut: int = 1000
    now: datetime = NOON
    hop_budget: int = 8
    told: list[Told] = field(default_factory=list)
    waiting: list[tuple[Plan, Run]] = field(default_factory=list)
    messages: dict[int, list[Message]] = field(default_factory=dict)
    numbers: Any = field(default_factory=lambda: count(1))

    def listening(self, event: Event) -> Sequence[tuple[Plan, Sequence[PlanTrigger]]]:
        found = ((plan, [each for each in plan.triggers if each.topic in event.topics]) for plan in self.plans)
        return [(plan, triggers) for plan, triggers in found if triggers]

    def live(self, automation: int) -> Plan | None:
        return next((each for each in self.plans if each.automation == automation), None)

    def until(self, moment: datetime) -> None:
        """Let everything happen that falls due until then."""
        while due := [run.wake_at for _, run in self.waiting if run.wake_at and run.wake_at <= moment]:
            self.now = max(self.now, min(due))
            self.work([])
        self.now = moment

    def work(self, events: Sequence[Happening]) -> None:
        """Take what is due, then events, a batch at a time; with a contact comes all that is due of it."""
        rest = list(events)
        while (due := [each for each in self.waiting if each[1].wake_at and each[1].wake_at <= self.now]) or rest:
            taken = sorted(due, key=lambda each: (each[1].wake_at, each[1].enrollment))[: self.cut]
            room = self.cut - len(taken)
            now, rest = rest[:room], rest[room:]
            people = {run.contact.id for _, run in taken} | {each.contact for each in now}
            self.batch([each for each in due if each[1].contact.id in people], now)

    def batch(self, woken: Sequence[tuple[Plan, Run]], events: Sequence[Happening]) -> None:
        people = {run.contact.id for _, run in woken} | {each.contact for each in events}
        contacts = {each: Contact(each, messages=list(self.messages.get(each, ()))) for each in people}
        residents = Residents()
        for of, run in self.waiting:
            run.contact = contacts.get(run.contact.id, run.contact)
            residents.enter(of, run)
        wakings = sorted((Waking(of, run, run.stands_at or "", None) for of, run in woken), key=lambda each: each.turn)
        world = World(contacts, replace(CATALOG, caps=tuple(self.caps)))
        self.store(run_batch(self, [*wakings, *events], residents, world, self.now))

    def store(self, came: Outcome) -> None:
        for emitted in came.deliveries:
            self.tell(emitted.run, self.now)
        for leave in came.leaves:
            self.tell(leave.run, None)
        gone = {each.run for each in (*came.leaves, *came.deliveries)}
        self.waiting = [each for each in self.waiting if each[1] not in gone]
        known = {run for _, run in self.waiting}
        for run, wait in came.waits.items():
            run.enrollment = run.enrollment or next(self.numbers)
            if wait.until and run not in known:
                self.waiting.append((self.plans[run.automation - 1], run))
        people = {run.contact.id: run.contact for run in came.waits}
        for contact in came.reached:
            self.messages[contact] = still_counted(self.caps, people[contact].messages, self.now)

    def tell(self, run: Run, at: datetime | None) -> None:
        self.told.append(Told(run.contact.id, run.automation, int(run.key), at))


def order(number: int, at: datetime, contact: int = 1, name: str = "email_opened") -> Happening:
    """An order that a contact sends off by opening a mail."""
    return Happening(contact, Event(number, name, at, {"order": number}), at)


def test_a_window_slides():
    """Who was sent two messages within a day has room again a day after the first, to the microsecond."""
    sent = [Message("webhook", NOON), Message("webhook", NOON + HOUR), Message("mail", NOON + HOUR)]
    full = without_room([DAILY], sent, NOON + 2 * HOUR)
    assert full
    assert (full.counted, full.until) == (2, NOON + 24 * HOUR)
    assert without_room([DAILY], sent, NOON + 24 * HOUR) is None
    assert without_room([DAILY], sent, NOON + 24 * HOUR - timedelta(microseconds=1)) is not None


def test_the_cap_that_lasts_longest_says_when_there_is_room():
    """With several caps, over all channels too, there is room only when each leaves some."""
    sent = [Message("mail", NOON), Message("webhook", NOON + HOUR), Message("webhook", NOON + 2 * HOUR)]
    everything = Cap(None, 3, Duration(3, "days"))
    full = without_room([DAILY, everything], sent, NOON + 3 * HOUR)
    assert full
    assert (full.cap, full.counted, full.until) == (everything, 3, NOON + 72 * HOUR)
    assert still_counted([DAILY], sent, NOON + 25 * HOUR) == sent[2:]


def test_the_higher_priority_has_the_room_and_the_other_waits_for_it():
    """One event sets off both; the low one waits until a message counts no more, and its path says why, once."""
    cap = replace_most(1)
    played = Playing([plan(1, [cap], ("low", "wait", False)), plan(2, [cap], ("high", "wait", False))], [cap])
    played.work([order(1, NOON)])
    assert played.told == [Told(1, 2, 1, NOON)]
    ((_, run),) = played.waiting
    assert (run.wake_at, run.waits_for) == (NOON + 24 * HOUR, "capped")
    assert run.path[-1].values[0][1:4] == (1, "cap", [1, 24, "hours"])
    played.until(NOON + 48 * HOUR)
    assert played.told[1:] == [Told(1, 1, 1, NOON + 24 * HOUR)]
    assert [step.port for step in run.path] == ["next", "capped", "sent"]


def replace_most(most: int) -> Cap:
    return DAILY._replace(most=most)


def test_those_that_wait_go_by_priority_then_by_age():
    """When room comes the highest priority goes, the oldest of them first, whoever asked first."""
    cap = replace_most(1)
    wishes: list[Wish] = [("low", "wait", False), ("normal", "wait", False), ("high", "wait", False)]
    played = Playing([plan(n, [cap], wish) for n, wish in enumerate(wishes, 1)], [cap], cut=2)
    played.messages[1] = [Message("webhook", NOON)]
    for number in (1, 2):
        played.now = NOON + number * HOUR
        played.work([order(number, played.now)])
    played.until(NOON + timedelta(days=9))
    assert [(each.automation, each.order) for each in played.told] == [(3, 1), (3, 2), (2, 1), (2, 2), (1, 1), (1, 2)]
    assert [each.at for each in played.told] == [NOON + timedelta(days=day) for day in range(1, 7)]


def test_a_message_may_be_left_out_instead():
    """The run goes on without it, and the path says at most how many; nothing of it is counted."""
    cap = replace_most(1)
    played = Playing([plan(1, [cap], ("normal", "skip", False))], [cap])
    played.work([order(1, NOON), order(2, NOON)])
    assert [each.at for each in played.told] == [NOON, None]
    assert played.messages[1] == [Message("webhook", NOON)]


def test_a_webhook_that_only_passes_data_on_is_no_message():
    """It is neither counted nor held back, by caps or by quiet hours."""
    cap = replace_most(1)
    of = plan(1, [cap], reaches_contact=False)
    assert (of.step["hook"].channel, of.step["hook"].caps, of.reads.messages) == ("", (), False)
    quiet = read_quiet({"from": "00:00", "to": "00:00", "days": [7], "then": "wait"})
    played = Playing([replace(of, quiet=quiet)], [cap])
    played.work([order(1, NOON), order(2, NOON)])
    assert [each.at for each in played.told] == [NOON, NOON]
    assert played.messages == {}


def test_a_step_that_breaks_counts_nothing(monkeypatch: pytest.MonkeyPatch):
    """Room that a run took and did not use is given back."""
    cap = replace_most(1)
    of = plan(1, [cap])

    def breaks(step: Any) -> None:
        raise ValueError(step)

    with monkeypatch.context() as patch:
        patch.setattr(type(of.step["hook"].type), "run", breaks)
        contact = Contact(1)
        came = run_batch(Playing([of], [cap]), [order(1, NOON)], Residents(), World({1: contact}), NOON, guarded=True)
    assert (len(came.failures), came.reached, contact.messages) == (1, set(), [])


def test_quiet_hours_and_caps_follow_one_another_in_the_path():
    """A run held back by the one, then by the other, says both."""
    cap = replace_most(1)
    quiet = read_quiet({"from": "12:00", "to": "13:00", "then": "wait"})
    played = Playing([replace(plan(1, [cap]), quiet=quiet)], [cap])
    played.messages[1] = [Message("webhook", NOON - HOUR)]
    played.work([order(1, NOON)])
    ((_, run),) = played.waiting
    played.until(NOON + timedelta(days=2))
    assert [step.port for step in run.path] == ["next", "quiet", "capped", "sent"]
    assert played.told == [Told(1, 1, 1, NOON + 23 * HOUR)]


def test_settings_are_written_only_when_set():
    """An automation of usual priority prints as ever; another says the same again."""
    usual = document([HOOK], [])
    assert not {"priority", "when_capped"} & dump(load(usual))["settings"].keys()
    usual["settings"] |= {"priority": "high", "when_capped": "skip"}
    assert dump(load(usual))["settings"].items() >= {"priority": "high", "when_capped": "skip"}.items()


SPANS = st.builds(Duration, st.integers(1, 6), st.just("hours"))
CAPS = st.lists(st.builds(Cap, st.sampled_from(["webhook", None]), st.integers(1, 3), SPANS), min_size=1, max_size=2)
WISHES = st.lists(
    st.tuples(st.sampled_from(sorted(PRIORITIES)), st.sampled_from(["wait", "skip"]), st.booleans()),
    min_size=1,
    max_size=3,
)
HAPPENINGS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(1, 2), st.sampled_from(["email_opened", "email_clicked"])), max_size=12
)


def as_the_oracle_says(caps: Sequence[Cap], wishes: Sequence[Wish], events: Sequence[Happening]) -> list[Told]:
    """One contact after the other, one moment after the other: who waits is tried by rank, then who comes."""
    return [
        told
        for contact in {each.contact for each in events}
        for told in _of_one(caps, wishes, [each for each in events if each.contact == contact])
    ]


def _of_one(caps: Sequence[Cap], wishes: Sequence[Wish], events: Sequence[Happening]) -> list[Told]:
    told: list[Told] = []
    queue: list[tuple[int, int, int, Told]] = []  # rank, then order of arrival
    moments = {each.received_at for each in events}
    while moments:
        now = min(moments)
        moments.remove(now)
        asking = sorted(queue)
        for each in events:
            if each.received_at == now:
                asking += sorted(_asked(wishes, each))
        for ask in asking:
            if all(_sent_within(told, cap, now) < cap.most for cap in caps):
                told.append(ask[3]._replace(at=now))
                moments |= {now + cap.span for cap in caps}
                queue = [each for each in queue if each is not ask]
            elif wishes[ask[3].automation - 1][1] == "skip":
                told.append(ask[3])
            elif ask not in queue:
                queue.append(ask)
    assert not queue
    return told


def _asked(wishes: Sequence[Wish], event: Happening) -> list[tuple[int, int, int, Told]]:
    return [
        (-PRIORITIES[priority], event.event.id, number, Told(event.contact, number, event.event.id, None))
        for number, (priority, _, clicks) in enumerate(wishes, 1)
        if clicks or event.event.name == "email_opened"
    ]


def _sent_within(told: Sequence[Told], cap: Cap, now: datetime) -> int:
    return sum(each.at is not None and each.at > now - cap.span for each in told)


def _which(told: Told) -> tuple[int, int, int]:
    return told[:3]


def happenings(drawn: Sequence[tuple[int, int, str]]) -> list[Happening]:
    """Events at half hours, so that they fall on the ends of windows, too."""
    return [
        order(number, NOON + HOUR * halves / 2, contact, name)
        for number, (halves, contact, name) in enumerate(sorted(drawn), 1)
    ]


@given(CAPS, WISHES, HAPPENINGS, st.integers(1, 4))
def test_batches_of_any_size_come_to_what_the_oracle_says(
    caps: list[Cap], wishes: list[Wish], drawn: list[tuple[int, int, str]], cut: int
):
    """Whoever asks when: no window ever holds more than it may, and nobody who waits is lost."""
    events = happenings(drawn)
    played = Playing([plan(number, caps, wish) for number, wish in enumerate(wishes, 1)], caps, cut)
    for moment in sorted({each.received_at for each in events}):
        played.until(moment)
        played.work([each for each in events if each.received_at == moment])
    played.until(NOON + timedelta(days=60))
    assert sorted(played.told, key=_which) == sorted(as_the_oracle_says(caps, wishes, events), key=_which)
    assert played.waiting == []
    for contact in (1, 2):
        sent = [each.at for each in played.told if each.contact == contact and each.at]
        for cap in caps:
            assert all(sum(end - cap.span < at <= end for at in sent) <= cap.most for end in sent)
