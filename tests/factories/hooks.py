"""Automations that other tools call, and their calls."""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.services import attributes, hooks
from nodes.catalog import Kind
from tests.factories.automations import make_automation
from tests.support.live import drain_all

STEP = "called"
MAPPING: Mapping[str, Any] = {
    "email": "customer.email",
    "ext_id": "customer.id",
    "message_id": "order.id",
    "attributes": {"CITY": "customer.city", "AGE": "customer.age"},
}
PAYLOAD: Mapping[str, Any] = {
    "customer": {"email": "maria@example.com", "id": 17, "city": "Lyon", "age": 31},
    "order": {"id": "o-1", "total": 120.5, "items": [{"name": "tea"}], "tags": ["new", "gift"]},
}


def called(**config: Any) -> dict[str, Any]:
    """An automation whose step STEP is called, and which tags whom it lets in; its two attributes must exist."""
    mapped = {"mapping": deepcopy(dict(MAPPING)), **config}
    return {
        "format": "cadenza.automation/1",
        "name": "Called",
        "settings": {"re_entry": True},
        "nodes": [
            {"id": STEP, "type": "webhook_received", "config": mapped},
            {"id": "tag", "type": "add_tag", "config": {"tag": "called"}},
        ],
        "edges": [{"from": STEP, "port": "next", "to": "tag"}],
    }


def make_attributes() -> None:
    """What the usual mapping writes to."""
    attributes.create("CITY", Kind.TEXT)
    attributes.create("AGE", Kind.NUMBER)


def make_called(*, active: bool = True, **config: Any) -> tuple[int, str]:
    """Such an automation with its attributes, and the token of its step."""
    make_attributes()
    made = make_automation(called(**config), active=active)
    return made.id, hooks.address(made.id, STEP).token


def post(client: FlaskClient, token: str, payload: object = PAYLOAD, **headers: str) -> TestResponse:
    """Call the step as another tool would, and let the engine work; `Idempotency_Key` is the header of that name."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    answer = client.post(f"/hooks/{token}", json=payload, headers=named)
    drain_all()
    return answer
