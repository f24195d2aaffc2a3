"""The main story, by real mouse: a marketer builds lead scoring, events come in, a rep is told and understands why."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.acting import canvas, sign_in, step
from tests.e2e.drawing import centre
from tests.support.instance import Instance

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

ADMIN, REP = "admin@example.com", "rep@example.com"
MARIA = "maria@example.com"


@pytest.fixture
def rep_page(browser: Browser, site: Instance) -> Iterator[Page]:
    """The rep, in a second browser."""
    with browser.new_context(base_url=site.url, viewport={"width": 1440, "height": 900}) as context:
        yield context.new_page()


@pytest.mark.row("C1", "C2", "C4", "C5", "C6", "C7", "C8", "C9", "C11", "C13", "C15", "C18", "C20", "C22")
def test_lead_scoring_from_attribute_to_alert(page: Page, rep_page: Page, site: Instance):
    """The attribute, the automation, its activation, four events by Brevo's door, the live alert, and the reasons."""
    sign_in(page, site, ADMIN, "owner")
    sign_in(rep_page, site, REP, "rep")
    create_attribute(page, "SCORE", "Number")
    new_automation(page, "Lead scoring")

    drag(page, "Email opened", onto=canvas(page), at=(420, 120))
    add_condition(page, "Event filter", "Kind of message", "Campaign", choose=True)
    add_condition(page, "Contact filter", "COUNTRY", "France")
    apply(page)

    drag(page, "Web push clicked", onto=canvas(page), at=(120, 120))
    apply(page)
    drag(page, "Update attribute", onto=open_end(page, "Email opened", "Next"), tab="Actions")
    choose(page, "Attribute", "SCORE")
    choose(page, "Operation", "Add")
    page.get_by_role("textbox", name="Value").fill("5")
    apply(page)
    connect(page, "Web push clicked", "Update attribute")
    drag(page, "Conditional split", onto=open_end(page, "Update attribute", "Next"), tab="Rules")
    add_condition(page, "Condition", "SCORE", "20", operator="is at least")
    apply(page)
    drag(page, "Assign owner", onto=open_end(page, "Conditional split", "Yes"), tab="Actions")
    choose(page, "Rep", REP.partition("@")[0])
    apply(page)
    activate(page)

    rep_page.goto("/notifications")
    expect(rep_page.get_by_role("heading", name="Notifications", exact=True)).to_be_visible()
    send_opens(site, times=4)
    alert = rep_page.get_by_text("A contact is yours now").first
    expect(alert).to_be_visible()
    rep_page.get_by_role("button", name="Open contact").click()
    expect(rep_page.get_by_role("heading", name="Maria")).to_be_visible()
    rep_page.get_by_role("tab", name="Automations").click()
    expect(rep_page.get_by_text("SCORE: 20; is at least 20 → yes")).to_be_visible()
    expect(rep_page.get_by_text("Assigned to rep").first).to_be_visible()


def create_attribute(page: Page, name: str, kind: str) -> None:
    page.goto("/settings/attributes")
    page.get_by_role("button", name="New attribute").first.click()
    page.get_by_role("textbox", name="Name").fill(name)
    page.get_by_role("combobox", name="Type").click()
    page.get_by_role("option", name=kind).click()
    page.get_by_role("button", name="Create attribute").click()
    expect(page.get_by_text(name, exact=True)).to_be_visible()


def new_automation(page: Page, name: str) -> None:
    page.goto("/automations")
    page.get_by_role("button", name="Start from scratch").click()
    page.get_by_role("textbox", name="Name").fill(name)
    page.get_by_role("button", name="Create", exact=True).click()
    expect(page.get_by_role("heading", name="What starts this automation?")).to_be_visible()


def open_end(page: Page, step: str, port: str) -> Locator:
    return page.get_by_role("button", name=f"Add a step after {step} ({port})")


def drag(page: Page, label: str, *, onto: Locator, at: tuple[int, int] | None = None, tab: str = "Triggers") -> None:
    """Drag a step from the palette with the mouse, the way a hand does it."""
    page.get_by_role("tab", name=tab).click()
    item = page.get_by_role("region", name="Steps").get_by_role("button", name=label).first
    item.hover()
    page.mouse.down()
    x, y = centre(onto)
    if at:
        box = onto.bounding_box()
        assert box
        x, y = box["x"] + at[0], box["y"] + at[1]
    page.mouse.move(x - 30, y - 30, steps=8)
    page.mouse.move(x, y, steps=4)
    page.mouse.up()
    expect(page.get_by_role("region", name=f"Settings of {label}")).to_be_visible()


def add_condition(
    page: Page, place: str, subject: str, value: str, *, operator: str | None = None, choose: bool = False
) -> None:
    region = page.get_by_role("region", name=place)
    region.get_by_role("button", name="Add condition").click()
    region.get_by_role("combobox", name="What to compare").click()
    page.get_by_role("option", name=subject, exact=True).click()
    if operator:
        region.get_by_role("combobox", name="Comparison").click()
        page.get_by_role("option", name=operator, exact=True).click()
    if choose:
        region.get_by_role("combobox", name="Value").click()
        page.get_by_role("option", name=value, exact=True).click()
    else:
        region.get_by_role("textbox", name="Value").fill(value)


def apply(page: Page) -> None:
    apply = page.get_by_role("button", name="Apply to step")
    apply.click()
    expect(apply).to_have_count(0)


def choose(page: Page, field: str, option: str) -> None:
    page.get_by_role("combobox", name=field).click()
    page.get_by_role("option", name=option).click()


def connect(page: Page, source: str, target: str) -> None:
    """Draw an edge with the mouse, from one step's port to another step."""
    port = step(page, source).locator(".react-flow__handle.source")
    entry = step(page, target).locator(".react-flow__handle.target")
    port.hover()
    page.mouse.down()
    page.mouse.move(*centre(entry), steps=15)
    page.mouse.up()
    expect(page.get_by_role("button", name=f"Add a step between {source} and {target}")).to_be_visible()


def activate(page: Page) -> None:
    """Switch it on, with re-entry, as an admin may."""
    page.get_by_role("button", name="Activate automation").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("switch").check(force=True)
    dialog.get_by_role("button", name="Activate").click()
    expect(page.get_by_text("Active", exact=True).first).to_be_visible()


def send_opens(site: Instance, times: int = 1) -> None:
    """Send opens of a campaign by a contact in France, as a Brevo client would."""
    key = site.command("api-key", "create", "--name", "story").stdout.strip()
    event = {
        "event_name": "email_opened",
        "identifiers": {"email_id": MARIA},
        "event_properties": {"message_kind": "campaign"},
        "contact_properties": {"FIRSTNAME": "Maria", "COUNTRY": "France"},
    }
    body = {"events": [event] * times}
    answer = httpx.post(f"{site.url}/v3/events/batch", json=body, headers={"api-key": key})
    assert answer.status_code == 202
