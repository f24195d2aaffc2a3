"""A website of somebody else's, in a real browser: another origin, a strict policy, pages that change and forms."""

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.acting import eventually
from tests.e2e.shops import Shop, open_shop, visiting
from tests.support.instance import Instance

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]


@pytest.fixture
def shop(admin: httpx.Client) -> Iterator[Shop]:
    with open_shop(admin) as opened:
        yield opened


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Page]:
    with visiting(browser) as page:
        yield page


@pytest.mark.row("A3", "A5", "E2")
def test_a_visitor_becomes_known_by_a_form(shop: Shop, visitor: Page, admin: httpx.Client, desk: Page):
    """What was done before is told, too; what is secret never leaves the page; the settings show the site alive."""
    email = f"visitor{shop.server_port}@example.com"
    sent: list[str] = []
    visitor.on(
        "request", lambda request: sent.append(request.post_data or "") if request.url.endswith("/w/e") else None
    )
    visitor.goto(f"{shop.url}/?utm_source=letter")
    visitor.get_by_role("link", name="Pricing").click()
    visitor.wait_for_url("**/pricing")
    for name, value in {"email": email, "first_name": "Vera", "pass": "s3cret-word", "card_number": "4242"}.items():
        visitor.locator(f"[name={name}]").fill(value)
    visitor.locator("[name=topic]").fill("4111 1111 1111 1111")
    visitor.locator("[name=message]").fill("Call me")
    visitor.get_by_role("button", name="Send").click()
    eventually(visitor, lambda: any("form_submitted" in body for body in sent))
    eventually(visitor, lambda: len(admin.get("/api/contacts", params={"search": email}).json()["items"]) == 1)
    (contact,) = admin.get("/api/contacts", params={"search": email}).json()["items"]
    assert contact["attributes"].get("FIRSTNAME") == "Vera"
    told = " ".join(sent)
    assert '"path":"/pricing"' in told
    assert '"utm_source":"letter"' in told
    assert '"kind":"login"' in told
    for secret in ("s3cret-word", "4242", "4111"):
        assert secret not in told
    desk.goto("/settings/websites")
    site = desk.get_by_text(f"Shop {shop.server_port}")
    expect(site).to_be_visible()
    expect(site.locator("..").get_by_text("Seen")).to_be_visible()


def test_pages_that_change_without_loading_are_visits(shop: Shop, visitor: Page):
    """The history tells; each page once, with the seconds that the last one was looked at."""
    sent: list[str] = []
    visitor.on(
        "request", lambda request: sent.append(request.post_data or "") if request.url.endswith("/w/e") else None
    )
    visitor.goto(f"{shop.url}/a")
    eventually(visitor, lambda: any('"path":"/a"' in body for body in sent))
    visitor.wait_for_timeout(1100)
    visitor.evaluate("history.pushState({}, '', '/b')")
    eventually(visitor, lambda: any('"path":"/b"' in body for body in sent))
    eventually(visitor, lambda: any(re.search(r'"page_left".*"seconds":[1-9]', body) for body in sent))


def test_who_asks_not_to_be_tracked_is_left_alone(shop: Shop, browser: Browser):
    """By the browser's own setting; until the visitor agrees on the page itself."""
    with browser.new_context() as context:
        context.add_init_script("Object.defineProperty(navigator, 'doNotTrack', { get: () => '1' })")
        page = context.new_page()
        sent: list[str] = []
        page.on("request", lambda request: sent.append(request.url) if request.url.endswith("/w/e") else None)
        page.goto(f"{shop.url}/a", wait_until="networkidle")
        assert sent == []
        page.evaluate("cadenza.consent(true)")
        eventually(page, lambda: len(sent) > 0)


def test_the_script_is_small(demo: Instance):
    """At most 6 kB travel."""
    with httpx.stream("GET", f"{demo.url}/w/s.js", headers={"Accept-Encoding": "gzip"}) as answer:
        assert answer.headers["Content-Encoding"] == "gzip"
        assert len(b"".join(answer.iter_raw())) <= 6_000


@pytest.mark.row("A11")
def test_a_marketer_makes_a_link_that_says_who_comes(shop: Shop, visitor: Page, admin: httpx.Client, desk: Page):
    """Somebody must be chosen and the page be watched; what was copied leads to the page, and its reader is known."""
    email = f"invited{shop.server_port}@example.com"
    contact = admin.post("/api/contacts", json={"email": email}).raise_for_status().json()["id"]
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    desk.goto("/settings/websites")
    card = desk.get_by_role("region", name="Tracked link", exact=True)
    make = card.get_by_role("button", name="Make link", exact=True)
    make.click()
    expect(card.get_by_text("Choose whose link it shall be.")).to_be_visible()
    card.get_by_role("combobox", name="Contact", exact=True).fill(email)
    desk.get_by_role("option", name=email).click()
    page = card.get_by_role("textbox", name="Page", exact=True)
    page.fill("https://elsewhere.example.net/")
    make.click()
    expect(card.get_by_text("This is no page of a website that is watched.")).to_be_visible()
    page.fill(f"{shop.url}/pricing?x=1")
    make.click()
    card.get_by_role("button", name="Copy link", exact=True).click()
    expect(card.get_by_role("button", name="Copied", exact=True)).to_be_visible()
    link = desk.evaluate("navigator.clipboard.readText()")
    assert link.startswith(f"{shop.url}/pricing?x=1&cdz=")
    visitor.goto(link)
    eventually(visitor, lambda: len(admin.get(f"/api/contacts/{contact}/visits").json()["items"]) == 1)
    page.fill(f"{shop.url}/other")
    expect(card.get_by_role("button", name="Copy link", exact=True)).to_have_count(0)
