"""U5 to U7: drawing, re-routing and cutting lines, by dragging and without."""

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.acting import canvas, eventually, step
from tests.e2e.drawing import (
    NOTE,
    OPENED,
    POINTS,
    SPLIT,
    TAG,
    add_by_word,
    between,
    centre,
    drag,
    draw,
    edges_of,
    entry,
    port,
    show,
)

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

CHAIN = {"opened": "email_opened", "points": "update_attribute", "note": "add_note"}


def test_u05_a_line_in_a_circle_is_refused_with_the_reason(desk: Page, admin: httpx.Client):
    """A step's way out dragged to a step before it draws nothing, and says why."""
    show(desk, draw(admin, CHAIN, "opened > points", "points > note"))
    drag(desk, port(desk, NOTE), to=centre(step(desk, POINTS)))
    expect(desk.get_by_text("contacts would go round in a circle")).to_be_visible()
    expect(between(desk, NOTE, POINTS)).to_have_count(0)


def test_u05_a_line_dropped_on_free_canvas_asks_for_the_step(desk: Page, admin: httpx.Client):
    """Let go where nothing is, a line asks what step shall stand there, and leads to it."""
    show(desk, draw(admin, {"opened": "email_opened"}))
    x, y = centre(canvas(desk))
    drag(desk, port(desk, OPENED), to=(x + 250, y + 200))
    add_by_word(desk, "add tag")
    expect(between(desk, OPENED, TAG)).to_be_visible()


def test_u06_two_clicks_connect(desk: Page, admin: httpx.Client):
    """A click on a way out, a hint what comes next, and a click on a step connect the two."""
    show(desk, draw(admin, CHAIN, "points > note"))
    port(desk, OPENED).click()
    expect(desk.get_by_role("status").filter(has_text="choose the step it leads to")).to_be_visible()
    step(desk, POINTS).click()
    expect(between(desk, OPENED, POINTS)).to_be_visible()


def test_u06_the_menu_of_a_step_connects_each_way_out(desk: Page, admin: httpx.Client):
    """Right-clicked, a split offers each of its ways; the next step clicked is where that way leads."""
    flow = draw(admin, {"opened": "email_opened", "split": "conditional_split", "tag": "add_tag"}, "opened > split")
    show(desk, flow)
    step(desk, SPLIT).click(button="right")
    desk.get_by_role("menuitem", name="Connect “No” to…").click()
    step(desk, TAG).click()
    eventually(desk, lambda: edges_of(admin, flow) == {"opened > split", "split.no > tag"})


def test_u06_settings_step_aside_while_a_step_is_chosen(desk: Page, admin: httpx.Client):
    """Open settings would hide where a way may lead: they leave the canvas, and come back as they were."""
    show(desk, draw(admin, CHAIN, "opened > points"))
    step(desk, POINTS).click()
    settings = desk.get_by_role("region", name=f"Settings of {POINTS}")
    settings.get_by_label("Value").fill("7")
    settings.get_by_role("button", name="More actions").click()
    desk.get_by_role("menuitem", name="Connect to…").click()
    expect(settings).to_have_count(0)
    desk.keyboard.press("Control+Enter")  # applies only what is in sight
    step(desk, NOTE).click()
    expect(between(desk, POINTS, NOTE)).to_be_visible()
    expect(settings.get_by_label("Value")).to_have_value("7")
    expect(settings.get_by_text("Not applied yet", exact=True)).to_be_visible()
    x, y = centre(canvas(desk))
    for let_go in (lambda: desk.keyboard.press("Escape"), lambda: desk.mouse.click(x - 250, y)):
        port(desk, NOTE).click()
        expect(settings).to_have_count(0)
        let_go()
        expect(settings.get_by_label("Value")).to_have_value("7")


def test_u07_both_ends_of_a_line_can_be_taken_hold_of(desk: Page, admin: httpx.Client):
    """The end of a line dragged to another step leads there; its beginning dragged to another port begins there."""
    nodes = {"split": "conditional_split", "note": "add_note", "tag": "add_tag"}
    flow = draw(admin, nodes, "split.yes > note")
    show(desk, flow)
    drag(desk, desk.locator(".react-flow__edgeupdater-target"), to=centre(entry(desk, TAG)))
    expect(between(desk, SPLIT, TAG)).to_be_visible()
    drag(desk, desk.locator(".react-flow__edgeupdater-source"), to=centre(port(desk, SPLIT).nth(1)))
    expect(desk.get_by_role("button", name=f"Add a step after {SPLIT} (Yes)")).to_be_visible()
    eventually(desk, lambda: edges_of(admin, flow) == {"split.no > tag"})


def test_u07_a_line_is_led_elsewhere_and_cut_without_dragging(desk: Page, admin: httpx.Client):
    """A clicked line shows two buttons: one leads it to the step clicked next, the other deletes it."""
    show(desk, draw(admin, {"opened": "email_opened", "note": "add_note", "tag": "add_tag"}, "opened > note"))
    x, y = centre(between(desk, OPENED, NOTE))
    desk.mouse.click(x, y + 22)
    desk.get_by_role("button", name=f"Lead the line from {OPENED} to {NOTE} elsewhere").click()
    step(desk, TAG).click()
    expect(between(desk, OPENED, TAG)).to_be_visible()
    step(desk, OPENED).click(button="right")
    desk.get_by_role("menuitem", name="Cut the line").click()
    expect(between(desk, OPENED, TAG)).to_have_count(0)


def test_u07_deleting_with_control_joins_what_is_left(desk: Page, admin: httpx.Client):
    """Ctrl+Backspace deletes a split and joins what came before it with its first branch."""
    nodes = {"opened": "email_opened", "split": "conditional_split", "note": "add_note", "tag": "add_tag"}
    show(desk, draw(admin, nodes, "opened > split", "split.yes > note", "split.no > tag"))
    step(desk, SPLIT).get_by_role("button").first.focus()
    desk.keyboard.press("ArrowUp")
    desk.keyboard.press("ArrowDown")
    expect(step(desk, SPLIT).get_by_role("button").first).to_be_focused()
    desk.keyboard.press("Control+Backspace")
    expect(between(desk, OPENED, NOTE)).to_be_visible()
    expect(step(desk, SPLIT)).to_have_count(0)
