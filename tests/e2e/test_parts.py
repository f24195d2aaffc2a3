"""What of a page comes later. Parts that are fetched when they are first opened say in their own place if they fail."""

from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.acting import step
from tests.e2e.drawing import OPENED, draw, show

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

FAILED = "This could not be loaded"
Opened = tuple[Locator, Locator]


def versions(desk: Page) -> Opened:
    desk.get_by_role("button", name="Versions and changes").click()
    history = desk.get_by_role("dialog", name="Versions of")
    return history, history.get_by_role("button", name="Version 1 Live")


def the_filter(desk: Page) -> Opened:
    desk.get_by_role("button", name="Filter", exact=True).click()
    panel = desk.get_by_role("region", name="Filter", exact=True)
    return panel, panel.get_by_role("button", name="Add condition")


def consent(desk: Page) -> Opened:
    desk.get_by_role("tab", name="Consent").click()
    panel = desk.get_by_role("tabpanel", name="Consent")
    return panel, panel.get_by_role("heading").first


@pytest.fixture
def flow(admin: httpx.Client) -> int:
    """A running automation, so that it has a version."""
    made = draw(admin, {"opened": "email_opened", "note": "add_note"}, "opened > note")
    admin.post(f"/api/automations/{made}/activate", json={"re_entry": True}).raise_for_status()
    return made


def comes_later(desk: Page, open_part: Callable[[Page], Opened]) -> None:
    """Open a part without a network, and ask for it again once that is back."""
    desk.context.set_offline(True)
    place, part = open_part(desk)
    told = place.get_by_role("alert").filter(has_text=FAILED)
    expect(told).to_be_visible()
    told.get_by_role("button", name="Try again", exact=True).click()
    expect(told).to_be_visible()
    desk.context.set_offline(False)
    told.get_by_role("button", name="Try again", exact=True).click()
    expect(part).to_be_visible()
    expect(told).to_have_count(0)


def test_versions_come_once_the_network_is_back(desk: Page, flow: int):
    """The canvas stays behind them, and so does the way back to it."""
    show(desk, flow)
    step(desk, OPENED).click()
    expect(desk.get_by_role("region", name=f"Settings of {OPENED}")).to_be_visible()  # so that all else is there
    comes_later(desk, versions)
    desk.keyboard.press("Escape")
    expect(desk.get_by_role("dialog")).to_have_count(0)
    expect(step(desk, OPENED)).to_be_visible()


def test_the_filter_comes_once_the_network_is_back(desk: Page):
    """The list of contacts stays below it."""
    desk.goto("/contacts")
    expect(desk.get_by_role("row").nth(1)).to_be_visible()
    comes_later(desk, the_filter)


def test_a_new_automation_begins_once_the_network_is_back(desk: Page):
    """What was to be fetched ahead of the panel failed unseen; the panel opens, tells so and asks again."""
    desk.route("**/healthz", lambda route: route.abort("internetdisconnected"))
    desk.goto("/automations")
    desk.get_by_role("button", name="New automation", exact=True).click()
    panel = desk.get_by_role("dialog", name="New automation", exact=True)
    told = panel.get_by_role("alert").filter(has_text=FAILED)
    expect(told).to_be_visible()
    expect(desk.get_by_role("alert")).to_have_count(1)
    desk.unroute("**/healthz")
    told.get_by_role("button", name="Try again", exact=True).click()
    expect(panel.get_by_label("Name", exact=True)).to_be_visible()


def test_what_broke_off_leaves_the_page_as_it_is(desk: Page, admin: httpx.Client):
    """A browser never asks again for what it failed to import: the way out is to load the page anew."""
    contact = admin.get("/api/contacts").raise_for_status().json()["items"][0]["id"]
    code = "**/assets/ConsentTab-*.js"
    desk.route(code, lambda route: route.abort("internetdisconnected"))
    desk.goto(f"/contacts/{contact}")
    panel, part = consent(desk)
    told = panel.get_by_role("alert").filter(has_text="The connection broke off before it was here.")
    expect(told).to_be_visible()
    desk.unroute(code)
    told.get_by_role("button", name="Reload", exact=True).click()
    expect(part).to_be_visible()


def test_a_slow_line_gives_a_sign_of_life(desk: Page):
    """Before any style sheet is there; for who wants no motion it stands still."""
    desk.route("**/assets/*.css", lambda _held: None)
    desk.goto("/automations", wait_until="commit")
    sign = desk.get_by_alt_text("Cadenza…")
    expect(sign).to_have_css("opacity", "1")
    expect(sign).to_have_css("animation-name", "appear")
    desk.unroute("**/assets/*.css")  # lets go of what it held
    expect(desk.get_by_role("heading", level=1, name="Automations", exact=True)).to_be_visible()
    expect(sign).to_be_hidden()
