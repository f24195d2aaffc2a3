"""Every page, light and dark, wide and narrow: no barrier that axe knows, nothing beyond the edge of a phone."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.acting import canvas, client_of, desk_of, phone_of, step, within_phone
from tests.e2e.barriers import barriers
from tests.e2e.conftest import watch
from tests.support.database import connect
from tests.support.instance import Instance

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

SETTINGS = [
    *("profile", "workspace", "attributes", "lists", "pipelines", "users", "api-keys", "mail", "sent-mail"),
    *("operations", "dead-letters"),
]
SET_ASIDE = """
    INSERT INTO dead_letter (event_id, contact_id, reason)
    SELECT id, contact_id, 'ZeroDivisionError' FROM event ORDER BY id LIMIT 1"""
GIVEN_UP = """
    INSERT INTO outbox (key, kind, payload, state, tries, error, settled_at)
    VALUES ('test', 'mail', '{"to": "ann@example.com", "subject": "Hot", "text": ""}', 'failed', 6, 'Refused', now())"""
PATIENCE = 20_000


def nothing(page: Page) -> None:
    """Leave the page as it opens."""


def open_tab(name: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        page.get_by_role("tab", name=name).click()
        expect(page.get_by_role("tabpanel", name=name)).to_be_visible()

    return act


def press(name: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_role("button", name=name, exact=True).first.click()


def open_dialog(button: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        press(button)(page)
        expect(page.get_by_role("dialog").locator(":focus")).to_have_count(1)

    return act


def open_from_menu(item: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        press("Automation actions")(page)
        page.get_by_role("menuitem", name=item, exact=True).click()
        expect(page.get_by_role("dialog").locator(":focus")).to_have_count(1)

    return act


def open_step(label: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        step(page, label).first.click()
        expect(page.get_by_role("region", name=f"Settings of {label}")).to_be_visible()

    return act


def filter_contacts(page: Page) -> None:
    press("Filter")(page)
    press("Add condition")(page)
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("Escape")  # the choices themselves are the library's
    expect(page.get_by_role("listbox")).to_be_hidden()


def filter_dead_letters(page: Page) -> None:
    page.get_by_role("combobox", name="Kind").click()
    page.get_by_role("option", name="Event").click()
    expect(page.get_by_role("button", name="Try all 1 again")).to_be_visible()


def await_counts(page: Page) -> None:
    expect(step(page, "Update attribute").first).to_contain_text("went on")


def pick_step(page: Page) -> None:
    page.get_by_role("button", name="Add a step", exact=False).first.click()
    expect(page.get_by_role("listbox", name="Steps to add")).to_be_visible()


PLACES: dict[str, tuple[str, Callable[[Page], None]]] = {
    "work": ("/work", nothing),
    "automations": ("/automations", nothing),
    "new automation": ("/automations", open_dialog("New automation")),
    "empty editor": ("{empty}", nothing),
    "editor": ("{draft}", nothing),
    "running automation": ("{running}", await_counts),
    "settings of a trigger": ("{draft}", open_step("Email opened")),
    "settings of a split": ("{draft}", open_step("Conditional split")),
    "list of steps": ("{draft}", pick_step),
    "activation": ("{draft}", open_dialog("Activate automation")),
    "automation settings": ("{draft}", open_dialog("Automation settings")),
    "keyboard shortcuts": ("{draft}", open_from_menu("Keyboard shortcuts")),
    "radar": ("/automations/radar", nothing),
    "radar in words": ("/automations/radar?view=list", nothing),
    "contacts": ("/contacts", nothing),
    "filtered contacts": ("/contacts", filter_contacts),
    "new contact": ("/contacts", open_dialog("New contact")),
    "import": ("/contacts/import", nothing),
    "contact": ("{contact}", nothing),
    "automations of a contact": ("{contact}", open_tab("Automations")),
    "why of a contact": ("{contact}", open_tab("Why?")),
    "tasks of a contact": ("{contact}", open_tab("Tasks")),
    "notes of a contact": ("{contact}", open_tab("Notes")),
    "templates": ("/templates", nothing),
    "messages of a contact": ("{contact}", open_tab("Messages")),
    "deals": ("/deals", nothing),
    "notifications": ("/notifications", nothing),
    "no such page": ("/no-such-page", nothing),
    "all settings": ("/settings", nothing),
    "audit log": ("/settings/audit", nothing),
    "filtered dead letters": ("/settings/dead-letters", filter_dead_letters),
    **{f"{each} settings": (f"/settings/{each}", nothing) for each in SETTINGS},
}


@pytest.fixture(scope="module")
def addresses(admin: httpx.Client, demo: Instance) -> Mapping[str, str]:
    """Where the things of the demo world are that have numbers. An event was set aside, and a mail given up."""
    with connect(demo) as connection:
        connection.execute(SET_ASIDE)
        connection.execute(GIVEN_UP)
    running = admin.get("/api/automations", params={"search": "Lead scoring", "state": "active"}).json()["items"][0]
    contact = admin.get("/api/contacts", params={"sort": "-SCORE", "limit": 1}).json()["items"][0]
    draft = admin.post("/api/automations", json={"name": "Drawn", "template": "lead_scoring"}).json()
    empty = admin.post("/api/automations", json={"name": "Nothing yet"}).json()
    automations = {"running": running, "draft": draft, "empty": empty}
    return {"contact": f"/contacts/{contact['id']}"} | {
        key: f"/automations/{each['id']}" for key, each in automations.items()
    }


@pytest.fixture(scope="module")
def wide(browser: Browser, demo: Instance, admin: httpx.Client) -> Iterator[Page]:
    with desk_of(browser, admin) as page:
        faults = watch(page, demo)
        yield page
    assert faults == []


@pytest.fixture(scope="module")
def narrow(browser: Browser, demo: Instance, admin: httpx.Client) -> Iterator[Page]:
    with phone_of(browser, admin) as page:
        page.emulate_media(reduced_motion="reduce")  # axe would find colours that are on their way
        faults = watch(page, demo)
        yield page
    assert faults == []


@pytest.mark.parametrize("place", PLACES)
def test_no_page_has_a_barrier(wide: Page, addresses: Mapping[str, str], place: str):
    """Axe finds no violation on the page, in light and in dark."""
    path, act = PLACES[place]
    visit(wide, path.format_map(addresses))
    act(wide)
    assert barriers(wide) == {}


@pytest.mark.parametrize("place", [key for key, (_, act) in PLACES.items() if act in {nothing, await_counts}])
def test_every_page_fits_a_phone(narrow: Page, addresses: Mapping[str, str], place: str):
    """The page is no wider than a phone; what is wide scrolls in a place of its own."""
    path, act = PLACES[place]
    visit(narrow, path.format_map(addresses))
    act(narrow)
    assert within_phone(narrow)
    assert narrow.evaluate("(window.scrollTo(99, 0), window.scrollX)") == 0


@pytest.mark.parametrize("path", ["/automations", "/contacts", "{contact}", "{draft}"])
def test_no_page_has_a_barrier_on_a_phone(narrow: Page, addresses: Mapping[str, str], path: str):
    """Axe finds no violation on a page as narrow as a phone."""
    visit(narrow, path.format_map(addresses))
    assert barriers(narrow) == {}


def test_the_first_automations_page_has_no_barrier(wide: Page):
    """An empty workspace offers a start from scratch and from templates, and axe finds no violation there."""
    nobody: dict[str, Any] = {"items": [], "next_cursor": None, "total": 0}
    wide.route("**/api/automations?**", lambda route: route.fulfill(json=nobody))
    wide.route("**/api/automations", lambda route: route.fulfill(json=nobody))
    visit(wide, "/automations")
    expect(wide.get_by_role("button", name="Start from scratch")).to_be_visible()
    found = barriers(wide)
    wide.unroute_all()
    assert found == {}


def test_the_sign_in_page_has_no_barrier(page: Page):
    """Axe finds no violation where one signs in, not even after a refusal."""
    page.emulate_media(reduced_motion="reduce")
    visit(page, "/sign-in")
    page.get_by_label("Email").fill("nobody@example.com")
    page.get_by_label("Password").first.fill("guessed")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert barriers(page) == {}


def test_a_guest_is_shown_no_barrier_and_no_fault(browser: Browser, demo: Instance):
    """Who may do little still gets whole pages."""
    with client_of(demo, "guest@example.com") as guest, desk_of(browser, guest) as page:
        faults = watch(page, demo)
        visit(page, "/automations")
        assert barriers(page) == {}
    assert faults == []


def visit(page: Page, path: str) -> None:
    """Open the page and wait until nothing on it is still loading."""
    page.goto(path)
    expect(page.get_by_role("heading", level=1).first).to_be_visible(timeout=PATIENCE)
    expect(page.locator(".mantine-Skeleton-root")).to_have_count(0, timeout=PATIENCE)
    if re.search(r"/automations/\d", path):
        expect(canvas(page)).to_be_visible()
