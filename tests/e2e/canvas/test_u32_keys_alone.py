"""U32: the lead-scoring automation, drawn and switched on without a mouse."""

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.acting import eventually
from tests.e2e.drawing import (
    LEAD_SCORING,
    LEAD_SCORING_WAYS,
    OPENED,
    POINTS,
    REP,
    SPLIT,
    configs_of,
    draft_of,
    edges_of,
    flow_of,
)

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

PUSHED, ASSIGN = "Web push clicked", "Assign owner"
# A practised hand needs half a second a key; three minutes are 360 of them.
MOST_KEYS = 360


class Keyboard:
    """Hands on a keyboard, and how often they struck."""

    def __init__(self, desk: Page) -> None:
        self.desk = desk
        self.struck = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.desk.keyboard.press(key)
        self.struck += len(keys)

    def type(self, text: str) -> None:
        self.desk.keyboard.type(text)
        self.struck += len(text)

    def until(self, focused: Locator, key: str = "Tab") -> None:
        """Press the key until the focus is there."""
        while not focused.evaluate("element => element === document.activeElement"):
            self.press(key)
            assert self.struck < MOST_KEYS

    def add(self, opener: str, words: str, label: str) -> None:
        """Open the list of steps, search and take the first; the focus is on the new card then."""
        self.press(opener)
        expect(self.desk.get_by_role("combobox", name="Search steps")).to_be_focused()
        self.type(words)
        expect(self.desk.get_by_role("option").first).to_contain_text(label)
        self.press("Enter")
        expect(self.card(label)).to_be_focused()

    def card(self, label: str) -> Locator:
        return self.desk.locator(".react-flow__node [data-node]").filter(has_text=label)

    def settings(self, label: str, field: Locator) -> None:
        """Go from the card into its settings, and on to a field."""
        self.press("Enter")
        expect(self.desk.get_by_role("region", name=f"Settings of {label}").locator(":focus")).to_have_count(1)
        self.until(field)

    def search(self, words: str, option: str) -> None:
        """Choose in the list that has the focus, by typing."""
        self.type(words)
        expect(self.desk.get_by_role("option", name=option, exact=True)).to_be_visible()
        self.press("Enter")

    def choose(self, field: str, option: str) -> None:
        """Choose in the list that has the focus, by the arrows."""
        self.press("Enter")
        wanted = self.desk.get_by_role("option", name=option, exact=True)
        expect(wanted).to_be_visible()
        while wanted.get_attribute("data-combobox-selected") is None:
            self.press("ArrowDown")
            assert self.struck < MOST_KEYS
        self.press("Enter")
        expect(self.desk.get_by_role("combobox", name=field)).to_have_value(option)

    def apply(self, label: str) -> None:
        self.press("Control+Enter")
        expect(self.card(label)).to_be_focused()


def test_u32_lead_scoring_is_built_by_keys_alone(desk: Page, admin: httpx.Client):
    """From the list of automations to a running one: two triggers, points, a split and an owner, in under 360 keys."""
    keys = Keyboard(desk)
    desk.goto("/automations")
    keys.until(desk.get_by_role("button", name="New automation", exact=True))
    keys.press("Enter")
    name = desk.get_by_role("textbox", name="Name")
    expect(name).to_be_focused()
    keys.type("By keys alone")
    keys.press("Enter")
    expect(desk.get_by_role("heading", name="What starts this automation?")).to_be_visible()
    keys.add("/", "email op", OPENED)
    keys.add("n", "web push", PUSHED)
    keys.press("ArrowLeft")
    expect(keys.card(OPENED)).to_be_focused()
    score(keys)
    keys.press("ArrowUp", "ArrowRight")
    expect(keys.card(PUSHED)).to_be_focused()
    keys.press("c", "ArrowLeft", "ArrowDown")
    expect(keys.card(POINTS)).to_be_focused()
    keys.press("Enter")
    expect(desk.get_by_role("button", name=f"Add a step between {PUSHED} and {POINTS}")).to_be_visible()
    split_and_assign(keys)
    go_live(keys)
    flow = flow_of(desk)
    eventually(desk, lambda: admin.get(f"/api/automations/{flow}").json()["state"] == "active")
    assert edges_of(admin, flow) == LEAD_SCORING_WAYS
    assert configs_of(admin, flow) == LEAD_SCORING
    assert draft_of(admin, flow)["settings"]["re_entry"] is True
    assert keys.struck < MOST_KEYS


def score(keys: Keyboard) -> None:
    """Add 5 points to SCORE."""
    keys.add("Tab", "update attr", POINTS)
    keys.settings(POINTS, keys.desk.get_by_role("combobox", name="Attribute"))
    keys.search("SCORE", "SCORE")
    keys.until(keys.desk.get_by_role("combobox", name="Operation"))
    keys.choose("Operation", "Add")
    keys.until(keys.desk.get_by_role("textbox", name="Value"))
    keys.type("5")
    keys.apply(POINTS)


def split_and_assign(keys: Keyboard) -> None:
    """Where SCORE is at least 20, give the contact an owner."""
    keys.add("Tab", "conditional", SPLIT)
    keys.settings(SPLIT, keys.desk.get_by_role("button", name="Add condition", exact=True))
    keys.press("Enter")
    expect(keys.desk.get_by_role("combobox", name="What to compare")).to_be_focused()
    keys.search("score", "SCORE")
    keys.until(keys.desk.get_by_role("combobox", name="Comparison"))
    keys.choose("Comparison", "is at least")
    keys.until(keys.desk.get_by_role("textbox", name="Value"))
    keys.type("20")
    keys.apply(SPLIT)
    keys.add("Tab", "assign", ASSIGN)
    reps = keys.desk.get_by_role("combobox", name="Rep", exact=True)
    keys.settings(ASSIGN, reps)
    keys.search("ruth", REP)
    keys.apply(ASSIGN)


def go_live(keys: Keyboard) -> None:
    keys.press("p")
    dialog = keys.desk.get_by_role("dialog")
    expect(dialog.locator(":focus")).to_have_count(1)
    keys.until(dialog.get_by_role("switch"))
    keys.press(" ")
    keys.until(dialog.get_by_role("button", name="Activate"))
    keys.press("Enter")
