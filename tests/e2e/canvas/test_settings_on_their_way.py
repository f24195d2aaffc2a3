"""Settings and dialogs are fetched once the canvas stands: what is done in the moments before they are there."""

from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.e2e.acting import canvas, step
from tests.e2e.drawing import NOTE, OPENED, POINTS, TAG, draft_of, draw, show

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

NODES = {"opened": "email_opened", "note": "add_note", "tag": "add_tag"}
WAYS = ("opened > note", "note > tag")


@contextmanager
def held(desk: Page, part: str = "**/assets/Panels-*.js") -> Iterator[None]:
    """Keep a part on its way, the code of settings and dialogs by default; who leaves lets it come."""
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    desk.route(part, hold)
    yield
    for each in waiting:
        each.continue_()
    desk.unroute(part, hold)


def card(desk: Page, label: str) -> Locator:
    return step(desk, label).get_by_role("button").first


def test_what_is_typed_before_the_settings_are_there_is_no_command(desk: Page, admin: httpx.Client):
    """Who opens a step by Enter and types on changes nothing on the canvas; then the first field has the keyboard."""
    flow = draw(admin, NODES, *WAYS)
    with held(desk):
        show(desk, flow)
        card(desk, NOTE).focus()
        desk.keyboard.press("Enter")
        expect(desk.get_by_role("region", name="Settings are on their way")).to_be_visible()
        for key in ("t", "o", "Backspace"):
            desk.keyboard.press(key)
        expect(step(desk, NOTE)).to_be_visible()
    settings = desk.get_by_role("region", name=f"Settings of {NOTE}")
    expect(settings.get_by_role("textbox").first).to_be_focused()
    assert {node["id"] for node in draft_of(admin, flow)["nodes"]} == set(NODES)


def test_tab_leads_on_before_the_settings_are_there(desk: Page, admin: httpx.Client):
    """Meanwhile the browser keeps its own keys: Tab leads away from the card, and adds no step after it."""
    flow = draw(admin, NODES, *WAYS)
    with held(desk):
        show(desk, flow)
        card(desk, NOTE).focus()
        desk.keyboard.press("Enter")
        expect(desk.get_by_role("region", name="Settings are on their way")).to_be_visible()
        desk.keyboard.press("Tab")
        expect(card(desk, NOTE)).not_to_be_focused()
        expect(desk.get_by_role("dialog")).to_have_count(0)
    settings = desk.get_by_role("region", name=f"Settings of {NOTE}")
    expect(settings.get_by_role("textbox").first).to_be_focused()


def test_who_turned_back_before_the_settings_came_keeps_the_keyboard(desk: Page, admin: httpx.Client):
    """Enter, Escape, and later a click on another step: its settings open, and the keyboard stays with the step."""
    flow = draw(admin, NODES, *WAYS)
    with held(desk):
        show(desk, flow)
        card(desk, NOTE).focus()
        desk.keyboard.press("Enter")
        expect(desk.get_by_role("region", name="Settings are on their way")).to_be_visible()
        desk.keyboard.press("Escape")
        expect(desk.get_by_role("region", name="Settings are on their way")).to_have_count(0)
        step(desk, TAG).click()
    settings = desk.get_by_role("region", name=f"Settings of {TAG}")
    expect(settings.get_by_role("combobox", name="Tag")).to_be_visible()
    expect(settings.get_by_role("combobox", name="Tag")).not_to_be_focused()


def test_who_loses_the_network_before_the_settings_came_gets_them_later(desk: Page, admin: httpx.Client):
    """The canvas stays and says what it waits for; the settings come by themselves once the server can be reached."""
    flow = draw(admin, NODES, *WAYS)
    desk.route("**/healthz", lambda route: route.abort("internetdisconnected"))
    show(desk, flow)
    step(desk, NOTE).click()
    awaited = desk.get_by_role("region", name="Settings are on their way")
    expect(awaited).to_contain_text("The server cannot be reached. The settings come as soon as it is back.")
    awaited.get_by_role("button", name="Close settings").click()
    expect(awaited).to_have_count(0)
    step(desk, NOTE).click()
    expect(awaited).to_be_visible()
    desk.unroute("**/healthz")
    settings = desk.get_by_role("region", name=f"Settings of {NOTE}")
    # The server is asked for more and more seldom.
    expect(settings.get_by_role("textbox").first).to_be_visible(timeout=30_000)


def test_who_loses_the_network_while_the_settings_came_reloads(desk: Page, admin: httpx.Client):
    """What broke off takes neither the canvas nor what was changed on it, and is told with the way out."""
    flow = draw(admin, NODES, *WAYS)
    code = "**/assets/Panels-*.js"
    desk.route(code, lambda route: route.abort("internetdisconnected"))
    show(desk, flow)
    told = desk.get_by_role("alert").filter(has_text="The connection broke off before all of the editor was here.")
    expect(told).to_be_visible()
    step(desk, TAG).click()
    desk.keyboard.press("Delete")
    expect(step(desk, TAG)).to_have_count(0)
    desk.unroute(code)
    told.get_by_role("button", name="Reload").click()
    expect(told).to_have_count(0)
    step(desk, NOTE).click()
    expect(desk.get_by_role("region", name=f"Settings of {NOTE}").get_by_role("textbox").first).to_be_visible()
    expect(step(desk, TAG)).to_have_count(0)


def test_what_tells_that_a_part_is_lost_can_be_closed(desk: Page, admin: httpx.Client):
    """Who works on without it needs not look at that all the time; by keys as well, from the button beside it."""
    flow = draw(admin, NODES, *WAYS)
    code = "**/assets/Panels-*.js"
    desk.route(code, lambda route: route.abort("internetdisconnected"))
    show(desk, flow)
    told = desk.get_by_role("alert").filter(has_text="The connection broke off before all of the editor was here.")
    told.get_by_role("button", name="Reload", exact=True).focus()
    desk.keyboard.press("Tab")
    expect(told.get_by_role("button", name="Close", exact=True)).to_be_focused()
    desk.keyboard.press("Enter")
    expect(told).to_have_count(0)
    expect(step(desk, NOTE)).to_be_visible()


def test_a_dialog_that_was_asked_for_too_early_opens_once_it_is_there(desk: Page, admin: httpx.Client):
    """Activate is pressed before its dialog has come."""
    flow = draw(admin, {"opened": "email_opened"})
    with held(desk):
        show(desk, flow)
        desk.get_by_role("button", name="Activate automation").click()
        expect(step(desk, OPENED)).to_be_visible()
    expect(desk.get_by_role("dialog", name="Activate")).to_be_visible()


def test_the_canvas_stays_in_sight_while_texts_of_settings_come(desk: Page, admin: httpx.Client):
    """They have words of their own, which are waited for in their place alone."""
    flow = draw(admin, {"opened": "email_opened", "mail": "send_email"}, "opened > mail")
    with held(desk, "**/assets/mail-*.js"):
        with desk.expect_response("**/assets/Panels-*.js"):
            show(desk, flow)
        card(desk, "Send email").click()
        expect(desk.get_by_role("region", name="Settings are on their way")).to_be_visible()
        desk.wait_for_timeout(500)  # what was fetched is drawn by then
        assert canvas(desk).is_visible()
    expect(desk.get_by_role("region", name="Settings of Send email")).to_be_visible()


def test_choosing_what_is_chosen_keeps_it(desk: Page, admin: httpx.Client):
    """Who opens a step by Enter and presses Enter once more has taken nothing away from it."""
    show(desk, draw(admin, {"opened": "email_opened", "points": "update_attribute"}, "opened > points"))
    card(desk, POINTS).focus()
    desk.keyboard.press("Enter")
    attribute = desk.get_by_role("region", name=f"Settings of {POINTS}").get_by_label("Attribute").first
    expect(attribute).to_be_focused()
    expect(attribute).to_have_value("SCORE")
    for _ in range(2):
        desk.keyboard.press("Enter")
    expect(attribute).to_have_value("SCORE")
    expect(desk.get_by_text("Not applied yet")).to_have_count(0)
