"""Automations for tests, made through the services, and events that move contacts through them."""

from copy import deepcopy
from typing import Any

import orjson

from app.services import attributes
from app.services.automations import activation, checking, drafts
from app.services.automations.drafts import AutomationView
from app.services.contacts import Identifier
from app.services.incoming import IncomingEvent
from app.services.intake import record_events
from nodes.catalog import Kind
from tests.support.live import drain_all

SCORING: dict[str, Any] = {
    "format": "cadenza.automation/1",
    "name": "Scoring",
    "settings": {"re_entry": True},
    "nodes": [
        {"id": "opened", "type": "email_opened", "config": {}},
        {"id": "points", "type": "add_points", "config": {"points": 5}},
        {"id": "pause", "type": "wait", "config": {"duration": {"amount": 1, "unit": "days"}}},
        {"id": "tag", "type": "add_tag", "config": {"tag": "warm"}},
    ],
    "edges": [
        {"from": "opened", "port": "next", "to": "points"},
        {"from": "points", "port": "next", "to": "pause"},
        {"from": "pause", "port": "next", "to": "tag"},
    ],
}
CALLING: dict[str, Any] = {
    "format": "cadenza.automation/1",
    "name": "Calling",
    "nodes": [
        {"id": "opened", "type": "email_opened", "config": {}},
        {"id": "hook", "type": "call_webhook", "config": {"url": "https://example.com/hook"}},
    ],
    "edges": [{"from": "opened", "port": "next", "to": "hook"}],
}


def scoring(**settings: Any) -> dict[str, Any]:
    """Five points for each opened mail, then a day's wait, then a tag; with other settings if given."""
    document = deepcopy(SCORING)
    document["settings"] |= settings
    return document


def make_score() -> None:
    """The attribute SCORE."""
    attributes.create("SCORE", Kind.NUMBER)


def make_automation(document: dict[str, Any] | None = None, *, active: bool = False) -> AutomationView:
    """An automation: empty, or from a document; switched on if wished."""
    made = drafts.add(checking.read(document)) if document else drafts.create("en")
    return activation.activate(made.id, "en") if active else made


def opens(email: str, times: int = 1) -> None:
    """The contact opens mail, and the engine works through it."""
    for _ in range(times):
        happens("email_opened", email)


def happens(name: str, email: str, **properties: Any) -> None:
    """Something happens to the contact, and the engine works through it."""
    receive(email, name, **properties)
    drain_all()


def receive(email: str, name: str = "email_opened", **properties: Any) -> None:
    """Something happens to the contact that the engine has not looked at yet."""
    record_events([IncomingEvent(name, [Identifier("email", email)], None, orjson.dumps(properties))], source="test")
