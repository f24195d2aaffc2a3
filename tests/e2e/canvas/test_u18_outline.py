"""U18: the outline, a full twin of the canvas."""

import re

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.acting import eventually, step
from tests.e2e.drawing import NOTE, OPENED, POINTS, SPLIT, TAG, add_by_word, draft_of, draw, edges_of, show

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

NODES = {"opened": "email_opened", "split": "conditional_split", "note": "add_note", "tag": "add_tag"}
WAYS = ("opened > split", "split.yes > note", "note > tag", "split.no > tag")


def open_outline(desk: Page) -> Locator:
    desk.get_by_role("button", name="Show the outline").click()
    return desk.get_by_role("region", name="Outline")


def row(outline: Locator, label: str) -> Locator:
    return outline.get_by_role("button", name=re.compile(f"^{label}"))


def test_u18_the_outline_reads_in_order_with_branches_indented(desk: Page, admin: httpx.Client):
    """Steps are listed in reading order; branches by their words, one level deeper; a join is named once more."""
    show(desk, draw(admin, NODES, *WAYS))
    rows = open_outline(desk).get_by_role("listitem")
    expect(rows).to_contain_text([OPENED, SPLIT, "Yes", NOTE, TAG, "Add a step", "No", f"goes on to “{TAG}”"])
    expect(rows.nth(3)).to_contain_text("Branch level 1:")


def test_u18_all_editing_works_in_the_outline(desk: Page, admin: httpx.Client):
    """A step is put in, configured, led elsewhere and deleted in the list alone; the canvas shows the same."""
    flow = draw(admin, NODES, "opened > split", "split.yes > note", "split.no > tag")
    show(desk, flow)
    outline = open_outline(desk)
    outline.get_by_role("button", name=f"Add a step after {NOTE} (Next)").click()
    add_by_word(desk, "update attribute")
    expect(row(outline, POINTS)).to_be_focused()
    expect(desk.get_by_role("region", name=f"Settings of {POINTS}")).to_be_visible()
    outline.get_by_role("button", name=f"More actions for {SPLIT}").click()
    desk.get_by_role("menuitem", name="Lead “No” elsewhere…").click()
    row(outline, NOTE).click()
    expect(outline).to_contain_text(f"goes on to “{NOTE}”")
    outline.get_by_role("button", name=f"More actions for {TAG}").click()
    desk.get_by_role("menuitem", name="Delete step").click()
    expect(step(desk, TAG)).to_have_count(0)
    wanted = {"opened > split", "split.yes > note", "split.no > note", "note > update_attribute"}
    eventually(desk, lambda: edges_of(admin, flow) == wanted)


def test_u18_the_outline_counts_as_the_canvas_does(desk: Page, admin: httpx.Client):
    """In the live look, each step, way and end has its number, and each number of a step or way lists who."""
    nodes = {"visited": "page_visited", "split": "conditional_split", "note": "add_note"}
    flow = draw(admin, nodes, "visited > split", "split.no > note", name="Counted in a list", re_entry=True)
    admin.post(f"/api/automations/{flow}/activate", json={"re_entry": True}).raise_for_status()
    event = {"event": "page_visited", "contact": {"email": "listed@example.com"}, "properties": {}}
    admin.post("/api/events", json={"events": [event]}).raise_for_status()
    desk.goto(f"/automations/{flow}?view=live")
    rows = open_outline(desk).get_by_role("listitem")
    split, way, note = (rows.filter(has=desk.get_by_text(name, exact=True)) for name in (SPLIT, "No", NOTE))
    for row_, title in (
        (note, f"Went on from “{NOTE}”"),
        (split, f"Went on from “{SPLIT}”"),
        (way, f"Went from “{SPLIT}” by “No”"),
    ):
        row_.get_by_role("button", name="1 went on").click()
        people = desk.get_by_role("dialog", name=title)
        expect(people.get_by_role("link", name="listed@example.com")).to_be_visible()
        desk.keyboard.press("Escape")
        expect(people).to_have_count(0)
    expect(rows.last).to_contain_text("ends here · 1 left here")
    admin.post(f"/api/automations/{flow}/pause").raise_for_status()


def test_u18_the_outline_shows_what_was_found_and_the_way_of_a_test_run(desk: Page, admin: httpx.Client):
    """As the cards do: steps that were found have a frame; those that the contact came past, the time."""
    show(desk, draw(admin, NODES, *WAYS))
    outline = open_outline(desk)
    desk.keyboard.press("Control+f")
    desk.get_by_role("searchbox", name="Search on the canvas").fill("Looked at")
    expect(row(outline, NOTE)).to_have_attribute("data-found", "current")
    expect(row(outline, SPLIT)).not_to_have_attribute("data-found", re.compile(""))
    desk.keyboard.press("Escape")
    desk.get_by_role("button", name="Rehearse", exact=True).click()
    panel = desk.get_by_role("region", name="Rehearse")
    panel.get_by_label("SCORE").fill("0")
    panel.get_by_role("button", name="Run the test").click()
    expect(panel.get_by_role("status")).to_have_text("Went all the way.", timeout=20_000)
    for label in (OPENED, SPLIT, TAG):
        expect(outline.get_by_role("button", name=re.compile(rf"^{label}.*Test run: "))).to_be_visible()
    expect(row(outline, NOTE)).to_be_visible()
    expect(row(outline, NOTE)).not_to_contain_text("Test run:")


def test_u18_the_outline_works_by_keys_alone(desk: Page, admin: httpx.Client):
    """O opens it, arrows go from row to row, Tab adds a step, Delete takes it away."""
    flow = draw(admin, NODES, *WAYS)
    show(desk, flow)
    desk.keyboard.press("o")
    outline = desk.get_by_role("region", name="Outline")
    row(outline, OPENED).focus()
    for label in (SPLIT, NOTE, TAG):
        desk.keyboard.press("ArrowDown")
        expect(row(outline, label)).to_be_focused()
    desk.keyboard.press("Tab")
    add_by_word(desk, "update attribute")
    expect(row(outline, POINTS)).to_be_focused()
    desk.keyboard.press("Delete")
    expect(row(outline, POINTS)).to_have_count(0)
    eventually(desk, lambda: len(draft_of(admin, flow)["nodes"]) == 4)
