"""Pausing an automation, letting it go on with a choice of what becomes of what fell due, and stopping those inside."""

import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.acting import eventually, step
from tests.e2e.drawing import show
from tests.support.database import connect
from tests.support.instance import Instance

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

NAME = "Standing still"
DOCUMENT: dict[str, Any] = {
    "format": "cadenza.automation/1",
    "name": NAME,
    "settings": {"re_entry": True},
    "nodes": [
        {"id": "visited", "type": "page_visited", "config": {}},
        {"id": "pause", "type": "wait", "config": {"until": "duration", "duration": {"amount": 1, "unit": "days"}}},
        {"id": "tag", "type": "add_tag", "config": {"tag": "stood-still"}},
    ],
    "edges": [
        {"from": "visited", "port": "next", "to": "pause"},
        {"from": "pause", "port": "next", "to": "tag"},
    ],
}
PEOPLE = [f"still{number}@example.com" for number in range(3)]
FELL_DUE = (
    (
        "UPDATE timer SET wake_at = wake_at - interval '2 days' "
        "WHERE enrollment_id IN (SELECT id FROM enrollment WHERE automation_id = %(flow)s)"
    ),
    "UPDATE enrollment SET wake_at = wake_at - interval '2 days' WHERE automation_id = %(flow)s",
)


@pytest.fixture
def flow(admin: httpx.Client) -> Iterator[int]:
    """A running automation with three contacts inside, each at its wait of a day."""
    made = admin.post("/api/automations", json={"document": DOCUMENT}).raise_for_status().json()["id"]
    admin.post(f"/api/automations/{made}/activate", json={"re_entry": True}).raise_for_status()
    events = [{"event": "page_visited", "contact": {"email": email}} for email in PEOPLE]
    admin.post("/api/events", json={"events": events}).raise_for_status()
    deadline = time.monotonic() + 15
    while inside(admin, made) < len(PEOPLE):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    yield made
    admin.post(f"/api/automations/{made}/archive").raise_for_status()


def inside(admin: httpx.Client, flow: int) -> int:
    return int(admin.get(f"/api/automations/{flow}/stats").json()["inside"])


def state_of(admin: httpx.Client, flow: int) -> str:
    return str(admin.get(f"/api/automations/{flow}").json()["state"])


def press(where: Page | Locator, name: str) -> None:
    where.get_by_role("button", name=name, exact=True).click()


def let_fall_due(demo: Instance, flow: int) -> None:
    """Let the wait of everybody inside be over; the automation stands still, so nobody goes on."""
    with connect(demo) as connection:
        for statement in FELL_DUE:
            connection.execute(statement, {"flow": flow})


def test_a_pause_says_so_within_a_second_and_nothing_is_asked_when_nothing_fell_due(
    desk: Page, admin: httpx.Client, flow: int
):
    """What the toast says holds; Resume then goes on at once."""
    show(desk, flow)
    press(desk, "Pause")
    expect(desk.get_by_text(f"“{NAME}” is paused.")).to_be_visible(timeout=3000)  # a second, and a busy machine
    assert state_of(admin, flow) == "paused"
    press(desk, "Resume")
    expect(desk.get_by_text(f"“{NAME}” is running again.")).to_be_visible()
    assert state_of(admin, flow) == "active"


def test_numbers_are_shown_before_what_fell_due_is_spread(desk: Page, admin: httpx.Client, demo: Instance, flow: int):
    """The first goes on at once, the others later, and cancelling changes nothing."""
    admin.post(f"/api/automations/{flow}/pause").raise_for_status()
    let_fall_due(demo, flow)
    desk.goto(f"/automations/{flow}")
    press(desk, "Resume")
    dialog = desk.get_by_role("dialog", name=f"Resume “{NAME}”")
    expect(dialog.get_by_role("region", name="Where they stand")).to_contain_text("Wait 1 day3")
    press(dialog, "Cancel")
    assert state_of(admin, flow) == "paused"
    press(desk, "Resume")
    dialog.get_by_role("radio", name="Spread it").check()
    dialog.get_by_label("Over so many hours").fill("6")
    press(dialog, "Resume")
    expect(desk.get_by_text(f"“{NAME}” is running again.")).to_be_visible()
    eventually(desk, lambda: inside(admin, flow) == 2)


def test_what_fell_due_is_skipped_from_the_list(desk: Page, admin: httpx.Client, demo: Instance, flow: int):
    """Everybody whose time came leaves; none of them is tagged."""
    admin.post(f"/api/automations/{flow}/pause").raise_for_status()
    let_fall_due(demo, flow)
    desk.goto("/automations?state=paused")
    press(desk, f"Actions for {NAME}")
    desk.get_by_role("menuitem", name="Resume").click()
    dialog = desk.get_by_role("dialog", name=f"Resume “{NAME}”")
    dialog.get_by_role("radio", name="Skip it").check()
    press(dialog, "Resume")
    eventually(desk, lambda: inside(admin, flow) == 0)
    stats = admin.get(f"/api/automations/{flow}/stats").json()
    assert (state_of(admin, flow), "tag" in stats["nodes"]) == ("active", False)


def test_one_and_then_all_inside_are_stopped(desk: Page, admin: httpx.Client, flow: int):
    """From the people at a step and from the menu, each time with the number; the audit log tells it in words."""
    show(desk, flow)
    step(desk, "Wait").get_by_role("button", name="3 contacts are here now").click()
    people = desk.get_by_role("dialog", name="In “Wait” now")
    people.get_by_role("button", name="Stop", exact=True).first.click()
    press(desk.get_by_role("dialog", name="Stop still"), "Stop")
    expect(desk.get_by_text("1 contact was stopped.")).to_be_visible()
    expect(people.get_by_role("listitem")).to_have_count(2)
    press(people, "Close")
    press(desk, "Automation actions")
    desk.get_by_role("menuitem", name="Stop those inside…").click()
    question = desk.get_by_role("dialog", name=f"Stop those inside “{NAME}”?")
    expect(question).to_contain_text("2 contacts leave at once")
    press(question, "Stop")
    expect(desk.get_by_text("2 contacts were stopped.")).to_be_visible()
    assert (inside(admin, flow), state_of(admin, flow)) == (0, "active")
    desk.goto("/settings/audit")
    expect(desk.get_by_text(f"Automation: those inside stopped · {NAME}").first).to_be_visible()
    expect(desk.get_by_role("link", name=NAME, exact=True).first).to_have_attribute("href", f"/automations/{flow}")
