"""What people do before every story."""

import contextlib
import time
from collections.abc import Callable, Iterator

import httpx
from playwright._impl._api_structures import SetCookieParam
from playwright.sync_api import Browser, Locator, Page

from app.services.demo.team import PASSWORD as DEMO_PASSWORD
from tests.support.instance import Instance

PASSWORD = "a long enough passphrase"
PHONE = 375
"""How wide a phone is."""


def sign_in(page: Page, site: Instance, email: str, role: str) -> None:
    """Make the user if need be, and sign in by the form."""
    site.command("user", "create", "--email", email, "--role", role, "--password-stdin", text=PASSWORD)
    page.goto("/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").first.fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "sign-in" not in url)


@contextlib.contextmanager
def client_of(site: Instance, email: str, password: str = DEMO_PASSWORD) -> Iterator[httpx.Client]:
    """A client of the API that somebody is signed in with, for what is not the point of a story."""
    with httpx.Client(base_url=site.url, timeout=30) as client:
        client.headers["X-CSRF-Token"] = client.get("/api/session").json()["csrf_token"]
        answer = client.post("/api/session", json={"email": email, "password": password}).raise_for_status()
        client.headers["X-CSRF-Token"] = answer.json()["csrf_token"]
        yield client


@contextlib.contextmanager
def desk_of(browser: Browser, client: httpx.Client, *, width: int = 1440, height: int = 900) -> Iterator[Page]:
    """A page of whoever the client is signed in as; nothing on it moves by itself."""
    with browser.new_context(
        base_url=str(client.base_url), viewport={"width": width, "height": height}, reduced_motion="reduce"
    ) as context:
        context.add_cookies(_cookies_of(client))
        yield context.new_page()


@contextlib.contextmanager
def phone_of(browser: Browser, client: httpx.Client, *, height: int = 812) -> Iterator[Page]:
    """A page on a phone of whoever the client is signed in as: it zooms out from what is too wide, and things move."""
    with browser.new_context(
        base_url=str(client.base_url),
        viewport={"width": PHONE, "height": height},
        device_scale_factor=2,
        has_touch=True,
        is_mobile=True,
    ) as context:
        context.add_cookies(_cookies_of(client))
        yield context.new_page()


def change_person(page: Page, client: httpx.Client) -> None:
    """Let whoever the client is signed in as use the browser from the next page on."""
    page.context.clear_cookies()
    page.context.add_cookies(_cookies_of(client))


def _cookies_of(client: httpx.Client) -> list[SetCookieParam]:
    return [{"name": each.name, "value": each.value or "", "url": str(client.base_url)} for each in client.cookies.jar]


def within_phone(page: Page) -> bool:
    """Tell whether nothing makes the page wider than the phone; one that zoomed out is as wide as what is on it."""
    return bool(page.evaluate(f"Math.max(document.documentElement.scrollWidth, innerWidth) <= {PHONE}"))


def canvas(page: Page) -> Locator:
    """Where steps are drawn."""
    return page.get_by_role("application", name="Canvas")


def step(page: Page, label: str) -> Locator:
    """The step of that type on the canvas."""
    return page.locator(".react-flow__node").filter(has=page.get_by_text(label, exact=True))


def eventually(page: Page, holds: Callable[[], bool], seconds: float = 20) -> None:
    """Wait until it holds; fails when it does not come to."""
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "It did not come to hold."
        page.wait_for_timeout(100)
