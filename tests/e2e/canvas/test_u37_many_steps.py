"""U37: hundreds of steps. How fast they open and move is measured by `make bench`; here stands what makes it so."""

from itertools import pairwise

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.acting import canvas
from tests.e2e.drawing import draw

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

BRANCHES, LONG = 12, 25
STEPS = BRANCHES * LONG


def test_u37_many_steps_are_drawn_lightly_from_afar_and_in_full_near_by(desk: Page, admin: httpx.Client):
    """With all in sight each step is one element that still has its words; near by only those in sight are drawn."""
    nodes, ways = {}, []
    for branch in range(BRANCHES):
        ids = [f"opened{branch}", *(f"note{branch}-{number}" for number in range(1, LONG))]
        nodes |= {ids[0]: "email_opened"} | dict.fromkeys(ids[1:], "add_note")
        ways += [f"{one} > {other}" for one, other in pairwise(ids)]
    flow = draw(admin, nodes, *ways, name="Many steps")
    desk.goto(f"/automations/{flow}")
    cards, edges = desk.locator(".react-flow__node"), desk.locator(".react-flow__edge")
    expect(canvas(desk)).to_be_visible()
    expect(cards).to_have_count(STEPS, timeout=30_000)
    expect(edges).to_have_count(0)
    expect(desk.get_by_role("button", name="Action: Add note")).to_have_count(STEPS - BRANCHES)
    expect(cards.last.locator("*")).to_have_count(1)
    desk.get_by_role("button", name="Action: Add note").first.focus()
    cards.first.hover(force=True)
    for _ in range(5):
        desk.mouse.wheel(0, -400)
    expect(edges.first).to_be_attached(timeout=15_000)
    expect(cards).not_to_have_count(STEPS)
