from typing import Any

import orjson
import pytest

from app.errors import Invalid
from app.services.hooks.mapping import event_of
from app.services.hooks.payload import table
from app.services.incoming import IncomingEvent
from nodes.fields import PayloadMap
from tests.support.steps import CATALOG

NAME = "webhook_received"


def read(payload: dict[str, Any], mapping: PayloadMap) -> IncomingEvent:
    return event_of(NAME, "7/a", mapping, table(payload), CATALOG)


def faults(payload: dict[str, Any], mapping: PayloadMap) -> list[tuple[str | None, str]]:
    with pytest.raises(Invalid) as refused:
        read(payload, mapping)
    assert all(problem.message and problem.remedy for problem in refused.value.problems)
    return [(problem.field, problem.code) for problem in refused.value.problems]


def test_values_stand_by_their_paths():
    """Objects and lists are walked through; a list of plain values is there as a whole, too; a key may hold dots."""
    sent = {"a": {"b": 1}, "items": [{"name": "tea"}], "tags": ["x", None], "none": [], "c.d": True}
    assert table(sent) == {
        "a.b": 1,
        "items.0.name": "tea",
        "tags": ["x", None],
        "tags.0": "x",
        "tags.1": None,
        "c.d": True,
    }


def test_a_call_becomes_an_event_of_its_step():
    """Identifiers say whose it is and are no properties; everything else is, with the step that was called."""
    mapping = PayloadMap({"email": "who.mail", "ext_id": "who.id"}, {"COUNTRY": "land"}, "id")
    event = read({"who": {"mail": " Ann@Example.com", "id": 5}, "land": "Chad", "id": 7, "n": 1}, mapping)
    assert [(each.kind, each.value) for each in event.who] == [("email", "ann@example.com"), ("ext_id", "5")]
    assert (event.attributes, event.message_id) == ({"COUNTRY": "Chad"}, "7")
    assert orjson.loads(event.properties) == {"land": "Chad", "id": 7, "n": 1, "@hook": "7/a"}


def test_what_was_not_sent_is_left_as_it_is():
    """An absent or empty value empties nothing, as long as somebody is named."""
    mapping = PayloadMap({"email": "mail", "phone": "tel"}, {"COUNTRY": "land", "SCORE": "score"}, "id")
    event = read({"tel": "+33 6 12 34 56 78", "mail": "", "score": None}, mapping)
    assert ([each.kind for each in event.who], event.attributes, event.message_id) == (["phone"], {}, None)


def test_a_payload_cannot_pretend_to_be_another_hook():
    """Whatever it calls itself, it is about the step that was called."""
    event = read({"@hook": "9/z", "mail": "ann@example.com"}, PayloadMap({"email": "mail"}, {}))
    assert orjson.loads(event.properties) == {"@hook": "7/a"}


@pytest.mark.parametrize(
    ("payload", "attributes", "fault"),
    [
        ({}, {}, ("mail", "nobody_named")),
        ({"mail": {"x": 1}}, {}, ("mail", "nobody_named")),
        ({"mail": "nonsense"}, {}, ("mail", "bad_email")),
        ({"mail": True}, {}, ("mail", "not_text")),
        ({"mail": ["a@example.com"]}, {}, ("mail", "not_text")),
        ({"mail": "a@example.com", "x": "many"}, {"SCORE": "x"}, ("x", "not_number")),
        ({"mail": "a@example.com", "x": "2026-13-01"}, {"BIRTHDAY": "x"}, ("x", "not_date")),
        ({"mail": "a@example.com", "x": "perhaps"}, {"NEWSLETTER": "x"}, ("x", "not_boolean")),
        ({"mail": "a@example.com", "x": "gold"}, {"PLAN": "x"}, ("x", "unknown_option")),
        ({"mail": "a@example.com", "x": ["a"]}, {"COUNTRY": "x"}, ("x", "not_text")),
        ({"mail": "a@example.com", "x": 1}, {"GONE": "x"}, ("x", "unknown_attribute")),
    ],
)
def test_what_does_not_fit_names_its_path(payload: dict[str, Any], attributes: dict[str, str], fault: tuple[str, str]):
    """Code, message and remedy, at the path where the value stood."""
    assert faults(payload, PayloadMap({"email": "mail"}, attributes)) == [fault]


def test_everything_wrong_is_told_at_once():
    """Whoever mends a mapping sees all of it."""
    found = faults({"mail": "no", "n": "x", "id": {}}, PayloadMap({"email": "mail"}, {"SCORE": "n"}, "id"))
    assert found == [("mail", "bad_email"), ("n", "not_number")]


def nested(depth: int) -> dict[str, Any]:
    return {"a": nested(depth - 1)} if depth else {"a": 1}


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        ([], "not_object"),
        ("text", "not_object"),
        (None, "not_object"),
        (nested(20), "too_deep"),
        ({"x": "\x00"}, "bad_characters"),
        ({"x\x00": 1}, "bad_characters"),
        ({"x": float("inf")}, "bad_number"),
        ({str(number): number for number in range(1001)}, "too_many_values"),
        ({f"{number}-{'x' * 200}": "" for number in range(300)}, "too_large"),
        ({"x" * 300: 1}, "too_long"),
        ({"x" * 200: {"y" * 200: 1}}, "long_path"),
    ],
)
def test_what_cannot_be_kept_is_refused(payload: object, code: str):
    """Neither depth, nor size, nor odd characters reach the database."""
    with pytest.raises(Invalid) as refused:
        table(payload)
    assert [problem.code for problem in refused.value.problems] == [code]
