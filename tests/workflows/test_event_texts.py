"""What texts ask of the event that let a contact in, held against what such events say."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest

from nodes.catalog import Asked, Catalog
from nodes.registry import registry
from tests.support.live import document
from tests.support.steps import CATALOG
from workflows.document import load
from workflows.problems import Problem
from workflows.validation import validate

ORDER = ("order", "custom_event", {"event": "order_placed"})
OPENED = ("opened", "email_opened", {})
SENT = {"order_placed": {"total", "order_id", "@hook"}, "email_opened": {"subject"}}


def doubts(text: str, *triggers: Any, sent: Mapping[str, Any] = SENT, catalog: Catalog = CATALOG) -> Sequence[Problem]:
    """The warnings about a note behind these triggers."""
    ways = [(trigger[0], "next", "note") for trigger in triggers]
    stored = document([*triggers, ("note", "add_note", {"text": text})], ways)
    return validate(load(stored), registry(), catalog, sent=sent)


@pytest.mark.parametrize(
    "text",
    [
        "{{ event.total }} {{ event['order_id'] }} {{ event.event_name }} {{ event.event_time }}",
        "{% if event.total > 3 %}much{% endif %}",
        "event.gone in plain words",
    ],
)
def test_what_events_say_may_be_asked(text: str):
    """Properties that were sent, and what every event has."""
    assert doubts(text, ORDER) == []


def test_a_property_that_no_event_has_is_told_with_the_nearest():
    """Of the events that lead to the step; a warning keeps nothing from being activated."""
    (problem,) = doubts("{{ event.totl }}", ORDER)
    assert (problem.node, problem.field, problem.code) == ("note", "text", "unknown_event_property")
    assert problem.severity == "warning"
    assert "“total”" in problem.remedy.en
    (far,) = doubts("{{ event.xyz | default('') }}", ORDER)
    assert "Insert a field" in far.remedy.en
    (ours,) = doubts("{{ event['@hook'] }}", ORDER)
    assert ours.code == "unknown_event_property"


def test_a_property_that_some_events_lack_wants_a_default():
    """Who comes in by the other trigger has nothing there."""
    (problem,) = doubts("{{ event.total }}", ORDER, OPENED)
    assert (problem.code, problem.severity) == ("event_value_missing", "warning")
    assert doubts("{{ event.total | default('0') }}", ORDER, OPENED) == []
    assert doubts("{{ event.campaign }}", OPENED) == []  # what its trigger’s filter asks about


def test_nothing_is_said_of_events_that_nobody_knows():
    """An event that was never sent may have anything, and so may whoever comes in by it."""
    new = ("new", "custom_event", {"event": "never_sent"})
    assert doubts("{{ event.totl }}", new) == []
    assert doubts("{{ event.totl }}", new, ORDER) == []
    assert doubts("{{ event.totl }}", OPENED, sent={}) == []


def test_what_a_template_asks_is_told_at_the_step_that_sends_it():
    """The template knows nothing of automations: the step does."""
    asking = replace(
        CATALOG, template_events={1: (Asked("totl", defaulted=False), Asked("event_time", defaulted=False))}
    )
    stored = document([ORDER, ("mail", "send_email", {"template": 1})], [("order", "next", "mail")])
    found = validate(load(stored), registry(), asking, sent=SENT)
    assert [(each.node, each.field, each.code) for each in found] == [("mail", "template", "unknown_event_property")]
