import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.e2e


def test_the_api_can_be_browsed(page: Page):
    """The API's page draws every operation from our own host, within the strict policy."""
    page.goto("/api/docs")
    expect(page.get_by_role("heading", name="Cadenza")).to_be_visible()
    expect(page.locator(".opblock").first).to_be_visible()
