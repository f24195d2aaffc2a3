"""U41: who begins is invited, not accused; what is asked for is asked in words, and nothing stands on anything else."""

import json

import httpx
import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e.acting import step
from tests.e2e.drawing import NOTE, OPENED, SPLIT, draw, show

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]
SUGGESTED = ["Email opened", "Form submitted", "Page visited", "Added to a list"]


def begin(desk: Page, admin: httpx.Client, name: str) -> None:
    flow = admin.post("/api/automations", json={"name": name}).raise_for_status().json()["id"]
    desk.goto(f"/automations/{flow}")
    expect(desk.get_by_role("heading", name="What starts this automation?")).to_be_visible(timeout=30_000)


def region(desk: Page, label: str) -> Locator:
    return desk.get_by_role("region", name=f"Settings of {label}")


def test_u41_an_empty_canvas_invites(desk: Page, admin: httpx.Client):
    """It offers the triggers most used, and its one open point is something to do, not an error."""
    begin(desk, admin, "Invited")
    expect(desk.get_by_role("button", name="1 to do", exact=True)).to_be_visible()
    expect(desk.get_by_role("button", name="error")).to_have_count(0)
    offered = desk.get_by_role("heading", name="What starts this automation?").locator("xpath=..").get_by_role("button")
    assert offered.all_inner_texts()[: len(SUGGESTED)] == SUGGESTED


def test_u41_the_palette_stands_in_the_order_of_the_language(desk: Page, admin: httpx.Client):
    """Triggers are sorted by their names, so that one can be found without searching."""
    begin(desk, admin, "Sorted")
    names = (
        desk.get_by_role("region", name="Steps")
        .get_by_role("listitem")
        .locator("button > span:last-child > :first-child")
    )
    expect(names.first).to_be_visible()
    shown = names.all_inner_texts()
    assert len(shown) > len(SUGGESTED)
    assert shown == sorted(shown, key=str.casefold)


def test_u41_a_condition_is_not_wrong_before_its_value_could_be_chosen(desk: Page, admin: httpx.Client):
    """Neither the step nor its form accuses until it is applied so; then the words are those of the form."""
    begin(desk, admin, "Not yet wrong")
    desk.get_by_role("button", name="Email opened", exact=True).click()
    filter_ = region(desk, OPENED).get_by_role("group", name="Event filter")
    filter_.get_by_role("button", name="Add condition").click()
    with desk.expect_response(lambda answer: "message_kind" in (answer.request.post_data or "")) as checked:
        desk.get_by_role("option", name="Kind of message", exact=True).click()
    assert [each["code"] for each in checked.value.json()["problems"] if each["field"]] == ["missing"]
    expect(filter_.get_by_role("combobox", name="Value")).to_have_attribute("placeholder", "Choose a value")
    expect(region(desk, OPENED).get_by_role("alert")).to_have_count(0)
    expect(desk.get_by_role("button", name="error")).to_have_count(0)
    desk.get_by_role("button", name="Apply to step").click()
    desk.get_by_role("alert").get_by_role("button", name="Open settings").click()
    told = region(desk, OPENED).get_by_role("alert")
    expect(told).to_contain_text("There is no value to compare with kind of message yet.")
    expect(told).to_contain_text("Choose one of: campaign, automation, transactional.")
    filter_.get_by_role("combobox", name="Value").click()
    desk.get_by_role("option", name="Campaign", exact=True).click()
    expect(told).to_have_count(0)


def test_u41_a_copy_is_not_accused_before_somebody_has_looked_into_it(desk: Page, admin: httpx.Client):
    """It is still to be set up, as a new step is; left unfinished, it has an error, and so it has who goes live."""
    show(desk, draw(admin, {"opened": "email_opened", "note": "add_note"}, "opened > note", configs={}))
    errors = desk.locator(".react-flow__node").get_by_text("error")
    step(desk, NOTE).click(modifiers=["Shift"])
    for count in (1, 2):
        desk.keyboard.press("Control+d")
        expect(step(desk, NOTE)).to_have_count(1 + count)
        expect(desk.get_by_role("button", name="1 error", exact=True)).to_be_visible()
        expect(step(desk, NOTE).last).to_contain_text("Open it to set it up.")
    expect(errors).to_have_count(1)
    step(desk, NOTE).last.click()
    expect(region(desk, NOTE).get_by_role("alert")).to_have_count(0)
    region(desk, NOTE).get_by_role("button", name="Close").click()
    expect(errors).to_have_count(2)
    desk.get_by_role("button", name="Activate automation").click()
    desk.get_by_role("dialog").get_by_role("button", name="Cancel").click()
    expect(errors).to_have_count(3)


def test_u41_a_step_does_not_say_its_name_twice(desk: Page, admin: httpx.Client):
    """Under the name of a step stands only what its sentence says beyond it."""
    show(desk, draw(admin, {"opened": "email_opened", "wait": "wait"}, "opened > wait"))
    expect(step(desk, "Wait")).to_contain_text("2 days")
    expect(step(desk, "Wait").get_by_text("Wait 2 days")).to_have_count(0)


def test_u41_counts_stand_clear_of_the_words_at_the_ways_out(desk: Page, admin: httpx.Client):
    """Neither the counts of a step nor that of a line touch the word at its port."""
    nodes = {"opened": "page_visited", "split": "conditional_split", "tag": "add_tag"}
    flow = draw(admin, nodes, "opened > split", "split.no > tag", name="Clear", re_entry=True)
    admin.post(f"/api/automations/{flow}/activate", json={"re_entry": True}).raise_for_status()
    event = {"event": "page_visited", "contact": {"email": "clear@example.com"}, "properties": {"page": "/clear"}}
    admin.post("/api/events", json={"events": [event]}).raise_for_status()
    desk.goto(f"/automations/{flow}?view=live")
    split = step(desk, SPLIT)
    word, count = split.get_by_text("No", exact=True), split.get_by_role("button", name="went on")
    expect(count.first).to_be_visible()
    top, bottom = edges(word)
    assert edges(count.first)[1] < top
    line = desk.get_by_test_id("edge-split-no").get_by_role("button")
    expect(line).to_be_visible()
    assert bottom < edges(line)[0]
    admin.post(f"/api/automations/{flow}/archive").raise_for_status()


def edges(drawn: Locator) -> tuple[float, float]:
    """Where something begins and ends, from above."""
    box = drawn.bounding_box()
    assert box
    return box["y"], box["y"] + box["height"]


def test_u41_history_and_versions_have_signs_of_their_own(desk: Page, admin: httpx.Client):
    """Two tools of the bar that do different things do not look alike."""
    flow = draw(admin, {"opened": "email_opened", "tag": "add_tag"}, "opened > tag", name="Signs")
    admin.post(f"/api/automations/{flow}/activate", json={}).raise_for_status()
    desk.goto(f"/automations/{flow}?view=draft")
    tools = [desk.get_by_role("button", name=name, exact=True) for name in ("List of changes", "Versions and changes")]
    for tool in tools:
        expect(tool).to_be_visible()
    signs = [tool.locator("svg").inner_html() for tool in tools]
    assert signs[0] != signs[1]
    admin.post(f"/api/automations/{flow}/archive").raise_for_status()


def test_u41_the_bell_stays_in_sight_beside_a_large_number(desk: Page):
    """However many are unread, more of the bell is seen than covered."""

    def many(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=json.dumps({**answer.json(), "unread": 250}))

    desk.route("**/api/notifications?**", many)
    desk.route("**/api/notifications", many)
    desk.goto("/automations")
    bell = desk.get_by_role("button", name="Notifications").first
    badge = bell.get_by_text("99+", exact=True)
    expect(badge).to_be_visible()
    sign, number = bell.locator("svg").bounding_box(), badge.bounding_box()
    assert sign
    assert number
    wide = min(sign["x"] + sign["width"], number["x"] + number["width"]) - max(sign["x"], number["x"])
    high = min(sign["y"] + sign["height"], number["y"] + number["height"]) - max(sign["y"], number["y"])
    assert max(wide, 0) * max(high, 0) < 0.3 * sign["width"] * sign["height"]
