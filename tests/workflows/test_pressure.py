"""Frequency caps: how much reaches a contact over all automations, who goes first, and who waits or is left out."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from nodes.moments import Duration
from nodes.pressure import Cap, Message, still_counted, without_room
from nodes.quiet import read_quiet
from nodes.world import Contact, World
from tests.support.live import document
from tests.support.messages import HOUR, NOON, Playing, Told, Wish, order, plan
from workflows.batch import run_batch
from workflows.document import dump, load
from workflows.items import Residents

DAILY = Cap("webhook", 2, Duration(24, "hours"))
HOOK = ("hook", "call_webhook", {"url": "https://example.com/hook"})


def a_day(most: int) -> Cap:
    return DAILY._replace(most=most)


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
    cap = a_day(1)
    played = Playing([plan(1, [cap], ("low", "wait", False)), plan(2, [cap], ("high", "wait", False))], [cap])
    played.work([order(1, NOON)])
    assert played.told == [Told(1, 2, 1, NOON)]
    ((_, run),) = played.waiting
    assert (run.wake_at, run.waits_for) == (NOON + 24 * HOUR, "capped")
    assert run.path[-1].values[0][1:4] == (1, "cap", [1, 24, "hours"])
    played.until(NOON + 48 * HOUR)
    assert played.told[1:] == [Told(1, 1, 1, NOON + 24 * HOUR)]
    assert [step.port for step in run.path] == ["next", "capped", "sent"]


def test_those_that_wait_go_by_priority_then_by_age():
    """When room comes the highest priority goes, the oldest of them first, whoever asked first."""
    cap = a_day(1)
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
    cap = a_day(1)
    played = Playing([plan(1, [cap], ("normal", "skip", False))], [cap])
    played.work([order(1, NOON), order(2, NOON)])
    assert [each.at for each in played.told] == [NOON, None]
    assert played.messages[1] == [Message("webhook", NOON)]


def test_a_webhook_that_only_passes_data_on_is_no_message():
    """It is neither counted nor held back, by caps or by quiet hours."""
    cap = a_day(1)
    of = plan(1, [cap], reaches_contact=False)
    assert (of.step["hook"].channel, of.step["hook"].caps, of.reads.messages) == ("", (), False)
    quiet = read_quiet({"from": "00:00", "to": "00:00", "days": [7], "then": "wait"})
    played = Playing([replace(of, quiet=quiet)], [cap])
    played.work([order(1, NOON), order(2, NOON)])
    assert [each.at for each in played.told] == [NOON, NOON]
    assert played.messages == {}


def test_a_step_that_breaks_counts_nothing(monkeypatch: pytest.MonkeyPatch):
    """Room that a run took and did not use is given back."""
    cap = a_day(1)
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
    cap = a_day(1)
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
