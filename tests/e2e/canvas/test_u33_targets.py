"""U33 and U6: what is to be hit keeps its size on the screen, however small all is drawn to be in sight at once."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.acting import canvas, desk_of, eventually, phone_of
from tests.e2e.drawing import OPENED, POINTS, centre, draw, edges_of, port

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

# How far the place reaches from its middle in each direction, in pixels of the screen, before something else is hit.
REACHES = """(elements) => elements.map((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const hits = (x, y) => element.contains(document.elementFromPoint(left + width / 2 + x, top + height / 2 + y));
    const reach = (x, y) => {
        let far = -1;
        while (far < 60 && hits((far + 1) * x, (far + 1) * y)) far += 1;
        return far;
    };
    return [reach(-1, 0), reach(1, 0), reach(0, -1), reach(0, 1)];
})"""
HIT_IN_THE_MIDDLE = """(elements) => elements.map((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return element.contains(document.elementFromPoint(left + width / 2, top + height / 2));
})"""


class Reach(NamedTuple):
    """Pixels from the middle that still hit."""

    left: int
    right: int
    up: int
    down: int


@pytest.fixture
def flow(admin: httpx.Client) -> int:
    """A draft of the lead scoring: a trigger beside another, two splits, open ends, a line past a row."""
    made = admin.post("/api/automations", json={"name": "Scored", "template": "lead_scoring"}).raise_for_status()
    return int(made.json()["id"])


@pytest.fixture(params=["desk", "phone"])
def least(request: pytest.FixtureRequest) -> int:
    """How far to each side a target must reach."""
    return 11 if request.param == "desk" else 21


@pytest.fixture
def page(browser: Browser, admin: httpx.Client, least: int) -> Iterator[Page]:
    """A desk for what must reach 11 pixels, a phone for 21."""
    with (desk_of if least == 11 else phone_of)(browser, admin) as page:
        yield page


def open_fitted(page: Page, flow: int) -> None:
    page.goto(f"/automations/{flow}")
    expect(canvas(page)).to_be_visible(timeout=30_000)
    expect(page.get_by_text(re.compile(r"problem|error|warning|to do")).first).to_be_visible()
    centre(page.locator(".react-flow__node").first)


def reaches(targets: Locator) -> list[Reach]:
    return [Reach(*each) for each in targets.evaluate_all(REACHES)]


def test_u33_ports_and_plus_keep_their_size_where_all_is_in_sight(page: Page, flow: int, least: int):
    """As far as they must to both sides; up and down, where port and + share the room between two cards, 24 px."""
    open_fitted(page, flow)
    ports, spots = page.locator(".react-flow__handle.source"), page.locator(".react-flow [data-spot]")
    expect(ports).to_have_count(10)
    expect(spots).to_have_count(10)
    for targets in (ports, spots):
        eventually(page, lambda targets=targets: all(min(each[:2]) >= least for each in reaches(targets)))
        assert all(up + down >= 24 for _, _, up, down in reaches(targets)), reaches(targets)


def test_u33_cards_are_hit_where_one_aims_at_them(page: Page, flow: int, least: int):
    """However large the places of ports are, the middle of a card is the card's."""
    open_fitted(page, flow)
    cards = page.locator(".react-flow [data-node]")
    expect(cards).to_have_count(7)
    assert all(cards.evaluate_all(HIT_IN_THE_MIDDLE)), least


def test_u33_ends_of_lines_are_found_where_all_is_in_sight(desk: Page, flow: int):
    """Between a port and the + below it lies the handle of the line, and reaches 11 px to both sides."""
    open_fitted(desk, flow)
    ends = desk.locator(".react-flow__edgeupdater-source")
    expect(ends).to_have_count(7)
    eventually(desk, lambda: all(min(each[:2]) >= 11 and min(each) >= 0 for each in reaches(ends)))


def test_u6_while_a_line_is_drawn_all_of_a_card_takes_its_end(phone: Page, admin: httpx.Client):
    """A finger that comes down beside the port of the second step does not begin another line there."""
    flow = draw(admin, {"opened": "email_opened", "points": "update_attribute"})
    open_fitted(phone, flow)
    port(phone, OPENED).tap()
    expect(phone.locator("[data-connecting=tap]")).to_be_attached()
    x, y = centre(port(phone, POINTS))
    phone.touchscreen.tap(x, y - 12)
    eventually(phone, lambda: edges_of(admin, flow) == {"opened > points"})


def test_u33_counts_in_a_draft_are_hit_where_they_are_seen(phone: Page, admin: httpx.Client):
    """What a finger needs for a port does not cover how many went on from its step."""
    found = admin.get("/api/automations", params={"search": "Lead scoring", "state": "active"}).json()["items"][0]
    phone.goto(f"/automations/{found['id']}?view=draft")
    counts = phone.locator(".react-flow__node").get_by_role("button", name=re.compile("went on"))
    expect(counts).to_have_count(7, timeout=30_000)
    eventually(phone, lambda: all(counts.evaluate_all(HIT_IN_THE_MIDDLE)))
