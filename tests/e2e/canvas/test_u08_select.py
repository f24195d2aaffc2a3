"""U8 and U9: taking up several steps, and what is done with all of them at once."""

import re

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.acting import canvas, eventually, step
from tests.e2e.drawing import NOTE, OPENED, POINTS, SPLIT, TAG, between, centre, draft_of, drag, draw, show

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

NODES = {
    "opened": "email_opened",
    "points": "update_attribute",
    "split": "conditional_split",
    "note": "add_note",
    "tag": "add_tag",
}
WAYS = ("opened > points", "points > split", "split.yes > note", "split.no > tag")


def count(desk: Page, number: int) -> None:
    """See that so many steps are selected, and that it is told."""
    words = f"{number} steps selected"
    expect(desk.get_by_role("toolbar", name="Selected steps")).to_contain_text(words)
    expect(desk.locator(".react-flow__node.selected")).to_have_count(number)


def test_u08_a_frame_a_click_and_a_key_select_several(desk: Page, admin: httpx.Client):
    """A frame drawn with Shift, further clicks with Shift, and Ctrl+A select; the number is shown; Escape clears."""
    show(desk, draw(admin, NODES, *WAYS))
    left, top = centre(step(desk, OPENED))
    right, bottom = centre(step(desk, POINTS))
    desk.keyboard.down("Shift")
    desk.mouse.move(left - 200, top - 60)
    desk.mouse.down()
    desk.mouse.move(right + 160, bottom + 60, steps=6)
    desk.mouse.up()
    count(desk, 2)
    step(desk, SPLIT).click()
    desk.keyboard.up("Shift")
    count(desk, 3)
    desk.keyboard.press("Control+a")
    count(desk, 5)
    desk.keyboard.press("Escape")
    expect(desk.locator(".react-flow__node.selected")).to_have_count(0)


@pytest.mark.parametrize(("key", "label", "number"), [("u", SPLIT, 3), ("d", SPLIT, 3), ("c", NOTE, 5)])
def test_u08_two_keys_select_up_and_downstream(desk: Page, admin: httpx.Client, key: str, label: str, number: int):
    """Alt+S and then U, D or C select what leads to a step, what follows from it, or all that is connected."""
    show(desk, draw(admin, NODES, *WAYS))
    step(desk, label).get_by_role("button").first.focus()
    desk.keyboard.press("Alt+s")
    desk.keyboard.press(key)
    count(desk, number)


def test_u09_steps_moved_together_come_back_by_one_undo(desk: Page, admin: httpx.Client):
    """Dragging one of several selected steps moves them all; undo brings all of them back."""
    flow = draw(admin, NODES, *WAYS)
    show(desk, flow)
    desk.keyboard.press("Control+a")
    count(desk, 5)
    x, y = centre(step(desk, OPENED))
    drag(desk, step(desk, OPENED), to=(x + 80, y + 40))
    eventually(desk, lambda: len(draft_of(admin, flow)["layout"]) == 5)
    desk.keyboard.press("Control+z")
    eventually(desk, lambda: draft_of(admin, flow)["layout"] == {})


def test_u09_selected_steps_are_deleted_and_duplicated_at_once(desk: Page, admin: httpx.Client):
    """The bar of a selection duplicates all its steps, and deletes all of them; each is one step of the history."""
    show(desk, draw(admin, NODES, *WAYS))
    step(desk, NOTE).click(modifiers=["Shift"])
    step(desk, TAG).click(modifiers=["Shift"])
    bar = desk.get_by_role("toolbar", name="Selected steps")
    bar.get_by_role("button", name="Duplicate").click()
    expect(desk.locator(".react-flow__node")).to_have_count(7)
    bar.get_by_role("button", name="Delete").click()
    expect(desk.locator(".react-flow__node")).to_have_count(5)
    desk.get_by_role("button", name="List of changes").click()
    expect(desk.get_by_role("menuitem")).to_have_text(["Undo: delete 2 steps", "Undo: duplicate 2 steps"])


def test_u09_steps_are_moved_by_keys_and_by_two_taps(desk: Page, admin: httpx.Client):
    """Shift and an arrow moves a step; so does its menu's Move and a tap on the place where it shall stand."""
    flow = draw(admin, {"opened": "email_opened", "points": "update_attribute"}, "opened > points")
    show(desk, flow)
    step(desk, POINTS).get_by_role("button").first.focus()
    desk.keyboard.press("ArrowUp")
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Shift+ArrowRight")
    eventually(desk, lambda: draft_of(admin, flow)["layout"].get("points", [0])[0] == 24)
    step(desk, POINTS).click(button="right")
    desk.get_by_role("menuitem", name="Move…").click()
    x, y = centre(canvas(desk))
    desk.mouse.click(x + 250, y)
    expect(desk.get_by_role("log", name="Messages")).to_have_text(re.compile("1 step moved"))
    eventually(desk, lambda: draft_of(admin, flow)["layout"]["points"][0] > 200)
    expect(between(desk, OPENED, POINTS)).to_be_visible()
