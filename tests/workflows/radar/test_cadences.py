"""What the radar knows of mail after mail: who waited for an answer in vain has waited as long as the step says."""

from typing import Any

import pytest

from nodes.registry import registry
from tests.support.steps import CATALOG
from tests.workflows.radar.drawing import SEGMENTS, drawn, score
from workflows.radar import scan

MAIL: Any = ("send_email", {"template": 1, "topic": 1})
DAY, HOURS = {"at_most": {"amount": 24, "unit": "hours"}}, {"at_most": {"amount": 3, "unit": "hours"}}
OPEN: Any = {"event": "email_opened"}


def codes(wait: Any, port: str) -> set[str]:
    """What is found of a mail, a wait, and another mail by one of its ways."""
    steps = {"in": ("form_submitted", {}), "one": MAIL, "wait": wait, "other": MAIL}
    cadence = drawn(steps, "in > one", "one > wait", f"wait.{port} > other")
    return {each.code for each in scan([cadence.source(1)], registry(), CATALOG, SEGMENTS).findings}


@pytest.mark.parametrize(
    "wait",
    [
        ("wait_until_event", {**OPEN, **DAY}),
        ("wait_until_event", OPEN),
        ("wait_until_condition", {"condition": score("gte", 20), **DAY}),
    ],
)
def test_who_stayed_silent_for_a_day_may_be_written_to_again(wait: Any):
    """A cadence is no fault: its second mail comes a day later, or a week where the author said nothing."""
    assert codes(wait, "timed_out") == set()
    assert codes(("wait_for_reaction", {}), "silent") == set()


@pytest.mark.parametrize(
    ("wait", "port"),
    [
        (("wait_until_event", {**OPEN, **HOURS}), "timed_out"),
        (("wait_until_event", {**OPEN, **DAY}), "happened"),
        (("wait_until_condition", {"condition": score("gte", 20), **DAY}), "met"),
        (("wait_for_reaction", {}), "reacted"),
    ],
)
def test_who_reacts_at_once_gets_both_on_one_day(wait: Any, port: str):
    """Nothing says how long it takes until somebody reacts."""
    assert codes(wait, port) == {"two_messages"}
