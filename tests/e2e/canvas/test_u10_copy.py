"""U10 and U11: copying between automations and browsers, and whole branches."""

import json
from itertools import combinations

import httpx
import pytest
from playwright.sync_api import Browser, FloatRect, Page, expect

from tests.e2e.acting import desk_of, eventually, step
from tests.e2e.drawing import NOTE, OPENED, POINTS, SPLIT, TAG, after, draft_of, draw, edges_of, show

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

SPLITTING = {"opened": "email_opened", "split": "conditional_split", "note": "add_note", "tag": "add_tag"}
BRANCHES = {"split.no > note", "note > tag", "split.yes > add_note", "add_note > add_tag"}
PASTE = """text => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    document.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
}"""
COPIED = """() => {
    const clipboardData = new DataTransfer();
    document.dispatchEvent(new ClipboardEvent("copy", { clipboardData, bubbles: true, cancelable: true }));
    return clipboardData.getData("text/plain");
}"""


def test_u10_copied_steps_are_text_that_another_browser_takes(desk: Page, admin: httpx.Client, browser: Browser):
    """What is copied is readable text; in another browser and automation the steps get new ids, lines included."""
    nodes = {"opened": "email_opened", "points": "update_attribute", "note": "add_note"}
    show(desk, draw(admin, nodes, "opened > points", "points > note"))
    step(desk, POINTS).click(modifiers=["Shift"])
    step(desk, NOTE).click(modifiers=["Shift"])
    expect(desk.locator(".react-flow__node.selected")).to_have_count(2)
    text = desk.evaluate(COPIED)
    assert json.loads(text)["format"] == "cadenza.steps/1"
    assert '"attribute": "SCORE"' in text
    other = draw(admin, {"update_attribute": "update_attribute"}, name="Elsewhere")
    with desk_of(browser, admin) as elsewhere:
        show(elsewhere, other)
        elsewhere.evaluate(PASTE, text)
        expect(elsewhere.locator(".react-flow__node")).to_have_count(3)
        eventually(elsewhere, lambda: edges_of(admin, other) == {"update_attribute_2 > add_note"})


def test_u10_cut_and_paste_by_keys(desk: Page, admin: httpx.Client):
    """Ctrl+X takes a step out of one place, Ctrl+V puts it into another automation that is opened afterwards."""
    show(desk, draw(admin, {"opened": "email_opened", "note": "add_note"}, "opened > note"))
    step(desk, NOTE).get_by_role("button").first.focus()
    desk.keyboard.press("ArrowUp")
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Control+x")
    expect(step(desk, NOTE)).to_have_count(0)
    show(desk, draw(admin, {"opened": "email_opened"}, name="Pasted into"))
    desk.keyboard.press("Control+v")
    expect(step(desk, NOTE)).to_be_visible()


def test_u10_pasted_steps_stand_clear_of_what_is_there(desk: Page, admin: httpx.Client):
    """All copied and pasted twice, also after undo and redo: each copy is selected and in sight; nothing else moves."""
    flow = draw(admin, {"opened": "email_opened", "points": "update_attribute"}, "opened > points")
    show(desk, flow)
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    step(desk, OPENED).get_by_role("button").first.focus()
    desk.keyboard.press("Control+a")
    desk.keyboard.press("Control+c")
    desk.keyboard.press("Control+v")
    expect(desk.locator(".react-flow__node")).to_have_count(4)
    desk.keyboard.press("Control+z")
    expect(desk.locator(".react-flow__node")).to_have_count(2)
    desk.keyboard.press("Control+Shift+z")
    desk.keyboard.press("Control+v")
    expect(desk.locator(".react-flow__node")).to_have_count(6)
    chosen = desk.locator(".react-flow__node.selected")
    expect(chosen).to_have_count(2)
    for card in chosen.all():
        expect(card).to_be_in_viewport(ratio=1)
    eventually(desk, lambda: len(edges_of(admin, flow)) == 3)
    places = draft_of(admin, flow)["layout"]
    assert all(x % 24 == y % 24 == 0 for x, y in places.values())
    # The originals are still where a tidy picture has them.
    assert [places.get("opened", [0, 0]), places.get("points", [0, 192])] == [[0, 0], [0, 192]]
    boxes = [card.bounding_box() for card in desk.locator(".react-flow__node").all()]
    assert not any(overlap(one, other) for one, other in combinations(boxes, 2) if one and other)


def overlap(one: FloatRect, other: FloatRect) -> bool:
    """Whether one covers some of the other."""
    beside = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
    below = one["y"] + one["height"] <= other["y"] or other["y"] + other["height"] <= one["y"]
    return not (beside or below)


def test_u10_what_pasted_steps_name_and_is_not_here_is_listed(desk: Page, admin: httpx.Client):
    """Steps that name an attribute of another workspace tell so at once; each entry leads to its step."""
    show(desk, draw(admin, {"opened": "email_opened"}))
    config = {"attribute": "FAR_AWAY", "operation": "add", "value": 5}
    node = {"id": "a", "type": "update_attribute", "config": config}
    desk.evaluate(PASTE, json.dumps({"format": "cadenza.steps/1", "nodes": [node], "edges": [], "layout": {}}))
    dialog = desk.get_by_role("dialog", name="Not found here")
    expect(dialog).to_contain_text("FAR_AWAY")
    dialog.get_by_role("button", name=POINTS).click()
    expect(desk.get_by_role("region", name=f"Settings of {POINTS}")).to_be_visible()


def test_u10_what_pasted_steps_name_by_number_is_listed_too(desk: Page, admin: httpx.Client):
    """A mail's template, sender and topic, and a list: each that is not of this workspace has its own entry."""
    show(desk, draw(admin, {"opened": "email_opened"}))
    mail = {"template": 990_001, "sender": 990_002, "topic": 990_003}
    nodes = [
        {"id": "a", "type": "send_email", "config": mail},
        {"id": "b", "type": "add_to_list", "config": {"list": 990_004}},
    ]
    desk.evaluate(PASTE, json.dumps({"format": "cadenza.steps/1", "nodes": nodes, "edges": [], "layout": {}}))
    dialog = desk.get_by_role("dialog", name="Not found here")
    for number, thing in enumerate(("template", "sender", "topic", "list"), start=990_001):
        expect(dialog.get_by_text(f"There is no {thing} {number}.")).to_be_visible()


def test_u11_branches_are_swapped_and_duplicated(desk: Page, admin: httpx.Client):
    """The menu of a split copies a branch to the open one, with its settings, and swaps what yes and no lead to."""
    flow = draw(admin, SPLITTING, "opened > split", "split.yes > note", "note > tag")
    show(desk, flow)
    step(desk, SPLIT).click(button="right")
    desk.get_by_role("menuitem", name="Swap “Yes” and “No”").click()
    expect(after(desk, SPLIT, "Yes")).to_be_visible()
    step(desk, SPLIT).click(button="right")
    desk.get_by_role("menuitem", name="Duplicate branch “No”").click()
    expect(step(desk, NOTE)).to_have_count(2)
    expect(step(desk, TAG)).to_have_count(2)
    eventually(desk, lambda: edges_of(admin, flow) >= BRANCHES)
    texts = {each["config"]["text"] for each in draft_of(admin, flow)["nodes"] if each["type"] == "add_note"}
    assert texts == {"Looked at twice"}
