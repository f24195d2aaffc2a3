"""U25: the draft saves itself, says so, and keeps what could not be sent."""

import re

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.acting import change_person, client_of, eventually, step
from tests.e2e.drawing import NOTE, draw, note_field, note_of, show, write_note
from tests.support.instance import Instance

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]
DRAFT = "**/api/automations/*/draft"


def flow_with_note(admin: httpx.Client) -> int:
    return draw(admin, {"opened": "email_opened", "note": "add_note"}, "opened > note")


def test_u25_what_is_changed_is_saved_within_five_seconds_and_says_when(desk: Page, admin: httpx.Client):
    """The bar tells the time of the last saving, and the server has it."""
    flow = flow_with_note(admin)
    show(desk, flow)
    write_note(desk, "Saved by itself")
    desk.get_by_role("button", name="Apply to step").click()
    eventually(desk, lambda: note_of(admin, flow) == "Saved by itself", seconds=5)
    expect(desk.get_by_text(re.compile(r"^Saved \d?\d:\d\d"))).to_be_visible()


def test_u25_what_was_changed_offline_is_kept_over_a_reload_and_sent_later(desk: Page, admin: httpx.Client):
    """While the server is away the bar says so; the change is still there after a reload, and is sent then."""
    flow = flow_with_note(admin)
    show(desk, flow)
    desk.route(DRAFT, lambda route: route.abort())
    write_note(desk, "Written in a tunnel")
    desk.get_by_role("button", name="Apply to step").click()
    expect(desk.get_by_text("Not saved: offline")).to_be_visible()
    assert note_of(admin, flow) == "Looked at twice"
    desk.unroute(DRAFT)
    desk.once("dialog", lambda dialog: dialog.accept())
    desk.reload()
    eventually(desk, lambda: note_of(admin, flow) == "Written in a tunnel")
    write_note(desk, "And on")
    expect(note_field(desk)).to_have_value("And on")


def test_u25_the_next_person_at_the_browser_sends_nothing_of_the_one_before(
    desk: Page, admin: httpx.Client, demo: Instance
):
    """What one could not send is kept for them alone: the next sees the saved draft; back again, they send it."""
    flow = flow_with_note(admin)
    show(desk, flow)
    desk.route(DRAFT, lambda route: route.abort())
    write_note(desk, "Written in a tunnel")
    desk.get_by_role("button", name="Apply to step").click()
    expect(desk.get_by_text("Not saved: offline")).to_be_visible()
    with client_of(demo, "marketer@example.com") as colleague:
        change_person(desk, colleague)
        desk.once("dialog", lambda dialog: dialog.accept())
        show(desk, flow)
        desk.unroute(DRAFT)
        step(desk, NOTE).click()
        expect(note_field(desk)).to_have_value("Looked at twice")
    assert note_of(admin, flow) == "Looked at twice"
    change_person(desk, admin)
    show(desk, flow)
    eventually(desk, lambda: note_of(admin, flow) == "Written in a tunnel")
