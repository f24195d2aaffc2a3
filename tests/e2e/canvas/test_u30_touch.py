"""U30: by finger on a phone."""

import re

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.acting import PHONE, canvas, eventually, step, within_phone
from tests.e2e.drawing import NOTE, OPENED, POINTS, between, centre, draw, edges_of

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

WAIT = "Wait"
WAYS = ("opened > points", "points > wait")


@pytest.fixture
def flow(admin: httpx.Client) -> int:
    return draw(admin, {"opened": "email_opened", "points": "update_attribute"}, "opened > points")


def show(phone: Page, flow: int) -> None:
    phone.goto(f"/automations/{flow}")
    expect(canvas(phone)).to_be_visible()
    expect(step(phone, POINTS)).to_be_visible()


def test_u30_a_step_is_placed_by_taps(phone: Page, admin: httpx.Client, flow: int):
    """Add step, the step, the spot: three taps, nothing dragged; its settings open as a sheet from below."""
    show(phone, flow)
    phone.get_by_role("button", name="Add step").tap()
    phone.get_by_role("tab", name="Actions").tap()
    phone.get_by_role("button", name=NOTE).tap()
    between(phone, OPENED, POINTS).tap()
    sheet = phone.get_by_role("dialog", name=f"Settings of {NOTE}")
    expect(sheet).to_be_visible()
    centre(sheet)  # it has come up
    box = sheet.bounding_box()
    assert box
    assert (box["x"], box["width"], box["y"] > 60) == (0, PHONE, True)
    eventually(phone, lambda: "opened > note" in {each.replace("add_note", "note") for each in edges_of(admin, flow)})


def test_u30_a_finger_that_rests_opens_the_menu(phone: Page, flow: int):
    """On a step, what can be done with it."""
    show(phone, flow)
    x, y = centre(step(phone, POINTS).get_by_role("button").first)
    touch = phone.context.new_cdp_session(phone)
    at = {"x": x, "y": y}
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [at]})
    expect(phone.get_by_role("menuitem", name="Duplicate", exact=True)).to_be_visible()
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(phone.get_by_role("menuitem", name="Comment on this step")).to_be_visible()


def test_u30_two_fingers_zoom_wherever_they_are_put(phone: Page, flow: int):
    """Moved apart, what is between them grows; from free canvas as from a step, which stays where it stands."""
    show(phone, flow)
    touch = phone.context.new_cdp_session(phone)
    board = canvas(phone).bounding_box()
    card = step(phone, POINTS).bounding_box()
    assert board
    assert card
    for x, y in ((board["x"] + board["width"] / 2, board["y"] + 40), (card["x"] + card["width"] / 2, card["y"] + 20)):
        before = _width(phone)
        for kind, apart in (("touchStart", 20), ("touchMove", 30), ("touchMove", 45), ("touchMove", 60)):
            points = [{"x": x - apart, "y": y, "id": 0}, {"x": x + apart, "y": y, "id": 1}]
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        eventually(phone, lambda narrow=before: _width(phone) > 1.5 * narrow)
        phone.get_by_role("button", name="Zoom to fit").tap()
        eventually(phone, lambda fitted=before: abs(_width(phone) - fitted) < 2)
    expect(phone.get_by_role("menu")).to_have_count(0)
    expect(phone.get_by_role("button", name="Undo", exact=True)).to_be_disabled()


def test_u30_any_named_step_can_be_undone(phone: Page, admin: httpx.Client, flow: int):
    """The list of what was done is there at 375 px, too, and nothing goes out of sight for it."""
    show(phone, flow)
    phone.get_by_role("button", name="Add step").tap()
    phone.get_by_role("tab", name="Actions").tap()
    phone.get_by_role("button", name=NOTE).tap()
    between(phone, OPENED, POINTS).tap()
    phone.get_by_role("dialog", name=f"Settings of {NOTE}").get_by_role("button", name="Close settings").tap()
    history = phone.get_by_role("button", name="List of changes")
    expect(history).to_be_in_viewport(ratio=1)
    history.tap()
    phone.get_by_role("menuitem", name=re.compile("^Undo: ")).tap()
    eventually(phone, lambda: edges_of(admin, flow) == {"opened > points"})
    assert within_phone(phone)


@pytest.mark.parametrize(
    ("label", "field", "option"),
    [(POINTS, "Attribute", "BIRTHDAY"), (POINTS, "Operation", "Set"), (WAIT, "Wait", "Until a date")],
)
def test_u30_a_finger_chooses_from_every_list(phone: Page, admin: httpx.Client, label: str, field: str, option: str):
    """The list stands still within the phone, which never zooms out for it, and takes a tap."""
    flow = draw(admin, {"opened": "email_opened", "points": "update_attribute", "wait": "wait"}, *WAYS)
    show(phone, flow)
    step(phone, label).tap()
    chosen = phone.get_by_role("dialog", name=f"Settings of {label}").get_by_role("combobox", name=field)
    centre(chosen)  # the sheet has come up
    phone.evaluate("widths = new Set(); onresize = () => widths.add(innerWidth);")
    chosen.tap()
    offered = phone.get_by_role("option", name=option, exact=True)
    centre(offered)
    box = phone.get_by_role("listbox", name=field).bounding_box()
    assert box
    assert (box["x"] >= 0, box["x"] + box["width"] <= PHONE) == (True, True)
    offered.tap()
    expect(chosen).to_have_value(option)
    assert phone.evaluate("[...widths]") in ([], [PHONE])


@pytest.mark.parametrize("view", ["draft", "live"])
def test_u30_the_bar_takes_two_rows_and_loses_nothing(phone: Page, admin: httpx.Client, flow: int, view: str):
    """While it runs and the draft differs the bar is fullest; what it has no room for stands in its menu."""
    admin.post(f"/api/automations/{flow}/activate", json={"re_entry": True}).raise_for_status()
    read = admin.get(f"/api/automations/{flow}").json()
    nodes = [*read["document"]["nodes"], {"id": "note", "type": "add_note", "config": {"text": "New"}}]
    changed = {"document": {**read["document"], "nodes": nodes}, "base_revision": read["draft_revision"]}
    admin.put(f"/api/automations/{flow}/draft", json=changed).raise_for_status()
    phone.goto(f"/automations/{flow}?view={view}")
    expect(step(phone, POINTS)).to_be_visible()
    bar = phone.locator("header").filter(has=phone.get_by_role("button", name="Automation actions"))
    if view == "draft":
        for name in ("Undo", "Redo", "List of changes", "Publish changes"):
            expect(bar.get_by_role("button", name=name, exact=True)).to_be_in_viewport(ratio=1)
    rows = bar.get_by_role("button").evaluate_all("all => all.map((each) => each.getBoundingClientRect().bottom)")
    assert max(rows) < 96
    assert within_phone(phone)
    bar.get_by_role("button", name="Automation actions").tap()
    turn = "Look at what is live" if view == "draft" else "Go on with the draft"
    tools = ["Rehearse", "Add contacts", "Open comments and notes", "Versions and changes", "Automation settings"]
    for name in (*tools, "Pause", "In words, print, picture", turn):
        expect(phone.get_by_role("menuitem", name=name, exact=True)).to_be_visible()
    phone.get_by_role("menuitem", name=turn).tap()
    expect(phone.get_by_role("button", name="Edit draft")).to_have_count(1 if view == "draft" else 0)
    admin.post(f"/api/automations/{flow}/archive").raise_for_status()


def test_u30_settings_leave_the_canvas_to_whoever_chooses_a_step(phone: Page, admin: httpx.Client):
    """U6: from the sheet, “Connect to…” shows the canvas; once the step is tapped, what was typed is still there."""
    flow = draw(admin, {"opened": "email_opened", "points": "update_attribute", "note": "add_note"}, "opened > points")
    show(phone, flow)
    phone.get_by_role("button", name="Zoom to fit").tap()
    step(phone, POINTS).tap()
    sheet = phone.get_by_role("dialog", name=f"Settings of {POINTS}")
    sheet.get_by_label("Value").fill("7")
    sheet.get_by_role("button", name="More actions").tap()
    phone.get_by_role("menuitem", name="Connect to…").tap()
    expect(sheet).to_be_hidden()
    step(phone, NOTE).tap()
    expect(sheet.get_by_label("Value")).to_have_value("7")
    eventually(phone, lambda: edges_of(admin, flow) == {"opened > points", "points > note"})


def test_u30_no_button_of_the_canvas_lies_under_another(phone: Page, flow: int):
    """Where 375 px are shared by many, a finger still reaches each of them."""
    show(phone, flow)
    covered = """all => all.filter((each) => {
        const { left, top, width, height } = each.getBoundingClientRect();
        return !each.contains(document.elementFromPoint(left + width / 2, top + height / 2));
    }).map((each) => each.ariaLabel)"""
    buttons = phone.locator(".react-flow__panel button:visible")
    expect(phone.get_by_role("button", name="Search on the canvas")).to_be_visible()
    expect(buttons.filter(visible=True)).not_to_have_count(0)
    eventually(phone, lambda: buttons.evaluate_all(covered) == [])


def _width(phone: Page) -> float:
    """How wide a step is drawn."""
    box = step(phone, POINTS).bounding_box()
    assert box
    return box["width"]


def test_u30_one_finger_moves_the_canvas(phone: Page, flow: int):
    """From free canvas; nothing scrolls sideways at 375 px."""
    show(phone, flow)
    before = centre(step(phone, POINTS))
    touch = phone.context.new_cdp_session(phone)
    x, y = 20, centre(canvas(phone))[1]
    touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for by in (10, 25, 40):
        touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x + by, "y": y + by}]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    eventually(phone, lambda: centre(step(phone, POINTS))[1] > before[1] + 20)
    assert within_phone(phone)


def test_u30_all_steps_stay_in_sight_when_it_begins_to_run(phone: Page, admin: httpx.Client):
    """What tells that it runs takes room above the canvas: no step goes below its controls for that."""
    nodes = {"opened": "email_opened", "points": "update_attribute", "wait": "wait", "note": "add_note"}
    flow = draw(admin, nodes, *WAYS, "wait > note", re_entry=True)
    show(phone, flow)
    phone.get_by_role("button", name="Activate automation").tap()
    phone.get_by_role("dialog").get_by_role("button", name="Activate").tap()
    expect(phone.get_by_text("View only", exact=False)).to_be_visible()
    controls = phone.locator(".react-flow__panel").filter(has=phone.get_by_role("button", name="Zoom to fit"))
    eventually(phone, lambda: _bottom(step(phone, NOTE)) < _top(controls))
    phone.get_by_role("button", name="Zoom in").tap()
    phone.get_by_role("button", name="Zoom to fit").tap()
    eventually(phone, lambda: _bottom(step(phone, NOTE)) < _top(controls))
    admin.post(f"/api/automations/{flow}/archive").raise_for_status()


def test_u30_an_empty_canvas_speaks_of_taps(phone: Page, admin: httpx.Client):
    """No list stands beside it to drag from; a tap on a trigger begins."""
    flow = draw(admin, {})
    phone.goto(f"/automations/{flow}")
    expect(phone.get_by_text("Tap a trigger to begin", exact=False)).to_be_visible()
    expect(phone.get_by_text("Drag a trigger", exact=False)).to_have_count(0)
    phone.get_by_role("button", name=OPENED, exact=True).tap()
    expect(step(phone, OPENED)).to_be_visible()


@pytest.mark.parametrize("view", ["desk", "phone"])
def test_what_was_done_is_told_beside_the_buttons_of_the_settings(request: pytest.FixtureRequest, flow: int, view: str):
    """While a toast stands, all buttons of the open settings can be pressed, and so can it."""
    page: Page = request.getfixturevalue(view)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    show(page, flow)
    step(page, POINTS).click()
    settings = page.get_by_role("dialog" if view == "phone" else "region", name=f"Settings of {POINTS}")
    settings.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Copy a link to this step").click()
    told = page.get_by_role("alert").filter(has_text="Link copied.")
    expect(told).to_be_visible()
    for name in ("More actions", "Close settings", "Cancel", "Apply to step"):
        settings.get_by_role("button", name=name, exact=True).click(trial=True)
    told.get_by_role("button", name="Close").click(trial=True)


def _top(place: Locator) -> float:
    box = place.bounding_box()
    assert box
    return box["y"]


def _bottom(place: Locator) -> float:
    box = place.bounding_box()
    assert box
    return box["y"] + box["height"]
