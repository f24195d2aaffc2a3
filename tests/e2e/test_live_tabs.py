"""Many tabs of one user: all are told what happens while it happens, and none keeps the others from the server."""

import re
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.acting import client_of, desk_of
from tests.support.instance import Instance

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

EIGHT = 8
ANSWERS_MS = 1000
TOLD_MS = 10_000
ASK = """async () => {
    const start = performance.now();
    await fetch("/api/vocabulary?lang=en");
    return performance.now() - start;
}"""


@pytest.fixture
def flow(admin: httpx.Client) -> int:
    """An automation whose changes are watched."""
    return int(admin.post("/api/automations", json={"name": "Watched"}).raise_for_status().json()["id"])


def rename(admin: httpx.Client, flow: int, name: str) -> None:
    admin.patch(f"/api/automations/{flow}", json={"name": name}).raise_for_status()


def expect_told(page: Page, name: str) -> None:
    """The list is not asked for again by a clock: only who is told shows the name."""
    expect(page.get_by_role("link", name=name, exact=True)).to_be_visible(timeout=TOLD_MS)


def open_list(page: Page) -> None:
    page.goto("/automations?search=Watched")
    expect(page.get_by_role("link", name=re.compile("^Watched")).first).to_be_visible()


def test_eight_tabs_share_one_line_and_the_server_answers_quickly(desk: Page, admin: httpx.Client, flow: int):
    """Browsers hold six connections to a host over HTTP/1.1; the ninth answer would wait for ever."""
    lines: list[str] = []
    desk.context.on("request", lambda request: lines.append(request.url) if "/api/stream" in request.url else None)
    tabs = [desk, *(desk.context.new_page() for _ in range(EIGHT - 1))]
    for tab in tabs:
        open_list(tab)
    assert len(lines) == 1
    assert all(tab.evaluate(ASK) < ANSWERS_MS for tab in tabs)
    rename(admin, flow, "Watched by eight")
    for tab in tabs:
        expect_told(tab, "Watched by eight")
    tabs[0].close()
    rename(admin, flow, "Watched by seven")
    for tab in tabs[1:]:
        expect_told(tab, "Watched by seven")
    assert len(lines) == 2
    admin.post(f"/api/automations/{flow}/archive").raise_for_status()


def test_signing_out_in_one_tab_ends_the_others_once_they_lead(browser: Browser, demo: Instance):
    """The line that the next tab opens is refused; it then asks who it is, and leads to the sign-in."""
    with client_of(demo, "marketer@example.com") as marketer, desk_of(browser, marketer) as first:
        first.goto("/automations")
        expect(first.get_by_role("heading", name="Automations")).to_be_visible()
        second = first.context.new_page()
        second.goto("/contacts")
        expect(second.get_by_role("heading", name="Contacts")).to_be_visible()
        first.get_by_role("button", name=re.compile("^Account:")).click()
        first.get_by_role("menuitem", name="Sign out").click()
        expect(first.get_by_label("Password").first).to_be_visible()
        expect(second.get_by_label("Password").first).to_be_visible(timeout=TOLD_MS)


def note_why_not_kept(page: Page, reasons: list[str]) -> None:
    """Let the browser say why it makes a page anew."""

    def note(said: dict[str, Any]) -> None:
        reasons.extend(each["reason"] for each in said["notRestoredExplanations"])

    devtools = page.context.new_cdp_session(page)
    devtools.on("Page.backForwardCacheNotUsed", note)
    devtools.send("Page.enable")


def test_a_page_gone_back_to_is_live_again(remembering: Browser, admin: httpx.Client, flow: int):
    """The page comes back as it was left, not anew, and still hears what happens; so do those that stayed."""
    with desk_of(remembering, admin) as page:
        open_list(page)
        other = page.context.new_page()
        open_list(other)
        page.evaluate("window.kept = true")
        page.goto("/api/session")
        rename(admin, flow, "Watched from afar")
        expect_told(other, "Watched from afar")
        reasons: list[str] = []
        note_why_not_kept(page, reasons)
        page.go_back(wait_until="commit")
        kept = page.evaluate("window.kept")
        if "BackForwardCacheDisabledForDelegate" in reasons:
            pytest.skip("This browser has no window of its own: it keeps no page for the back button.")
        assert kept is True, reasons
        expect_told(page, "Watched from afar")
        rename(admin, flow, "Watched again")
        for tab in (page, other):
            expect_told(tab, "Watched again")
    admin.post(f"/api/automations/{flow}/archive").raise_for_status()
