"""U34: the panels beside the canvas, each as it is when it has something to show."""

from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.acting import step
from tests.e2e.barriers import barriers
from tests.e2e.drawing import POINTS, SPLIT, add_by_word, between, centre, draw, show, use_tool

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]

NODES = {
    "visited": "page_visited",
    "points": "update_attribute",
    "split": "conditional_split",
    "note": "add_note",
    "wait": "wait",
}
WAYS = ("visited > points", "points > split", "split.yes > note", "split.no > wait")
VISITED = "Page visited"
SCENARIO = "Hot at once\n  enter visited\n  expect split yes"


@pytest.fixture
def flow(admin: httpx.Client) -> int:
    """A draft with a scenario that fails, a comment and a note."""
    made = draw(admin, NODES, *WAYS, name="Looked at from all sides", re_entry=True)
    talk = f"/api/automations/{made}/comments"
    admin.post(f"/api/automations/{made}/scenarios", json={"text": SCENARIO}).raise_for_status()
    admin.post(talk, json={"node": "points", "text": "Is five right?"}).raise_for_status()
    admin.post(talk, json={"x": 400, "y": 100, "text": "Legal looks at this"}).raise_for_status()
    return made


def panel(desk: Page) -> Locator:
    """Beside the canvas, or over it where there is no room."""
    return desk.get_by_role("region", name="Rehearse").or_(desk.get_by_role("dialog", name="Rehearse"))


def rehearsal(desk: Page, tab: str) -> None:
    use_tool(desk, "Rehearse")
    panel(desk).get_by_text(tab, exact=True).click()


def tried(desk: Page) -> None:
    rehearsal(desk, "Test run")
    desk.get_by_role("button", name="Run the test").click()
    expect(desk.get_by_test_id("trace-points")).to_be_attached()


def failing_scenario(desk: Page) -> None:
    rehearsal(desk, "Scenarios")
    desk.get_by_role("button", name="Run 1 scenario").click()
    expect(panel(desk).get_by_role("status")).to_have_text("1 scenario fails.")


def scenario_as_text(desk: Page) -> None:
    rehearsal(desk, "Scenarios")
    desk.get_by_role("button", name="Edit “Hot at once”").click()
    expect(desk.get_by_role("textbox", name="Scenario as text")).to_be_visible()


def blocked(desk: Page) -> None:
    desk.get_by_role("button", name="Activate automation").click()
    desk.get_by_role("dialog").get_by_role("button", name="Activate", exact=True).click()
    expect(desk.get_by_role("alert").get_by_text("Hot at once")).to_be_visible()


def replay(desk: Page) -> None:
    rehearsal(desk, "Replay")
    desk.get_by_role("button", name="Replay", exact=True).click()
    expect(desk.get_by_role("region", name="Replay")).to_be_visible(timeout=60_000)


def comments(desk: Page) -> None:
    use_tool(desk, "Open comments and notes")
    expect(desk.get_by_role("article").filter(has_text="Is five right?")).to_be_visible()


def search(desk: Page) -> None:
    desk.keyboard.press("Control+f")
    desk.get_by_role("searchbox", name="Search on the canvas").fill("score")
    expect(desk.get_by_test_id("found-points")).to_have_attribute("data-current", "true")


def in_words(desk: Page) -> None:
    desk.get_by_role("button", name="Automation actions").click()
    desk.get_by_role("menuitem", name="In words, print, picture").click()
    expect(desk.get_by_test_id("story").get_by_role("paragraph").first).to_be_visible()


def history(desk: Page) -> None:
    step(desk, POINTS).click(modifiers=["Shift"])
    expect(desk.locator(".react-flow__node.selected")).to_have_count(1)
    desk.keyboard.press("Control+d")
    desk.get_by_role("button", name="List of changes").click()
    expect(desk.get_by_role("menuitem", name="Undo")).to_be_visible()


def placing_a_note(desk: Page) -> None:
    use_tool(desk, "Open comments and notes")
    desk.get_by_role("button", name="Put a note on the canvas").click()
    expect(desk.get_by_role("button", name="Put it in the middle")).to_be_visible()


def selected_line(desk: Page) -> None:
    x, y = centre(between(desk, VISITED, POINTS))
    desk.mouse.click(x, y + 22)
    expect(desk.get_by_role("button", name=f"Lead the line from {VISITED} to {POINTS} elsewhere")).to_be_visible()


def inserting_a_split(desk: Page) -> None:
    between(desk, VISITED, POINTS).click()
    add_by_word(desk, "conditional")
    expect(desk.get_by_role("dialog", name=f"Insert {SPLIT}")).to_be_visible()


STATES = [
    placing_a_note,
    selected_line,
    inserting_a_split,
    tried,
    failing_scenario,
    scenario_as_text,
    blocked,
    replay,
    comments,
    search,
    in_words,
    history,
]


@pytest.mark.parametrize("state", STATES)
def test_u34_no_panel_has_a_barrier(desk: Page, flow: int, state: Callable[[Page], None]):
    """Axe finds nothing, light or dark, in rehearsals, comments, questions, the search, the words and the history."""
    show(desk, flow)
    state(desk)
    assert barriers(desk) == {}


@pytest.mark.parametrize("state", [tried, failing_scenario, comments, in_words])
def test_u36_panels_lose_nothing_at_twice_the_size(desk: Page, flow: int, state: Callable[[Page], None]):
    """Shown at 200 %, each still opens and says the same, and axe finds nothing; nothing sticks out sideways."""
    desk.set_viewport_size({"width": 720, "height": 450})
    show(desk, flow)
    state(desk)
    assert barriers(desk) == {}
    assert desk.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_u34_the_live_look_and_its_people_have_no_barrier(desk: Page, admin: httpx.Client):
    """With flow and losses shown, with the list of who stands at a step, and where contacts are added by hand."""
    everyone = admin.get("/api/automations", params={"search": "Welcome series", "state": "active"}).json()["items"]
    desk.goto(f"/automations/{everyone[0]['id']}?view=live")
    waiting = step(desk, "Wait").get_by_role("button", name="here now")
    expect(waiting).to_be_visible()
    desk.get_by_role("switch", name="Show flow and losses").click()
    assert barriers(desk) == {}
    waiting.click()
    expect(desk.get_by_role("dialog").get_by_role("link").first).to_be_visible()
    assert barriers(desk) == {}
    desk.keyboard.press("Escape")
    desk.get_by_role("button", name="Add contacts").click()
    expect(desk.get_by_role("dialog", name="Add contacts")).to_be_visible()
    assert barriers(desk) == {}
