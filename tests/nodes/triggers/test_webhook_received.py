import pytest

from nodes.fields import PayloadMap
from nodes.registry import registry
from nodes.world import Topic
from tests.support.steps import CATALOG, accepts, event, faults, says
from workflows.document import load
from workflows.plan import Source, compile_plan, topics

MAPPING = {"email": "customer.email"}


def test_its_filter_asks_for_what_was_sent_by_path():
    """Whatever stands deep inside the payload is a property of the event, named by its path."""
    config = {"mapping": MAPPING, "event_filter": {"all": [{"event": "order.total", "op": "gte", "value": 100}]}}
    assert accepts("webhook_received", config, event("webhook_received", **{"order.total": 120}))
    assert not accepts("webhook_received", config, event("webhook_received", **{"order.total": 20}))


def test_each_step_hears_its_own_address_only():
    """The same document in another automation, or the same step twice, is reached at other addresses."""
    node = {"type": "webhook_received", "config": {"mapping": MAPPING}}
    stored = {"format": "cadenza.automation/1", "name": "x", "nodes": [{"id": "a", **node}, {"id": "b", **node}]}
    document = load(stored)
    hears = {each.topic for each in compile_plan(Source(7, 1, 0, document), registry(), CATALOG).triggers}
    own = {Topic("webhook_received", "7/a"), Topic("webhook_received", "7/b")}
    assert own < hears == topics(7, document, registry())
    assert not own & topics(8, document, registry())


def test_an_event_of_a_hook_is_about_its_step():
    """The engine hands it to listeners of that address."""
    assert Topic("webhook_received", "7/a") in event("webhook_received", **{"@hook": "7/a"}).topics


@pytest.mark.parametrize(
    ("mapping", "fault"),
    [
        (None, ("mapping", "missing")),
        ({}, ("mapping", "nobody_named")),
        ({"message_id": "id", "attributes": {"COUNTRY": "country"}}, ("mapping", "nobody_named")),
        ({"email": "email", "attributes": {"NOPE": "x"}}, ("mapping.attributes", "unknown_attribute")),
        ({"email": ""}, ("mapping", "invalid")),
        ({"email": "x" * 256}, ("mapping", "invalid")),
        ({"email": "email", "attributes": {"COUNTRY": 5}}, ("mapping", "invalid")),
        ({"email": "email", "attributes": ["COUNTRY"]}, ("mapping", "invalid")),
        ({"email": "email", "surprise": "x"}, ("mapping", "invalid")),
        ({"email": ["email"]}, ("mapping", "invalid")),
    ],
)
def test_a_mapping_must_name_somebody(mapping: object, fault: tuple[str, str]):
    """Without a path to an identifier, or with a path to nowhere sensible, it cannot be activated."""
    assert faults("webhook_received", {"mapping": mapping}) == [fault]


def test_its_mapping_is_prepared_with_identifiers_in_order():
    """The e-mail decides before the external id, and that before the phone, however they were written."""
    written = {"phone": "tel", "email": "mail", "message_id": "id", "attributes": {"COUNTRY": "land"}}
    prepared = registry()["webhook_received"].schema().prepare({"mapping": written}, CATALOG)["mapping"]
    assert prepared == PayloadMap({"email": "mail", "phone": "tel"}, {"COUNTRY": "land"}, "id")
    assert list(prepared.identifiers) == ["email", "phone"]


def test_its_sentence_says_what_comes_and_which_counts():
    """It reads as a phrase, with the filter behind it."""
    assert says("webhook_received", {"mapping": MAPPING}).en == "Webhook received"
