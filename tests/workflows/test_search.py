from typing import Any

from nodes.registry import registry
from tests.support.documents import SCORING
from tests.support.steps import CATALOG
from workflows.document import load
from workflows.search import words_of


def found(text: str, place: str | None = None, **parts: Any) -> list[str | None]:
    words = words_of(load({**SCORING, **parts}), registry(), CATALOG, {1: "Come in, the kettle is on."})
    return [each.node for each in words if text in each.text.en and place in (None, each.place)]


def test_steps_are_found_by_type_attribute_and_text():
    """By the name of their type, an attribute they write or ask for, and what somebody wrote in them."""
    assert found("Web push", "type") == ["pushed"]
    assert found("SCORE", "attribute") == ["points", "hot"]
    assert found("is hot", "text") == ["alert", "alert"]


def test_what_a_filter_names_by_number_is_found_by_name():
    """A list in a trigger's filter is not in its summary, but it can be found."""
    listed = {"list": 1, "op": "in"}
    nodes = [{"id": "opened", "type": "email_opened", "config": {"contact_filter": {"all": [listed]}}}]
    assert "opened" in found(CATALOG.lists[1], "text", nodes=nodes, edges=[], layout={})


def test_exits_and_unknown_steps_are_searched_too():
    """The settings of the whole automation stand for no step; a type that is not known is found by its key."""
    settings = {
        "exit_conditions": [{"all": [{"attribute": "SCORE", "op": "gte", "value": 99}]}],
        "exit_events": [{"event": "basket_emptied"}],
        "quiet_hours": {"from": "21:00", "to": "09:00", "then": "wait"},
    }
    assert found("99", settings=settings)[0] is None
    assert found("basket_emptied", settings=settings)[0] is None
    assert None not in found("21:00", settings=settings)
    nodes = [{"id": "a", "type": "from_the_future", "config": {"deep": [{"word": "needle"}]}}]
    assert found("from_the_future", "type", nodes=nodes, edges=[], layout={}) == ["a"]
    assert found("needle", nodes=nodes, edges=[], layout={}) == ["a"]


def test_a_mail_is_found_by_what_it_says():
    """A step that sends a template holds its words; one that sends another, or none that is known, does not."""
    sending = [{"id": f"to{number}", "type": "send_email", "config": {"template": number}} for number in (1, 2)]
    empty = {"id": "new", "type": "send_email", "config": {}}
    assert found("kettle", "text", nodes=[*sending, empty], edges=[], layout={}) == ["to1"]
