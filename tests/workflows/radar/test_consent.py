"""What the radar knows of topics: a message without one reaches people of whom nothing asked whether they agree."""

from typing import Any

import pytest

from nodes.registry import registry
from tests.support.steps import CATALOG
from tests.workflows.radar.drawing import SEGMENTS, line
from workflows.radar import scan

OPENED: Any = ("email_opened", {})
MAIL: Any = ("send_email", {"template": 1})
AGREED, DID_NOT = ({"contact_filter": {"consent": 1, "op": op}} for op in ("given", "not_given"))


def codes(*steps: Any) -> set[str]:
    return {each.code for each in scan([line(*steps).source(1)], registry(), CATALOG, SEGMENTS).findings}


@pytest.mark.parametrize(
    "steps",
    [
        [OPENED, ("send_email", {"template": 1, "topic": 1})],
        [OPENED, ("send_email", {"template": 1, "transactional": True})],
        [("consent_given", {"topic": 1}), MAIL],
        [("email_opened", AGREED), MAIL],
    ],
)
def test_who_was_asked_is_no_finding(steps: Any):
    """By the step, by the trigger, by a condition; a transactional mail needs no consent."""
    assert codes(*steps) == set()


def test_who_was_not_asked_is():
    """Also where the condition says the opposite."""
    assert codes(OPENED, MAIL) == codes(("email_opened", DID_NOT), MAIL) == {"no_consent"}
