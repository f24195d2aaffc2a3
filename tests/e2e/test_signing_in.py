"""Signing in: the language one reads the sign-in page in is the one that one reads on in."""

import secrets

import httpx
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.e2e.conftest import watch
from tests.support.instance import Instance

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

PASSWORD = "correct horse battery"


@pytest.fixture
def email(admin: httpx.Client) -> str:
    """Somebody whose account is in English."""
    address = f"{secrets.token_hex(4)}@example.com"
    person = {"email": address, "name": "Camille Roux", "roles": ["marketer"], "password": PASSWORD}
    admin.post("/api/users", json=person).raise_for_status()
    return address


def sign_in(page: Page, email: str, names: tuple[str, str, str]) -> None:
    """Fill in the form by the names of its fields and button."""
    address, password, submit = names
    page.get_by_label(address, exact=True).fill(email)
    page.get_by_label(password, exact=True).fill(PASSWORD)
    page.get_by_role("button", name=submit, exact=True).click()


def test_the_language_chosen_on_the_sign_in_page_holds(browser: Browser, demo: Instance, email: str):
    """After signing in, and wherever the same person signs in next without choosing one."""
    with browser.new_context(base_url=demo.url, locale="en-GB") as context:
        page = context.new_page()
        faults = watch(page, demo)
        page.goto("/sign-in")
        page.get_by_role("button", name="Français", exact=True).click()
        sign_in(page, email, ("E-mail", "Mot de passe", "Se connecter"))
        expect(page.get_by_role("heading", level=1, name="Automatisations", exact=True)).to_be_visible()
        page.reload()
        expect(page.get_by_role("heading", level=1, name="Automatisations", exact=True)).to_be_visible()
    with browser.new_context(base_url=demo.url, locale="en-GB") as context:
        page = context.new_page()
        page.goto("/sign-in")
        sign_in(page, email, ("Email", "Password", "Sign in"))
        expect(page.get_by_role("heading", level=1, name="Automatisations", exact=True)).to_be_visible()
    assert faults == []


def test_who_is_faster_than_the_line_signs_in_all_the_same(browser: Browser, demo: Instance, email: str):
    """The form may be sent before the page has heard from the server at all."""
    held: list[Route] = []
    with browser.new_context(base_url=demo.url, locale="en-GB") as context:
        page = context.new_page()
        faults = watch(page, demo)
        page.route("**/api/session", lambda route: held.append(route) if not held else route.continue_())
        page.goto("/sign-in")
        sign_in(page, email, ("Email", "Password", "Sign in"))
        expect(page.get_by_role("button", name="Sign in")).to_have_attribute("data-loading", "true")
        held[0].continue_()
        expect(page.get_by_role("heading", level=1, name="Automations", exact=True)).to_be_visible()
    assert faults == []
