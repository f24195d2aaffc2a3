import pytest

from nodes.world import Topic
from tests.support.steps import accepts, event, faults, registry, says


@pytest.mark.parametrize(
    ("op", "value", "starts"),
    [
        ("gte", 100, True),
        ("gt", 120.5, False),
        ("eq", 120.5, True),
        ("eq", "120.5", True),
        ("contains", "20", True),
        ("any_of", ["x", "120.5"], True),
        ("empty", None, False),
    ],
)
def test_any_property_can_be_asked(op: str, value: object, starts: bool):
    """The event's own data is compared as what the author compares it with: number, text or presence."""
    leaf = {"event": "total", "op": op} | ({} if value is None else {"value": value})
    config = {"event": "order_placed", "event_filter": {"all": [leaf]}}
    assert accepts("custom_event", config, event("order_placed", total=120.5)) is starts


@pytest.mark.parametrize("odd", [None, [], {}, [1], {"a": 1}, True, "x", float(10**15)])
def test_odd_properties_just_do_not_match(odd: object):
    """Whatever a program sends in a property, the filter answers."""
    config = {"event": "order_placed", "event_filter": {"all": [{"event": "total", "op": "between", "value": [1, 2]}]}}
    assert faults("custom_event", config) == [("event_filter.all[0].op", "wrong_operator")]
    config = {"event": "order_placed", "event_filter": {"all": [{"event": "total", "op": "lt", "value": 2}]}}
    assert not accepts("custom_event", config, event("order_placed", total=odd))


def test_it_listens_to_the_event_it_names():
    """Its topic is the name the author gave, spaces around it aside."""
    assert registry()["custom_event"].topic({"event": " order_placed "}) == Topic("order_placed")


def test_its_name_is_needed():
    """Without the name of the event there is nothing to listen to."""
    assert faults("custom_event", {}) == [("event", "missing")]
    assert faults("custom_event", {"event": " "}) == [("event", "invalid")]


def test_its_sentence_names_the_event():
    """The event's name is read out."""
    assert says("custom_event", {"event": "order_placed"}).fr == "Événement «\u00a0order_placed\u00a0»"
