"""The editor, by real mouse and keyboard: what one does is seen, kept, and can be taken back."""

import re

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.acting import eventually, step
from tests.e2e.drawing import (
    NOTE,
    OPENED,
    POINTS,
    TAG,
    add_by_word,
    between,
    centre,
    draft_of,
    drag,
    draw,
    edges_of,
    entry,
    note_field,
    note_of,
    palette,
    port,
    show,
    write_note,
)

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]


@pytest.mark.row("C2")
def test_a_new_automation_is_an_empty_canvas_and_three_tabs(desk: Page):
    """From scratch, an empty canvas opens beside a palette of triggers, rules and actions."""
    desk.goto("/automations")
    desk.get_by_role("button", name="New automation").click()
    desk.get_by_role("textbox", name="Name").fill("From scratch")
    desk.get_by_role("button", name="Create", exact=True).click()
    expect(desk.get_by_role("heading", name="What starts this automation?")).to_be_in_viewport(ratio=1)
    expect(palette(desk).get_by_role("tab")).to_have_text(["Triggers", "Rules", "Actions"])
    expect(desk.locator(".react-flow__node")).to_have_count(0)


@pytest.mark.row("C3")
def test_the_name_is_edited_in_place_and_kept(desk: Page, admin: httpx.Client):
    """The name in the top bar turns into a field on a click, and the new name is there after a reload."""
    flow = draw(admin, {"opened": "email_opened"}, name="Old name")
    show(desk, flow)
    desk.get_by_role("button", name="Old name").click()
    desk.get_by_role("textbox", name="Name of the automation").fill("New name")
    desk.keyboard.press("Enter")
    eventually(desk, lambda: draft_of(admin, flow)["name"] == "New name")
    desk.reload()
    expect(desk.get_by_role("heading", name="New name")).to_be_visible()


@pytest.mark.row("C4")
def test_a_step_dropped_onto_a_line_is_put_into_it(desk: Page, admin: httpx.Client):
    """An action dragged onto the line between two steps comes to stand between them, and its settings open."""
    show(desk, draw(admin, {"opened": "email_opened", "points": "update_attribute"}, "opened > points"))
    desk.get_by_role("tab", name="Actions").click()
    item = palette(desk).get_by_role("button", name=NOTE)
    x, y = centre(desk.locator(".react-flow__edge-interaction"))
    drag(desk, item, to=(x + 2, y + 4))
    expect(desk.get_by_role("region", name=f"Settings of {NOTE}")).to_be_visible()
    expect(between(desk, OPENED, NOTE)).to_be_visible()
    expect(between(desk, NOTE, POINTS)).to_be_visible()


def test_the_plus_on_a_line_puts_a_step_into_it(desk: Page, admin: httpx.Client):
    """The + on a line opens a list that is searched by typing; Enter puts the step in."""
    show(desk, draw(admin, {"opened": "email_opened", "points": "update_attribute"}, "opened > points"))
    between(desk, OPENED, POINTS).click()
    add_by_word(desk, "add tag")
    expect(between(desk, OPENED, TAG)).to_be_visible()
    expect(between(desk, TAG, POINTS)).to_be_visible()


@pytest.mark.parametrize("opener", ["Tab", "/"])
def test_a_step_is_added_by_keyboard_alone(desk: Page, admin: httpx.Client, opener: str):
    """On a step, a key opens the list of steps; typing and Enter add one after it."""
    show(desk, draw(admin, {"opened": "email_opened"}))
    step(desk, OPENED).get_by_role("button").first.focus()
    desk.keyboard.press(opener)
    add_by_word(desk, "add tag")
    expect(between(desk, OPENED, TAG)).to_be_visible()


def test_steps_are_connected_by_dragging_from_a_port(desk: Page, admin: httpx.Client):
    """A line drawn from a way out to a step leads there from then on."""
    flow = draw(admin, {"opened": "email_opened", "points": "update_attribute"})
    show(desk, flow)
    drag(desk, port(desk, OPENED), to=centre(entry(desk, POINTS)))
    expect(between(desk, OPENED, POINTS)).to_be_visible()
    eventually(desk, lambda: edges_of(admin, flow) == {"opened > points"})


def test_steps_are_connected_by_two_clicks(desk: Page, admin: httpx.Client):
    """A click on a way out and one on a step connect them."""
    show(desk, draw(admin, {"opened": "email_opened", "points": "update_attribute"}))
    port(desk, OPENED).click()
    step(desk, POINTS).click()
    expect(between(desk, OPENED, POINTS)).to_be_visible()


def test_a_line_is_led_elsewhere_by_its_end(desk: Page, admin: httpx.Client):
    """The end of a line dragged to another step leads there, and undo leads it back."""
    flow = draw(admin, {"opened": "email_opened", "note": "add_note", "tag": "add_tag"}, "opened > note")
    show(desk, flow)
    drag(desk, desk.locator(".react-flow__edgeupdater-target"), to=centre(entry(desk, TAG)))
    expect(between(desk, OPENED, TAG)).to_be_visible()
    eventually(desk, lambda: edges_of(admin, flow) == {"opened > tag"})
    desk.keyboard.press("Control+z")
    expect(between(desk, OPENED, NOTE)).to_be_visible()


def test_a_line_is_deleted_by_key_and_brought_back(desk: Page, admin: httpx.Client):
    """A chosen line goes with the Delete key; the message offers to take that back."""
    show(desk, draw(admin, {"opened": "email_opened", "points": "update_attribute"}, "opened > points"))
    x, y = centre(desk.locator(".react-flow__edge-interaction"))
    desk.mouse.click(x, y + 22)
    desk.keyboard.press("Delete")
    expect(between(desk, OPENED, POINTS)).to_have_count(0)
    desk.get_by_role("button", name="Undo", exact=True).click()
    expect(between(desk, OPENED, POINTS)).to_be_visible()


def test_a_deleted_step_comes_back_by_undo_and_goes_by_redo(desk: Page, admin: httpx.Client):
    """Deleting joins what is left; the keys and the buttons for undo and redo go back and forth."""
    nodes = {"opened": "email_opened", "note": "add_note", "points": "update_attribute"}
    show(desk, draw(admin, nodes, "opened > note", "note > points"))
    step(desk, NOTE).click()
    expect(desk.get_by_role("region", name=f"Settings of {NOTE}")).to_be_visible()
    card = step(desk, NOTE).get_by_role("button").first
    card.focus()
    expect(card).to_be_focused()
    desk.keyboard.press("Delete")
    expect(between(desk, OPENED, POINTS)).to_be_visible()
    desk.keyboard.press("Control+z")
    expect(step(desk, NOTE)).to_be_visible()
    desk.keyboard.press("Control+Shift+z")
    expect(step(desk, NOTE)).to_have_count(0)
    desk.get_by_role("button", name=re.compile(r"^Undo: delete")).click()
    expect(between(desk, OPENED, NOTE)).to_be_visible()


@pytest.mark.row("C8")
def test_a_change_is_in_force_once_applied(desk: Page, admin: httpx.Client):
    """Until Apply to step is clicked neither the step nor the stored draft has the change; then both have it."""
    flow = draw(admin, {"opened": "email_opened", "note": "add_note"}, "opened > note")
    show(desk, flow)
    write_note(desk, "Not yet")
    desk.wait_for_timeout(1000)
    assert note_of(admin, flow) == "Looked at twice"
    expect(step(desk, NOTE)).not_to_contain_text("Not yet")
    desk.get_by_role("button", name="Apply to step").click()
    eventually(desk, lambda: note_of(admin, flow) == "Not yet")


def test_a_step_is_connected_by_its_menu(desk: Page, admin: httpx.Client):
    """Without dragging: the step's menu asks where it shall lead, and the next step clicked is it.

    The settings left no room for that one: it is brought into sight in between.
    """
    show(desk, draw(admin, {"opened": "email_opened", "points": "update_attribute"}))
    step(desk, OPENED).click()
    desk.get_by_role("button", name="More actions").click()
    desk.get_by_role("menuitem", name="Connect to…").click()
    desk.get_by_role("button", name="Zoom to fit", exact=True).click()
    step(desk, POINTS).click()
    expect(between(desk, OPENED, POINTS)).to_be_visible()


@pytest.mark.row("C17")
@pytest.mark.parametrize(
    ("answer", "kept"),
    [("Apply to step", "Changed"), ("Discard changes", "Looked at twice"), ("Keep editing", "Changed")],
)
def test_closing_settings_with_changes_asks(desk: Page, admin: httpx.Client, answer: str, kept: str):
    """A step's panel with changes that were not applied asks what shall become of them, and does just that."""
    show(desk, draw(admin, {"opened": "email_opened", "note": "add_note"}, "opened > note"))
    write_note(desk, "Changed")
    desk.get_by_role("button", name="Close settings").click()
    dialog = desk.get_by_role("dialog", name="Apply your changes?")
    dialog.get_by_role("button", name=answer).click()
    expect(dialog).to_have_count(0)
    if answer != "Keep editing":
        expect(desk.get_by_role("region", name=f"Settings of {NOTE}")).to_have_count(0)
        step(desk, NOTE).click()
    expect(note_field(desk)).to_have_value(kept)


@pytest.mark.parametrize("how", ["button", "Escape"])
def test_leaving_the_page_can_be_taken_back(desk: Page, admin: httpx.Client, how: str):
    """Who went back by mistake may stay, with the change still there; asked again, they may leave without it."""
    desk.goto("/automations")
    flow = draw(admin, {"opened": "email_opened", "note": "add_note"}, "opened > note", name="Left by mistake")
    desk.get_by_role("link", name="Left by mistake").first.click()
    write_note(desk, "Changed")
    question = desk.get_by_role("dialog", name="Apply your changes?")
    desk.go_back()
    expect(question).to_be_visible()
    if how == "button":
        question.get_by_role("button", name="Keep editing").click()
    else:
        expect(question.locator(":focus")).to_have_count(1)
        desk.keyboard.press(how)
    expect(question).to_be_hidden()
    expect(note_field(desk)).to_have_value("Changed")
    desk.go_back()
    question.get_by_role("button", name="Discard changes").click()
    desk.wait_for_url("**/automations")
    assert note_of(admin, flow) == "Looked at twice"
