"""U40: deleting a step where people are tells what that means for them."""

import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.acting import step
from tests.e2e.barriers import barriers
from tests.e2e.drawing import CONFIGS, NOTE, TAG, edge, show

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

DAY = {"until": "duration", "duration": {"amount": 1, "unit": "days"}}
DOCUMENT: dict[str, Any] = {
    "format": "cadenza.automation/1",
    "name": "Crowded",
    "settings": {"re_entry": True},
    "nodes": [
        {"id": "visited", "type": "page_visited", "config": {}},
        {"id": "split", "type": "conditional_split", "config": CONFIGS["conditional_split"]},
        {"id": "note", "type": "add_note", "config": CONFIGS["add_note"]},
        {"id": "pause", "type": "wait", "config": DAY},
        {"id": "tag", "type": "add_tag", "config": {"tag": "waited"}},
    ],
    "edges": [edge(way) for way in ("visited > split", "split.yes > note", "split.no > pause", "pause > tag")],
}


@pytest.fixture
def crowded(admin: httpx.Client) -> Iterator[int]:
    """A running automation with two contacts at its wait."""
    flow = int(admin.post("/api/automations", json={"document": DOCUMENT}).raise_for_status().json()["id"])
    admin.post(f"/api/automations/{flow}/activate", json={"re_entry": True}).raise_for_status()
    events = [{"event": "page_visited", "contact": {"email": f"crowd{number}@example.com"}} for number in range(2)]
    admin.post("/api/events", json={"events": events}).raise_for_status()
    deadline = time.monotonic() + 30
    while admin.get(f"/api/automations/{flow}/stats").json()["inside"] < 2:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    yield flow
    admin.post(f"/api/automations/{flow}/archive").raise_for_status()


def test_u40_deleting_a_crowded_step_tells_how_many_wait_and_where_they_go(desk: Page, crowded: int):
    """It names the step, how many are there, and what comes next on their way; only once confirmed the step goes."""
    show(desk, crowded)
    desk.get_by_role("button", name="Edit draft").click()
    step(desk, "Wait").click(button="right")
    desk.get_by_role("menuitem", name="Delete step").click()
    dialog = desk.get_by_role("dialog", name="Delete “Wait”?")
    expect(dialog).to_contain_text("2 contacts are in “Wait” now.")
    expect(dialog).to_contain_text(f"The way goes on to {TAG}.")
    expect(dialog.get_by_role("button", name="Cancel")).to_be_focused()
    expect(dialog).not_to_contain_text(NOTE)
    assert barriers(desk) == {}
    desk.keyboard.press("Enter")
    expect(dialog).to_have_count(0)
    expect(step(desk, "Wait")).to_be_visible()
    step(desk, "Wait").click(button="right")
    desk.get_by_role("menuitem", name="Delete step").click()
    dialog.get_by_role("button", name="Delete").click()
    expect(step(desk, "Wait")).to_have_count(0)
    expect(step(desk, TAG)).to_be_visible()


def test_u40_cutting_a_crowded_step_asks_as_deleting_does(desk: Page, crowded: int):
    """By Ctrl+X the step stays until that is confirmed; then it is on the clipboard, to be pasted."""
    show(desk, crowded)
    expect(desk.get_by_role("button", name="2 contacts are here now")).to_be_visible()
    desk.get_by_role("button", name="Edit draft").click()
    step(desk, "Wait").click(modifiers=["Shift"])
    desk.keyboard.press("Control+x")
    dialog = desk.get_by_role("dialog", name="Delete “Wait”?")
    expect(dialog).to_contain_text("2 contacts are in “Wait” now.")
    expect(step(desk, "Wait")).to_be_visible()
    dialog.get_by_role("button", name="Delete").click()
    expect(step(desk, "Wait")).to_have_count(0)
    desk.keyboard.press("Control+v")
    expect(step(desk, "Wait")).to_be_visible()


def test_u09_several_steps_are_deleted_with_those_named_who_wait_in_them(desk: Page, crowded: int):
    """Marked together, it tells how many stand at which and miss the other, before both go, in one step of undo."""
    show(desk, crowded)
    expect(desk.get_by_role("button", name="2 contacts are here now")).to_be_visible()
    desk.get_by_role("button", name="Edit draft").click()
    for label in ("Wait", TAG):
        step(desk, label).click(modifiers=["Shift"])
    desk.get_by_role("toolbar", name="Selected steps").get_by_role("button", name="Delete").click()
    dialog = desk.get_by_role("dialog", name="Delete 2 steps?")
    expect(dialog.get_by_role("listitem").first).to_have_text("2 contacts are in “Wait” now.")
    expect(dialog).not_to_contain_text(f"in “{TAG}” now")
    expect(dialog).to_contain_text(f"Nothing would lead to {TAG} any more: they would miss it.")
    dialog.get_by_role("button", name="Delete").click()
    expect(step(desk, "Wait")).to_have_count(0)
    desk.keyboard.press("Control+z")
    for label in ("Wait", TAG):
        expect(step(desk, label)).to_be_visible()


def test_u40_an_empty_step_is_deleted_without_a_question(desk: Page, crowded: int):
    """Where nobody is, a step goes at once, and the message offers to take that back."""
    show(desk, crowded)
    desk.get_by_role("button", name="Edit draft").click()
    step(desk, TAG).click(button="right")
    desk.get_by_role("menuitem", name="Delete step").click()
    expect(step(desk, TAG)).to_have_count(0)
    desk.get_by_role("button", name="Undo", exact=True).click()
    expect(step(desk, TAG)).to_be_visible()
