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


def test_an_attribute_is_found_in_steps_that_are_not_right_yet():
    """What lacks a list, a value or a name, or has a setting too many, still names the attributes that it does."""
    unfinished = {"all": [{"list": None, "op": "in"}, {"any": [{"not": {"attribute": "SCORE", "op": "gte"}}]}]}
    branch = {"id": "a", "name": "", "condition": unfinished}
    configs: dict[str, tuple[str, dict[str, Any]]] = {
        "opened": ("email_opened", {"contact_filter": unfinished}),
        "many": ("multi_split", {"branches": [branch, "odd"]}),
        "points": ("add_points", {"surprise": 1}),
        "note": ("add_note", {"text": "At {{ contact.SCORE }}", "surprise": 1}),
        "empty": ("update_attribute", {"attribute": ""}),
    }
    nodes = [{"id": each, "type": key, "config": config} for each, (key, config) in configs.items()]
    parts: dict[str, Any] = {"nodes": nodes, "edges": [], "layout": {}}
    assert found("SCORE", "attribute", **parts) == ["opened", "many", "points", "note"]


def test_an_attribute_that_a_call_brings_is_found():
    """What another tool's calls write stands in a mapping, by the names of the attributes."""
    mapping = {"email": "customer.email", "attributes": {"SCORE": "customer.rank"}}
    nodes = [{"id": "called", "type": "webhook_received", "config": {"mapping": mapping}}]
    assert found("SCORE", "attribute", nodes=nodes, edges=[], layout={}) == ["called"]


def test_attributes_that_end_runs_are_found():
    """In conditions and in filters of events; once each, and not first, for the condition itself says more."""
    hot = {"all": [{"attribute": "SCORE", "op": "gte", "value": 99}]}
    unfinished = {"any": [{"list": None, "op": "in"}, {"attribute": "COUNTRY"}]}
    events = [{"event": "bought", "filter": {"all": [{"event": "SCORE", "op": "eq", "value": "x"}]}}, {"event": "left"}]
    settings = {"exit_conditions": [hot, hot, unfinished], "exit_events": events}
    assert found("SCORE", "attribute", settings=settings, nodes=[], edges=[], layout={}) == [None]
    assert found("COUNTRY", "attribute", settings=settings, nodes=[], edges=[], layout={}) == [None]
    words = words_of(load({**SCORING, "settings": settings}), registry(), CATALOG, {})
    assert [each.place for each in words if each.node is None] == ["text", "text", "attribute", "attribute"]


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
