"""U13: all by keyboard."""

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.acting import eventually, step
from tests.e2e.drawing import NOTE, OPENED, POINTS, SPLIT, TAG, draw, edges_of, show

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

NODES = {
    "opened": "email_opened",
    "points": "update_attribute",
    "split": "conditional_split",
    "note": "add_note",
    "tag": "add_tag",
}
WAYS = ("opened > points", "points > split", "split.yes > note", "split.no > tag")


def face(desk: Page, label: str) -> Locator:
    return step(desk, label).get_by_role("button").first


def test_u13_arrows_walk_by_meaning_and_keys_edit(desk: Page, admin: httpx.Client):
    """Down goes on, up back, right to the other branch; Enter opens the settings and Escape closes them."""
    show(desk, draw(admin, NODES, *WAYS))
    face(desk, OPENED).focus()
    for key, label in (("ArrowDown", POINTS), ("ArrowDown", SPLIT), ("ArrowDown", NOTE), ("ArrowRight", TAG)):
        desk.keyboard.press(key)
        expect(face(desk, label)).to_be_focused()
    desk.keyboard.press("ArrowUp")
    expect(face(desk, SPLIT)).to_be_focused()
    desk.keyboard.press("Enter")
    settings = desk.get_by_role("region", name=f"Settings of {SPLIT}")
    expect(settings.locator(":focus")).to_have_count(1)
    desk.keyboard.press("Escape")
    expect(settings).to_have_count(0)
    expect(face(desk, SPLIT)).to_be_focused()


def test_u13_steps_are_connected_by_keys(desk: Page, admin: httpx.Client):
    """C takes up a way out; the arrows lead to a step, and Enter leads the way there."""
    flow = draw(admin, NODES, "opened > points", "points > split", "split.yes > note", "note > tag")
    show(desk, flow)
    face(desk, SPLIT).focus()
    desk.keyboard.press("c")
    expect(desk.get_by_role("status").filter(has_text="choose the step it leads to")).to_be_visible()
    for label in (NOTE, TAG):
        desk.keyboard.press("ArrowDown")
        expect(face(desk, label)).to_be_focused()
    desk.keyboard.press("Enter")
    eventually(desk, lambda: "split.no > tag" in edges_of(admin, flow))
    expect(desk.get_by_role("region", name=f"Settings of {TAG}")).to_have_count(0)


def test_u13_typing_finds_the_option_of_a_select(desk: Page, admin: httpx.Client):
    """As on the browser's own selects: a letter opens the list at what begins with it, Enter or Tab takes it."""
    show(desk, draw(admin, NODES, *WAYS))
    step(desk, POINTS).click()
    settings = desk.get_by_role("region", name=f"Settings of {POINTS}")
    operation = settings.get_by_role("combobox", name="Operation")
    # Letters of one word must follow each other quickly, as they may not on a busy machine.
    for letter, last, taken in (("s", "Enter", "Subtract"), ("c", "Tab", "Clear"), ("a", "Enter", "Add")):
        operation.focus()
        desk.keyboard.press(letter)
        expect(desk.get_by_role("option", name=taken, exact=True)).to_be_visible()
        desk.keyboard.press(last)
        expect(operation).to_have_value(taken)
        expect(operation).to_have_attribute("aria-expanded", "false")


def test_u13_the_menu_of_a_step_opens_by_key(desk: Page, admin: httpx.Client):
    """Shift+F10 opens all that can be done with a step; Escape closes it and gives the focus back."""
    show(desk, draw(admin, NODES, *WAYS))
    face(desk, POINTS).focus()
    desk.keyboard.press("Shift+F10")
    menu = desk.get_by_role("menu", name=POINTS)
    expect(menu).to_be_visible()
    expect(menu.locator(":focus").or_(desk.locator("[role=menu]:focus"))).to_have_count(1)
    desk.keyboard.press("Escape")
    expect(menu).to_have_count(0)
    expect(face(desk, POINTS)).to_be_focused()


def test_u13_a_key_lists_them_all_and_another_renames(desk: Page, admin: httpx.Client):
    """? lists every key; F2 turns the name into a field."""
    show(desk, draw(admin, NODES, *WAYS))
    face(desk, OPENED).focus()
    desk.keyboard.press("?")
    listed = desk.get_by_role("dialog", name="Keyboard shortcuts")
    expect(listed.get_by_role("row", name="Select all that leads to the step")).to_be_visible()
    expect(listed.locator(":focus")).to_have_count(1)
    desk.keyboard.press("Escape")
    expect(listed).to_have_count(0)
    desk.keyboard.press("F2")
    expect(desk.get_by_role("textbox", name="Name of the automation")).to_be_focused()
