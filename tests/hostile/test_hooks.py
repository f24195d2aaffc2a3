"""Whatever a stranger posts to the address of a step: it is taken, or refused in words, and never a fault."""

import json
from copy import deepcopy
from typing import Final

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.adapters import throttle
from app.models import PARTITIONS
from app.services.drain import drain_batch
from tests.factories.hooks import MAPPING, PAYLOAD, make_called
from tests.hostile.answers import told
from tests.support.documents import json_values

READ: Final = ("customer.email", "customer.id", "customer.city", "customer.age", "order.id")
PATHS: Final = [path.split(".") for path in READ]
ODD: Final = ("a@b.c", "0", "\x00", "٣", "9" * 400, " ", "ｅ@ｅ.com", "x" * 5001)
TEXTS: Final = st.text(max_size=20) | st.sampled_from(ODD)
VALUES: Final = json_values | TEXTS
FORMS: Final = (
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
)
KEYS: Final = ("Idempotency-Key", "Cadenza-Causes")
hostile = settings(suppress_health_check=list(HealthCheck), deadline=None, max_examples=60)


@st.composite
def payloads(draw: st.DrawFn) -> object:
    """What fits the mapping, with any of its values replaced by anything, or anything at all."""
    payload = deepcopy(dict(PAYLOAD))
    for parent, key in draw(st.lists(st.sampled_from(PATHS), min_size=1, max_size=3)):
        payload[parent][key] = draw(VALUES)
    return draw(st.just(payload) | json_values | st.dictionaries(TEXTS, VALUES, max_size=4))


@pytest.fixture
def address(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> str:
    """A step that is called, by an automation that runs, as often as a test likes."""
    monkeypatch.setattr(throttle, "exceeded", lambda *_: None)
    return f"/hooks/{make_called()[1]}"


@hostile
@given(payload=payloads())
def test_any_payload_is_taken_or_refused_in_words(client: FlaskClient, address: str, payload: object):
    """A refusal names a field and a remedy; what was taken is worked through."""
    answer = client.post(address, data=json.dumps(payload))
    if answer.status_code == 202:
        assert answer.json["result"] in {"accepted", "duplicate"}
        assert len(drain_batch(range(PARTITIONS)).parts) == PARTITIONS
    else:
        assert told(answer, 422)


@hostile
@given(body=st.binary(max_size=200), kind=st.sampled_from(["application/json", "text/xml", "", "x/x; charset=nope"]))
def test_any_bytes_are_refused_in_words(client: FlaskClient, address: str, body: bytes, kind: str):
    """Only by a miracle are they JSON."""
    answer = client.post(address, data=body, content_type=kind)
    assert told(answer, 400, 422)


@hostile
@given(body=st.binary(max_size=200), kind=st.sampled_from(FORMS))
def test_any_form_is_refused_in_words(client: FlaskClient, address: str, body: bytes, kind: str):
    """It names nobody."""
    assert told(client.post(address, data=body, content_type=kind), 400, 413, 422)


@hostile
@given(key=TEXTS, causes=TEXTS)
def test_any_header_is_borne(client: FlaskClient, address: str, key: str, causes: str):
    """A key that cannot be kept is refused; causes that are none are left out."""
    sendable = [text.encode("latin-1", "ignore").decode("latin-1") for text in (key, causes)]
    headers = [(name, text.replace("\r", "").replace("\n", "")) for name, text in zip(KEYS, sendable, strict=True)]
    answer = client.post(address, json={**PAYLOAD, "order": {}}, headers=headers)
    assert answer.status_code == 202 or told(answer, 422)


def test_the_mapping_is_what_is_attacked():
    """The paths that are replaced are those that the step reads."""
    read = {MAPPING["email"], MAPPING["ext_id"], MAPPING["message_id"], *MAPPING["attributes"].values()}
    assert read == set(READ)
