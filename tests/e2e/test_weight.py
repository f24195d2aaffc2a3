"""What a page costs to fetch, counted on the built files: compressed scripts, and what it must do without."""

import json
from collections.abc import Mapping
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from app.settings import CHECKOUT
from tests.e2e.acting import canvas, desk_of, eventually

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

DIST = CHECKOUT / "frontend" / "dist"
SHELL = ("index.html", "src/app/SignedIn.tsx")
FIRST = [
    "src/pages/sign-in/SignInPage.tsx",
    "src/pages/automations/AutomationsPage.tsx",
    "src/pages/my-work/WorkPage.tsx",
]
EDITOR = "src/canvas/"
MOST_BYTES = 250_000
MOST_FILES = 30


@pytest.fixture(scope="module")
def built() -> Mapping[str, Any]:
    """What was built: each part by its source, with the parts it cannot do without."""
    manifest: Mapping[str, Any] = json.loads((DIST / ".vite" / "manifest.json").read_text())
    return manifest


def needed(built: Mapping[str, Any], *parts: str) -> set[str]:
    """The parts that are fetched together with these."""
    found: set[str] = set()
    waiting = list(parts)
    while waiting:
        part = waiting.pop()
        if part not in found:
            found.add(part)
            waiting += built[part].get("imports", [])
    return found


def weight(file: str) -> int:
    """The bytes that go over the line."""
    twin = DIST / f"{file}.br"
    return (twin if twin.exists() else DIST / file).stat().st_size


def pages(built: Mapping[str, Any]) -> list[str]:
    found = [part for part in built["index.html"]["dynamicImports"] if part.startswith("src/pages/")]
    assert len(found) > 10
    return found


@pytest.mark.parametrize("page", FIRST)
def test_the_pages_one_comes_to_first_are_light(built: Mapping[str, Any], page: str):
    """Signing in, and both homes, take less than 250 kB of compressed script each, in few files, the frame included."""
    parts = needed(built, *SHELL, page)
    assert sum(weight(built[part]["file"]) for part in parts) < MOST_BYTES
    assert len(parts) < MOST_FILES


def test_no_page_is_heavy(built: Mapping[str, Any]):
    """Nor does any other page but the editor take much more, opened first."""
    costs = {page: sum(weight(built[part]["file"]) for part in needed(built, *SHELL, page)) for page in pages(built)}
    assert {page: cost for page, cost in costs.items() if cost > 1.2 * MOST_BYTES} == {}


def test_only_the_editor_fetches_the_editor(built: Mapping[str, Any]):
    """No other page needs any part of the canvas; nor does the frame around all pages."""
    assert any(part.startswith(EDITOR) for part in built)
    for page in [*SHELL, *pages(built)]:
        heavy = {part for part in needed(built, page) if str(built[part].get("src", "")).startswith(EDITOR)}
        assert heavy == set(), page


def test_the_first_page_fetches_nothing_of_the_editor(browser: Browser, admin: httpx.Client, built: Mapping[str, Any]):
    """Nor when everything that can come later has come: scripts that the list of automations makes a browser fetch."""
    editor = {part["file"] for part in built.values() if str(part.get("src", "")).startswith(EDITOR)}
    fetched: set[str] = set()
    with desk_of(browser, admin) as page:
        page.on("request", lambda request: fetched.add(request.url.partition("/assets/")[2]))
        page.goto("/automations")
        expect(page.get_by_role("table").get_by_role("link").first).to_be_visible()
        page.wait_for_load_state("networkidle")
    assert any(name.endswith(".js") for name in fetched)
    assert not {f"assets/{name}" for name in fetched} & editor


def test_whoever_points_at_a_link_to_the_editor_need_not_wait_for_its_code(
    browser: Browser, admin: httpx.Client, built: Mapping[str, Any]
):
    """It is fetched before the click; the click then asks for the automation, once."""
    editor = built[f"{EDITOR}EditorPage.tsx"]["file"]
    asked: list[str] = []
    with desk_of(browser, admin) as page:
        page.on("request", lambda request: asked.append(request.url.removeprefix(str(admin.base_url))))
        page.goto("/automations?search=Lead scoring")
        link = page.get_by_role("table").get_by_role("link", name="Lead scoring")
        with page.expect_response(lambda response: response.url.endswith(editor)):
            link.hover()
        page.wait_for_load_state("networkidle")
        asked.clear()
        link.click()
        expect(canvas(page).locator("[data-node]")).not_to_have_count(0)
        eventually(page, lambda: is_quiet(page, asked))
        address = page.url.partition("/automations/")[2].partition("?")[0]
    assert not [path for path in asked if path.endswith(".js") and "/EditorPage" in path]
    assert asked.count(f"/api/automations/{address}") == 1


def is_quiet(page: Page, asked: list[str]) -> bool:
    """Whether a second goes by in which nothing is asked for."""
    before = len(asked)
    page.wait_for_timeout(1000)
    return len(asked) == before
