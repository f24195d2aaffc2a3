"""Letting contacts into an automation by hand: from the list of contacts, from one contact, from the automation."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.acting import eventually

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

TAGGING: dict[str, Any] = {
    "format": "cadenza.automation/1",
    "name": "By hand",
    "settings": {"re_entry": True},
    "nodes": [
        {"id": "opened", "type": "email_opened", "config": {}},
        {"id": "tag", "type": "add_tag", "config": {"tag": "by-hand"}},
    ],
    "edges": [{"from": "opened", "port": "next", "to": "tag"}],
}


@pytest.fixture
def automation(admin: httpx.Client) -> Iterator[int]:
    """An active automation that tags whoever enters."""
    number = admin.post("/api/automations", json={"document": TAGGING}).raise_for_status().json()["id"]
    admin.post(f"/api/automations/{number}/activate", json={"re_entry": True}).raise_for_status()
    yield number
    admin.post(f"/api/automations/{number}/archive").raise_for_status()


def entered(admin: httpx.Client, automation: int) -> int:
    return int(admin.get(f"/api/automations/{automation}/stats").json()["entered"])


def choose(desk: Page) -> None:
    """Choose the automation in the panel."""
    desk.get_by_role("combobox", name="Automation").click()
    desk.get_by_role("option", name="By hand").click()


def test_what_the_list_shows_enters_whole(desk: Page, admin: httpx.Client, automation: int):
    """The panel says how many before, and everybody whom the search finds enters."""
    count = admin.get("/api/contacts", params={"search": "a"}).json()["total"]
    desk.goto("/contacts?search=a")
    desk.get_by_role("button", name="Add to automation…").click()
    choose(desk)
    desk.get_by_role("button", name=f"Add {count:,} contacts").click()
    expect(desk.get_by_text(f"{count:,} contacts are entering “By hand”")).to_be_visible()
    desk.goto(f"/automations/{automation}")
    desk.get_by_role("button", name="Add contacts").click()
    expect(desk.get_by_text(f"{count:,} of {count:,} entered")).to_be_visible(timeout=20_000)
    assert entered(admin, automation) == count


def test_one_contact_enters_from_its_page(desk: Page, admin: httpx.Client, automation: int):
    """Its history then tells how it came in."""
    contact = admin.get("/api/contacts").json()["items"][0]["id"]
    desk.goto(f"/contacts/{contact}")
    desk.get_by_role("button", name="Add to automation…").click()
    choose(desk)
    desk.get_by_role("button", name="Add 1 contact").click()
    expect(desk.get_by_text("1 contact is entering “By hand”")).to_be_visible()
    eventually(desk, lambda: entered(admin, automation) == 1)
    desk.reload()
    expect(desk.get_by_text("Added to an automation").first).to_be_visible()


def test_ticked_contacts_enter(desk: Page, admin: httpx.Client, automation: int):
    """Those ticked in the list, and nobody else."""
    desk.goto("/contacts")
    boxes = desk.get_by_role("row").get_by_role("checkbox")
    boxes.nth(1).check()
    boxes.nth(2).check()
    desk.get_by_role("toolbar", name="2 selected").get_by_role("button", name="Add to automation…").click()
    choose(desk)
    desk.get_by_role("button", name="Add 2 contacts").click()
    expect(desk.get_by_text("2 contacts are entering “By hand”")).to_be_visible()


def test_a_filter_enters_from_the_automation(desk: Page, admin: httpx.Client, automation: int):
    """Its own screen counts whom a condition is about, lets them in, and shows how far that is."""
    everybody = admin.get("/api/contacts").json()["total"]
    desk.goto(f"/automations/{automation}")
    desk.get_by_role("button", name="Add contacts").click()
    panel = desk.get_by_role("dialog", name="Add contacts")
    panel.get_by_text("Filter", exact=True).click()
    panel.get_by_role("button", name=f"Add {everybody:,} contacts").click()
    expect(panel.get_by_text(f"{everybody:,} of {everybody:,} entered")).to_be_visible(timeout=20_000)


def test_those_in_the_segment_now_are_asked_about(desk: Page, admin: httpx.Client):
    """The dialog of activation says how many there are; ticked, they enter, and the screen shows how far that is."""
    condition = {"all": [{"field": "email", "op": "not_empty"}]}
    count = admin.post("/api/contacts/count", json={"condition": condition}).json()["count"]
    joining = {"id": "opened", "type": "joined_segment", "config": {"of": "condition", "condition": condition}}
    document = {**TAGGING, "name": "Joining", "nodes": [joining, TAGGING["nodes"][1]]}
    number = admin.post("/api/automations", json={"document": document}).raise_for_status().json()["id"]
    desk.goto(f"/automations/{number}")
    desk.get_by_role("button", name="Activate automation").click()
    desk.get_by_role("checkbox", name=f"{count:,} contacts now").check()
    desk.get_by_role("button", name="Activate", exact=True).click()
    expect(desk.get_by_text("“Joining” is live.")).to_be_visible()
    eventually(desk, lambda: entered(admin, number) == count, seconds=20)
    admin.post(f"/api/automations/{number}/archive").raise_for_status()
