"""U1 to U4: adding steps by dragging, by the + and by keys."""

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
    after,
    between,
    centre,
    drag,
    draw,
    edges_of,
    palette,
    show,
)

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

CHAIN = ({"opened": "email_opened", "points": "update_attribute"}, "opened > points")


def pick_up(desk: Page, tab: str, label: str) -> None:
    """Press on a step of the palette and move off a little."""
    desk.get_by_role("tab", name=tab).click()
    desk.mouse.move(*centre(palette(desk).get_by_role("button", name=label)))
    desk.mouse.down()
    x, y = centre(canvas(desk))
    desk.mouse.move(x + 280, y, steps=4)


def test_u01_a_dragged_step_shows_itself_and_where_it_may_go(desk: Page, admin: httpx.Client):
    """While an action is dragged its ghost follows, the legal spots light up, and the nearest one is marked."""
    show(desk, draw(admin, *CHAIN))
    pick_up(desk, "Actions", NOTE)
    ghost = desk.locator("body > [data-kind=action]")
    x, y = centre(canvas(desk))
    eventually(desk, lambda: centre(ghost) == pytest.approx((x + 280, y), abs=140))
    expect(desk.locator("[data-spot][data-legal]")).to_have_count(2)
    desk.mouse.move(*centre(after(desk, POINTS, "Next")))
    expect(after(desk, POINTS, "Next")).to_have_attribute("data-hot", "true")
    desk.mouse.up()
    expect(between(desk, POINTS, NOTE)).to_be_visible()


def test_u01_a_step_dropped_beside_the_canvas_changes_nothing(desk: Page, admin: httpx.Client):
    """Dropped where no canvas is, or let go by Escape, nothing is added and nothing lost."""
    flow = draw(admin, *CHAIN)
    show(desk, flow)
    pick_up(desk, "Actions", NOTE)
    desk.mouse.move(700, 20)
    desk.mouse.up()
    pick_up(desk, "Actions", NOTE)
    desk.keyboard.press("Escape")
    desk.mouse.up()
    expect(desk.locator(".react-flow__node")).to_have_count(2)
    assert edges_of(admin, flow) == {"opened > points"}


def test_u02_a_split_put_into_a_line_asks_which_branch_goes_on(desk: Page, admin: httpx.Client):
    """A split dropped onto a line asks which branch takes what came after, and that branch leads there."""
    flow = draw(admin, *CHAIN)
    show(desk, flow)
    desk.get_by_role("tab", name="Rules").click()
    drag(desk, palette(desk).get_by_role("button", name=SPLIT), to=centre(between(desk, OPENED, POINTS)))
    dialog = desk.get_by_role("dialog", name=f"Insert {SPLIT}")
    dialog.get_by_role("radio", name="No").check()
    dialog.get_by_role("button", name="Insert").click()
    expect(step(desk, SPLIT)).to_be_visible()
    eventually(desk, lambda: edges_of(admin, flow) == {"opened > conditional_split", "conditional_split.no > points"})
    expect(after(desk, SPLIT, "Yes")).to_be_visible()


def test_u03_the_plus_does_what_dragging_does(desk: Page, admin: httpx.Client):
    """Every line and every open end has a +; its list puts the step just there."""
    show(desk, draw(admin, *CHAIN))
    for place, word in ((after(desk, POINTS, "Next"), "add note"), (between(desk, OPENED, POINTS), "add tag")):
        place.click()
        add_by_word(desk, word)
    expect(between(desk, POINTS, NOTE)).to_be_visible()
    expect(between(desk, TAG, POINTS)).to_be_visible()


@pytest.mark.parametrize("opener", ["Tab", "/"])
def test_u04_a_key_a_word_and_enter_add_a_step(desk: Page, admin: httpx.Client, opener: str):
    """On a step, Tab or / opens the list; what is typed and Enter put the step after it, and the focus is on it."""
    show(desk, draw(admin, {"opened": "email_opened"}))
    step(desk, OPENED).get_by_role("button").first.focus()
    desk.keyboard.press(opener)
    add_by_word(desk, "tag")
    expect(between(desk, OPENED, TAG)).to_be_visible()
    expect(step(desk, TAG).get_by_role("button").first).to_be_focused()


@pytest.mark.parametrize("how", ["key", "palette", "offer"])
def test_u04_the_first_step_stands_in_the_middle(desk: Page, admin: httpx.Client, how: str):
    """By N, by a key on the palette or from the offers of an empty canvas: it stands where one looks."""
    flow = admin.post("/api/automations", json={"name": "Begun"}).raise_for_status().json()["id"]
    desk.goto(f"/automations/{flow}")
    expect(desk.get_by_role("heading", name="What starts this automation?")).to_be_visible(timeout=30_000)
    x, y = centre(canvas(desk))
    if how == "key":
        desk.keyboard.press("n")
        add_by_word(desk, "email opened")
    elif how == "palette":
        palette(desk).get_by_role("button", name=OPENED).press("Enter")
    else:
        desk.get_by_role("button", name=OPENED, exact=True).click()
    expect(desk.get_by_role("region", name=f"Settings of {OPENED}")).to_be_visible()
    # The settings that opened beside it may have moved it a little.
    assert centre(step(desk, OPENED)) == pytest.approx((x, y), abs=60)


def test_u04_the_list_is_left_without_adding(desk: Page, admin: httpx.Client):
    """Escape closes the list and gives the focus back; from the open list Tab goes on beyond the canvas."""
    show(desk, draw(admin, {"opened": "email_opened"}))
    card = step(desk, OPENED).get_by_role("button").first
    card.focus()
    desk.keyboard.press("Tab")
    search = desk.get_by_role("combobox", name="Search steps")
    expect(search).to_be_focused()
    desk.keyboard.press("Escape")
    expect(card).to_be_focused()
    desk.keyboard.press("Tab")
    expect(search).to_be_focused()
    desk.keyboard.press("Tab")
    expect(search).to_have_count(0)
    expect(card).not_to_be_focused()
