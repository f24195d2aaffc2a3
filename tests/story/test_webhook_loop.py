"""A webhook that comes back to us: an automation whose own step it calls."""

import time
from typing import Any

import httpx
import pytest

from tests.e2e.acting import PASSWORD, client_of
from tests.support.instance import instance

pytestmark = [pytest.mark.story, pytest.mark.timeout(300)]

ADMIN = "admin@example.com"
HOPS = 8  # what a workspace allows unless it says otherwise


def circle(url: str) -> dict[str, Any]:
    """Whoever is called in calls in again."""
    return {
        "format": "cadenza.automation/1",
        "name": "Circle",
        "settings": {"re_entry": True},
        "nodes": [
            {"id": "called", "type": "webhook_received", "config": {"mapping": {"email": "mail"}}},
            {"id": "calls", "type": "call_webhook", "config": {"url": url, "body": '{"mail": "{{ contact.email }}"}'}},
        ],
        "edges": [{"from": "called", "port": "next", "to": "calls"}],
    }


def test_a_webhook_back_to_ourselves_is_cut():
    """It turns as often as the workspace allows, by real deliveries, and the admins are told."""
    with instance(CADENZA_ALLOW_PRIVATE_HOSTS="1") as site:
        site.start()
        site.command("user", "create", "--email", ADMIN, "--role", "admin", "--password-stdin", text=PASSWORD)
        with client_of(site, ADMIN, PASSWORD) as admin:
            made = admin.post("/api/automations", json={"document": circle("https://example.com")}).json()
            path = f"/api/automations/{made['id']}"
            url = admin.put(f"{path}/hooks/called").raise_for_status().json()["url"]
            draft = {"document": circle(url), "base_revision": made["draft_revision"]}
            admin.put(f"{path}/draft", json=draft).raise_for_status()
            admin.post(f"{path}/activate", json={}).raise_for_status()
            assert httpx.post(url, json={"mail": "maria@example.com"}).status_code == 202
            assert told_of(admin) == "A loop of automations was cut"
            assert admin.get(f"{path}/stats").json()["entered"] == HOPS + 1
            assert len(admin.get(f"{path}/hooks/called/calls").json()["items"]) == HOPS + 2
        assert url.rpartition("/")[2] not in site.log.read_text()


def told_of(admin: httpx.Client) -> str:
    """The title of the first alert."""
    for _ in range(600):
        if found := admin.get("/api/notifications").json()["items"]:
            return str(found[0]["title"])
        time.sleep(0.1)
    return ""
