"""U13: a key does what it says wherever the focus is, and nothing beneath a question."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.acting import canvas, desk_of, eventually, step
from tests.e2e.conftest import watch
from tests.e2e.drawing import NOTE, OPENED, POINTS, SPLIT, TAG, draft_of, draw, note_field, palette, show
from tests.support.instance import Instance

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

ASSIGN = "Assign owner"
NODES = {"opened": "email_opened", "points": "update_attribute", "note": "add_note", "tag": "add_tag"}
WAYS = ("opened > points", "points > note", "note > tag")
HAS_FOCUS = "part => part.contains(document.activeElement)"
# More than the editor has that can have the focus.
MOST_STOPS = 150
PRESS_AT_ONCE = """async (keys) => {
    for (const key of keys) {
        document.activeElement.dispatchEvent(new KeyboardEvent("keydown", { key, code: key, bubbles: true }));
        for (let turn = 0; turn < 10; turn += 1) await null;
    }
}"""
# How strongly an icon stands out from what is behind it, as WCAG counts.
CONTRAST = """(option) => {
    const draw = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const light = (colour) => {
        draw.fillStyle = colour;
        draw.fillRect(0, 0, 1, 1);
        const [r, g, b] = [...draw.getImageData(0, 0, 1, 1).data].slice(0, 3)
            .map((each) => each / 255)
            .map((each) => (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const pair = [getComputedStyle(option.querySelector("svg")).color, getComputedStyle(option).backgroundColor];
    const [low, high] = pair.map(light).toSorted((one, other) => one - other);
    return (high + 0.05) / (low + 0.05);
}"""


@pytest.fixture
def lively(browser: Browser, admin: httpx.Client, demo: Instance) -> Iterator[Page]:
    """A desk on which dialogs come and go as they do for most."""
    with desk_of(browser, admin) as page:
        page.emulate_media(reduced_motion="no-preference")
        faults = watch(page, demo)
        yield page
    assert faults == []


def card(desk: Page, label: str) -> Locator:
    return step(desk, label).get_by_role("button").first


def settings_of(desk: Page, label: str) -> Locator:
    return desk.get_by_role("region", name=f"Settings of {label}")


def config_of(admin: httpx.Client, flow: int, node: str) -> dict[str, object]:
    return next(dict(each["config"]) for each in draft_of(admin, flow)["nodes"] if each["id"] == node)


def assigning(admin: httpx.Client, **config: object) -> int:
    return draw(
        admin,
        {"opened": "email_opened", "assign": "assign_owner"},
        "opened > assign",
        configs={"assign_owner": config},
    )


@pytest.mark.parametrize("how", ["keys", "mouse"])
def test_u13_a_list_of_one_closes_after_the_choice_and_ctrl_enter_applies(desk: Page, admin: httpx.Client, how: str):
    """Ruth is chosen once, and stays chosen."""
    flow = assigning(admin)
    show(desk, flow)
    step(desk, ASSIGN).click()
    rep = settings_of(desk, ASSIGN).get_by_role("combobox", name="Rep", exact=True)
    rep.focus()
    desk.keyboard.type("Ruth")
    ruth = desk.get_by_role("option", name="Ruth Adeyemi")
    expect(ruth).to_be_visible()
    if how == "keys":
        desk.keyboard.press("Enter")
    else:
        ruth.click()
    expect(rep).to_have_attribute("aria-expanded", "false")
    expect(desk.get_by_role("option")).to_have_count(0)
    desk.keyboard.press("Control+Enter")
    expect(settings_of(desk, ASSIGN)).to_have_count(0)
    expect(step(desk, ASSIGN).get_by_text("Assign Ruth Adeyemi")).to_be_visible()


@pytest.mark.parametrize("how", ["named", "round_robin"])
def test_u13_ctrl_enter_takes_what_was_typed(desk: Page, admin: httpx.Client, how: str):
    """In a list of one and in one of several: the option that Enter would have taken."""
    flow = assigning(admin, how=how, reps=[])
    show(desk, flow)
    step(desk, ASSIGN).click()
    name = "Rep" if how == "named" else "Reps"
    settings_of(desk, ASSIGN).get_by_role("combobox", name=name, exact=True).focus()
    desk.keyboard.type("ruth")
    expect(desk.get_by_role("option", name="Ruth Adeyemi")).to_be_visible()
    desk.keyboard.press("Control+Enter")
    expect(settings_of(desk, ASSIGN)).to_have_count(0)
    eventually(desk, lambda: config_of(admin, flow, "assign")["reps"] == ["rep@example.com"])


def test_u13_ctrl_enter_applies_from_an_open_list_and_chooses_nothing(desk: Page, admin: httpx.Client):
    """From lists of one and of several, whatever is marked in them."""
    flow = assigning(admin, reps=["rep@example.com"])
    show(desk, flow)
    for name in ("Rep", "Unless it already belongs to"):
        step(desk, ASSIGN).click()
        settings_of(desk, ASSIGN).get_by_role("combobox", name=name, exact=True).focus()
        desk.keyboard.press("ArrowDown")
        desk.keyboard.press("ArrowDown")
        expect(desk.get_by_role("option").first).to_be_visible()
        desk.keyboard.press("Control+Enter")
        expect(settings_of(desk, ASSIGN)).to_have_count(0)
        expect(card(desk, ASSIGN)).to_be_focused()
    assert config_of(admin, flow, "assign") == {"reps": ["rep@example.com"]}


def test_u13_no_key_reaches_beneath_a_question(desk: Page, admin: httpx.Client):
    """Wherever the focus went: the canvas keeps its steps, and Ctrl+Enter is the dialog's own answer."""
    flow = draw(admin, NODES, *WAYS)
    show(desk, flow)
    step(desk, NOTE).click()
    note_field(desk).fill("Not applied")
    desk.keyboard.press("Escape")
    dialog = desk.get_by_role("dialog", name="Apply your changes?")
    expect(dialog).to_contain_text(f"“{NOTE}”")
    desk.evaluate("document.activeElement.blur()")
    for key in ("Delete", "o", "n", "Control+d", "Control+a", "?", "ArrowDown"):
        desk.keyboard.press(key)
    card(desk, TAG).evaluate("card => card.focus()")
    desk.keyboard.press("Delete")
    expect(desk.get_by_role("dialog")).to_have_count(1)
    expect(desk.locator(".react-flow__node")).to_have_count(len(NODES))
    expect(desk.get_by_role("region", name="Outline")).to_have_count(0)
    desk.evaluate("document.activeElement.blur()")
    desk.keyboard.press("Control+Enter")
    expect(dialog).to_have_count(0)
    expect(settings_of(desk, NOTE)).to_have_count(0)
    expect(step(desk, NOTE).get_by_text("Note: Not applied")).to_be_visible()


def test_u13_deleting_leads_to_a_neighbour(desk: Page, admin: httpx.Client):
    """To the step before, else the one after, else the canvas."""
    flow = draw(admin, NODES, *WAYS)
    show(desk, flow)
    card(desk, OPENED).focus()
    for key in ("ArrowDown", "ArrowDown"):
        desk.keyboard.press(key)
    expect(card(desk, NOTE)).to_be_focused()
    desk.keyboard.press("Delete")
    expect(card(desk, POINTS)).to_be_focused()
    desk.keyboard.press("ArrowUp")
    expect(card(desk, OPENED)).to_be_focused()
    desk.keyboard.press("Delete")
    expect(card(desk, POINTS)).to_be_focused()
    for label in (POINTS, TAG):
        card(desk, label).click()
        expect(settings_of(desk, label)).to_be_visible()
        desk.keyboard.press("Escape")
        expect(settings_of(desk, label)).to_have_count(0)
        expect(card(desk, label)).to_be_focused()
        desk.keyboard.press("Delete")
        expect(step(desk, label)).to_have_count(0)
    expect(canvas(desk)).to_be_focused()


def test_u13_after_deleting_the_keys_are_those_of_the_neighbour(desk: Page, admin: httpx.Client):
    """Though another step's settings are open: the arrows walk on, and Ctrl+Enter does not apply that step."""
    flow = draw(admin, {**NODES, "alert": "send_alert"}, *WAYS, "tag > alert")
    show(desk, flow)
    step(desk, "Send alert").click()
    settings = settings_of(desk, "Send alert")
    expect(settings).to_be_visible()
    card(desk, POINTS).focus()
    desk.keyboard.press("ArrowDown")
    expect(card(desk, NOTE)).to_be_focused()
    desk.keyboard.press("Delete")
    expect(card(desk, POINTS)).to_be_focused()
    desk.keyboard.press("Control+Enter")
    desk.keyboard.press("ArrowUp")
    expect(card(desk, OPENED)).to_be_focused()
    expect(settings).to_be_visible()


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
def test_u13_no_key_trap(desk: Page, admin: httpx.Client, key: str):
    """With settings open, the focus goes all the way round by one key, through every part, and comes back."""
    nodes = {"opened": "email_opened", "split": "conditional_split", "note": "add_note"}
    show(desk, draw(admin, nodes, "opened > split", "split.yes > note"))
    step(desk, SPLIT).click()
    settings = settings_of(desk, SPLIT)
    parts = {
        "bar": desk.get_by_role("button", name="Activate automation"),
        "list": palette(desk),
        "step": card(desk, SPLIT),
        "controls": desk.get_by_role("button", name="Zoom to fit"),
        "condition": settings.get_by_role("combobox", name="Comparison"),
        "answer": settings.get_by_role("button", name="Apply to step"),
    }
    close = settings.get_by_role("button", name="Close settings")
    close.focus()
    reached: set[str] = set()
    for _ in range(MOST_STOPS):
        desk.keyboard.press(key)
        if close.evaluate(HAS_FOCUS):
            break
        reached |= {name for name, part in parts.items() if part.evaluate(HAS_FOCUS)}
    expect(close).to_be_focused()
    assert reached == set(parts)


def test_u13_the_first_key_after_the_list_of_keys_counts(lively: Page, admin: httpx.Client):
    """Escape closes it at once: a quick hand's next key is the canvas's."""
    show(lively, draw(admin, NODES, *WAYS))
    card(lively, OPENED).focus()
    lively.keyboard.press("ArrowDown")
    expect(card(lively, POINTS)).to_be_focused()
    # As after a click on free canvas: there is nothing that could have the focus back.
    lively.evaluate("document.activeElement.blur()")
    lively.keyboard.press("?")
    listed = lively.get_by_role("dialog", name="Keyboard shortcuts")
    expect(listed.locator(":focus")).to_have_count(1)
    # The second key comes before the browser did anything else, as on a busy machine.
    lively.evaluate(PRESS_AT_ONCE, ["Escape", "ArrowDown"])
    expect(card(lively, NOTE)).to_be_focused()
    expect(listed).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_u13_the_icon_of_the_marked_step_stands_out(desk: Page, admin: httpx.Client, scheme: str):
    """In the list of steps, for steps of each kind."""
    desk.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    show(desk, draw(admin, NODES, *WAYS))
    card(desk, OPENED).focus()
    desk.keyboard.press("n")
    search = desk.get_by_role("combobox", name="Search steps")
    for words, label in (("email op", OPENED), ("conditional", SPLIT), ("add tag", TAG)):
        search.fill(words)
        marked = desk.locator("[role=option][data-combobox-selected]").filter(has_text=label)
        expect(marked).to_be_visible()
        # The mark follows the search a frame later.
        eventually(desk, lambda marked=marked: marked.evaluate(CONTRAST) >= 4.5, seconds=5)
