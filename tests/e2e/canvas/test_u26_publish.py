"""Live is only changed by Publish, with a diff and the people inside (U26); links to versions (U29)."""

import contextlib
import re
import time
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.acting import eventually
from tests.e2e.barriers import barriers
from tests.e2e.drawing import draft_of, draw, show
from tests.support.database import connect
from tests.support.instance import Instance

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

PEOPLE = [f"inside{number}@example.com" for number in range(3)]


def document(days: int, *tags: str) -> dict[str, Any]:
    """Who visits a page waits so many days, and then gets these tags."""
    chain = ["visited", "pause", *tags]
    wait = {"until": "duration", "duration": {"amount": days, "unit": "days"}}
    return {
        "format": "cadenza.automation/1",
        "name": "Published here",
        "settings": {"re_entry": True},
        "nodes": [
            {"id": "visited", "type": "page_visited", "config": {}},
            {"id": "pause", "type": "wait", "config": wait},
            *({"id": tag, "type": "add_tag", "config": {"tag": tag}} for tag in tags),
        ],
        "edges": [{"from": one, "port": "next", "to": other} for one, other in pairwise(chain)],
    }


@pytest.fixture
def flow(admin: httpx.Client) -> Iterator[int]:
    """A running automation with three contacts at its wait of two days, and a draft that waits four and tags anew."""
    made = admin.post("/api/automations", json={"document": document(2, "old")}).raise_for_status().json()["id"]
    admin.post(f"/api/automations/{made}/activate", json={"re_entry": True}).raise_for_status()
    events = [{"event": "page_visited", "contact": {"email": email}} for email in PEOPLE]
    admin.post("/api/events", json={"events": events}).raise_for_status()
    wait_until(lambda: inside(admin, made) == {1: 3})
    save(admin, made, document(4, "fresh"))
    yield made
    admin.post(f"/api/automations/{made}/archive").raise_for_status()


def save(admin: httpx.Client, flow: int, draft: dict[str, Any]) -> None:
    revision = admin.get(f"/api/automations/{flow}").json()["draft_revision"]
    body = {"document": draft, "base_revision": revision}
    admin.put(f"/api/automations/{flow}/draft", json=body).raise_for_status()


def inside(admin: httpx.Client, flow: int) -> dict[int, int]:
    """Who is inside, by version."""
    items = admin.get(f"/api/automations/{flow}/versions").json()["items"]
    return {each["number"]: each["inside"] for each in items if each["inside"]}


def wait_until(holds: Any) -> None:
    deadline = time.monotonic() + 15
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def publishing(desk: Page) -> Locator:
    """The dialog, with its list of people."""
    desk.get_by_role("button", name="Publish changes").click()
    dialog = desk.get_by_role("dialog", name="Publish changes of")
    expect(dialog.get_by_text("3 contacts are inside")).to_be_visible()
    return dialog


def test_u26_editing_changes_nothing_that_runs(desk: Page, admin: httpx.Client, flow: int) -> None:
    """The draft stands beside what is live until somebody publishes; who is inside stays unless moved."""
    show(desk, flow)
    assert admin.get(f"/api/automations/{flow}").json()["version"] == 1
    dialog = publishing(desk)
    dialog.get_by_role("button", name="Publish", exact=True).click()
    expect(desk.get_by_text("The changes of “Published here” are live.")).to_be_visible()
    assert admin.get(f"/api/automations/{flow}").json()["version"] == 2
    assert inside(admin, flow) == {1: 3}


def test_u26_the_dialog_tells_what_happens_to_whom(desk: Page, admin: httpx.Client, flow: int) -> None:
    """Per step: how many, since when, what is ahead, and what then if it changes; chosen for all, all have moved."""
    show(desk, flow)
    dialog = publishing(desk)
    expect(dialog.get_by_text("5 changes to version 1")).to_be_visible()
    place = dialog.get_by_role("listitem").filter(has_text="Wait 2 days")
    expect(place).to_contain_text("3 since")
    expect(place).to_contain_text("Changed")
    expect(place).to_contain_text(re.compile("As before: .*: Add the tag “old”"))
    expect(place.get_by_text("Add the tag “old”")).to_have_count(1)
    expect(place.get_by_text("Then:")).to_have_count(0)
    dialog.get_by_label("Everybody").select_option("Move to the new version")
    expect(place).to_contain_text(re.compile("As it is: .*: Add the tag “old”.*Then: .*: Add the tag “fresh”"))
    dialog.get_by_role("button", name="Publish", exact=True).click()
    eventually(desk, lambda: inside(admin, flow) == {2: 3})


def test_u26_one_place_may_go_elsewhere(desk: Page, admin: httpx.Client, flow: int) -> None:
    """Those at one step are sent to another one at once; without saying where, nothing is published."""
    show(desk, flow)
    dialog = publishing(desk)
    choice = dialog.get_by_label("What becomes of those at “Wait 2 days”, version 1")
    choice.select_option("Go to a step…")
    expect(dialog.get_by_text("Choose the step that they go to.")).to_be_visible()
    expect(dialog.get_by_role("button", name="Publish", exact=True)).to_be_disabled()
    dialog.get_by_label("Step to go to").select_option("Add the tag “fresh”")
    dialog.get_by_role("button", name="Publish", exact=True).click()
    eventually(desk, lambda: inside(admin, flow) == {})
    runs = admin.get(f"/api/automations/{flow}/enrollments").json()["items"]
    assert {(run["version"], run["state"], run["node"]) for run in runs} == {(2, "finished", "fresh")}


def test_u26_what_differs_is_seen_on_the_canvas_and_as_a_list(desk: Page, flow: int) -> None:
    """Added, removed and changed steps are marked by word on the canvas; the list tells fields, before and after."""
    show(desk, flow)
    desk.get_by_role("button", name="Versions and changes").click()
    history = desk.get_by_role("dialog", name="Versions of")
    expect(history.get_by_text("5 differences")).to_be_visible()
    changes = history.get_by_role("list", name="What differs")
    expect(changes).to_contain_text("How long: 2 days → 4 days")
    steps = history.get_by_test_id("diff-step")
    expect(steps.filter(has_text="Changed")).to_contain_text("4 days")
    expect(steps.filter(has_text="Added")).to_contain_text("fresh")
    expect(steps.filter(has_text="Removed")).to_contain_text("old")


def test_u26_a_draft_that_was_published_is_told_from_one_that_was_not(desk: Page, admin: httpx.Client, flow: int):
    """Beside the versions it is said which of both the draft is."""
    desk.goto(f"/automations/{flow}?versions=1..draft")
    draft = desk.get_by_role("dialog", name="Versions of").get_by_role("button", name="Draft").first
    expect(draft).to_have_accessible_name(re.compile("Changes not published yet"))
    admin.post(f"/api/automations/{flow}/activate", json={}).raise_for_status()
    desk.reload()
    expect(draft).to_have_accessible_name(re.compile("Same as version 2"))


def test_u26_a_changed_condition_is_told_before_and_after(desk: Page, admin: httpx.Client) -> None:
    """What has no short value is said by the sentences that its step had and has."""
    flow = draw(admin, {"opened": "email_opened", "split": "conditional_split"}, "opened > split", name="Asks another")
    admin.post(f"/api/automations/{flow}/activate", json={}).raise_for_status()
    draft = draft_of(admin, flow)
    draft["nodes"][1]["config"] = {"condition": {"all": [{"attribute": "SCORE", "op": "gte", "value": 40}]}}
    save(admin, flow, draft)
    desk.goto(f"/automations/{flow}?versions=1..draft")
    changes = desk.get_by_role("dialog", name="Versions of").get_by_role("list", name="What differs")
    expect(changes).to_contain_text("Condition: SCORE is at least 20? → SCORE is at least 40?")
    admin.post(f"/api/automations/{flow}/archive").raise_for_status()


def test_u26_changed_settings_of_the_automation_are_told_before_and_after(
    desk: Page, admin: httpx.Client, flow: int
) -> None:
    """Conditions and hours in a phrase, choices by their names."""
    draft = draft_of(admin, flow)
    hot = {"all": [{"attribute": "SCORE", "op": "gte", "value": 90}]}
    hours = {"days": [1, 2], "from": "09:00", "to": "18:00", "outside": "wait"}
    draft["settings"] |= {"exit_conditions": [hot], "entry_hours": hours, "priority": "high"}
    save(admin, flow, draft)
    desk.goto(f"/automations/{flow}?versions=1..draft")
    changes = desk.get_by_role("dialog", name="Versions of").get_by_role("list", name="What differs")
    expect(changes).to_contain_text("Exit conditions: not set → SCORE is at least 90")
    expect(changes).to_contain_text("Hours of entry: not set → Mon, Tue, 09:00–18:00; others wait")
    expect(changes).to_contain_text("Priority: Normal → High")


def test_u26_an_earlier_version_comes_back_as_the_draft(desk: Page, admin: httpx.Client, flow: int) -> None:
    """Restoring is an edit like any other: what runs stays, and it can be undone."""
    show(desk, flow)
    desk.get_by_role("button", name="Versions and changes").click()
    history = desk.get_by_role("dialog", name="Versions of")
    history.get_by_role("button", name="Version 1").click()
    history.get_by_role("button", name="Restore as draft").click()
    expect(history).to_be_hidden()
    eventually(desk, lambda: {node["id"] for node in draft_of(admin, flow)["nodes"]} == {"visited", "pause", "old"})
    desk.get_by_role("button", name="Undo: restore a version").click()
    eventually(desk, lambda: "fresh" in {node["id"] for node in draft_of(admin, flow)["nodes"]})


def test_u26_escape_leaves_the_question_and_not_the_versions(desk: Page, admin: httpx.Client, flow: int) -> None:
    """Who thinks better of moving people is back where they asked for it; a second press closes the versions."""
    admin.post(f"/api/automations/{flow}/activate", json={"re_entry": True}).raise_for_status()
    show(desk, flow)
    desk.get_by_role("button", name="Versions and changes").click()
    history = desk.get_by_role("dialog", name="Versions of")
    asked = history.get_by_role("button", name="Move those inside…")
    asked.click()
    question = desk.get_by_role("dialog", name="Move those inside to version 2")
    expect(question.get_by_text("3 contacts are inside")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(question).to_be_hidden()
    expect(asked).to_be_focused()
    desk.keyboard.press("Escape")
    expect(history).to_be_hidden()


def test_u26_who_stayed_can_be_moved_later(desk: Page, admin: httpx.Client, flow: int) -> None:
    """Both versions run side by side, with their people counted, until somebody moves them."""
    admin.post(f"/api/automations/{flow}/activate", json={}).raise_for_status()
    desk.goto(f"/automations/{flow}?versions=1..2")
    history = desk.get_by_role("dialog", name="Versions of")
    expect(history.get_by_role("button", name="Version 1")).to_contain_text("3 inside")
    history.get_by_role("button", name="Move those inside…").click()
    dialog = desk.get_by_role("dialog", name="Move those inside to version 2")
    expect(dialog.get_by_text("3 contacts are inside")).to_be_visible()
    dialog.get_by_role("button", name="Move", exact=True).click()
    expect(history.get_by_role("button", name="Version 2 Live")).to_contain_text("3 inside", timeout=15_000)
    assert inside(admin, flow) == {2: 3}


BUSY = """
    SELECT EXISTS (
        SELECT FROM pg_stat_activity
        WHERE state <> 'idle' AND backend_type = 'client backend' AND pid <> pg_backend_pid()
    )"""


@pytest.fixture
def standing_still(demo: Instance) -> Iterator[None]:
    """The workers of the demo world do nothing for as long as a test takes, and hold nothing others may wait for."""
    workers = [each for each in demo.children() if "app.jobs.worker" in each.cmdline()]
    assert workers

    def suspended_between_jobs() -> bool:
        for each in workers:
            each.suspend()
        (busy,) = connection.execute(BUSY).fetchone() or (True,)
        for each in workers if busy else ():
            each.resume()
        return not busy

    with contextlib.ExitStack() as woken, connect(demo) as connection:
        for each in workers:
            woken.callback(each.resume)
        wait_until(suspended_between_jobs)
        yield


def test_u26_moving_can_be_stopped(desk: Page, admin: httpx.Client, flow: int, standing_still: None) -> None:
    """While people are moved, how far that has come is shown, and a button stops it: the others stay where they are."""
    admin.post(f"/api/automations/{flow}/activate", json={"people": {"everybody": {"way": "move"}}}).raise_for_status()
    desk.goto(f"/automations/{flow}?versions=1..2")
    history = desk.get_by_role("dialog", name="Versions of")
    expect(history.get_by_role("status")).to_contain_text("0 of 3")
    history.get_by_role("button", name="Stop moving").click()
    expect(desk.get_by_text("3 contacts stay where they were")).to_be_visible()
    expect(history.get_by_role("button", name="Stop moving")).to_have_count(0)
    assert inside(admin, flow) == {1: 3}


@pytest.mark.parametrize("width", [375, 1440])
def test_u26_nobody_is_kept_from_publishing_or_comparing(desk: Page, flow: int, width: int) -> None:
    """Axe finds no barrier in the dialog nor among the versions, light or dark; a phone is wide enough for both."""
    desk.set_viewport_size({"width": width, "height": 760})
    desk.goto(f"/automations/{flow}?versions=1..draft")
    expect(desk.get_by_text("5 differences")).to_be_visible()
    assert barriers(desk) == {}
    assert desk.evaluate("document.documentElement.scrollWidth") <= width
    desk.get_by_role("dialog", name="Versions of").get_by_role("button", name="Close").first.click()
    publishing(desk)
    assert barriers(desk) == {}
    assert desk.evaluate("document.documentElement.scrollWidth") <= width


def test_u29_a_link_shows_the_same_two_versions(desk: Page, flow: int) -> None:
    """The address holds what is compared; opened anew it shows the same, and so does going back."""
    desk.goto(f"/automations/{flow}?versions=1..draft")
    history = desk.get_by_role("dialog", name="Versions of")
    expect(history.get_by_text("5 differences")).to_be_visible()
    expect(history.get_by_label("Compare with")).to_have_value("1")
    history.get_by_label("Compare with").select_option("Nothing")
    desk.wait_for_url("**?versions=draft")
    desk.go_back()
    expect(history.get_by_text("5 differences")).to_be_visible()
