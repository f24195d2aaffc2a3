"""U28: people talk about steps, and put notes on the canvas."""

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.e2e.acting import client_of, desk_of, eventually, step
from tests.e2e.drawing import POINTS, centre, drag, draw, show
from tests.support.instance import Instance

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]


@pytest.fixture
def rep(browser: Browser, demo: Instance) -> Iterator[Page]:
    """A rep's page: one who may comment, but not edit."""
    with client_of(demo, "rep@example.com") as client, desk_of(browser, client) as page:
        yield page


@pytest.fixture
def flow(admin: httpx.Client) -> int:
    return draw(admin, {"opened": "email_opened", "points": "update_attribute"}, "opened > points", name="Talked about")


def send(page: Page) -> None:
    page.get_by_role("button", name="Send", exact=True).click()


def test_u28_a_step_is_talked_about_until_it_is_resolved(desk: Page, rep: Page, flow: int):
    """Whoever is mentioned hears of it, answers, and resolves it; the mark at the step comes and goes by itself."""
    show(desk, flow)
    step(desk, POINTS).click(button="right")
    desk.get_by_role("menuitem", name="Comment on this step").click()
    field = desk.get_by_role("textbox", name="Write a comment")
    field.press_sequentially("Is five right, @ruth")
    desk.get_by_role("option", name="Ruth Adeyemi").click()
    expect(field).to_have_value("Is five right, @Ruth Adeyemi ")
    send(desk)
    expect(desk.get_by_role("article")).to_contain_text("Is five right")

    rep.goto("/notifications")
    rep.get_by_role("link", name="Adrian Weiss mentioned you in “Talked about”").first.click()
    expect(rep).to_have_url(re.compile(r"[?&]step=points"))
    expect(rep).not_to_have_url(re.compile("comment="))
    expect(step(rep, POINTS).get_by_role("button", name="1 comment on this step")).to_be_visible()
    rep.get_by_role("button", name="Reply").click()
    rep.get_by_role("textbox", name="Reply").fill("Ten, please")
    rep.keyboard.press("Control+Enter")
    expect(desk.get_by_text("Ten, please")).to_be_visible()
    rep.get_by_role("button", name="Resolve", exact=True).click()
    expect(step(rep, POINTS).get_by_role("button", name="1 comment on this step")).to_have_count(0)
    desk.get_by_role("switch", name="Show resolved").click()
    expect(desk.get_by_text("Resolved by Ruth Adeyemi")).to_be_visible()
    rep.goto("/notifications")
    rep.get_by_role("link", name="Adrian Weiss mentioned you in “Talked about”").first.click()
    expect(rep.get_by_text("Resolved by Ruth Adeyemi")).to_be_visible()


def test_u28_a_mention_leads_to_what_was_said_since_the_last_visit(rep: Page, admin: httpx.Client, flow: int):
    """What is remembered from that visit does not know the comment: it is asked for again."""
    show(rep, flow)
    rep.get_by_role("link", name="Automations", exact=True).first.click()
    expect(rep.get_by_role("heading", level=1, name="Automations", exact=True)).to_be_visible()
    ruth = next(each["id"] for each in admin.get("/api/users").json()["items"] if each["email"] == "rep@example.com")
    said = {"text": "Still five?", "mentions": [ruth], "node": "points", "x": None, "y": None, "reply_to": None}
    admin.post(f"/api/automations/{flow}/comments", json=said).raise_for_status()
    rep.get_by_role("button", name="Open comment", exact=True).click()
    expect(rep.get_by_role("article").filter(has_text="Still five?")).to_be_visible()


def test_u28_a_note_lies_on_the_canvas_where_it_was_put(desk: Page, rep: Page, flow: int):
    """It is put by a click, seen by others at once, and moved by two clicks or by dragging."""
    show(desk, flow)
    show(rep, flow)
    asked = desk.get_by_text("Click on the canvas where the note shall lie.")
    desk.get_by_role("button", name="Open comments and notes").click()
    desk.get_by_role("button", name="Put a note on the canvas").click()
    expect(asked).to_be_visible()
    desk.mouse.click(1000, 300)
    written = desk.get_by_role("textbox", name="Write a note")
    written.fill("Legal looks at this")
    send(desk)
    note = desk.get_by_role("paragraph").filter(has_text="Legal looks at this")
    for page in (desk, rep):
        expect(page.get_by_role("paragraph").filter(has_text="Legal looks at this")).to_be_visible()
    expect(written).to_have_count(0)
    above = centre(note)[1]
    desk.get_by_role("button", name="Move the note").click()
    expect(asked).to_be_visible()
    desk.mouse.click(1000, 600)
    expect(asked).to_have_count(0)
    eventually(desk, lambda: centre(note)[1] > above + 200)
    drag(desk, desk.get_by_role("button", name="Move the note"), to=(900, 300))
    eventually(desk, lambda: centre(note)[1] < above + 200)


def test_u28_a_note_moves_at_once_and_back_if_it_may_not(desk: Page, admin: httpx.Client, flow: int):
    """It does not wait for the server's word; when that is no, it lies where it lay, and one is told."""
    words = {"text": "Lies here", "mentions": [], "node": None, "x": 400, "y": 100, "reply_to": None}
    admin.post(f"/api/automations/{flow}/comments", json=words).raise_for_status()
    asked: list[Route] = []

    def hold(route: Route) -> None:
        asked.append(route)

    desk.route("**/api/comments/*", hold)
    show(desk, flow)
    note = desk.get_by_role("paragraph").filter(has_text="Lies here")
    x, y = centre(note)
    desk.get_by_role("button", name="Move the note").click()
    desk.mouse.click(x, y + 200)
    eventually(desk, lambda: len(asked) == 1 and centre(note)[1] > y + 150)
    asked[0].fulfill(status=503, json={"title": "Service Unavailable", "status": 503})
    eventually(desk, lambda: abs(centre(note)[1] - y) < 1)
    expect(desk.get_by_role("alert")).to_be_visible()


def test_u28_a_note_can_be_put_without_pointing(desk: Page, flow: int):
    """By keyboard it lies near the middle and covers no step; Escape puts nothing."""
    show(desk, flow)
    desk.get_by_role("button", name="Open comments and notes").click()
    desk.get_by_role("button", name="Put a note on the canvas").press("Enter")
    middle = desk.get_by_role("button", name="Put it in the middle")
    expect(middle).to_be_focused()
    desk.keyboard.press("Enter")
    desk.get_by_role("textbox", name="Write a note").fill("By keyboard")
    desk.keyboard.press("Control+Enter")
    expect(desk.get_by_text("By keyboard")).to_be_visible()
    for face in desk.locator(".react-flow__node [data-node]").all():
        face.click(button="right", trial=True)
