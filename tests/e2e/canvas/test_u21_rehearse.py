"""U21: rehearsals on the canvas. A test run lights its path up; what came can be kept, and must come again."""

import re

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.acting import eventually, step
from tests.e2e.drawing import (
    NOTE,
    OPENED,
    POINTS,
    SPLIT,
    TAG,
    draw,
    note_field,
    put_groups,
    show,
    write_note,
)

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

STEPS = {
    "opened": "email_opened",
    "points": "update_attribute",
    "split": "conditional_split",
    "note": "add_note",
    "tag": "add_tag",
}
LOADED = 20_000  # however busy the machine is
WAYS = ("opened > points", "points > split", "split.yes > note", "split.no > tag")


def rehearsal(desk: Page, flow: int) -> Locator:
    """Open the panel beside the canvas."""
    show(desk, flow)
    desk.get_by_role("button", name="Rehearse", exact=True).click()
    panel = desk.get_by_role("region", name="Rehearse")
    expect(panel).to_be_visible()
    return panel


def lit(desk: Page, label: str) -> Locator:
    return step(desk, label).locator("[data-rehearsed]")


def test_u21_the_path_lights_up_with_its_values(desk: Page, admin: httpx.Client) -> None:
    """The contact's way shines, the rest fades, and each step shows the values of its moment."""
    panel = rehearsal(desk, draw(admin, STEPS, *WAYS))
    panel.get_by_label("SCORE").fill("15")
    panel.get_by_role("button", name="Run the test").click()
    expect(panel.get_by_role("status")).to_have_text("Went all the way.", timeout=LOADED)
    for label in (OPENED, POINTS, SPLIT, NOTE):
        expect(lit(desk, label)).to_have_attribute("data-rehearsed", "on")
    expect(lit(desk, TAG)).to_have_attribute("data-rehearsed", "off")
    expect(desk.get_by_test_id("trace-points")).to_contain_text("SCORE = 20")
    expect(desk.get_by_test_id("trace-split")).to_contain_text("SCORE: 20")
    panel.get_by_role("button", name="Close the rehearsal").click()
    expect(desk.locator("[data-rehearsed=on]")).to_have_count(0)


def test_u21_leaving_where_nothing_follows_is_no_end(desk: Page, admin: httpx.Client) -> None:
    """It is said by which way the contact left, and that way shines; the other does not."""
    panel = rehearsal(desk, draw(admin, {node: kind for node, kind in STEPS.items() if node != "tag"}, *WAYS[:3]))
    panel.get_by_label("SCORE").fill("1")
    panel.get_by_role("button", name="Run the test").click()
    left = "Left after “SCORE is at least 20?” by “No”: nothing follows there."
    expect(panel.get_by_role("status")).to_have_text(left, timeout=LOADED)
    expect(desk.get_by_test_id("exit-split-no")).to_have_attribute("data-taken", "true")
    expect(desk.get_by_test_id("exit-split-yes")).to_have_attribute("data-taken", "false")
    told = desk.get_by_test_id("trace-split").get_by_text("is at least 20 → no")
    fits = told.evaluate("({ scrollHeight, clientHeight }) => scrollHeight <= clientHeight")
    assert fits, "what was compared is cut off"


def test_u21_live_counts_make_room_for_a_test_run(desk: Page, admin: httpx.Client) -> None:
    """What came of one contact on trial is not mixed with what came of others in life."""
    flow = draw(admin, STEPS, *WAYS, name="Counted", re_entry=True)
    admin.post(f"/api/automations/{flow}/activate", json={}).raise_for_status()
    event = {"event": "email_opened", "contact": {"email": "counted@example.com"}}
    admin.post("/api/events", json={"events": [event]}).raise_for_status()
    eventually(desk, lambda: admin.get(f"/api/automations/{flow}/stats").json()["entered"] == 1)
    desk.goto(f"/automations/{flow}?view=draft")
    counts = step(desk, POINTS).get_by_role("button", name="1 went on", exact=True)
    expect(counts).to_have_count(1, timeout=LOADED)
    desk.get_by_role("button", name="Rehearse", exact=True).click()
    panel = desk.get_by_role("region", name="Rehearse")
    panel.get_by_role("button", name="Run the test").click()
    expect(lit(desk, POINTS)).to_have_attribute("data-rehearsed", "on", timeout=LOADED)
    expect(counts).to_have_count(0)
    panel.get_by_role("button", name="Clear the canvas").click()
    expect(counts).to_have_count(1)
    admin.post(f"/api/automations/{flow}/archive").raise_for_status()


def test_u21_a_rehearsal_steps_aside_for_settings_to_be_mended(desk: Page, admin: httpx.Client) -> None:
    """The offer to open the settings leads to them; once they are closed, the rehearsal is back as it was."""
    flow = draw(admin, STEPS, *WAYS)
    show(desk, flow)
    write_note(desk, "")
    desk.get_by_role("button", name="Apply to step").click()
    offer = desk.get_by_role("alert").get_by_role("button", name="Open settings")
    expect(offer).to_be_visible()
    desk.get_by_role("button", name="Rehearse", exact=True).click()
    panel = desk.get_by_role("region", name="Rehearse")
    panel.get_by_label("SCORE").fill("15")
    offer.click()
    expect(note_field(desk)).to_be_focused()
    expect(panel).to_have_count(0)
    note_field(desk).fill("Mended")
    desk.get_by_role("button", name="Apply to step").click()
    expect(panel.get_by_label("SCORE")).to_have_value("15")
    expect(step(desk, NOTE).get_by_text("Note: Mended")).to_be_visible()


def test_u21_a_line_out_of_a_folded_group_lights_by_any_of_its_ways(desk: Page, admin: httpx.Client) -> None:
    """Yes and No, drawn as one line, lead to the note; the contact took the second of them."""
    steps = {node: kind for node, kind in STEPS.items() if node != "tag"}
    flow = draw(admin, steps, *WAYS[:3], "split.no > note")
    put_groups(admin, flow, [{"id": "group", "name": "Warm-up", "nodes": ["points", "split"], "collapsed": True}])
    panel = rehearsal(desk, flow)
    panel.get_by_label("SCORE").fill("1")
    panel.get_by_role("button", name="Run the test").click()
    expect(lit(desk, NOTE)).to_have_attribute("data-rehearsed", "on", timeout=LOADED)
    expect(desk.locator(".react-flow__edge [data-rehearsed=true]")).to_have_count(2)
    expect(desk.locator(".react-flow__edge [data-rehearsed=false]")).to_have_count(0)


def test_u21_waits_are_skipped_on_request(desk: Page, admin: httpx.Client) -> None:
    """Without the wish the run stands at the wait; with it, or with what happens meanwhile, it goes on."""
    steps = {"opened": "email_opened", "wait": "wait", "tag": "add_tag"}
    panel = rehearsal(desk, draw(admin, steps, "opened > wait", "wait > tag"))
    panel.get_by_role("switch", name="Skip waits").click()
    panel.get_by_role("button", name="Run the test").click()
    expect(panel.get_by_role("status")).to_have_text(re.compile("^Waits until"), timeout=LOADED)
    expect(lit(desk, TAG)).to_have_attribute("data-rehearsed", "off")
    panel.get_by_role("button", name="Add what happens next").click()
    panel.get_by_label("Line 1: how long").fill("72")
    panel.get_by_role("button", name="Run the test").click()
    expect(lit(desk, TAG)).to_have_attribute("data-rehearsed", "on", timeout=LOADED)


def test_u21_what_came_is_kept_and_must_come_again(desk: Page, admin: httpx.Client) -> None:
    """A test run becomes a scenario by a name; a change of the draft makes it fail, and says what came instead."""
    flow = draw(admin, STEPS, *WAYS)
    panel = rehearsal(desk, flow)
    panel.get_by_label("SCORE").fill("15")
    panel.get_by_role("button", name="Run the test").click()
    panel.get_by_label("Keep as a scenario").fill("Hot in the end")
    panel.get_by_role("button", name="Keep", exact=True).click()
    panel.get_by_text("Scenarios", exact=True).click()
    panel.get_by_role("button", name="Run 1 scenario").click()
    expect(panel.get_by_role("status")).to_have_text("All hold.", timeout=LOADED)
    (kept,) = admin.get(f"/api/automations/{flow}/scenarios").json()["items"]
    panel.get_by_role("button", name="Edit “Hot in the end”").click()
    text = panel.get_by_role("textbox", name="Scenario as text")
    expect(text).to_have_value(kept["text"])
    text.fill(kept["text"].replace("SCORE = 15", "SCORE = 3"))
    panel.get_by_role("button", name="Save").click()
    expect(text).to_have_count(0)
    panel.get_by_role("button", name="Run 1 scenario").click()
    expect(panel.get_by_role("status")).to_have_text("1 scenario fails.", timeout=LOADED)
    expect(panel.get_by_text("Yes – but: No")).to_be_visible()


def test_u21_a_scenario_that_is_not_understood_says_so_where_it_is_written(desk: Page, admin: httpx.Client) -> None:
    """The line is named at the field, until it is mended."""
    panel = rehearsal(desk, draw(admin, STEPS, *WAYS))
    panel.get_by_text("Scenarios", exact=True).click()
    panel.get_by_role("button", name="Write a scenario").click()
    text = panel.get_by_role("textbox", name="Scenario as text")
    text.fill("Hot\n  hopes for yes")
    panel.get_by_role("button", name="Save").click()
    expect(text).to_have_accessible_description(re.compile("^Line 2: “hopes” is not one of given, at, enter, after"))
    text.fill("Hot\n  enter opened\n  expect sorted yes")
    panel.get_by_role("button", name="Save").click()
    expect(text).to_have_accessible_description(re.compile("^Line 3: there is no step “sorted”; the steps are: opened"))
    expect(text).to_have_attribute("placeholder", re.compile("enter opened\n.*\n *expect points$"))
    text.fill("Hot\n  enter opened\n  expect ")
    panel.get_by_role("region", name="Steps of this automation").get_by_role("button", name="split").click()
    expect(text).to_have_value("Hot\n  enter opened\n  expect split")
    expect(text).not_to_have_attribute("aria-invalid", "true")
    panel.get_by_role("button", name="Save").click()
    expect(panel.get_by_role("button", name="Run 1 scenario")).to_be_visible()


def test_u21_a_failing_scenario_is_overridden_with_a_reason(desk: Page, admin: httpx.Client) -> None:
    """It is named before anything is pressed; going live asks why, and goes on once that is said; the log keeps it."""
    flow = draw(admin, STEPS, *WAYS, re_entry=True)
    text = "Hot at once\n  enter opened\n  expect split yes"
    admin.post(f"/api/automations/{flow}/scenarios", json={"text": text}).raise_for_status()
    show(desk, flow)
    desk.get_by_role("button", name="Activate automation").click()
    dialog = desk.get_by_role("dialog")
    activate = dialog.get_by_role("button", name="Activate", exact=True)
    expect(dialog.get_by_role("alert").get_by_text("Hot at once")).to_be_visible(timeout=LOADED)
    reason = dialog.get_by_label("Publish all the same, because")
    expect(reason).not_to_have_attribute("aria-invalid", "true")
    activate.click()
    expect(reason).to_have_accessible_description(re.compile("Say why, or change the draft"))
    dialog.get_by_label("Publish all the same, because").fill("The threshold moves next week")
    activate.click()
    expect(dialog).to_be_hidden()
    log = admin.get("/api/audit").json()["items"]
    assert [each["detail"]["reason"] for each in log if each["action"] == "automation.scenarios_overridden"] == [
        "The threshold moves next week"
    ]


def test_u21_scenarios_that_hold_are_said_to_hold_before_going_live(desk: Page, admin: httpx.Client) -> None:
    """Once the draft is mended, the dialog that was refused says so."""
    flow = draw(admin, STEPS, *WAYS, re_entry=True)
    scenarios = f"/api/automations/{flow}/scenarios"
    (kept,) = admin.post(scenarios, json={"text": "Cold\n  enter opened\n  expect split yes"}).json()["items"]
    show(desk, flow)
    desk.get_by_role("button", name="Activate automation").click()
    dialog = desk.get_by_role("dialog")
    dialog.get_by_role("button", name="Activate", exact=True).click()
    expect(dialog.get_by_role("alert").get_by_text("Cold")).to_be_visible(timeout=LOADED)
    dialog.get_by_role("button", name="Cancel").click()
    admin.put(f"{scenarios}/{kept['id']}", json={"text": "Cold\n  enter opened\n  expect split no"}).raise_for_status()
    desk.get_by_role("button", name="Activate automation").click()
    expect(dialog.get_by_role("status").filter(has_text="1 scenario holds.")).to_be_visible(timeout=LOADED)
    expect(dialog.get_by_role("alert").filter(has_text="Cold")).to_have_count(0)


def test_u21_the_past_is_played_again(desk: Page, admin: httpx.Client) -> None:
    """A replay of the demo world shows draft and life beside each other, and who stands behind a number."""
    panel = rehearsal(desk, draw(admin, STEPS, *WAYS, re_entry=True))
    refused: list[str] = []
    desk.on("response", lambda response: refused.append(response.url) if response.status >= 400 else None)
    panel.get_by_text("Replay", exact=True).click()
    panel.get_by_role("button", name="Replay", exact=True).click()
    result = panel.get_by_role("region", name="Replay")
    expect(result).to_be_visible(timeout=60_000)
    expect(panel.get_by_text("What a replay cannot know")).to_be_visible()
    result.get_by_role("row", name=re.compile("^Entries")).get_by_role("button").first.click()
    people = desk.get_by_role("dialog", name="Draft: Entries")
    expect(people.get_by_role("link").first).to_be_visible()
    assert refused == []


def test_why_tells_what_was_missing(desk: Page, admin: httpx.Client) -> None:
    """On the contact's page the branch that was not taken says what it lacked."""
    flow = draw(admin, {"opened": "email_opened", "split": "conditional_split"}, "opened > split", name="Asked why")
    admin.post(f"/api/automations/{flow}/activate", json={}).raise_for_status()
    contact = admin.post("/api/contacts", json={"email": "why@example.com", "attributes": {"SCORE": 1}}).json()["id"]
    event = {"event": "email_opened", "contact": {"email": "why@example.com"}}
    admin.post("/api/events", json={"events": [event]}).raise_for_status()
    eventually(desk, lambda: admin.get(f"/api/automations/{flow}/stats").json()["entered"] == 1)
    desk.goto(f"/contacts/{contact}?tab=why&automation={flow}")
    sentence = desk.get_by_role("status").filter(has_text="would have gone Yes with SCORE is at least 20; it was")
    expect(sentence).to_be_visible(timeout=LOADED)
    expect(desk.get_by_text("Would have gone Yes with: SCORE is at least 20", exact=True)).to_be_visible()
    admin.post(f"/api/automations/{flow}/archive").raise_for_status()
