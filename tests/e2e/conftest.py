"""A real browser before a real instance. A page that asks another host, or breaks the policy, fails its test."""

import os
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    expect,
    sync_playwright,
)

from tests.e2e.acting import client_of, desk_of, phone_of
from tests.support import chromium
from tests.support.instance import Instance, instance

# A machine that is busy with other things may take its time.
expect.set_options(timeout=15_000)
# How many times slower than this machine the pages shall run.
SLOWDOWN = float(os.environ.get("SLOWDOWN", "1"))


@pytest.fixture(scope="session")
def driver() -> Iterator[Playwright]:
    """The driver of browsers."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(driver: Playwright) -> Iterator[Browser]:
    """The browser; each test gets pages in a profile of its own."""
    launched = launch(driver)
    yield launched
    launched.close()


@pytest.fixture
def remembering(driver: Playwright) -> Iterator[Browser]:
    """A browser that keeps pages for the back button, which the driver forbids by default."""
    launched = launch(driver, ignore_default_args=["--disable-back-forward-cache"])
    yield launched
    launched.close()


def launch(driver: Playwright, **options: Any) -> Browser:
    """Start the browser that is found here."""
    found = chromium.find()
    launched = driver.chromium.launch(
        executable_path=found.executable,
        args=chromium.ARGUMENTS,
        env={**os.environ, **found.environment},
        **options,
    )
    if SLOWDOWN != 1:
        launched.on("context", lambda context: context.on("page", slow_down))
    return launched


def slow_down(page: Page) -> None:
    """Give the page a processor that many times slower, to bring to light what waits for too little."""
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWDOWN})


@pytest.fixture(scope="session")
def site() -> Iterator[Instance]:
    """A running instance with an empty workspace."""
    with instance() as made:
        made.start()
        yield made


@pytest.fixture(scope="session")
def demo() -> Iterator[Instance]:
    """A running instance with the demo world."""
    with instance(CADENZA_DEMO="1") as made:
        made.start()
        yield made


@pytest.fixture(scope="session")
def admin(demo: Instance) -> Iterator[httpx.Client]:
    """The admin of the demo world, as a client of its API."""
    with client_of(demo, "admin@example.com") as client:
        yield client


@pytest.fixture
def desk(browser: Browser, demo: Instance, admin: httpx.Client) -> Iterator[Page]:
    """A page of the demo world that the admin is signed in at."""
    with desk_of(browser, admin) as page:
        faults = watch(page, demo)
        yield page
    assert faults == []


@pytest.fixture
def phone(browser: Browser, demo: Instance, admin: httpx.Client) -> Iterator[Page]:
    """A phone that the admin of the demo world is signed in at."""
    with phone_of(browser, admin) as page:
        faults = watch(page, demo)
        yield page
    assert faults == []


@pytest.fixture
def page(browser: Browser, site: Instance) -> Iterator[Page]:
    """A fresh page of the site; relative addresses lead to it."""
    with browser.new_context(base_url=site.url, viewport={"width": 1440, "height": 900}) as context:
        page = context.new_page()
        faults = watch(page, site)
        yield page
    assert faults == []


def watch(page: Page, site: Instance) -> list[str]:
    """The requests to other hosts, broken policies and uncaught errors of a page, as they come."""
    faults: list[str] = []

    def on_request(request: Request) -> None:
        if not request.url.startswith((site.url, "data:", "blob:")):
            faults.append(f"asked {request.url}")

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            faults.append(message.text)

    page.on("request", on_request)
    page.on("console", on_console)
    page.on("pageerror", lambda error: faults.append(str(error)))
    return faults
