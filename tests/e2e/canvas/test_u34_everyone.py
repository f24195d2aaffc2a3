"""U32 to U36: no barrier in any state of the editor, for eyes, ears or hands."""

import re
from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.acting import eventually, step
from tests.e2e.barriers import barriers
from tests.e2e.drawing import (
    NOTE,
    OPENED,
    POINTS,
    SPLIT,
    add_by_word,
    after,
    between,
    centre,
    draw,
    palette,
    port,
    show,
    write_note,
)

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

NODES = {
    "opened": "email_opened",
    "points": "update_attribute",
    "split": "conditional_split",
    "note": "add_note",
    "lost": "assign_owner",
}
WAYS = ("opened > points", "points > split", "split.yes > note")


def step_menu(desk: Page) -> None:
    step(desk, SPLIT).click(button="right")
    expect(desk.get_by_role("menu", name=SPLIT)).to_be_visible()


def open_list(desk: Page) -> None:
    after(desk, SPLIT, "No").click()
    expect(desk.get_by_role("listbox", name="Steps to add")).to_be_visible()


def dragging(desk: Page) -> None:
    desk.get_by_role("tab", name="Actions").click()
    desk.mouse.move(*centre(palette(desk).get_by_role("button", name=NOTE)))
    desk.mouse.down()
    desk.mouse.move(*centre(between(desk, OPENED, POINTS)), steps=4)


def drawing_a_line(desk: Page) -> None:
    port(desk, NOTE).click()
    expect(desk.get_by_role("status").filter(has_text="choose the step")).to_be_visible()


def faulty_settings(desk: Page) -> None:
    step(desk, "Assign owner").click()
    desk.get_by_role("button", name="Apply to step").click()
    step(desk, "Assign owner").click()
    expect(desk.get_by_role("region", name="Settings of Assign owner")).to_be_visible()


def faults(desk: Page) -> None:
    desk.locator("header").get_by_role("button", name=re.compile(r"^\d+ error")).click()
    expect(desk.get_by_role("dialog")).to_be_visible()


def unapplied(desk: Page) -> None:
    write_note(desk, "Changed")
    desk.get_by_role("button", name="Close settings").click()
    expect(desk.get_by_role("dialog", name="Apply your changes?")).to_be_visible()


def selected(desk: Page) -> None:
    desk.keyboard.press("Control+a")
    expect(desk.get_by_role("toolbar", name="Selected steps")).to_be_visible()


def outline(desk: Page) -> None:
    desk.keyboard.press("o")
    expect(desk.get_by_role("region", name="Outline")).to_be_visible()


def all_keys(desk: Page) -> None:
    desk.keyboard.press("?")
    expect(desk.get_by_role("dialog", name="Keyboard shortcuts")).to_be_visible()


def twice_as_large(desk: Page) -> None:
    """What a browser does that shows everything at 200 %."""
    desk.set_viewport_size({"width": 720, "height": 450})
    step(desk, NOTE).get_by_role("button").first.focus()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("button", name="Apply to step")).to_be_in_viewport()


@pytest.mark.parametrize(
    "state",
    [
        step_menu,
        open_list,
        dragging,
        drawing_a_line,
        faulty_settings,
        faults,
        unapplied,
        selected,
        outline,
        all_keys,
        twice_as_large,
    ],
)
def test_u34_no_state_of_the_editor_has_a_barrier(desk: Page, admin: httpx.Client, state: Callable[[Page], None]):
    """Axe finds nothing, in light and dark, whatever is open, held, selected or wrong."""
    show(desk, draw(admin, NODES, *WAYS))
    state(desk)
    assert barriers(desk) == {}


SHAPE = """each => {
    const mark = getComputedStyle(each, "::before");
    if (mark.content === "none") return getComputedStyle(each).borderRadius === "100%" ? "round" : "square";
    return new DOMMatrix(mark.transform).b === 0 ? "square" : "turned";
}"""


def test_u34_yes_and_no_differ_by_word_and_shape(desk: Page, admin: httpx.Client):
    """The two ways out of a split say yes and no, each with a mark, and leave by ports of different shapes."""
    show(desk, draw(admin, NODES, *WAYS))
    for word in ("Yes", "No"):
        expect(step(desk, SPLIT).get_by_text(word, exact=True).locator("svg")).to_have_count(1)
    assert port(desk, SPLIT).evaluate_all(f"all => all.map({SHAPE})") == ["round", "turned"]


def test_u32_the_focus_is_never_hidden(desk: Page, admin: httpx.Client):
    """A step that gets the focus is moved into sight, clear of the controls, also on a small screen."""
    flow = draw(admin, {f"n{number}": "add_note" for number in range(8)}, *(f"n{i} > n{i + 1}" for i in range(7)))
    desk.set_viewport_size({"width": 900, "height": 600})
    show(desk, flow)
    desk.get_by_role("button", name="Zoom to 100 %").click()
    expect(desk.get_by_role("button", name="100%: Zoom to 100 %")).to_be_visible()
    desk.locator("[data-node=n0]").focus()
    # The corner at the bottom, where the controls are nearest.
    hit = "card => { const { left, top, height } = card.getBoundingClientRect(); return card.contains("
    hit += "document.elementFromPoint(left + 24, top + height - 4)); }"
    for number in range(1, 8):
        desk.keyboard.press("ArrowDown")
        card = desk.locator(f"[data-node=n{number}]")
        expect(card).to_be_focused()
        expect(card).to_be_in_viewport(ratio=1)
        eventually(desk, lambda card=card: bool(card.evaluate(hit)))


def test_u35_what_was_done_is_said(desk: Page, admin: httpx.Client):
    """Adding, connecting, undoing and faults are told to those who cannot see them."""
    show(desk, draw(admin, {"opened": "email_opened", "note": "add_note"}))
    messages = desk.get_by_role("log", name="Messages")
    after(desk, OPENED, "Next").click()
    add_by_word(desk, "update attr")
    expect(messages).to_contain_text(f"{POINTS} added after {OPENED}; 3 steps.")
    expect(messages).to_contain_text(re.compile(r"1 error, \d to do"))
    desk.get_by_role("button", name="Apply to step").click()
    port(desk, POINTS).click()
    step(desk, NOTE).click()
    expect(messages).to_contain_text(f"{POINTS} leads to {NOTE} now.")
    desk.keyboard.press("Control+z")
    expect(messages).to_contain_text("Undone: connect.")


LASTING = """all => all.filter(each => [getComputedStyle(each), getComputedStyle(each, "::after")].some(
    ({ transitionDuration, animationDuration }) =>
        `${transitionDuration},${animationDuration}`.split(",").some(one => parseFloat(one) > 0.001)
)).length"""
RUNNING = "document.getAnimations().filter(each => each.playState === 'running').length"
OUTLINED = """all => all.length > 0 && all.every(each => [null, "::before"].some(part => {
    const { content, borderStyle, borderWidth, borderColor, backgroundColor } = getComputedStyle(each, part);
    const shown = part === null || content !== "none";
    return shown && borderStyle === "solid" && parseFloat(borderWidth) >= 1 && borderColor !== backgroundColor;
}))"""


def test_u36_nothing_moves_and_all_is_seen_for_those_who_ask(desk: Page, admin: httpx.Client):
    """With less motion nothing moves; in high contrast cards, ports and the focus keep their outlines."""
    show(desk, draw(admin, NODES, *WAYS))
    assert desk.locator("body *").evaluate_all(LASTING) == 0
    desk.emulate_media(forced_colors="active")
    card = step(desk, SPLIT).get_by_role("button").first
    card.focus()
    edges = "each => getComputedStyle(each.parentElement).borderStyle + getComputedStyle(each).outlineStyle"
    desk.keyboard.press("ArrowUp")
    points = step(desk, POINTS).get_by_role("button").first
    expect(points).to_be_focused()
    assert points.evaluate(edges) == "solidsolid"
    assert desk.locator(".react-flow__handle").evaluate_all(OUTLINED)


def test_u36_what_stands_for_the_canvas_until_it_is_there_is_still(desk: Page, admin: httpx.Client):
    """Its shape pulses for others; with less motion it does not, not even too fast to be seen."""
    flow = draw(admin, NODES, *WAYS)
    desk.route(f"**/api/automations/{flow}", lambda _held: None)
    desk.goto(f"/automations/{flow}")
    shape = desk.get_by_role("status", name="The automation is loading")
    expect(shape).to_be_visible()
    assert shape.locator("*").evaluate_all(LASTING) == 0
    eventually(desk, lambda: desk.evaluate(RUNNING) == 0)
    desk.emulate_media(reduced_motion="no-preference")
    eventually(desk, lambda: desk.evaluate(RUNNING) > 0)
