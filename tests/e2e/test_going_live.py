"""From the draft to what runs: what is missing, who may choose, switching on and off, and the counts that follow."""

import re

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.acting import client_of, desk_of, eventually, step
from tests.e2e.drawing import OPENED, POINTS, SPLIT, TAG, add_by_word, after, between, draft_of, draw, edges_of, show
from tests.support.instance import Instance

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]


@pytest.mark.row("C16", "C23")
def test_a_split_with_an_empty_branch_can_go_live_or_grow(desk: Page, admin: httpx.Client):
    """An empty No branch is no error: it offers a +, and the automation can be activated as it is."""
    nodes = {"opened": "email_opened", "split": "conditional_split", "tag": "add_tag"}
    flow = draw(admin, nodes, "opened > split", "split.yes > tag", re_entry=True)
    show(desk, flow)
    expect(desk.get_by_role("button", name="No problems")).to_be_visible()
    expect(after(desk, SPLIT, "No")).to_be_visible()
    desk.get_by_role("button", name="Activate automation").click()
    desk.get_by_role("dialog").get_by_role("button", name="Activate", exact=True).click()
    expect(desk.get_by_text("Active", exact=True).first).to_be_visible()
    eventually(desk, lambda: admin.get(f"/api/automations/{flow}").json()["state"] == "active")
    admin.post(f"/api/automations/{flow}/archive").raise_for_status()


@pytest.mark.row("C19", "C20")
def test_scoring_without_re_entry_is_warned_of_and_mended_by_a_click(desk: Page, admin: httpx.Client):
    """With re-entry off, points warn that each contact scores once; the remedy beside the warning switches it on."""
    flow = draw(admin, {"opened": "email_opened", "points": "update_attribute"}, "opened > points")
    show(desk, flow)
    desk.get_by_role("button", name="1 warning", exact=True).click()
    warning = desk.get_by_role("listitem").filter(has_text=re.compile("scores once"))
    warning.get_by_role("button", name="Switch re-entry on.").click()
    expect(desk.get_by_role("button", name="No problems")).to_be_visible()
    eventually(desk, lambda: draft_of(admin, flow)["settings"]["re_entry"] is True)


def test_a_change_survives_a_reload_at_once(desk: Page, admin: httpx.Client):
    """What was done just before the page went away is there again, and reaches the server."""
    flow = draw(admin, {"opened": "email_opened"})
    show(desk, flow)
    after(desk, OPENED, "Next").click()
    add_by_word(desk, "add tag")
    expect(step(desk, TAG)).to_be_visible()
    desk.reload()
    expect(between(desk, OPENED, TAG)).to_be_visible()
    eventually(desk, lambda: len(edges_of(admin, flow)) == 1)


def test_what_is_missing_is_listed_and_leads_to_its_step(desk: Page, admin: httpx.Client):
    """An automation with errors cannot be activated; the dialog lists them, and a click opens the step."""
    flow = draw(admin, {"opened": "email_opened", "assign": "assign_owner"}, "opened > assign")
    show(desk, flow)
    desk.get_by_role("button", name="Activate automation").click()
    dialog = desk.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Activate", exact=True)).to_be_disabled()
    dialog.get_by_role("region", name="To do first").get_by_role("button", name="Assign owner").first.click()
    expect(desk.get_by_role("region", name="Settings of Assign owner")).to_be_visible()
    assert admin.get(f"/api/automations/{flow}").json()["state"] == "draft"


def test_re_entry_is_for_admins_until_the_policy_lets_marketers(browser: Browser, demo: Instance, admin: httpx.Client):
    """A marketer sees the re-entry switch disabled with the reason; once the policy allows it, it is theirs too."""
    flow = draw(admin, {"opened": "email_opened", "points": "update_attribute"}, "opened > points")
    with client_of(demo, "marketer@example.com") as marketer, desk_of(browser, marketer) as desk:
        for allowed, reason in (
            (False, "Only admins and owners may change this"),
            (True, "A contact that left enters"),
        ):
            admin.patch("/api/workspace", json={"re_entry_by_marketers": allowed}).raise_for_status()
            show(desk, flow)
            desk.get_by_role("button", name="Activate automation").click()
            switch = desk.get_by_role("switch", name="Re-entry after exit")
            expect(switch).to_be_enabled(enabled=allowed)
            expect(desk.get_by_text(reason)).to_be_visible()
    admin.patch("/api/workspace", json={"re_entry_by_marketers": False}).raise_for_status()


@pytest.mark.row("C21")
def test_counts_follow_the_events_once_it_is_live(desk: Page, admin: httpx.Client):
    """The steps of a running automation tell how many passed, and events that come in count without a reload."""
    nodes = {"visited": "page_visited", "points": "update_attribute"}
    flow = draw(admin, nodes, "visited > points", re_entry=True)
    admin.post(f"/api/automations/{flow}/activate", json={"re_entry": True}).raise_for_status()
    show(desk, flow)
    expect(step(desk, POINTS)).to_contain_text("0 went on")
    event = {"event": "page_visited", "contact": {"email": "visitor@example.com"}, "properties": {"page": "/pricing"}}
    admin.post("/api/events", json={"events": [event] * 3}).raise_for_status()
    expect(step(desk, POINTS)).to_contain_text("3 went on", timeout=15_000)
    admin.post(f"/api/automations/{flow}/archive").raise_for_status()


@pytest.mark.row("C18")
def test_a_running_automation_is_paused_and_resumed(desk: Page, admin: httpx.Client):
    """Pause stops it and offers Resume; Resume lets it run again."""
    flow = draw(admin, {"opened": "email_opened", "tag": "add_tag"}, "opened > tag")
    admin.post(f"/api/automations/{flow}/activate", json={"re_entry": False}).raise_for_status()
    show(desk, flow)
    for verb, state in (("Pause", "paused"), ("Resume", "active")):
        desk.get_by_role("button", name=verb, exact=True).click()
        expect(desk.get_by_text(state.capitalize(), exact=True).first).to_be_visible()
        assert admin.get(f"/api/automations/{flow}").json()["state"] == state
    admin.post(f"/api/automations/{flow}/archive").raise_for_status()
