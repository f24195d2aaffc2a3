"""U37: hundreds of steps. How fast they open and move is measured by `make bench`; here stands what makes it so."""

import re
from itertools import pairwise

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.acting import canvas, client_of, eventually
from tests.e2e.drawing import draft_of, draw
from tests.support.instance import Instance

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

BRANCHES, LONG = 12, 25
STEPS = BRANCHES * LONG
WATCH_CHANGES = """() => {
    window.changed = new Set();
    new MutationObserver((changes) => {
        for (const { target, addedNodes, removedNodes } of changes) {
            window.changed.add(target);
            for (const node of [...addedNodes, ...removedNodes]) window.changed.add(node);
        }
    }).observe(document.body, { subtree: true, childList: true, attributes: true });
}"""

COUNT_CARDS = """() => {
    window.cards_drawn = 0;
    new MutationObserver(() => {
        window.cards_drawn = Math.max(window.cards_drawn, document.querySelectorAll(".react-flow__node").length);
    }).observe(document, { subtree: true, childList: true });
}"""


@pytest.fixture
def flow(admin: httpx.Client) -> int:
    nodes, ways = {}, []
    for branch in range(BRANCHES):
        ids = [f"opened{branch}", *(f"note{branch}-{number}" for number in range(1, LONG))]
        nodes |= {ids[0]: "email_opened"} | dict.fromkeys(ids[1:], "add_note")
        ways += [f"{one} > {other}" for one, other in pairwise(ids)]
    return draw(admin, nodes, *ways, name="Many steps")


def far_steps(desk: Page) -> Locator:
    return canvas(desk).locator("[data-node]")


def show_far(desk: Page, flow: int) -> None:
    desk.goto(f"/automations/{flow}")
    expect(far_steps(desk)).to_have_count(STEPS, timeout=30_000)
    expect(far_steps(desk).nth(1)).to_have_accessible_name(re.compile(r"Action: Add note\. .+"), timeout=30_000)


def centre_of(card: Locator) -> tuple[float, float]:
    box = card.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_u37_many_steps_are_drawn_lightly_from_afar_and_in_full_near_by(desk: Page, flow: int):
    """With all in sight each step is one element that still has its words; near by only those in sight are drawn."""
    desk.add_init_script(f"({COUNT_CARDS})()")
    show_far(desk, flow)
    assert desk.evaluate("window.cards_drawn") == 0  # nor was any on the way there
    cards, edges = desk.locator(".react-flow__node"), desk.locator(".react-flow__edge")
    expect(cards).to_have_count(0)
    expect(edges).to_have_count(0)
    expect(desk.get_by_role("button", name="Action: Add note")).to_have_count(STEPS - BRANCHES)
    expect(far_steps(desk).locator("*")).to_have_count(0)
    expect(far_steps(desk).nth(STEPS // 2)).to_be_in_viewport()
    desk.mouse.move(*centre_of(far_steps(desk).nth(STEPS // 2)))
    for _ in range(8):
        desk.mouse.wheel(0, -400)
    expect(edges.first).to_be_attached(timeout=15_000)
    eventually(desk, lambda: 0 < cards.count() < STEPS / 3)


def test_u37_moving_the_canvas_changes_nothing_on_it(desk: Page, flow: int):
    """From afar a move of the pointer shifts a few layers: no step is drawn, measured or even looked at."""
    show_far(desk, flow)
    desk.wait_for_load_state("networkidle")  # settings and colleagues come after the canvas
    box = canvas(desk).bounding_box()
    assert box
    x, y = box["x"] + 30, box["y"] + 300
    desk.mouse.move(x, y)
    desk.mouse.down()
    desk.mouse.move(x + 20, y)
    before = far_steps(desk).nth(0).bounding_box()
    desk.evaluate(WATCH_CHANGES)
    desk.mouse.move(x + 120, y + 40, steps=20)
    eventually(desk, lambda: far_steps(desk).nth(0).bounding_box() != before)
    changed = desk.evaluate("[...window.changed].map((each) => each.className?.baseVal ?? String(each.className))")
    desk.mouse.up()
    assert len(changed) <= 6, changed


def test_u37_steps_are_taken_by_hand_from_afar_too(desk: Page, admin: httpx.Client, flow: int):
    """Opened by a click, marked by a frame, dragged together: as near by."""
    show_far(desk, flow)
    one, other = far_steps(desk).nth(0), far_steps(desk).nth(1)
    start, end = centre_of(one), centre_of(other)
    desk.keyboard.down("Shift")
    desk.mouse.move(start[0] - 20, start[1] - 10)
    desk.mouse.down()
    desk.mouse.move(end[0] + 20, end[1] + 10, steps=4)
    desk.mouse.up()
    desk.keyboard.up("Shift")
    expect(desk.get_by_text("2 steps selected")).to_be_visible()
    desk.mouse.move(*start)
    desk.mouse.down()
    desk.mouse.move(start[0] - 30, start[1] + 5, steps=4)
    desk.mouse.up()
    eventually(desk, lambda: len(draft_of(admin, flow)["layout"]) == 2)
    desk.keyboard.press("Control+z")
    eventually(desk, lambda: draft_of(admin, flow)["layout"] == {})
    other.click()
    expect(desk.get_by_role("region", name=re.compile("Settings of"))).to_be_visible()


def test_u37_what_was_found_and_said_is_seen_from_afar_too(desk: Page, admin: httpx.Client, flow: int):
    """Where steps are but their names, a find still lights up, and a comment still tells of itself."""
    admin.post(f"/api/automations/{flow}/comments", json={"node": "note0-1", "text": "Why so?"}).raise_for_status()
    show_far(desk, flow)
    desk.get_by_role("button", name="Search on the canvas").click()
    desk.get_by_placeholder("Step, text, attribute, contact…").fill("opened")
    expect(desk.locator("[data-testid^=found-]")).not_to_have_count(0)  # brought near, as cards
    for _ in range(3):
        desk.get_by_role("button", name="Zoom out").click()
    expect(far_steps(desk)).to_have_count(STEPS)
    expect(desk.get_by_test_id("tiny-found")).to_be_attached()
    expect(desk.get_by_test_id("tiny-current")).to_be_attached()
    expect(desk.get_by_test_id("tiny-talk-note0-1")).to_have_text("1")


def test_u27_who_works_on_a_step_is_seen_from_afar_too(desk: Page, demo: Instance, flow: int):
    """A face stands at the step, says whose it is, and lets the click through to the step beneath."""
    with client_of(demo, "marketer@example.com") as colleague:
        presence = f"/api/automations/{flow}/presence"
        show_far(desk, flow)
        colleague.put(presence, json={"tab": "elsewhere", "node": "note0-1"}).raise_for_status()
        face = desk.get_by_test_id("tiny-faces-note0-1")
        expect(face).to_have_text("MRMathilde Roche works on this step")
        expect(desk.locator("[data-testid^=tiny-faces]")).to_have_count(1)
        step = canvas(desk).locator("[data-node=note0-1]")
        expect(step).to_have_accessible_description("Mathilde Roche works on this step")
        desk.mouse.click(*centre_of(face))
        expect(desk.get_by_role("region", name="Settings of Add note")).to_contain_text(
            "Mathilde Roche works on this step"
        )
        colleague.delete(presence, params={"tab": "elsewhere"}).raise_for_status()


def test_u27_faces_that_have_no_room_are_counted_from_afar(desk: Page, demo: Instance, flow: int):
    """However many are at a step, none is cut off: the last place tells how many more there are."""
    with client_of(demo, "marketer@example.com") as colleague:
        presence, tabs = f"/api/automations/{flow}/presence", [f"tab{number}" for number in range(5)]
        show_far(desk, flow)
        for tab in tabs:
            colleague.put(presence, json={"tab": tab, "node": "note0-1"}).raise_for_status()
        faces = desk.get_by_test_id("tiny-faces-note0-1")
        expect(faces).to_have_text(re.compile(r"^(MR)+\+[234]Mathilde Roche works on this step$"))
        for tab in tabs:
            colleague.delete(presence, params={"tab": tab}).raise_for_status()
