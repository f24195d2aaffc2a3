"""U20: what is wrong is told where it is, and in a list that leads there."""

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.acting import step
from tests.e2e.barriers import barriers
from tests.e2e.drawing import POINTS, draw, show

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]
TASK = "Create task"


def test_u20_errors_are_at_the_step_and_in_a_list_and_block_going_live(desk: Page, admin: httpx.Client):
    """The list leads to the step's settings; the automation cannot be activated before."""
    show(desk, draw(admin, {"opened": "email_opened", "task": "create_task"}, "opened > task"))
    expect(step(desk, TASK).get_by_text("1 error")).to_be_attached()
    desk.get_by_role("button", name="Activate automation").click()
    dialog = desk.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Activate", exact=True)).to_be_disabled()
    dialog.get_by_role("button", name="Cancel").click()
    expect(dialog).to_have_count(0)
    desk.get_by_role("button", name="1 error", exact=True).click()
    desk.get_by_role("dialog").get_by_role("button", name=TASK).first.click()
    expect(desk.get_by_role("region", name=f"Settings of {TASK}")).to_be_visible()


def test_u20_a_warning_blocks_nothing_and_offers_its_fix(desk: Page, admin: httpx.Client):
    """Scoring without re-entry is doubtful: it can go live all the same, or be mended by a click."""
    show(desk, draw(admin, {"opened": "email_opened", "points": "update_attribute"}, "opened > points"))
    desk.get_by_role("button", name="Activate automation").click()
    dialog = desk.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Activate", exact=True)).to_be_enabled()
    dialog.get_by_role("button", name="Cancel").click()
    expect(dialog).to_have_count(0)
    desk.get_by_role("button", name="1 warning", exact=True).click()
    desk.get_by_role("dialog").get_by_role("button", name="Switch re-entry on.").click()
    expect(desk.get_by_role("button", name="No problems")).to_be_visible()


def test_u20_a_field_tells_its_fault_while_one_types(desk: Page, admin: httpx.Client):
    """Before anything is applied, and the fault goes as soon as the field is right."""
    show(desk, draw(admin, {"opened": "email_opened", "points": "update_attribute"}, "opened > points"))
    step(desk, POINTS).click()
    field = desk.get_by_role("region", name=f"Settings of {POINTS}").get_by_label("Value")
    field.fill("")
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill("7")
    expect(field).not_to_have_attribute("aria-invalid", "true")


def test_u20_settings_that_are_applied_unfinished_tell_what_is_missing_and_lead_there(desk: Page, admin: httpx.Client):
    """A draft may be unfinished, so the step keeps them; the field is named aloud, and a click leads into it."""
    show(desk, draw(admin, {"opened": "email_opened", "task": "create_task"}, "opened > task"))
    settings = desk.get_by_role("region", name=f"Settings of {TASK}")
    unfinished = desk.get_by_role("alert").filter(has_text="cannot run yet")
    step(desk, TASK).click()
    desk.get_by_role("button", name="Apply to step").click()
    expect(settings).to_have_count(0)
    expect(unfinished).to_contain_text("is missing")
    expect(desk.get_by_role("log", name="Messages")).to_contain_text("cannot run yet")
    assert barriers(desk) == {}
    unfinished.get_by_role("button", name="Open settings").click()
    field = settings.get_by_role("textbox", name="Title")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(unfinished).to_have_count(0)
    field.fill("Call back")
    desk.get_by_role("button", name="Apply to step").click()
    expect(settings).to_have_count(0)
    expect(desk.get_by_role("button", name="1 error", exact=True)).to_have_count(0)
    expect(unfinished).to_have_count(0)
