"""U17: searching on the canvas, and over all automations."""

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.acting import step
from tests.e2e.drawing import NOTE, POINTS, SPLIT, draw, show

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]
NODES = {"opened": "email_opened", "points": "update_attribute", "hot": "conditional_split", "note": "add_note"}
WAYS = ("opened > points", "points > hot", "hot.yes > note")


def test_u17_what_is_found_lights_up_and_enter_goes_from_one_to_the_next(desk: Page, admin: httpx.Client):
    """By an attribute, by a text, by a type; Esc leaves the focus at the step that was found."""
    show(desk, draw(admin, NODES, *WAYS))
    desk.keyboard.press("Control+f")
    field = desk.get_by_role("searchbox", name="Search on the canvas")
    expect(field).to_be_focused()
    field.fill("score")
    expect(desk.get_by_text("1 of 2")).to_be_visible()
    expect(desk.get_by_test_id("found-points")).to_have_attribute("data-current", "true")
    expect(desk.get_by_test_id("found-hot")).to_be_visible()
    desk.keyboard.press("Enter")
    expect(desk.get_by_test_id("found-hot")).to_have_attribute("data-current", "true")
    field.fill("looked at")
    expect(desk.get_by_test_id("found-note")).to_have_attribute("data-current", "true")
    field.fill(SPLIT)
    expect(desk.get_by_test_id("found-hot")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(step(desk, SPLIT).get_by_role("button").first).to_be_focused()
    expect(desk.get_by_test_id("found-hot")).to_have_count(0)


def test_u17_a_contact_is_found_where_it_stands(desk: Page, admin: httpx.Client):
    """Whoever waits in the running automation is found by name, and the canvas goes there."""
    series = admin.get("/api/automations", params={"search": "Welcome series", "state": "active"}).json()["items"]
    busy = next(each["id"] for each in series if each["inside"])
    inside = admin.get(f"/api/automations/{busy}/enrollments?state=active").json()["items"][0]
    show(desk, busy)
    desk.keyboard.press("Control+f")
    desk.get_by_role("searchbox", name="Search on the canvas").fill(inside["contact"]["email"])
    expect(desk.get_by_test_id(f"found-{inside['node']}")).to_be_visible()


def test_u17_a_step_is_found_by_what_its_mail_says(desk: Page, admin: httpx.Client):
    """On the canvas and over all automations; the words stand in the template only, not in the step."""
    mail = {"name": "Kettle", "subject": "Tea?", "format": "html", "source": "<p>The samovar is on the table.</p>"}
    template = admin.post("/api/mail-templates", json=mail).raise_for_status().json()["id"]
    flow = draw(admin, NODES, *WAYS, name="Writes of tea")
    draft = admin.get(f"/api/automations/{flow}").json()
    sending = {"id": "mail", "type": "send_email", "config": {"template": template}}
    draft["document"]["nodes"].append(sending)
    body = {"document": draft["document"], "base_revision": draft["draft_revision"]}
    admin.put(f"/api/automations/{flow}/draft", json=body).raise_for_status()
    show(desk, flow)
    desk.keyboard.press("Control+f")
    desk.get_by_role("searchbox", name="Search on the canvas").fill("samovar")
    expect(desk.get_by_test_id("found-mail")).to_have_attribute("data-current", "true")
    expect(desk.get_by_role("search", name="Search on the canvas")).to_contain_text("The samovar is on the table.")
    desk.goto("/automations")
    desk.get_by_role("searchbox", name="Search automations").fill("samovar")
    found = desk.get_by_role("region", name="Found in steps").get_by_role("link")
    expect(found).to_have_count(1)
    expect(found).to_contain_text("Writes of tea")


def test_u17_all_automations_are_searched_by_attribute_type_and_text(desk: Page, admin: httpx.Client):
    """What is found leads to its step, shown on the canvas."""
    draw(admin, NODES, *WAYS, name="Holds a needle")
    desk.goto("/automations")
    desk.get_by_role("searchbox", name="Search automations").fill("Looked at twice")
    found = desk.get_by_role("region", name="Found in steps")
    expect(found.get_by_role("link").first).to_contain_text("Looked at twice")
    expect(desk.get_by_text("No automation fits")).to_have_count(0)
    found.get_by_role("radiogroup", name="Where to search").get_by_text("Attributes").click()
    expect(found.get_by_text("Nothing found in steps.")).to_be_visible()
    desk.get_by_role("searchbox", name="Search automations").fill("score")
    expect(found.get_by_role("link").filter(has_text="Holds a needle")).to_have_count(2)
    found.get_by_role("link").filter(has_text="Holds a needle").filter(has_text=POINTS).click()
    expect(step(desk, POINTS).locator("[data-selected]")).to_be_visible()
    expect(step(desk, NOTE)).to_be_visible()


def test_u17_a_contact_is_found_in_all_automations(desk: Page, admin: httpx.Client):
    """By the address, from the list; what is found leads to the way that the contact took, lit on the canvas."""
    series = admin.get("/api/automations", params={"search": "Welcome series", "state": "active"}).json()["items"]
    busy = next(each for each in series if each["inside"])
    inside = admin.get(f"/api/automations/{busy['id']}/enrollments?state=active").json()["items"][0]
    desk.goto("/automations")
    desk.get_by_role("searchbox", name="Search automations").fill(inside["contact"]["email"])
    found = desk.get_by_role("region", name="Contacts inside").get_by_role("link").filter(has_text=busy["name"])
    expect(found).to_contain_text(inside["contact"]["email"])
    expect(desk.get_by_text("No automation fits")).to_have_count(0)
    found.first.click()
    expect(desk.get_by_text(f"Path of {inside['contact']['name']}")).to_be_visible()
    desk.go_back()
    expect(found.first).to_be_visible()
    desk.get_by_role("searchbox", name="Search automations").fill("nobody of that name")
    expect(desk.get_by_text("No automation fits")).to_be_visible()
