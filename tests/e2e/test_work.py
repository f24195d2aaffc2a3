"""Where people begin: who sells with what is theirs, who builds with the automations."""

import re

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.acting import client_of, desk_of, eventually
from tests.support.instance import Instance

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]


def open_tasks(rep: httpx.Client) -> int:
    return len(rep.get("/api/tasks", params={"mine": True, "done": False}).json()["items"])


def test_a_rep_begins_with_what_is_theirs(browser: Browser, demo: Instance):
    """Tasks, alerts, contacts and deals of the rep; a finished task is gone; no button that they may not press."""
    with client_of(demo, "rep@example.com") as rep, desk_of(browser, rep) as desk:
        before = open_tasks(rep)
        desk.goto("/")
        desk.wait_for_url("**/work")
        for title in ("To do", "Alerts", "My contacts", "My open deals"):
            expect(desk.get_by_role("region", name=title).get_by_role("link").first).to_be_visible()
        desk.get_by_role("region", name="To do").get_by_role("checkbox").first.click()
        eventually(desk, lambda: open_tasks(rep) == before - 1)
        desk.get_by_role("link", name="Show all: My contacts").click()
        mine = rep.get("/api/contacts", params={"condition": '{"owner": true, "op": "eq", "value": "rep@example.com"}'})
        expect(desk.get_by_text(f"{mine.json()['total']:,} contacts")).to_be_visible()
        desk.goto("/automations")
        expect(desk.get_by_text("ask a marketer or an admin")).to_be_visible()
        expect(desk.get_by_role("button", name="New automation")).to_have_count(0)


def test_who_builds_begins_with_the_automations(browser: Browser, demo: Instance):
    """Alerts are reached by the bell alone."""
    with client_of(demo, "marketer@example.com") as marketer, desk_of(browser, marketer) as desk:
        desk.goto("/")
        desk.wait_for_url("**/automations")
        expect(desk.get_by_role("button", name="New automation")).to_be_visible()
        expect(desk.get_by_role("navigation").get_by_role("link", name="Notifications")).to_have_count(0)


def test_amounts_are_in_the_currency_that_was_chosen(desk: Page, admin: httpx.Client):
    """Under Settings; from then on the list of deals and their form show it."""
    admin.post("/api/deals", json={"name": "Fifty seats", "amount": 4800}).raise_for_status()
    desk.goto("/settings/workspace")
    desk.get_by_role("combobox", name="Currency", exact=True).fill("Swiss")
    desk.get_by_role("option", name="CHF · Swiss Franc", exact=True).click()
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_text("Saved", exact=True)).to_be_visible()
    desk.get_by_role("link", name="Deals", exact=True).click()
    row = desk.get_by_role("row").filter(has_text="Fifty seats")
    expect(row).to_contain_text(re.compile(r"CHF\s4,800"))
    row.click()
    expect(desk.get_by_role("textbox", name="Amount", exact=True)).to_have_value("4 800 CHF")
    admin.patch("/api/workspace", json={"currency": "EUR"}).raise_for_status()
