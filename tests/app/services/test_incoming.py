import math
from datetime import UTC, datetime, timedelta

import pytest

from app.errors import Invalid
from app.services.contacts import Identifier
from app.services.incoming import LARGEST_BATCH, RESERVED, Vocabulary, read_batch, read_one

WORDS = Vocabulary(
    name="event",
    contact="contact",
    identifiers={"id": "id", "email": "email", "ext_id": "ext_id", "phone": "phone"},
    at="at",
    properties="properties",
    attributes="attributes",
    message_id="message_id",
)


def sent(**changes: object) -> dict[str, object]:
    return {"event": "email_opened", "contact": {"email": "a@x.io"}} | changes


def nested(levels: int) -> object:
    value: object = 1
    for _ in range(levels):
        value = {"in": value}
    return value


def refusal(raw: object) -> tuple[str | None, str]:
    with pytest.raises(Invalid) as caught:
        read_batch([raw], WORDS)
    problem = caught.value.problems[0]
    assert problem.remedy
    return problem.field, problem.code


def test_an_event_is_read_whole():
    """Everything that an event says is kept, identifiers in the form they are stored in."""
    event = read_one(
        sent(
            contact={"phone": "0033 6 12 34 56 78", "email": "Ann@X.io", "ext_id": None},
            at="2026-01-02T03:04:05+02:00",
            properties={"campaign": "spring", "items": [{"price": 1.5}]},
            attributes={"SCORE": 3},
            message_id="m-1",
        ),
        WORDS,
    )
    assert event.who == [Identifier("email", "ann@x.io"), Identifier("phone", "+33612345678")]
    assert event.at == datetime(2026, 1, 2, 1, 4, 5, tzinfo=UTC)
    assert event.properties == b'{"campaign":"spring","items":[{"price":1.5}]}'
    assert (event.attributes, event.message_id) == ({"SCORE": 3}, "m-1")


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-01-02T03:04:05Z", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)),
        ("2026-01-02T03:04:05.678901234-08:00", datetime(2026, 1, 2, 11, 4, 5, 678901, tzinfo=UTC)),
        ("2026-01-02T03:04:05", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)),
        ("2026-01-02", datetime(2026, 1, 2, tzinfo=UTC)),
        ("1970-01-01T00:00:00Z", datetime(1970, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_time_is_iso_with_or_without_a_zone(text: str, utc: datetime):
    """A moment without a zone is UTC."""
    assert read_one(sent(at=text), WORDS).at == utc


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize(
    ("raw", "field", "code"),
    [
        ("opened", "events.0", "not_object"),
        (sent(event=None), "events.0.event", "required"),
        (sent(event="mail opened"), "events.0.event", "bad_name"),
        (sent(event="é" * 3), "events.0.event", "bad_name"),
        (sent(event="x" * 256), "events.0.event", "bad_name"),
        (sent(kind="x"), "events.0.kind", "unknown"),
        (sent(contact=None), "events.0.contact", "required"),
        (sent(contact={}), "events.0.contact", "required"),
        (sent(contact={"email": ""}), "events.0.contact", "required"),
        (sent(contact={"mail": "a@x.io"}), "events.0.contact.mail", "unknown"),
        (sent(contact={"email": "nobody"}), "events.0.contact.email", "bad_email"),
        (sent(contact={"email": 5}), "events.0.contact.email", "not_text"),
        (sent(contact={"phone": "call me"}), "events.0.contact.phone", "bad_phone"),
        (sent(contact={"ext_id": "a\0b"}), "events.0.contact.ext_id", "bad_characters"),
        (sent(contact={"id": 0}), "events.0.contact.id", "bad_id"),
        (sent(contact={"id": True}), "events.0.contact.id", "bad_id"),
        (sent(contact={"id": 2**63}), "events.0.contact.id", "bad_id"),
        (sent(contact={"id": "7"}), "events.0.contact.id", "bad_id"),
        (sent(at="yesterday"), "events.0.at", "not_date"),
        (sent(at=1_700_000_000), "events.0.at", "not_date"),
        (sent(at="2026-02-30T00:00:00Z"), "events.0.at", "not_date"),
        (sent(at="1969-12-31T23:59:59Z"), "events.0.at", "far_date"),
        (sent(at="0001-01-01T00:00:00+14:00"), "events.0.at", "far_date"),
        (sent(at="9999-12-31T23:59:59-14:00"), "events.0.at", "far_date"),
        (sent(properties=[1]), "events.0.properties", "not_object"),
        (sent(properties={"a b": 1}), "events.0.properties", "bad_key"),
        (sent(properties={"": 1}), "events.0.properties", "bad_key"),
        (sent(properties={"k" * 256: 1}), "events.0.properties", "bad_key"),
        (sent(properties={"a": {"b c": 1}}), "events.0.properties.a", "bad_key"),
        (sent(properties={"a": "x" * 50_000}), "events.0.properties", "too_large"),
        (sent(properties={"a": "nul \0"}), "events.0.properties", "bad_characters"),
        (sent(properties={"a": "\\\0"}), "events.0.properties", "bad_characters"),
        (sent(properties={"a": "\ud800"}), "events.0.properties", "bad_value"),
        (sent(properties={"a": 2**64}), "events.0.properties", "bad_value"),
        (sent(properties={"a": math.inf}), "events.0.properties.a", "bad_number"),
        (sent(properties={"a": [math.nan]}), "events.0.properties.a.0", "bad_number"),
        (sent(attributes="SCORE"), "events.0.attributes", "not_object"),
        (sent(message_id=7), "events.0.message_id", "not_text"),
        (sent(message_id=""), "events.0.message_id", "empty"),
        (sent(message_id="x" * 201), "events.0.message_id", "too_long"),
    ],
)
def test_what_is_wrong_is_named(raw: object, field: str, code: str):
    """A bad event is refused with its index, the field and a remedy."""
    assert refusal(raw) == (field, code)


def test_nesting_has_a_bottom():
    """Properties may be nested, but not without end."""
    read_one(sent(properties={"a": nested(19)}), WORDS)
    _, code = refusal(sent(properties={"a": nested(21)}))
    assert code == "too_deep"


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_events_of_our_own_cannot_be_sent(name: str):
    """Nobody outside can pretend that a contact was changed."""
    assert refusal(sent(event=name)) == ("events.0.event", "reserved")


def test_a_text_that_looks_like_an_escape_is_no_escape():
    r"""The six characters \u0000 are text like any other."""
    assert read_one(sent(properties={"a": "\\u0000"}), WORDS).properties == rb'{"a":"\\u0000"}'


def test_the_future_is_a_day_deep(clock):
    """Clocks of senders may be ahead, by a day at most."""
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    read_one(sent(at=tomorrow.isoformat()), WORDS)
    assert refusal(sent(at=(tomorrow + timedelta(seconds=1)).isoformat())) == ("events.0.at", "far_date")


@pytest.mark.parametrize("raw", [None, {}, "x", [], [sent()] * (LARGEST_BATCH + 1)])
def test_a_batch_is_a_list_of_a_bearable_size(raw: object):
    """A batch holds from one to a thousand events."""
    with pytest.raises(Invalid) as caught:
        read_batch(raw, WORDS)
    assert caught.value.problems[0].field == "events"


@pytest.mark.usefixtures("database")
def test_all_that_is_wrong_is_told_at_once():
    """One refusal names every bad event, up to a bearable number."""
    with pytest.raises(Invalid) as caught:
        read_batch([sent(), sent(event=""), sent(at="no"), *[sent(event="")] * 100], WORDS)
    fields = [each.field for each in caught.value.problems]
    assert fields[:2] == ["events.1.event", "events.2.at"]
    assert len(fields) == 20
