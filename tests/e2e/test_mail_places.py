"""What is put into a mail is found by its name."""

from uuid import uuid4

import httpx
import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]


@pytest.fixture
def parcel(admin: httpx.Client) -> str:
    """The name of an event that was sent with a property of its own, `carrier_` and the same ending."""
    name = f"parcel_{uuid4().hex[:8]}"
    properties = {name.replace("parcel", "carrier"): "Swift"}
    sent = {"event": name, "contact": {"email": "ann@places.example.com"}, "properties": properties}
    admin.post("/api/events", json={"events": [sent]}).raise_for_status()
    return name


def test_what_events_say_is_put_into_a_mail(desk: Page, admin: httpx.Client, parcel: str):
    """The properties that events were sent with are offered; one that none had yet can be written out."""
    new = {"name": f"By {parcel}", "subject": "By:", "format": "html", "source": "<p>Hello</p>"}
    made = admin.post("/api/mail-templates", json=new).raise_for_status().json()
    desk.goto(f"/templates/{made['id']}")
    subject = desk.get_by_label("Subject", exact=True)
    carrier = parcel.replace("parcel", "carrier")
    for written, offered in ((carrier, f"event.{carrier}"), ("event.to_come", "event.to_come")):
        subject.press("End")
        desk.get_by_role("button", name="Insert placeholder: Subject").click()
        desk.get_by_role("combobox", name="What to put in").fill(written)
        desk.get_by_role("option", name=offered, exact=True).click()
        desk.get_by_role("button", name="Insert placeholder", exact=True).click()
    expect(subject).to_have_value(f'By:{{{{ event.{carrier} | default("") }}}}{{{{ event.to_come | default("") }}}}')
