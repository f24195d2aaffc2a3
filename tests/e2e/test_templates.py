"""From a template of the gallery to a draft of one's own."""

import httpx
import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]


def test_the_chosen_template_says_that_it_is_being_made(desk: Page, admin: httpx.Client):
    """Its own card, not the button of the form above; what comes of it is told apart from one that is there."""
    names = [each["name"] for each in admin.get("/api/automations").json()["items"]]
    assert "Lead scoring" in names
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


def _makes(route: Route) -> bool:
    return route.request.method == "POST"
