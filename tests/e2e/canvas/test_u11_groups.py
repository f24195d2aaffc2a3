"""U11: steps under one name, folded away and back, by mouse, by keys and by single taps; and what they count live."""

import re

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.acting import canvas, eventually, step
from tests.e2e.barriers import barriers
from tests.e2e.drawing import NOTE, POINTS, SPLIT, add_by_word, between, draft_of, draw, put_groups, show

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

NODES = {
    "visited": "page_visited",
    "points": "update_attribute",
    "split": "conditional_split",
    "note": "add_note",
    "tag": "add_tag",
}
WAYS = ("visited > points", "points > split", "split.yes > note", "split.no > tag")
CARD = re.compile(r"^Group\W+Warm-up")
GROUP = {"id": "group", "name": "Warm-up", "nodes": ["points", "split"], "collapsed": False}


@pytest.fixture
def flow(admin: httpx.Client) -> int:
    """A draft of five steps, of which two are a group."""
    made = draw(admin, NODES, *WAYS, name="Grouped")
    put_groups(admin, made, [GROUP])
    return made


def groups_of(admin: httpx.Client, flow: int) -> list[tuple[str, list[str], bool]]:
    found = draft_of(admin, flow).get("groups", [])
    return [(each["name"], each["nodes"], each["collapsed"]) for each in found]


def card(desk: Page) -> Locator:
    """The card of the collapsed group."""
    return desk.locator(".react-flow__node").get_by_role("button", name=CARD)


def saved(desk: Page) -> None:
    """Wait until nothing is left to be saved. Whatever changes the draft says so at once."""
    expect(desk.get_by_text(re.compile(r"^Saved \d?\d:\d\d"))).to_be_visible()


def within(desk: Page, bar: Locator) -> None:
    """See that each button of it can be reached, without scrolling."""
    places = bar.get_by_role("button").evaluate_all(
        "all => all.map(each => each.getBoundingClientRect()).map(({ left, right }) => [left, right])"
    )
    assert len(places) > 5
    assert desk.viewport_size
    assert [place for place in places if place[0] < 0 or place[1] > desk.viewport_size["width"]] == []


def name_it(desk: Page, name: str) -> None:
    field = desk.get_by_role("dialog", name="Name of the group").get_by_role("textbox")
    expect(field).to_be_focused()
    field.fill(name)
    desk.keyboard.press("Enter")
    expect(field).to_have_count(0)


def test_u11_steps_are_grouped_and_folded_by_mouse(desk: Page, admin: httpx.Client):
    """Selected steps get a name; collapsed they are one card, whose lines lead where theirs did, and back again."""
    flow = draw(admin, NODES, *WAYS)
    show(desk, flow)
    for label in (POINTS, SPLIT):
        step(desk, label).click(modifiers=["Shift"])
    desk.get_by_role("button", name="Group these steps").click()
    name_it(desk, "Warm-up")
    desk.get_by_test_id(re.compile("^group-")).get_by_role("button", name="Collapse “Warm-up”").click()
    expect(card(desk)).to_contain_text("2 steps: Update attribute, Conditional split")
    expect(desk.locator(".react-flow__node")).to_have_count(4)
    expect(desk.locator(".react-flow__edge")).to_have_count(3)
    eventually(desk, lambda: groups_of(admin, flow) == [("Warm-up", ["points", "split"], True)])
    card(desk).dblclick()
    expect(step(desk, SPLIT)).to_be_visible()
    expect(card(desk)).to_have_count(0)
    desk.get_by_role("button", name=re.compile("^Undo")).click()
    expect(card(desk)).to_be_visible()


def test_u11_groups_by_keys_alone(desk: Page, admin: httpx.Client):
    """Ctrl+G, a name, G, F2, Enter, Ctrl+Shift+G: grouped, folded, renamed, opened and apart again; and it is said."""
    flow = draw(admin, {"opened": "email_opened", "points": "update_attribute"}, "opened > points")
    show(desk, flow)
    said = desk.get_by_role("log", name="Messages")
    desk.locator("[data-node=opened]").focus()
    desk.keyboard.press("Control+a")
    desk.keyboard.press("Control+g")
    name_it(desk, "Start")
    expect(said).to_contain_text("2 steps are in the group “Start” now.")
    expect(desk.locator("[data-node=opened]")).to_be_focused()
    desk.keyboard.press("g")
    expect(said).to_contain_text("Group “Start” collapsed.")
    expect(desk.locator("[data-node^='opened/group_']")).to_be_focused()
    desk.keyboard.press("F2")
    name_it(desk, "Warm-up")
    expect(card(desk)).to_be_focused()
    desk.keyboard.press("Enter")
    expect(desk.locator("[data-node=opened]")).to_be_focused()
    desk.keyboard.press("Shift+G")
    expect(card(desk)).to_be_focused()
    desk.keyboard.press("Control+Shift+G")
    expect(said).to_contain_text("2 steps are in no group now.")
    eventually(desk, lambda: groups_of(admin, flow) == [])
    for _ in range(3):
        desk.keyboard.press("Control+z")
    eventually(desk, lambda: groups_of(admin, flow) == [("Warm-up", ["opened", "points"], True)])


def test_u11_groups_by_single_taps_on_a_phone(phone: Page, admin: httpx.Client):
    """At 375 px: steps are taken up by taps, named, folded and opened, without dragging; a key between ends nothing."""
    flow = draw(admin, NODES, *WAYS)
    show(phone, flow)
    step(phone, POINTS).get_by_role("button").first.click(button="right")
    phone.get_by_role("menuitem", name="Select several steps").tap()
    bar = phone.get_by_role("toolbar", name="Selected steps")
    expect(bar).to_contain_text("1 step selected")
    phone.keyboard.press("Shift")
    for label, words in ((SPLIT, "2 steps"), (NOTE, "3 steps"), (NOTE, "2 steps")):
        step(phone, label).get_by_role("button").first.tap()
        expect(bar).to_contain_text(f"{words} selected")
    within(phone, bar)
    bar.get_by_role("button", name="Group these steps").tap()
    field = phone.get_by_role("dialog", name="Name of the group")
    field.get_by_role("textbox").fill("Warm-up")
    field.get_by_role("button", name="Save").tap()
    expect(bar.get_by_role("button", name="Collapse “Warm-up”")).to_be_visible()
    within(phone, bar)
    bar.get_by_role("button", name="Collapse “Warm-up”").tap()
    expect(card(phone)).to_be_visible()
    eventually(phone, lambda: groups_of(admin, flow) == [("Warm-up", ["points", "split"], True)])
    bar.get_by_role("button", name="Expand “Warm-up”").tap()
    expect(step(phone, SPLIT)).to_be_visible()


def test_u11_what_may_be_no_group_is_refused_with_the_reason(desk: Page, admin: httpx.Client):
    """Steps that another lies between are told which; nothing is changed."""
    flow = draw(admin, NODES, *WAYS)
    show(desk, flow)
    for label in (POINTS, NOTE):
        step(desk, label).click(modifiers=["Shift"])
    desk.get_by_role("button", name="Group these steps").click()
    expect(desk.get_by_role("alert").filter(has_text=f"Other steps lie between these: {SPLIT}.")).to_be_visible()
    saved(desk)
    assert groups_of(admin, flow) == []


def test_u11_steps_join_and_leave_a_group(desk: Page, admin: httpx.Client, flow: int):
    """A step put between two of a group joins it; its menu takes it out again, and the last two with it."""
    show(desk, flow)
    between(desk, POINTS, SPLIT).click()
    add_by_word(desk, "add note")
    eventually(desk, lambda: groups_of(admin, flow) == [("Warm-up", ["points", "add_note", "split"], False)])
    desk.locator("[data-node=split]").click(button="right")
    desk.get_by_role("menuitem", name="Take out of “Warm-up”").click()
    eventually(desk, lambda: groups_of(admin, flow) == [("Warm-up", ["points", "add_note"], False)])
    desk.locator("[data-node=points]").click(button="right")
    desk.get_by_role("menuitem", name="Ungroup", exact=True).click()
    eventually(desk, lambda: groups_of(admin, flow) == [])


def test_u11_the_outline_folds_the_same_groups(desk: Page, admin: httpx.Client, flow: int):
    """A group is an item of the list that opens and closes, and its steps are told to be in it."""
    show(desk, flow)
    desk.keyboard.press("o")
    outline = desk.get_by_role("region", name="Outline")
    group = outline.get_by_role("button", name=re.compile(r"^Group\W+Warm-up\W+2 steps"))
    expect(group).to_have_attribute("aria-expanded", "true")
    expect(
        outline.get_by_role("button", name=re.compile(r"^Conditional split.*in the group “Warm-up”"))
    ).to_be_visible()
    group.click()
    expect(group).to_have_attribute("aria-expanded", "false")
    expect(outline.get_by_role("button", name=re.compile("^Conditional split"))).to_have_count(0)
    expect(card(desk)).to_be_visible()
    eventually(desk, lambda: groups_of(admin, flow)[0][2])
    group.click()
    expect(outline.get_by_role("button", name=re.compile("^Conditional split"))).to_be_visible()


def test_u11_search_opens_the_group_that_hides_a_step(desk: Page, admin: httpx.Client, flow: int):
    """What is found in a collapsed group is shown; that changes nothing for others."""
    put_groups(admin, flow, [{**GROUP, "collapsed": True}])
    show(desk, flow)
    expect(card(desk)).to_be_visible()
    desk.keyboard.press("Control+f")
    expect(desk.get_by_role("searchbox", name="Search on the canvas")).to_be_focused()
    desk.keyboard.type("conditional")
    expect(step(desk, SPLIT)).to_be_visible()
    saved(desk)
    assert groups_of(admin, flow) == [("Warm-up", ["points", "split"], True)]


def test_u11_a_copied_group_keeps_its_name(desk: Page, admin: httpx.Client, flow: int):
    """Duplicated as a card, a group comes with all of its steps, under the same name."""
    put_groups(admin, flow, [{**GROUP, "collapsed": True}])
    show(desk, flow)
    card(desk).click(button="right")
    desk.get_by_role("menuitem", name="Duplicate", exact=True).click()
    expect(card(desk)).to_have_count(2)
    eventually(desk, lambda: [name for name, _, _ in groups_of(admin, flow)] == ["Warm-up", "Warm-up"])


def test_u11_a_live_group_shows_its_counts(desk: Page, admin: httpx.Client, flow: int):
    """Two came in and went on, as its lines count, too, and are listed; whoever opens it to look changes nothing."""
    put_groups(admin, flow, [{**GROUP, "collapsed": True}])
    admin.post(f"/api/automations/{flow}/activate", json={"re_entry": False}).raise_for_status()
    try:
        for email in ("in-a-group@example.com", "in-a-group-too@example.com"):
            event = {"event": "page_visited", "contact": {"email": email}, "properties": {"page": "/grouped"}}
            admin.post("/api/events", json={"events": [event]}).raise_for_status()
        desk.goto(f"/automations/{flow}?view=live")
        expect(canvas(desk)).to_be_visible()
        group = desk.locator(".react-flow__node").filter(has=desk.get_by_role("button", name=CARD))
        expect(group).to_contain_text("2 came in")
        group.get_by_role("button", name="2 went on").click()
        people = desk.get_by_role("dialog", name="Went on from “Warm-up”")
        expect(people.get_by_role("link").filter(has_text="@")).to_have_count(2)
        desk.keyboard.press("Escape")
        expect(people).to_have_count(0)
        for line in ("edge-visited-next", "edge-split-no"):
            expect(desk.get_by_test_id(line).get_by_role("button", name="2 went on")).to_be_visible()
        card(desk).dblclick()
        expect(step(desk, SPLIT)).to_contain_text("2 went on")
        desk.get_by_role("button", name="Edit draft").click()
        expect(card(desk)).to_be_visible()
        saved(desk)
        assert groups_of(admin, flow) == [("Warm-up", ["points", "split"], True)]
    finally:
        admin.post(f"/api/automations/{flow}/pause").raise_for_status()


@pytest.mark.parametrize("collapsed", [True, False])
def test_u11_groups_have_no_barrier(desk: Page, admin: httpx.Client, flow: int, collapsed: bool):
    """Axe finds nothing at a card, an open group, the name being asked for, and the list, in light and dark."""
    put_groups(admin, flow, [{**GROUP, "collapsed": collapsed}])
    show(desk, flow)
    desk.keyboard.press("o")
    expect(desk.get_by_role("region", name="Outline")).to_be_visible()
    assert barriers(desk) == {}
    desk.get_by_role("button", name="More actions for Group Warm-up").click()
    desk.get_by_role("menuitem", name="Rename “Warm-up”…").click()
    expect(desk.get_by_role("dialog", name="Name of the group")).to_be_visible()
    assert barriers(desk) == {}


def test_u11_whoever_changes_their_mind_names_no_group(desk: Page, admin: httpx.Client):
    """Escape and a click elsewhere put the question away: it never lies over what is asked next."""
    flow = draw(admin, {"opened": "email_opened", "points": "update_attribute"}, "opened > points")
    show(desk, flow)
    asked = desk.get_by_role("dialog", name="Name of the group")
    for leave in (lambda: desk.keyboard.press("Escape"), lambda: desk.get_by_text("Draft", exact=True).click()):
        desk.locator("[data-node=opened]").focus()
        desk.keyboard.press("Control+a")
        desk.keyboard.press("Control+g")
        expect(asked.get_by_role("textbox")).to_be_focused()
        leave()
        expect(asked).to_be_hidden()
    assert groups_of(admin, flow) == []
