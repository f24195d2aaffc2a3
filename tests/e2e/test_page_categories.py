"""Categories of pages without code, and what a contact turns out to be interested in."""

import re
from collections.abc import Callable
from typing import Any

import httpx
import orjson
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.acting import eventually
from tests.support.instance import Instance

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

SHOP = "https://categories.example.com"
EMAIL = "vera.interested@example.com"


@pytest.fixture
def view(demo: Instance, admin: httpx.Client) -> Callable[..., None]:
    """Let a contact view pages of a site of its own."""
    made = admin.post("/api/sites", json={"name": "Categories", "domains": ["categories.example.com"]}).json()

    def send(*paths: str) -> None:
        events: list[dict[str, Any]] = [
            {"id": f"viewed{path.replace('/', '-')}", "name": "page_visited", "properties": {"page": f"{SHOP}{path}"}}
            for path in paths
        ]
        body = {"site": made["key"], "visitor": "visitor-of-categories", "events": events, "identify": {"email": EMAIL}}
        headers = {"Origin": SHOP, "Content-Type": "text/plain"}
        httpx.post(f"{demo.url}/w/e", content=orjson.dumps(body), headers=headers).raise_for_status()

    return send


@pytest.mark.row("E24")
def test_rules_say_what_somebody_is_interested_in(view: Callable[..., None], admin: httpx.Client, desk: Page):
    """A rule is written beside the pages that it catches, saved, applied to the past, and seen as a bar."""
    view("/boots/red-one", "/boots/blue-one")
    desk.goto("/settings/websites")
    card = desk.get_by_role("region", name="Categories of pages")
    seen = card.get_by_role("region", name="Pages seen last")
    expect(seen.get_by_text("categories.example.com/boots/red-one")).to_be_visible()
    card.get_by_role("button", name="Add rule").click()
    rule = card.get_by_role("group", name=re.compile("^Rule")).last
    rule.get_by_label("Text").fill("/boots")
    rule.get_by_role("combobox", name="Category").fill("Boots of Vera")
    expect(rule.get_by_text("2 pages")).to_be_visible()
    expect(seen.get_by_text("Boots of Vera")).to_have_count(2)
    card.get_by_role("button", name="Save").click()
    card.get_by_role("button", name="Apply to the past").click()
    # Views of others, by which the demo's rules were not asked either, may be among them.
    expect(card.get_by_text(re.compile(r"Done: ([2-9]|\d\d+) views changed"))).to_be_visible(timeout=30_000)
    eventually(desk, lambda: bool(found(admin)))
    desk.goto(f"/contacts/{found(admin)[0]['id']}?tab=visits")
    bars = desk.get_by_role("region", name="Interests").get_by_role("listitem")
    expect(bars).to_contain_text(["Boots of Vera2 views"])
    expect(desk.get_by_role("region", name="Additional information")).to_contain_text("Boots of Vera")


def found(admin: httpx.Client) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = admin.get("/api/contacts", params={"search": EMAIL}).json()["items"]
    return items
