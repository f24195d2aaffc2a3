"""From the operations page to the runs that failed."""

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]


def test_the_operations_page_leads_to_who_failed_and_why(desk: Page):
    """The automation opens with the list of its failed runs, each with its reason and another try."""
    desk.goto("/settings/operations")
    desk.locator("a[href*='people=failed']").first.click()
    failed = desk.get_by_role("dialog", name="Failed runs")
    expect(failed.get_by_role("listitem").first).to_contain_text("works here any more")
    expect(failed.get_by_role("button", name="Try again").first).to_be_visible()
