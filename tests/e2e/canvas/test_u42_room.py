"""U42: what is said has room where it stands, in three languages, wide and narrow; the canvas stays where it was."""

from collections.abc import Callable, Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.acting import desk_of, eventually, step
from tests.e2e.drawing import NOTE, POINTS, SPLIT, TAG, between, centre, draw, port, show

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

LONG = "Everybody who has not opened one of the last three newsletters although they had asked for them"
STEPS = {"opened": "email_opened", "points": "update_attribute", "split": "conditional_split"}
BRANCHES = {"note": "add_note", "tag": "add_tag"}
WAYS = ("opened > points", "points > split", "split.yes > note", "split.no > tag")
GROW = "() => { const h = document.querySelector('h1'); h.scrollIntoView(); h.style.paddingBottom = '40px'; }"
VIEW = ".react-flow__viewport"
CUT = "each => each.scrollWidth > each.clientWidth + 1 || each.scrollHeight > each.clientHeight + 1"
CUT_ONES = f"all => all.filter({CUT}).map(each => each.textContent)"


@pytest.fixture
def speak(admin: httpx.Client) -> Iterator[Callable[[str], None]]:
    """Sets the language of the admin's screen until the test is over."""

    def set_language(language: str) -> None:
        admin.patch("/api/session/user", json={"locale": language}).raise_for_status()

    yield set_language
    set_language("en")


@pytest.fixture
def phone(browser: Browser, admin: httpx.Client) -> Iterator[Page]:
    with desk_of(browser, admin, width=375, height=812) as page:
        yield page


def running(admin: httpx.Client, name: str) -> int:
    """An automation that runs, with a draft that differs: the bar is fullest then."""
    flow = draw(admin, {**STEPS, **BRANCHES}, *WAYS, name=name)
    admin.post(f"/api/automations/{flow}/activate", json={"re_entry": True}).raise_for_status()
    read = admin.get(f"/api/automations/{flow}").json()
    nodes = [*read["document"]["nodes"], {"id": "new", "type": "add_note", "config": {}}]
    changed = {"document": {**read["document"], "nodes": nodes}, "base_revision": read["draft_revision"]}
    admin.put(f"/api/automations/{flow}/draft", json=changed).raise_for_status()
    return flow


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_u42_the_bar_is_one_row(desk: Page, admin: httpx.Client, speak: Callable[[str], None], language: str):
    """However long the name is, which gives way and can be read in full; nothing of it goes out of sight."""
    flow = running(admin, LONG)
    speak(language)
    for width in (1440, 1280):
        desk.set_viewport_size({"width": width, "height": 900})
        desk.goto(f"/automations/{flow}?view=draft")
        bar = desk.locator("header").filter(has=desk.locator("h1"))
        expect(bar.locator("[data-errors]")).to_be_visible(timeout=30_000)
        expect(bar.locator("[data-activate]")).to_be_in_viewport(ratio=1)
        assert bar.evaluate("bar => [bar.clientHeight < 60, bar.scrollWidth <= bar.clientWidth]") == [True, True]
        assert bar.locator("h1 button").evaluate("name => name.clientWidth") > 90
        assert LONG in (bar.locator("h1 button").get_attribute("data-hint") or "")
    admin.post(f"/api/automations/{flow}/archive").raise_for_status()


@pytest.mark.parametrize("language", ["fr", "ru"])
def test_u42_words_at_ways_out_are_whole(desk: Page, admin: httpx.Client, speak: Callable[[str], None], language: str):
    """They take two lines if need be, and the + below stands clear of them."""
    flow = draw(admin, {"opened": "email_opened", "assign": "assign_owner"}, "opened > assign")
    speak(language)
    desk.goto(f"/automations/{flow}")
    exits = desk.locator("[data-testid^='exit-assign-']")
    expect(exits).to_have_count(2, timeout=30_000)
    for exit_ in exits.all():  # brought into sight once the card is measured, drawn anew meanwhile
        expect(exit_.locator("> span")).to_be_in_viewport()
    assert exits.locator("> span").evaluate_all(CUT_ONES) == []
    for exit_ in exits.all():
        word, add = exit_.locator("> span").bounding_box(), exit_.get_by_role("button").bounding_box()
        assert word
        assert add
        assert word["y"] + word["height"] <= add["y"]


@pytest.mark.parametrize("language", ["en", "fr", "ru"])
def test_u42_a_phone_shows_the_places_and_what_starts_each_automation(
    phone: Page, admin: httpx.Client, speak: Callable[[str], None], language: str
):
    """No name in the bar below is cut, and a sentence in the list has two lines."""
    triggers = {"opened": "email_opened", "visited": "page_visited", "form": "form_submitted"}
    flow = draw(admin, triggers, name="Three ways")
    speak(language)
    phone.goto("/automations")
    places = phone.get_by_role("navigation").locator("a > span")
    expect(places.first).to_be_visible(timeout=30_000)
    assert places.evaluate_all(CUT_ONES) == []
    name = phone.get_by_role("link", name="Three ways").first
    assert height(name.locator("xpath=following-sibling::*")) > 1.5 * 18
    admin.post(f"/api/automations/{flow}/archive").raise_for_status()


def test_u42_a_banner_takes_one_line_of_a_phone(phone: Page, admin: httpx.Client):
    """It is opened for the rest, and going on with the draft takes one tap all the same."""
    flow = running(admin, "Banner")
    phone.goto(f"/automations/{flow}?view=live")
    more = phone.get_by_role("button", name="Details", exact=True)
    expect(more).to_have_attribute("aria-expanded", "false", timeout=30_000)
    assert height(more.locator("xpath=..")) <= 46
    expect(phone.get_by_text("Show flow and losses")).to_be_hidden()
    more.click()
    expect(phone.get_by_text("Show flow and losses")).to_be_visible()
    opened = phone.locator(f"[id='{more.get_attribute('aria-controls')}']")
    expect(opened).to_contain_text("Show flow and losses")
    expect(opened).not_to_contain_text("is running")
    more.click()
    edit = phone.get_by_role("button", name="Edit draft")
    assert edit.evaluate("each => [each.offsetWidth >= 44, each.offsetHeight >= 44]") == [True, True]
    edit.click()
    expect(phone.get_by_text("You are editing a draft.")).to_be_visible()
    expect(more).to_be_visible()  # the words are cut
    admin.post(f"/api/automations/{flow}/pause").raise_for_status()
    expect(phone.get_by_text("Version 1 is paused.")).to_be_visible()
    expect(more).to_have_count(0)  # these are whole
    admin.post(f"/api/automations/{flow}/archive").raise_for_status()


def test_u42_whoever_is_sent_to_a_tab_of_a_contact_sees_it(phone: Page, admin: httpx.Client):
    """On a phone the tabs stand below the details; whoever opens the page as such begins with these."""
    contact = admin.post("/api/contacts", json={"email": "sent-there@example.com"}).raise_for_status().json()["id"]
    why = phone.get_by_role("tabpanel", name="Why?")
    phone.goto(f"/contacts/{contact}?tab=why")
    expect(why.get_by_role("combobox")).to_be_in_viewport(ratio=1, timeout=30_000)
    phone.wait_for_timeout(500)  # what is loaded above it does not push it away
    expect(why.get_by_role("combobox")).to_be_in_viewport(ratio=1)
    phone.wait_for_timeout(2000)  # whoever scrolls without a hand on the page, with a screen reader, is let go by then
    phone.evaluate(GROW)
    phone.wait_for_timeout(300)
    expect(phone.get_by_role("heading", level=1)).to_be_in_viewport()
    phone.goto(f"/contacts/{contact}")
    expect(phone.get_by_role("heading", level=1)).to_be_in_viewport()
    admin.delete(f"/api/contacts/{contact}")


def test_u42_settings_leave_their_step_and_the_next_in_sight_and_the_canvas_where_it_was(
    desk: Page, admin: httpx.Client
):
    """Whether the settings of one step or of two in turn were open."""
    show(desk, draw(admin, {**STEPS, **BRANCHES}, *WAYS))
    push(desk, by=250)  # so that the settings would cover the last steps
    before = view(desk)
    settings = desk.get_by_role("region", name="Settings of")
    for label in (SPLIT, POINTS):
        step(desk, label).click()
        expect(desk.get_by_role("region", name=f"Settings of {label}")).to_be_visible()
        if label == SPLIT:
            eventually(desk, lambda: all(right(desk, each) <= left(settings) for each in (SPLIT, NOTE, TAG)))
            assert view(desk) != before
    desk.keyboard.press("Escape")
    expect(settings).to_have_count(0)
    eventually(desk, lambda: view(desk) == before)


def test_u42_a_canvas_that_was_moved_meanwhile_stays(desk: Page, admin: httpx.Client):
    """Who moves it while settings are open has chosen what to look at."""
    show(desk, draw(admin, {**STEPS, **BRANCHES}, *WAYS))
    push(desk, by=250)
    step(desk, SPLIT).click()
    settings = desk.get_by_role("region", name=f"Settings of {SPLIT}")
    eventually(desk, lambda: right(desk, TAG) <= left(settings))
    desk.wait_for_timeout(500)  # as long as it may be on its way, no hand has chosen anything
    push(desk, by=-60)
    moved = view(desk)
    settings.get_by_role("button", name="Close").click()
    expect(settings).to_have_count(0)
    desk.wait_for_timeout(500)  # nothing follows
    assert view(desk) == moved


def test_u42_a_line_begins_at_its_port(desk: Page, admin: httpx.Client):
    """That of the second way out, whose port has a shape of its own, too: it runs straight down to the + on it."""
    show(desk, draw(admin, {**STEPS, **BRANCHES}, *WAYS))
    for index, target in enumerate((NOTE, TAG)):
        assert abs(centre(port(desk, SPLIT).nth(index))[0] - centre(between(desk, SPLIT, target))[0]) < 1


def push(desk: Page, *, by: int) -> None:
    """Drag the canvas sideways, the way a hand does it, and wait until it lies still."""
    was = view(desk)
    x, y = left(desk.locator(".react-flow__pane")) + 80, 200
    desk.mouse.move(x, y)
    desk.mouse.down()
    desk.mouse.move(x + by, y, steps=6)
    desk.mouse.up()
    eventually(desk, lambda: view(desk) != was)
    centre(desk.locator(".react-flow__node").first)


def view(desk: Page) -> str:
    return str(desk.locator(VIEW).first.evaluate("each => each.style.transform"))


def height(thing: Locator) -> float:
    box = thing.bounding_box()
    assert box
    return box["height"]


def left(thing: Locator) -> float:
    box = thing.bounding_box()
    return box["x"] if box else float("-inf")


def right(desk: Page, label: str) -> float:
    box = step(desk, label).bounding_box()
    assert box
    return box["x"] + box["width"]
