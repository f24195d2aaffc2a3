from dataclasses import replace

import pytest

from nodes.conditions import check, describe, parse
from nodes.event_titles import event_title, event_titles
from nodes.registry import registry
from tests.support.steps import CATALOG

OPENS = {"events": "email_opened", "within": {"amount": 30, "unit": "days"}, "op": "gte", "value": 3}


@pytest.mark.parametrize(
    ("name", "title"),
    [("email_opened", "Email opened"), ("page_left", "Left a page"), ("order_placed", "order_placed")],
)
def test_an_event_is_called_as_its_trigger_is(name: str, title: str):
    """Ours have words; one of the author's own is called by its name."""
    assert event_title(name).en == title


def test_sentences_say_what_events_are_called():
    """Conditions, goals and waits name events as the lists do that they were chosen from; so do their faults."""
    catalog = replace(CATALOG, event_titles=event_titles())
    assert describe(parse(OPENS), catalog).en == "number of “Email opened” in the last 30 days is at least 3"
    assert registry()["goal"].summary({"event": "page_visited"}, catalog).en == "Goal: “Page visited”"
    waits = registry()["wait_until_event"].summary({"event": "email_clicked"}, catalog)
    assert waits.en == "Wait for “Email clicked”, at most 7 days"
    (fault,) = check(parse({"events": "email_opened", "op": "gte"}), catalog)
    assert "number of “Email opened”" in fault.message.en
