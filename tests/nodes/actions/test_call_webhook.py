import json
from typing import Any

import pytest

from nodes.effects import CallWebhook
from nodes.world import Contact, Event
from tests.support.steps import faults, person, says, walk

URL = "https://example.com/hook"


def named(template: str, contact: Contact, _event: Event) -> str:
    return template.replace("{{ contact.FIRSTNAME }}", str(contact.attributes.get("FIRSTNAME")))


def sent(config: dict[str, Any], **attributes: Any) -> CallWebhook:
    """The request that one contact causes."""
    step = walk("call_webhook", {"url": URL, **config}, person(1, **attributes), render=named)
    (delivery,) = step.deliveries
    assert isinstance(delivery.effect, CallWebhook)
    return delivery.effect


def test_the_contact_waits_for_the_answer():
    """The request is handed over, and the contact stays until it was answered."""
    step = walk("call_webhook", {"url": URL}, person(1))
    assert [(wait.run.contact.id, wait.until, wait.port) for wait in step.waits] == [(1, None, "next")]
    assert step.effects == []


def test_no_value_breaks_the_json():
    """Texts inside the document are filled in; whatever a contact's data holds, it stays one text."""
    body = '{"who": {"name": "{{ contact.FIRSTNAME }}"}, "n": [1, null, true, "{{ contact.FIRSTNAME }}"]}'
    nasty = 'Zo"é", "admin": true, "x": "\\'
    filled = json.loads(sent({"body": body}, FIRSTNAME=nasty).body)
    assert filled == {"who": {"name": nasty}, "n": [1, None, True, nasty]}


def test_no_value_adds_a_header():
    """A line break in a contact's data stays inside the header."""
    request = sent({"headers": "X-Name: {{ contact.FIRSTNAME }}\n\nX-Two: 2"}, FIRSTNAME="a\r\nX-Evil: 1")
    assert request.headers == (("X-Name", "a X-Evil: 1"), ("X-Two", "2"), ("Content-Type", "application/json"))


def test_a_body_goes_with_methods_that_have_one():
    """GET sends none; POST, if nothing is said, tells who it is about; a content type given stays."""
    assert sent({"method": "GET", "body": "{}"}).body == ""
    assert json.loads(sent({}).body) == {"email": "{{ contact.email }}"}
    assert sent({"headers": "content-type: text/json"}).headers == (("content-type", "text/json"),)


@pytest.mark.parametrize(
    ("config", "found"),
    [
        ({}, [("url", "missing")]),
        ({"url": "ftp://example.com"}, [("url", "invalid")]),
        ({"url": "https://"}, [("url", "invalid")]),
        ({"url": "https://[1"}, [("url", "invalid")]),
        ({"url": "https://a b/"}, [("url", "invalid")]),
        ({"url": URL, "method": "TRACE"}, [("method", "invalid")]),
        ({"url": URL, "headers": "no colon"}, [("headers", "invalid")]),
        ({"url": URL, "headers": "Bad Name: x"}, [("headers", "invalid")]),
        ({"url": URL, "body": "{"}, [("body", "invalid")]),
        ({"url": URL, "body": '{"a": "{{ contact.GONE }}"}'}, [("body", "unknown_attribute")]),
    ],
)
def test_requests_that_cannot_be_sent_are_faults(config: dict[str, Any], found: list[tuple[str, str]]):
    """Address, method, headers and body are checked beforehand."""
    assert faults("call_webhook", config) == found


def test_its_sentence_names_the_address():
    """Method and address are read out."""
    assert says("call_webhook", {"url": URL, "method": "PUT"}).en == f"Call PUT {URL}"
