"""From a template of the gallery to a draft of one's own."""

import json
import re

import httpx
import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]


def test_the_chosen_template_says_that_it_is_being_made(desk: Page, admin: httpx.Client):
    """Its own card, not the button of the form above; what comes of it is told apart from one that is there."""
    found = admin.get("/api/automations", params={"search": "Lead scoring"}).json()["items"]
    assert "Lead scoring" in [each["name"] for each in found]
    waiting: list[Route] = []
    desk.route("**/api/automations", lambda route: waiting.append(route) if _makes(route) else route.continue_())
    desk.goto("/automations")
    desk.get_by_role("button", name="New automation", exact=True).click()
    panel = desk.get_by_role("dialog", name="New automation", exact=True)
    card, other = (panel.get_by_role("button", name=name) for name in ("Lead scoring", "Welcome series"))
    card.click()
    expect(card).to_have_attribute("aria-busy", "true")
    expect(other).to_be_disabled()
    expect(other).to_have_attribute("aria-busy", "false")
    expect(panel.get_by_role("button", name="Create", exact=True)).not_to_have_attribute("data-loading", "true")
    waiting.pop().continue_()
    expect(desk.get_by_role("heading", name="Lead scoring 2", exact=True)).to_be_visible()
    flow = desk.url.rpartition("/")[2]
    admin.post(f"/api/automations/{flow}/archive").raise_for_status()


def test_what_is_made_opens_although_the_panel_was_closed(desk: Page, admin: httpx.Client):
    """Nor can another be made while it is on its way: the panel that is opened again knows of it."""
    waiting: list[Route] = []
    desk.route("**/api/automations", lambda route: waiting.append(route) if _makes(route) else route.continue_())
    desk.goto("/automations?new=1")
    panel = desk.get_by_role("dialog", name="New automation", exact=True)
    name, create = panel.get_by_label("Name"), panel.get_by_role("button", name="Create", exact=True)
    expect(name).to_be_focused()
    name.fill("Made behind a closed panel")
    create.click()
    expect(create).to_be_disabled()
    panel.get_by_role("button", name="Close", exact=True).click()
    expect(panel).to_have_count(0)
    desk.get_by_role("button", name="New automation", exact=True).click()
    expect(create).to_be_disabled()
    panel.get_by_role("button", name="Close", exact=True).click()
    expect(panel).to_have_count(0)
    waiting.pop().continue_()
    expect(desk.get_by_role("heading", name="Made behind a closed panel", exact=True)).to_be_visible()
    admin.post(f"/api/automations/{desk.url.rpartition('/')[2]}/archive").raise_for_status()


def test_an_imported_file_opens_although_the_panel_was_closed(desk: Page, admin: httpx.Client):
    """The answer comes after the panel is gone."""
    source = admin.get("/api/automations").json()["items"][0]["id"]
    document = json.dumps(admin.get(f"/api/automations/{source}").json()["document"])
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    desk.route("**/api/automations/import", hold)
    desk.goto("/automations?new=1")
    panel = desk.get_by_role("dialog", name="New automation", exact=True)
    with desk.expect_request("**/api/automations/import"), desk.expect_file_chooser() as chooser:
        panel.get_by_role("button", name="Choose a file", exact=True).click()
        chooser.value.set_files({"name": "flow.json", "mimeType": "application/json", "buffer": document.encode()})
    panel.get_by_role("button", name="Close", exact=True).click()
    expect(panel).to_have_count(0)
    waiting.pop().continue_()
    desk.wait_for_url(re.compile(r"/automations/\d+$"))
    admin.post(f"/api/automations/{desk.url.rpartition('/')[2]}/archive").raise_for_status()


def _makes(route: Route) -> bool:
    return route.request.method == "POST"
