"""Texts of steps that say what the event said: offered, shown by example, doubted, and told in a test run."""

import httpx
import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.acting import eventually, step
from tests.e2e.drawing import NOTE, note_field, note_of, show

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

EVENT = "tent_rented"


@pytest.fixture
def renting(admin: httpx.Client) -> int:
    """An automation that notes who rents a tent, which somebody just did; returns its id."""
    said = {"place": "By the lake", "nights": 3}
    event = {"event": EVENT, "contact": {"email": "tent@example.com"}, "properties": said}
    admin.post("/api/events", json={"events": [event]}).raise_for_status()
    document = {
        "format": "cadenza.automation/1",
        "name": "Tents",
        "settings": {"re_entry": False, "exit_conditions": [], "time_zone": "contact"},
        "nodes": [
            {"id": "rented", "type": "custom_event", "config": {"event": EVENT}},
            {"id": "note", "type": "add_note", "config": {"text": "Rented: "}},
        ],
        "edges": [{"from": "rented", "port": "next", "to": "note"}],
        "layout": {},
    }
    made = admin.post("/api/automations", json={"name": "Tents", "document": document}).raise_for_status()
    return int(made.json()["id"])


def test_a_field_of_the_event_is_put_into_a_text(desk: Page, admin: httpx.Client, renting: int):
    """The menu offers what the latest event said; the field shows what comes of it; a wrong name is told."""
    show(desk, renting)
    step(desk, NOTE).click()
    field = note_field(desk)
    field.click()
    desk.keyboard.press("Control+End")
    desk.get_by_role("button", name="Insert a field into Text").click()
    place = desk.get_by_role("menuitem", name="event.place")
    expect(place).to_contain_text("Latest: By the lake")
    place.click()
    expect(field).to_have_value("Rented: {{ event.place }}")
    expect(desk.get_by_text("With the latest event: Rented: By the lake")).to_be_visible()
    field.fill("{{ event.nigths }} nights")
    expect(desk.get_by_text("Did you mean “nights”?")).to_be_visible()
    field.fill("{{ event.nights }} nights")
    expect(desk.get_by_text("Did you mean “nights”?")).to_have_count(0)
    desk.get_by_role("button", name="Apply to step").click()
    eventually(desk, lambda: note_of(admin, renting) == "{{ event.nights }} nights")


def test_the_blocks_of_a_mail_do_not_wait_for_what_events_say(desk: Page):
    """The editor begins while nobody answers; what comes later is in the menu over a text."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    desk.route("**/api/events/properties", hold)
    desk.goto("/templates?new=1")
    desk.get_by_role("dialog").get_by_role("link", name="Welcome").click()
    desk.frame_locator("iframe.gjs-frame").get_by_text("Thank you for signing up").dblclick()
    menu = desk.get_by_role("combobox", name="Insert placeholder", exact=True)
    expect(menu.get_by_role("option", name="event.event_name", exact=True)).to_be_attached()
    expect(menu.get_by_role("option", name="event.parcels", exact=True)).to_have_count(0)
    for each in held:
        each.fulfill(json=[{"event": "parcels_sent", "properties": ["parcels"]}])
    expect(menu.get_by_role("option", name="event.parcels", exact=True)).to_be_attached()
