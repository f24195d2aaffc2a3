"""U14, U15, U16, U19: looking around on the canvas."""

import re
from itertools import pairwise

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.acting import canvas, eventually, step
from tests.e2e.drawing import OPENED, POINTS, SPLIT, TAG, centre, draft_of, drag, draw, show

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

# How large its letters are in pixels of the screen.
ON_SCREEN = """(element) => {
    const { transform } = getComputedStyle(element.closest(".react-flow__viewport"));
    return parseFloat(getComputedStyle(element).fontSize) * new DOMMatrix(transform).a;
}"""


@pytest.fixture
def flow(admin: httpx.Client) -> int:
    nodes = {"opened": "email_opened", "points": "update_attribute", "hot": "conditional_split", "tag": "add_tag"}
    return draw(admin, nodes, "opened > points", "points > hot", "hot.no > tag")


def zoom(desk: Page) -> Locator:
    return desk.get_by_role("button", name=re.compile(r"\d+%: Zoom to 100 %"))


def zoomed(desk: Page) -> int:
    return int((zoom(desk).text_content() or "").removesuffix("%"))


def card_of(desk: Page, label: str) -> tuple[float, float]:
    return centre(step(desk, label).get_by_role("button").first)


def test_u14_keys_zoom_and_fit_between_ten_and_four_hundred_per_cent(desk: Page, flow: int):
    """+ and - step, 0 is 100 %, 1 shows all; neither end is passed."""
    show(desk, flow)
    canvas(desk).click(position={"x": 20, "y": 400})
    for _ in range(20):
        desk.keyboard.press("+")
    eventually(desk, lambda: zoomed(desk) == 400)
    desk.keyboard.press("0")
    expect(zoom(desk)).to_have_text("100%")
    for _ in range(30):
        desk.keyboard.press("-")
    eventually(desk, lambda: zoomed(desk) == 10)
    desk.keyboard.press("1")
    eventually(desk, lambda: zoomed(desk) > 40)
    for label in (OPENED, TAG):
        expect(step(desk, label)).to_be_in_viewport(ratio=1)


def test_u14_the_wheel_keeps_the_spot_under_the_pointer(desk: Page, flow: int):
    """What the pointer is at stays there while the canvas grows."""
    show(desk, flow)
    at = card_of(desk, POINTS)
    desk.mouse.move(*at)
    before = zoomed(desk)
    desk.mouse.wheel(0, -240)
    eventually(desk, lambda: zoomed(desk) > before)
    eventually(desk, lambda: card_of(desk, POINTS) == pytest.approx(at, abs=6))


def test_u14_space_and_dragging_moves_the_canvas_even_from_a_step(desk: Page, admin: httpx.Client, flow: int):
    """With the space key held, a step is not moved but all of the canvas."""
    show(desk, flow)
    points, opened = card_of(desk, POINTS), card_of(desk, OPENED)
    desk.mouse.move(*points)
    desk.keyboard.down("Space")
    expect(desk.locator(".react-flow__node.draggable")).to_have_count(0)
    desk.mouse.down()
    desk.mouse.move(points[0] + 60, points[1] + 30, steps=5)
    desk.mouse.up()
    desk.keyboard.up("Space")
    eventually(desk, lambda: card_of(desk, OPENED) == pytest.approx((opened[0] + 60, opened[1] + 30), abs=8))
    assert draft_of(admin, flow)["layout"] == {}


def test_u14_what_is_selected_fills_the_canvas_by_a_key_a_button_and_the_menu(desk: Page, flow: int):
    """2 brings the selection near; so does the bar of several, and the menu of one step, without keys."""
    show(desk, flow)
    desk.set_viewport_size({"width": 1100, "height": 420})
    for _ in range(4):
        desk.keyboard.press("-")
    step(desk, TAG).click(modifiers=["Shift"])
    expect(desk.locator(".react-flow__node.selected")).to_have_count(1)
    desk.keyboard.press("2")
    expect(zoom(desk)).to_have_text("100%")
    expect(step(desk, TAG)).to_be_in_viewport(ratio=0.99)
    expect(step(desk, OPENED)).not_to_be_in_viewport()
    desk.keyboard.press("Control+a")
    desk.get_by_role("toolbar", name="Selected steps").get_by_role("button", name="Zoom to the selection").click()
    for label in (OPENED, TAG):
        expect(step(desk, label)).to_be_in_viewport(ratio=0.99)
    desk.keyboard.press("Escape")
    step(desk, OPENED).click(button="right")
    desk.get_by_role("menuitem", name="Zoom to this step").click()
    expect(zoom(desk)).to_have_text("100%")
    expect(step(desk, TAG)).not_to_be_in_viewport()


def test_u15_the_map_leads_there_shows_selection_and_errors_and_can_be_hidden(desk: Page, admin: httpx.Client):
    """A click on the map brings that part into the middle; what is selected, and what is wrong, has its own colour."""
    show(
        desk,
        draw(admin, {"opened": "email_opened", "points": "update_attribute", "task": "create_task"}, "opened > points"),
    )
    board_map = desk.get_by_test_id("minimap")
    parts = board_map.locator("path")
    expect(board_map.locator("path[fill='var(--cz-bad)']")).to_have_count(1)
    desk.keyboard.press("Control+a")
    expect(parts).to_have_count(1)
    expect(parts).to_have_attribute("fill", "var(--cz-accent)")
    desk.keyboard.press("Escape")
    before = card_of(desk, OPENED)
    box = board_map.bounding_box()
    assert box
    desk.mouse.click(box["x"] + box["width"] - 8, box["y"] + box["height"] - 8)
    eventually(desk, lambda: card_of(desk, OPENED) != before)
    corner = card_of(desk, OPENED)
    drag(desk, board_map, to=(box["x"] + 8, box["y"] + 8))
    eventually(desk, lambda: card_of(desk, OPENED)[0] > corner[0] + 200)
    desk.get_by_role("button", name="Hide the map").click()
    expect(board_map).to_have_count(0)
    desk.get_by_role("button", name="Show the map").click()
    expect(board_map).to_be_visible()


def test_u16_one_key_tidies_up_and_undo_brings_the_old_places_back(desk: Page, admin: httpx.Client, flow: int):
    """Placed freely and tidied, the same graph gives the same picture; Yes stays left of No."""
    show(desk, flow)
    tidy = card_of(desk, SPLIT)
    drag(desk, step(desk, SPLIT).get_by_role("button").first, to=(tidy[0] + 200, tidy[1] + 20))
    eventually(desk, lambda: "hot" in draft_of(admin, flow)["layout"])
    desk.keyboard.press("Escape")
    desk.keyboard.press("t")
    eventually(desk, lambda: draft_of(admin, flow)["layout"] == {})
    eventually(desk, lambda: card_of(desk, SPLIT) == pytest.approx(tidy, abs=2))
    desk.keyboard.press("Control+z")
    eventually(desk, lambda: "hot" in draft_of(admin, flow)["layout"])


def test_u19_from_afar_names_are_large_and_sentences_left_out(desk: Page, flow: int):
    """Near: what a step does, in words; far: what it is, readable."""
    show(desk, flow)
    sentence = step(desk, POINTS).get_by_text("Add 5 to SCORE")
    label = step(desk, POINTS).get_by_text(POINTS, exact=True)
    desk.keyboard.press("0")
    expect(zoom(desk)).to_have_text("100%")
    expect(sentence).to_be_visible()
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    near = label.evaluate(size)
    for _ in range(30):
        desk.keyboard.press("-")
    expect(sentence).to_have_css("clip-path", "inset(50%)")
    expect(step(desk, POINTS).get_by_role("button").first).to_have_accessible_name(re.compile("^Action.*Add 5"))
    eventually(desk, lambda: bool(label.evaluate(size) > near))


def test_u19_from_afar_counts_are_as_large_as_names(desk: Page, admin: httpx.Client):
    """How many went on, at a step and by its line, is read on the screen where the step's name is."""
    found = admin.get("/api/automations", params={"search": "Lead scoring", "state": "active"}).json()["items"][0]
    desk.goto(f"/automations/{found['id']}?view=live")
    label = step(desk, POINTS).get_by_text(POINTS, exact=True)
    places = step(desk, POINTS), desk.get_by_test_id("edge-points-next")
    counts = [place.get_by_role("button", name=re.compile("went on")) for place in places]
    for count in counts:
        expect(count).to_be_visible(timeout=30_000)
    while zoomed(desk) >= 50:
        before = zoomed(desk)
        desk.keyboard.press("-")
        eventually(desk, lambda before=before: zoomed(desk) < before)
    expect(label).to_have_css("font-size", "22px")
    for count in counts:
        assert count.evaluate(ON_SCREEN) == pytest.approx(label.evaluate(ON_SCREEN))
        assert count.evaluate(ON_SCREEN) > 8


def test_u14_following_the_steps_leaves_the_zoom(desk: Page, admin: httpx.Client):
    """Who goes on before the canvas has arrived finds everything as large as before."""
    ids = [f"note{number}" for number in range(10)]
    ways = [f"{before} > {after}" for before, after in pairwise(["opened", *ids])]
    desk.emulate_media(reduced_motion="no-preference")
    show(desk, draw(admin, {"opened": "email_opened"} | dict.fromkeys(ids, "add_note"), *ways))
    desk.keyboard.press("0")
    expect(zoom(desk)).to_have_text("100%")
    step(desk, OPENED).get_by_role("button").first.focus()
    for _ in ids:
        desk.keyboard.press("ArrowDown")
        desk.wait_for_timeout(60)  # it is on its way for 200
    last = desk.locator(f'[data-node="{ids[-1]}"]')
    expect(last).to_be_focused()
    expect(last).to_be_in_viewport(ratio=1)
    expect(zoom(desk)).to_have_text("100%")
