"""U31 and U30: the lead-scoring automation on a phone, by single taps."""

import re

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.acting import eventually, step
from tests.e2e.drawing import (
    LEAD_SCORING,
    LEAD_SCORING_WAYS,
    OPENED,
    POINTS,
    REP,
    SPLIT,
    after,
    between,
    configs_of,
    draft_of,
    draw,
    edges_of,
    flow_of,
    port,
    show,
)

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

PUSHED, ASSIGN = "Web push clicked", "Assign owner"
# What a practised finger needs.
SECONDS_A_TAP, SECONDS_A_LETTER = 1.5, 0.25
THREE_MINUTES = 180
IN_SIGHT = """element => new Promise((tell) => {
    new IntersectionObserver(([seen]) => tell(seen.isIntersecting)).observe(element);
})"""


class Finger:
    """A finger on a phone, and how long all its taps and letters take."""

    def __init__(self, phone: Page) -> None:
        self.phone = phone
        self.seconds = 0.0

    def tap(self, place: Locator) -> None:
        """Tap it; what is out of sight takes a swipe before."""
        expect(place).to_be_visible()
        self.seconds += SECONDS_A_TAP * (1 if place.evaluate(IN_SIGHT) else 2)
        place.tap()

    def tap_at(self, x: float, y: float) -> None:
        self.seconds += SECONDS_A_TAP
        self.phone.touchscreen.tap(x, y)

    def write(self, field: Locator, text: str) -> None:
        self.tap(field)
        field.fill(text)
        self.seconds += SECONDS_A_LETTER * len(text)

    def choose(self, place: Locator, field: str, option: str) -> None:
        self.tap(place.get_by_role("combobox", name=field, exact=True))
        self.tap(self.phone.get_by_role("option", name=option, exact=True))

    def apply(self, sheet: Locator) -> None:
        self.tap(sheet.get_by_role("button", name="Apply to step"))
        expect(sheet).to_have_count(0)

    def settings(self, label: str) -> Locator:
        """The settings of a step, which come up as a sheet."""
        sheet = self.phone.get_by_role("dialog", name=f"Settings of {label}")
        expect(sheet).to_be_visible()
        return sheet

    def add(self, spot: Locator, label: str) -> Locator:
        """Tap a + and what shall stand there."""
        self.tap(spot)
        self.tap(self.phone.get_by_role("option", name=label, exact=True))
        return self.settings(label)

    def create(self, name: str) -> None:
        self.tap(self.phone.get_by_role("button", name="New automation"))
        self.write(self.phone.get_by_role("textbox", name="Name"), name)
        self.tap(self.phone.get_by_role("button", name="Create", exact=True))

    def begin(self, label: str) -> None:
        """Pick a trigger up from the list by a tap, and put it down by another, beside what is there."""
        self.tap(self.phone.get_by_role("button", name="Add step", exact=True))
        self.tap(self.phone.get_by_role("dialog").get_by_role("button", name=label))
        expect(self.phone.get_by_role("status").filter(has_text="tap a +")).to_be_visible()
        board = self.phone.locator(".react-flow__pane").bounding_box()
        assert board
        self.tap_at(board["x"] + 12, board["y"] + 110)
        self.apply(self.settings(label))


def test_u31_lead_scoring_is_built_by_single_taps_on_a_phone(phone: Page, admin: httpx.Client):
    """On 375 px, nothing dragged and only the name and values typed: it runs, within three minutes of a hand's pace."""
    phone.goto("/automations")
    finger = Finger(phone)
    finger.create("By single taps")
    finger.begin(OPENED)
    score(finger)
    split_and_assign(finger)
    finger.begin(PUSHED)
    finger.tap(phone.get_by_role("button", name="Zoom to fit"))
    finger.tap(step(phone, PUSHED).locator(".react-flow__handle.source"))
    finger.tap(step(phone, POINTS))
    flow = flow_of(phone)
    eventually(phone, lambda: edges_of(admin, flow) == LEAD_SCORING_WAYS)
    finger.tap(phone.get_by_role("button", name="Activate automation"))
    dialog = phone.get_by_role("dialog")
    finger.tap(dialog.get_by_role("switch", name="Re-entry after exit"))
    finger.tap(dialog.get_by_role("button", name="Activate"))
    eventually(phone, lambda: admin.get(f"/api/automations/{flow}").json()["state"] == "active")
    assert configs_of(admin, flow) == LEAD_SCORING
    assert draft_of(admin, flow)["settings"]["re_entry"] is True
    assert finger.seconds < THREE_MINUTES


def score(finger: Finger) -> None:
    """Add 5 points to SCORE."""
    sheet = finger.add(after(finger.phone, OPENED, "Next"), POINTS)
    finger.choose(sheet, "Attribute", "SCORE")
    finger.choose(sheet, "Operation", "Add")
    finger.write(sheet.get_by_role("textbox", name="Value"), "5")
    finger.apply(sheet)


def split_and_assign(finger: Finger) -> None:
    """Where SCORE is at least 20, give the contact an owner."""
    sheet = finger.add(after(finger.phone, POINTS, "Next"), SPLIT)
    finger.tap(sheet.get_by_role("button", name="Add condition"))
    finger.tap(finger.phone.get_by_role("option", name="SCORE", exact=True))
    finger.choose(sheet, "Comparison", "is at least")
    finger.write(sheet.get_by_role("textbox", name="Value"), "20")
    finger.apply(sheet)
    sheet = finger.add(after(finger.phone, SPLIT, "Yes"), ASSIGN)
    finger.choose(sheet, "Rep", REP)
    finger.apply(sheet)


def test_u33_fingers_get_targets_of_44_px(phone: Page):
    """Under a finger, ports and + are 44 px wide, and the buttons of the screen at least 24."""
    phone.goto("/automations")
    finger = Finger(phone)
    finger.create("Targets")
    finger.begin(OPENED)
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
