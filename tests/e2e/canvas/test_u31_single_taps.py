"""U31 and U30: the lead-scoring automation on a phone, by single taps."""

import re

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.acting import eventually, step
from tests.e2e.drawing import OPENED, POINTS, SPLIT, after, between, draw, edges_of, flow_of, port, show

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

PUSHED, ASSIGN = "Web push clicked", "Assign owner"


def choose(phone: Page, place: Page | Locator, field: str, option: str) -> None:
    place.get_by_role("combobox", name=field).tap()
    phone.get_by_role("option", name=option, exact=True).tap()


def settings(phone: Page, label: str) -> Locator:
    """The settings of a step, which come up as a sheet."""
    sheet = phone.get_by_role("dialog", name=f"Settings of {label}")
    expect(sheet).to_be_visible()
    return sheet


def apply(sheet: Locator) -> None:
    sheet.get_by_role("button", name="Apply to step").tap()
    expect(sheet).to_have_count(0)


def add(phone: Page, spot: Locator, label: str) -> Locator:
    """Tap a + and what shall stand there."""
    spot.tap()
    phone.get_by_role("option", name=label, exact=True).tap()
    return settings(phone, label)


def begin(phone: Page, label: str) -> None:
    """Pick a trigger up from the list by a tap, and put it down by another, beside what is there."""
    phone.get_by_role("button", name="Add step", exact=True).tap()
    phone.get_by_role("dialog").get_by_role("button", name=label).tap()
    expect(phone.get_by_role("status").filter(has_text="tap a +")).to_be_visible()
    board = phone.locator(".react-flow__pane").bounding_box()
    assert board
    phone.touchscreen.tap(board["x"] + 12, board["y"] + 110)
    apply(settings(phone, label))


def test_u31_lead_scoring_is_built_by_single_taps_on_a_phone(phone: Page, admin: httpx.Client):
    """On 375 px, nothing dragged and no key pressed but the name's and values': the automation is drawn and running."""
    phone.goto("/automations")
    phone.get_by_role("button", name="New automation").tap()
    phone.get_by_role("textbox", name="Name").fill("By single taps")
    phone.get_by_role("button", name="Create", exact=True).tap()
    begin(phone, OPENED)
    sheet = add(phone, after(phone, OPENED, "Next"), POINTS)
    choose(phone, sheet, "Attribute", "SCORE")
    choose(phone, sheet, "Operation", "Add")
    sheet.get_by_role("textbox", name="Value").fill("5")
    apply(sheet)
    sheet = add(phone, after(phone, POINTS, "Next"), SPLIT)
    sheet.get_by_role("button", name="Add condition").tap()
    phone.get_by_role("option", name="SCORE", exact=True).tap()
    choose(phone, sheet, "Comparison", "is at least")
    sheet.get_by_role("textbox", name="Value").fill("20")
    apply(sheet)
    sheet = add(phone, after(phone, SPLIT, "Yes"), ASSIGN)
    sheet.get_by_role("combobox", name="Rep", exact=True).tap()
    phone.get_by_role("option").first.tap()
    apply(sheet)
    begin(phone, PUSHED)
    phone.get_by_role("button", name="Zoom to fit").tap()
    step(phone, PUSHED).locator(".react-flow__handle.source").tap()
    step(phone, POINTS).tap()
    flow = flow_of(phone)
    ways = {"email_opened > update_attribute", "web_push_clicked > update_attribute"}
    wanted = {*ways, "update_attribute > conditional_split", "conditional_split > assign_owner"}
    eventually(phone, lambda: edges_of(admin, flow) == wanted)
    phone.get_by_role("button", name="Activate automation").tap()
    dialog = phone.get_by_role("dialog")
    dialog.get_by_role("switch").check(force=True)
    dialog.get_by_role("button", name="Activate").tap()
    eventually(phone, lambda: admin.get(f"/api/automations/{flow}").json()["state"] == "active")


def test_u33_fingers_get_targets_of_44_px(phone: Page):
    """Under a finger, ports and + are 44 px wide, and the buttons of the screen at least 24."""
    phone.goto("/automations")
    phone.get_by_role("button", name="New automation").tap()
    phone.get_by_role("textbox", name="Name").fill("Targets")
    phone.get_by_role("button", name="Create", exact=True).tap()
    begin(phone, OPENED)
    width = """element => {
        const { width } = getComputedStyle(element, "::after");
        return Math.round(parseFloat(width));
    }"""
    assert after(phone, OPENED, "Next").evaluate(width) >= 44
    assert step(phone, OPENED).locator(".react-flow__handle.source").evaluate(width) >= 44
    sizes = phone.locator("header button:visible, .react-flow__panel button:visible").evaluate_all(
        "all => all.map(each => each.getBoundingClientRect()).map(({ width, height }) => Math.min(width, height))"
    )
    assert min(sizes) >= 24


def test_u33_a_mouse_gets_targets_of_24_px(desk: Page, admin: httpx.Client):
    """Ports, + on lines and at open ends, and the ends of lines that can be led elsewhere take a click 11 px off."""
    show(desk, draw(admin, {"opened": "email_opened", "points": "update_attribute"}, "opened > points"))
    desk.keyboard.press("0")
    expect(desk.get_by_role("button", name=re.compile("^100"))).to_be_visible()
    width = 'element => Math.round(parseFloat(getComputedStyle(element, "::after").width))'
    assert port(desk, OPENED).evaluate(width) >= 24
    assert port(desk, POINTS).evaluate(width) >= 24
    size = "element => Math.min(element.getBoundingClientRect().width, element.getBoundingClientRect().height)"
    assert between(desk, OPENED, POINTS).evaluate(size) >= 24
    assert after(desk, POINTS, "Next").evaluate(size) >= 24
    ends = desk.get_by_test_id("rf__edge-opened:next").locator(".react-flow__edgeupdater")
    expect(ends).not_to_have_count(0)
    assert min(ends.evaluate_all(f"all => all.map({size})")) >= 24
