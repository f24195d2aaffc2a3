"""The radar before a browser: what automations share, what is wrong with them, and the way from there."""

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.acting import eventually
from tests.e2e.barriers import barriers
from tests.e2e.drawing import draft_of, draw, edge, show

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]


@pytest.fixture
def looping(admin: httpx.Client) -> Iterator[int]:
    """An automation that lets contacts in whenever it has changed them; archived again afterwards."""
    document = {
        "format": "cadenza.automation/1",
        "name": "Never ends",
        "settings": {"re_entry": True},
        "nodes": [
            {"id": "changed", "type": "attribute_changed", "config": {"attribute": "SCORE"}},
            {"id": "points", "type": "add_points", "config": {"points": 5}},
        ],
        "edges": [{"from": "changed", "port": "next", "to": "points"}],
    }
    made = admin.post("/api/automations", json={"document": document}).raise_for_status().json()
    yield int(made["id"])
    admin.post(f"/api/automations/{made['id']}/archive").raise_for_status()


def test_a_loop_is_told_with_its_places_and_mended_by_a_click(desk: Page, admin: httpx.Client, looping: int):
    """The finding names the steps; its button switches re-entry off in the draft, and undo puts it back."""
    desk.goto("/automations")
    desk.get_by_role("link", name="Radar").click()
    finding = desk.get_by_role("listitem").filter(has_text="go round without a rest")
    expect(finding.get_by_role("link", name="Never ends: Add 5 points to SCORE")).to_be_visible()
    finding.get_by_role("button", name="Let contacts enter").click()
    expect(finding).to_have_count(0)
    eventually(desk, lambda: draft_of(admin, looping)["settings"]["re_entry"] is False)
    desk.get_by_role("button", name="Undo").click()
    expect(finding).to_have_count(1)
    eventually(desk, lambda: draft_of(admin, looping)["settings"]["re_entry"] is True)


def test_the_editor_lists_what_the_radar_finds_of_its_draft(desk: Page, admin: httpx.Client, looping: int):
    """As a warning that says where it comes from, with its fix; it is told again before the automation goes live."""
    show(desk, looping)
    desk.get_by_role("button", name="1 warning", exact=True).click()
    problems = desk.get_by_role("dialog", name="1 warning")
    finding = problems.get_by_role("listitem").filter(has_text="go round without a rest")
    expect(finding.get_by_role("link", name="Radar")).to_have_attribute("href", "/automations/radar")
    desk.keyboard.press("Escape")
    expect(problems).to_have_count(0)
    desk.get_by_role("button", name="Activate automation").click()
    dialog = desk.get_by_role("dialog", name="Activate “Never ends”")
    expect(dialog.get_by_role("listitem").filter(has_text="go round without a rest")).to_be_visible()
    dialog.get_by_role("button", name="Let contacts enter “Never ends” once").click()
    expect(dialog.get_by_role("listitem").filter(has_text="go round without a rest")).to_have_count(0)
    eventually(desk, lambda: draft_of(admin, looping)["settings"]["re_entry"] is False)


def test_a_place_opens_the_automation_at_its_step(desk: Page, looping: int):
    """From the finding's witness one comes to the editor, where that step is selected."""
    desk.goto("/automations/radar")
    desk.get_by_role("link", name="Never ends: Add 5 points to SCORE").click()
    expect(desk).to_have_url(re.compile(rf"/automations/{looping}\?step=points"))


def test_the_map_shows_what_is_shared_and_can_be_narrowed(desk: Page, looping: int):
    """An automation and its attribute are drawn; without attributes the map has the automation alone."""
    desk.goto("/automations/radar")
    automation = desk.get_by_role("group", name="Automation: Never ends")
    attribute = desk.get_by_role("group", name="Attribute: SCORE")
    expect(automation).to_be_visible()
    expect(attribute).to_be_visible()
    desk.get_by_text("Attributes", exact=True).click()
    expect(attribute).to_have_count(0)
    expect(automation).to_be_visible()


def test_the_list_says_the_same_in_words(desk: Page, looping: int):
    """Each thing is listed with who reads and changes it, for those who cannot see the map, or have a phone."""
    desk.set_viewport_size({"width": 375, "height": 800})
    desk.goto("/automations/radar?view=list")
    things = desk.get_by_role("region", name="Who uses what").get_by_role("listitem")
    score = things.filter(has=desk.get_by_text("SCORE", exact=True))
    expect(score.get_by_role("listitem").filter(has_text="Never ends lets contacts in")).to_be_visible()
    expect(score.get_by_role("listitem").filter(has_text="Never ends adds to")).to_be_visible()
    assert desk.evaluate("document.documentElement.scrollWidth") <= 375


def test_what_a_button_says_is_said_once(desk: Page, admin: httpx.Client):
    """Where the button is named as the remedy, the remedy does not stand beside it as well."""
    flow = draw(admin, {"opened": "email_opened", "points": "update_attribute"}, "opened > points", name="Scores once")
    desk.goto("/automations/radar?view=list")
    finding = desk.get_by_role("listitem").filter(
        has=desk.get_by_role("link", name="Scores once: Settings", exact=True)
    )
    finding = finding.filter(has_text="each contact scores once")
    expect(finding.get_by_role("button", name="Switch re-entry on.", exact=True)).to_be_visible()
    expect(finding.get_by_text("Switch re-entry on.")).to_have_count(1)
    admin.post(f"/api/automations/{flow}/archive").raise_for_status()


def test_an_unfinished_draft_is_no_finding(desk: Page, admin: httpx.Client):
    """It is listed as what it is, not among the errors; one that runs and can no longer be published is a finding."""
    flow = draw(admin, {"opened": "email_opened", "tag": "add_tag"}, name="Half drawn")
    desk.goto("/automations/radar?view=list")
    finding = desk.get_by_role("listitem").filter(has_text="“Half drawn”")
    expect(finding).to_contain_text("is not finished yet")
    title = desk.get_by_role("heading", name=re.compile(r"\d findings?$"))
    before = title.inner_text()
    found = desk.get_by_role("heading", name=before).locator("xpath=ancestor::section[1]").get_by_role("list").first
    assert found.locator("> li").count() == int(before.split()[0])
    read = admin.get(f"/api/automations/{flow}").json()
    whole = {**read["document"], "edges": [edge("opened > tag")]}
    sent = {"document": whole, "base_revision": read["draft_revision"]}
    admin.put(f"/api/automations/{flow}/draft", json=sent).raise_for_status()
    admin.post(f"/api/automations/{flow}/activate", json={}).raise_for_status()
    read = admin.get(f"/api/automations/{flow}").json()
    sent = {"document": {**whole, "edges": []}, "base_revision": read["draft_revision"]}
    admin.put(f"/api/automations/{flow}/draft", json=sent).raise_for_status()
    desk.reload()
    expect(finding).to_contain_text("has errors of its own")
    expect(title).not_to_have_text(before)
    admin.post(f"/api/automations/{flow}/archive").raise_for_status()


@pytest.mark.parametrize("width", [1440, 375])
@pytest.mark.parametrize("view", ["map", "list"])
def test_u34_a_finding_on_the_radar_has_no_barrier(desk: Page, looping: int, view: str, width: int):
    """With its witness and its fix, above the map and the list, in light and dark, wide and narrow."""
    desk.set_viewport_size({"width": width, "height": 800})
    desk.goto(f"/automations/radar?view={view}")
    finding = desk.get_by_role("listitem").filter(has_text="go round without a rest")
    expect(finding.get_by_role("button", name="Let contacts enter")).to_be_visible()
    drawn = desk.get_by_role("group", name="Automation: Never ends")
    expect(drawn if view == "map" else desk.get_by_role("region", name="Who uses what")).to_be_visible()
    assert barriers(desk) == {}


def test_u34_what_the_radar_finds_has_no_barrier_in_the_editor(desk: Page, looping: int):
    """The step that carries the warning, its list, and the question before it goes live, in light and dark."""
    show(desk, looping)
    warning = desk.get_by_role("button", name="1 warning", exact=True)
    expect(warning).to_be_visible()
    assert barriers(desk) == {}
    warning.click()
    problems = desk.get_by_role("dialog", name="1 warning")
    expect(problems.get_by_role("link", name="Radar")).to_be_visible()
    assert barriers(desk) == {}
    desk.keyboard.press("Escape")
    expect(problems).to_have_count(0)
    desk.get_by_role("button", name="Activate automation").click()
    dialog = desk.get_by_role("dialog", name="Activate “Never ends”")
    expect(dialog.get_by_role("listitem").filter(has_text="go round without a rest")).to_be_visible()
    assert barriers(desk) == {}
