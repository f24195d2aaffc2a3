"""A step that another tool calls: its address is copied, a first call shows what stands where, and contacts enter."""

import json
from typing import Any

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.acting import eventually, step
from tests.e2e.drawing import draft_of, draw, show

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

CALLED = "Webhook received"
ORDER: dict[str, Any] = {
    "customer": {"email": "olga.petrova@example.com", "name": "Olga"},
    "order": {"id": 71, "total": 120.5, "items": [{"name": "tea"}]},
}


def settings(desk: Page) -> Locator:
    return desk.get_by_role("region", name=f"Settings of {CALLED}")


def choose(desk: Page, field: str, path: str) -> None:
    """Choose what stands in the field by clicking on a value of the call."""
    settings(desk).get_by_role("combobox", name=field).click()
    desk.get_by_role("option", name=path).click()


def test_another_tool_lets_a_contact_in(desk: Page, admin: httpx.Client):
    """From the copied address over the first call and the mapping to a contact that is inside."""
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    flow = draw(admin, {"called": "webhook_received", "tag": "add_tag"}, "called > tag", name="Orders")
    show(desk, flow)
    step(desk, CALLED).click()
    expect(settings(desk).get_by_text("Waiting for a first call…")).to_be_visible()
    settings(desk).get_by_role("button", name="Copy URL").click()
    expect(settings(desk).get_by_role("button", name="Copied")).to_be_visible()
    url = str(desk.evaluate("navigator.clipboard.readText()"))

    assert httpx.post(url, json=ORDER).json()["result"] == "example"
    expect(settings(desk).get_by_role("region", name="Last calls")).to_contain_text("example, nobody entered")
    choose(desk, "E-mail", "customer.email")
    choose(desk, "Id of the call", "order.id")
    settings(desk).get_by_role("combobox", name="Add an attribute").click()
    desk.get_by_role("option", name="FIRSTNAME").click()
    choose(desk, "FIRSTNAME", "customer.name")
    settings(desk).get_by_role("button", name="Apply to step").click()
    desk.get_by_role("button", name="Activate automation").click()
    desk.get_by_role("dialog").get_by_role("button", name="Activate", exact=True).click()
    expect(desk.get_by_text("“Orders” is live.")).to_be_visible()

    assert [httpx.post(url, json=ORDER).json()["result"] for _ in range(2)] == ["accepted", "duplicate"]
    eventually(desk, lambda: admin.get(f"/api/automations/{flow}/stats").json()["entered"] == 1)
    (contact,) = admin.get("/api/contacts", params={"search": "olga.petrova"}).json()["items"]
    assert contact["attributes"]["FIRSTNAME"] == "Olga"


def test_a_pasted_example_is_mapped_by_clicks(desk: Page, admin: httpx.Client):
    """Before anything was sent: each click says what a value is, and what would come of it is told at once."""
    flow = draw(admin, {"called": "webhook_received", "tag": "add_tag"}, "called > tag", name="By example")
    show(desk, flow)
    step(desk, CALLED).click()
    settings(desk).get_by_role("button", name="Paste an example…").click()
    example = settings(desk).get_by_role("textbox", name="Example")
    expect(example).to_be_focused()
    example.fill("[1]")
    settings(desk).get_by_role("button", name="Use this example").click()
    expect(settings(desk).get_by_text("This is no JSON object.")).to_be_visible()
    example.fill(json.dumps({**ORDER, "customer": {"email": "ines.costa@example.com", "name": "Ines"}}))
    settings(desk).get_by_role("button", name="Use this example").click()

    outcome = settings(desk).get_by_role("region", name="What would come of this call")
    expect(outcome).to_contain_text("First choose whose it is")
    sent = settings(desk).get_by_role("region", name="What was sent")
    take(desk, sent, "order.id 71", "E-mail")
    expect(outcome).to_contain_text("It would be refused")
    take(desk, sent, "order.id 71", "Use it for nothing")
    take(desk, sent, "customer.email", "E-mail")
    take(desk, sent, "customer.name", "FIRSTNAME")
    expect(outcome).to_contain_text("A new contact would be made.")
    expect(outcome).to_contain_text("FIRSTNAMEInes")
    expect(settings(desk).get_by_role("combobox", name="FIRSTNAME")).to_have_value("customer.name")
    settings(desk).get_by_role("button", name="Apply to step").click()
    eventually(desk, lambda: mapping_of(admin, flow).get("email") == "customer.email")
    assert mapping_of(admin, flow)["attributes"] == {"FIRSTNAME": "customer.name"}


def take(desk: Page, sent: Locator, value: str, meaning: str) -> None:
    """Click on a value that was sent, and say by keys what it is."""
    sent.get_by_role("button", name=value).click()
    item = desk.get_by_role("menuitem", name=meaning, exact=True)
    expect(item).to_be_visible()
    item.press("Enter")
    expect(item).to_be_hidden()


def mapping_of(admin: httpx.Client, flow: int) -> dict[str, Any]:
    """What the first step of the draft takes from where."""
    mapping: dict[str, Any] = draft_of(admin, flow)["nodes"][0]["config"].get("mapping", {})
    return mapping


def test_a_call_that_cannot_be_read_is_shown_and_taken_again(desk: Page, admin: httpx.Client):
    """It says which path is wrong; once the mapping is mended, one click lets its contact in."""
    flow = draw(admin, {"called": "webhook_received", "tag": "add_tag"}, "called > tag", name="Mended")
    path = f"/api/automations/{flow}"
    draft = admin.get(path).json()
    draft["document"]["nodes"][0]["config"] = {"mapping": {"email": "mail"}}
    body = {"document": draft["document"], "base_revision": draft["draft_revision"]}
    admin.put(f"{path}/draft", json=body).raise_for_status()
    admin.post(f"{path}/activate", json={}).raise_for_status()
    url = admin.put(f"{path}/hooks/called").json()["url"]
    answer = httpx.post(url, json=ORDER)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "mail")

    show(desk, flow)
    step(desk, CALLED).click()
    calls = settings(desk).get_by_role("region", name="Last calls")
    expect(calls).to_contain_text("mail was not sent, or is empty")
    desk.get_by_role("button", name="Edit draft").click()
    step(desk, CALLED).click()
    settings(desk).get_by_role("combobox", name="E-mail").fill("")
    choose(desk, "E-mail", "customer.email")
    settings(desk).get_by_role("button", name="Apply to step").click()
    desk.get_by_role("button", name="Publish changes").click()
    desk.get_by_role("dialog").get_by_role("button", name="Publish", exact=True).click()
    expect(desk.get_by_role("button", name="Publish changes")).to_be_hidden()
    step(desk, CALLED).click()
    calls.get_by_role("button", name="Take again", exact=True).click()
    expect(desk.get_by_text("The call was taken.")).to_be_visible()
    eventually(desk, lambda: admin.get(f"{path}/stats").json()["entered"] == 1)
