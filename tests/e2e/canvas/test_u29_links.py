"""U29: a link shows others the same."""

import re

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.acting import client_of, desk_of, eventually, step
from tests.e2e.barriers import barriers
from tests.e2e.drawing import POINTS, SPLIT, centre, draw, show
from tests.support.instance import Instance

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]


@pytest.fixture
def flow(admin: httpx.Client) -> int:
    nodes = {"opened": "email_opened", "points": "update_attribute", "hot": "conditional_split"}
    return draw(admin, nodes, "opened > points", "points > hot")


def copied(desk: Page) -> str:
    expect(desk.get_by_text("Link copied.")).to_be_visible()
    return str(desk.evaluate("navigator.clipboard.readText()"))


def test_u29_a_link_to_a_step_shows_it_to_whoever_opens_it(desk: Page, browser: Browser, demo: Instance, flow: int):
    """The step is selected, in the same look."""
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    show(desk, flow)
    step(desk, SPLIT).click(button="right")
    desk.get_by_role("menuitem", name="Copy a link to this step").click()
    with client_of(demo, "guest@example.com") as client, desk_of(browser, client) as guest:
        guest.goto(copied(desk))
        expect(step(guest, SPLIT).locator("[data-selected]")).to_be_visible()
        expect(step(guest, POINTS).locator("[data-selected]")).to_have_count(0)


def test_u29_a_link_to_the_view_restores_where_one_looked(desk: Page, flow: int):
    """The same part of the canvas, at the same size."""
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    show(desk, flow)
    size = desk.get_by_role("button", name="Zoom to 100 %")
    for act in (lambda: desk.keyboard.press("-"), lambda: desk.mouse.wheel(0, -120)):
        before = size.inner_text()
        desk.mouse.move(800, 500)
        act()
        expect(size).not_to_have_text(before)
    desk.get_by_role("button", name="Automation actions").click()
    desk.get_by_role("menuitem", name="Copy a link to this view").click()
    link, place = copied(desk), centre(step(desk, POINTS))
    desk.goto("/automations")
    desk.goto(link)
    eventually(desk, lambda: centre(step(desk, POINTS)) == pytest.approx(place, abs=3))


def test_u29_the_address_follows_what_is_looked_at(desk: Page, flow: int):
    """A reload shows the same step."""
    show(desk, flow)
    step(desk, POINTS).click()
    desk.wait_for_url(lambda url: "step=points" in url)
    desk.reload()
    expect(step(desk, POINTS).locator("[data-selected]")).to_be_visible()


def test_u29_a_link_to_a_contacts_path_shows_it_to_whoever_opens_it(
    desk: Page, browser: Browser, demo: Instance, admin: httpx.Client
):
    """The address of the page is the link: the contact, the automation, and why it went where it went."""
    series = admin.get("/api/automations", params={"search": "Welcome series", "state": "active"}).json()["items"][0]
    inside = admin.get(f"/api/automations/{series['id']}/enrollments?state=active").json()["items"][0]
    desk.goto(f"/contacts/{inside['contact']['id']}?tab=automations")
    desk.locator(f"a[href$='tab=why&automation={series['id']}']").click()
    told = desk.get_by_role("status").filter(has_text="waits at “Wait 3 days”")
    expect(told).to_be_visible()
    with client_of(demo, "guest@example.com") as client, desk_of(browser, client) as guest:
        guest.goto(desk.url)
        expect(guest.get_by_role("status").filter(has_text=told.inner_text())).to_be_visible()


def test_u29_a_contacts_path_is_lit_on_the_canvas_until_one_leaves_it(desk: Page, admin: httpx.Client):
    """From the contact's page: the steps it passed and their lines, with times and values; then everybody again."""
    series = admin.get("/api/automations", params={"search": "Welcome series", "state": "active"}).json()["items"][0]
    inside = admin.get(f"/api/automations/{series['id']}/enrollments?state=active").json()["items"][0]
    desk.goto(f"/contacts/{inside['contact']['id']}?tab=automations")
    desk.locator(f"a[href*='/automations/{series['id']}?'][href$='run={inside['id']}']").click()
    told = desk.get_by_role("status").filter(has_text=f"Path of {inside['contact']['name']}")
    expect(told).to_contain_text("waits until")
    waiting = desk.locator(".react-flow__node").filter(has=desk.locator(f"[data-node='{inside['node']}']"))
    expect(waiting.locator("[data-rehearsed=on]")).to_be_visible()
    expect(waiting.locator("time")).to_be_visible()
    expect(desk.locator(".react-flow__edge [data-rehearsed=true]").first).to_be_attached()
    expect(desk.locator(".react-flow__node [data-rehearsed=off]").first).to_be_visible()
    assert barriers(desk) == {}
    desk.get_by_role("button", name="Show everybody").click()
    expect(told).to_have_count(0)
    expect(desk.locator("[data-rehearsed]")).to_have_count(0)
    waiting.get_by_role("button", name=re.compile(r"here now$")).click()
    people = desk.get_by_role("dialog").get_by_role("listitem").filter(has_text=inside["contact"]["name"])
    people.get_by_role("link", name="Show the path").click()
    expect(told).to_be_visible()
