"""The contact page has room for its words, in three languages, wide and narrow."""

from collections.abc import Iterator
from itertools import pairwise

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.acting import desk_of

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

EMAIL = "bartholomea.quintana.of.the.long.road@import.example.com"
LINES = """element => {
    const letters = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const lines = new Map();
    for (let node; (node = letters.nextNode()); )
        for (let at = 0; at < node.length; at++) {
            const range = document.createRange();
            range.setStart(node, at);
            range.setEnd(node, at + 1);
            const top = Math.round(range.getBoundingClientRect().top);
            lines.set(top, (lines.get(top) ?? "") + node.data[at]);
        }
    return [...lines.values()];
}"""


@pytest.fixture
def contact(admin: httpx.Client) -> Iterator[int]:
    """Somebody with a long address; gone afterwards, and the screen speaks English again."""
    made = admin.post("/api/contacts", json={"email": EMAIL}).raise_for_status().json()["id"]
    yield made
    admin.patch("/api/session/user", json={"locale": "en"}).raise_for_status()
    admin.delete(f"/api/contacts/{made}").raise_for_status()


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_no_tab_is_cut_off_on_a_wide_screen(desk: Page, admin: httpx.Client, contact: int, language: str):
    """Those that do not fit on one line stand on the next."""
    admin.patch("/api/session/user", json={"locale": language}).raise_for_status()
    desk.goto(f"/contacts/{contact}")
    tabs = desk.get_by_role("tab")
    expect(tabs).to_have_count(9)
    for tab in tabs.all():
        expect(tab).to_be_in_viewport(ratio=1)
    assert desk.get_by_role("tablist").evaluate("list => list.scrollWidth <= list.clientWidth")


def test_an_address_breaks_where_it_can_be_read(desk: Page, contact: int):
    """Before the @ or behind a dot, never within a word."""
    desk.goto(f"/contacts/{contact}")
    shown = desk.get_by_role("definition").get_by_text(EMAIL, exact=True)
    expect(shown).to_be_visible()
    lines = shown.evaluate(LINES)
    assert "".join(lines) == EMAIL
    assert len(lines) > 1
    for line, rest in pairwise(lines):
        assert line.endswith(".") or rest.startswith("@")


def test_the_tabs_scroll_on_a_phone(browser: Browser, admin: httpx.Client, contact: int):
    """They stay on one line, and the last can be reached; the page itself does not scroll sideways."""
    with desk_of(browser, admin, width=375, height=812) as phone:
        phone.goto(f"/contacts/{contact}")
        last = phone.get_by_role("tab").last
        expect(last).to_be_visible()
        last.click()
        expect(last).to_be_in_viewport(ratio=1)
        expect(last).to_have_attribute("aria-selected", "true")
        assert phone.evaluate("document.documentElement.scrollWidth") <= 375


def test_a_contact_is_called_and_written_to_from_its_page(desk: Page, admin: httpx.Client, contact: int):
    """By whatever the device has for that; what is not known of it offers nothing."""
    desk.goto(f"/contacts/{contact}")
    write = desk.get_by_role("link", name=f"Write to {EMAIL}")
    expect(write).to_have_attribute("href", f"mailto:{EMAIL}")
    call = desk.get_by_role("link", name="Call")
    expect(call).to_have_count(0)
    admin.patch(f"/api/contacts/{contact}", json={"phone": "+41446681800"}).raise_for_status()
    desk.reload()
    expect(call).to_have_attribute("href", "tel:+41446681800")
