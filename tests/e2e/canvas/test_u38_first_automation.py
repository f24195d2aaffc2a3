"""U38: from an empty workspace to an automation that runs, without reading anything first."""

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from app.services.automation_templates import TEMPLATES
from tests.e2e.acting import PASSWORD, client_of, eventually, sign_in, step
from tests.e2e.drawing import flow_of
from tests.support.instance import Instance, instance

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(240)]

THREE_MINUTES = 180
# What reading a screen for the first time takes, and finding what to press.
SECONDS_AN_ACT = 15


class Newcomer:
    """Somebody who sees all for the first time, and how often they had to find what to press."""

    def __init__(self) -> None:
        self.acts = 0

    def click(self, place: Locator) -> None:
        place.click()
        self.acts += 1


@pytest.fixture(scope="module")
def site() -> Iterator[Instance]:
    """An instance of their own: what these leave running would move the contacts of others."""
    with instance() as made:
        made.start()
        yield made


def test_u38_a_first_automation_runs_within_three_minutes(page: Page, site: Instance):
    """The empty state offers templates; one is chosen, activated, and counts the first event, attributes included."""
    sign_in(page, site, "first@example.com", "admin")
    began = time.monotonic()
    page.goto("/automations")
    expect(page.get_by_role("heading", name="Build your first automation")).to_be_visible()
    newcomer = Newcomer()
    newcomer.click(page.get_by_role("button", name="Lead scoring"))
    expect(step(page, "Update attribute")).to_be_visible()
    expect(page.get_by_role("button", name="No problems")).to_be_visible()
    activate(newcomer, page)
    with client_of(site, "first@example.com", PASSWORD) as admin:
        event = {"event": "web_push_clicked", "contact": {"email": "maria@example.com"}}
        admin.post("/api/events", json={"events": [event]}).raise_for_status()
        expect(step(page, "Update attribute")).to_contain_text("1 went on", timeout=15_000)
        found = admin.get("/api/contacts", params={"search": "maria@example.com"}).json()["items"]
        eventually(page, lambda: bool(found))
    assert newcomer.acts * SECONDS_AN_ACT + time.monotonic() - began < THREE_MINUTES
    assert found[0]["attributes"]["SCORE"] == 5


@pytest.mark.parametrize("template", ["Birthday", "Sunset of the inactive", "Sales cadence"])
def test_u38_any_template_can_be_activated_as_it_comes(page: Page, site: Instance, template: str):
    """Each is shown with a picture and a sentence, has no problem in a workspace that has nothing yet, and runs."""
    sign_in(page, site, "first@example.com", "admin")
    page.goto("/automations?new=1")
    gallery = page.get_by_role("dialog").get_by_role("button").filter(has=page.locator("svg rect"))
    expect(gallery).to_have_count(len(TEMPLATES))
    card = gallery.filter(has_text=template)
    expect(card.locator("svg rect").first).to_be_visible()
    card.click()
    expect(page.get_by_role("button", name="No problems")).to_be_visible()
    activate(Newcomer(), page)
    with client_of(site, "first@example.com", PASSWORD) as admin:
        assert admin.get(f"/api/automations/{flow_of(page)}").json()["state"] == "active"


def activate(newcomer: Newcomer, page: Page) -> None:
    newcomer.click(page.get_by_role("button", name="Activate automation"))
    newcomer.click(page.get_by_role("dialog").get_by_role("button", name="Activate", exact=True))
    expect(page.get_by_text("Active", exact=True).first).to_be_visible()
