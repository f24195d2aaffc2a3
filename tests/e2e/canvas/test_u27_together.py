"""U27: two who edit see each other, never overwrite each other unawares, and are asked only where they disagree."""

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.acting import client_of, desk_of, eventually, step
from tests.e2e.barriers import barriers
from tests.e2e.conftest import watch
from tests.e2e.drawing import (
    NOTE,
    OPENED,
    POINTS,
    TAG,
    add_by_word,
    after,
    draft_of,
    draw,
    note_of,
    put_groups,
    show,
    write_note,
)
from tests.support.instance import Instance

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]
APPLY = "Apply to step"


@pytest.fixture
def colleague(browser: Browser, demo: Instance) -> Iterator[Page]:
    """A second person's page."""
    with client_of(demo, "marketer@example.com") as client, desk_of(browser, client) as page:
        faults = watch(page, demo)
        yield page
    assert faults == []


@pytest.fixture
def flow(admin: httpx.Client) -> int:
    nodes = {"opened": "email_opened", "points": "update_attribute", "note": "add_note"}
    return draw(admin, nodes, "opened > points", "points > note")


def types_of(admin: httpx.Client, flow: int) -> list[str]:
    return [str(each["type"]) for each in draft_of(admin, flow)["nodes"]]


def apply(page: Page, text: str) -> None:
    write_note(page, text)
    page.get_by_role("button", name=APPLY).click()


def cut_off(page: Page) -> None:
    """Take the network away from an editor that is all there."""
    step(page, OPENED).click()
    expect(page.get_by_role("region", name=f"Settings of {OPENED}")).to_be_visible()
    page.context.set_offline(True)


def test_u27_two_see_each_other_and_who_works_on_which_step(desk: Page, colleague: Page, flow: int):
    """Who comes second to a step is told, may look, and may take over; when the first leaves, it is free."""
    show(desk, flow)
    show(colleague, flow)
    expect(colleague.get_by_role("img", name="Also here: Adrian Weiss")).to_be_visible()
    step(desk, POINTS).click()
    expect(step(colleague, POINTS).get_by_text("Adrian Weiss works on this step")).to_be_attached()
    step(colleague, POINTS).click()
    settings = colleague.get_by_role("region", name=f"Settings of {POINTS}")
    expect(settings.get_by_text("Adrian Weiss works on this step now.")).to_be_visible()
    expect(settings.get_by_label("Value")).to_be_disabled()
    settings.get_by_role("button", name="Change it anyway").click()
    expect(settings.get_by_label("Value")).to_be_enabled()
    desk.goto("/automations")
    expect(colleague.get_by_role("img", name="Also here")).to_have_count(0, timeout=15_000)


def test_u27_ones_own_second_tab_is_nobody_else(desk: Page, flow: int):
    """It has no face, neither above nor at a step; still the two do not overwrite each other unawares."""
    show(desk, flow)
    second = desk.context.new_page()
    show(second, flow)
    step(second, POINTS).click()
    expect(second.get_by_role("region", name=f"Settings of {POINTS}").get_by_label("Value")).to_be_enabled()
    step(desk, POINTS).click()
    settings = desk.get_by_role("region", name=f"Settings of {POINTS}")
    expect(settings.get_by_text("You have this step open in another window.")).to_be_visible()
    expect(settings.get_by_label("Value")).to_be_disabled()
    expect(desk.get_by_role("img", name="Also here")).to_have_count(0)
    expect(step(desk, POINTS).get_by_text("works on this step")).to_have_count(0)


def test_u27_a_collapsed_group_tells_who_works_inside_and_what_is_said(
    desk: Page, colleague: Page, admin: httpx.Client, flow: int
):
    """U28, too: both lead to their step, for which the group opens for who looks; the outline tells the same."""
    for node in ("points", "note"):
        nowhere = {"x": None, "y": None, "reply_to": None, "mentions": []}
        admin.post(
            f"/api/automations/{flow}/comments", json={**nowhere, "text": "Really?", "node": node}
        ).raise_for_status()
    put_groups(admin, flow, [{"id": "group", "name": "Warm-up", "nodes": ["points", "note"], "collapsed": True}])
    show(desk, flow)
    colleague.goto(f"/automations/{flow}?step=points")
    step(colleague, POINTS).click()
    card = step(desk, "Warm-up")
    expect(card.get_by_role("button", name="Mathilde Roche works on a step of this group")).to_be_visible()
    desk.keyboard.press("o")
    row = desk.get_by_role("region", name="Outline").get_by_role("button", name=re.compile(r"^Group\W+Warm-up"))
    expect(row).to_contain_text("Mathilde Roche works on a step of this group")
    expect(row).to_contain_text("2 comments in this group")
    assert barriers(desk) == {}
    card.get_by_role("button", name="2 comments in this group").click()
    expect(desk.get_by_role("dialog", name=f"Comments: {POINTS}")).to_contain_text("Really?")
    expect(step(desk, NOTE).get_by_role("button", name="1 comment on this step")).to_be_attached()


def test_u27_what_one_changes_the_other_sees(desk: Page, colleague: Page, flow: int):
    """A change of one stands on the other's canvas a moment later, without a reload."""
    show(desk, flow)
    show(colleague, flow)
    apply(desk, "Seen by both")
    expect(step(colleague, NOTE).get_by_text("Note: Seen by both")).to_be_visible()


def test_u27_changes_made_at_once_are_put_together(desk: Page, colleague: Page, admin: httpx.Client, flow: int):
    """One was offline meanwhile: what both did stays, and undo takes back one's own only."""
    show(desk, flow)
    show(colleague, flow)
    cut_off(colleague)
    after(colleague, NOTE, "Next").click()
    add_by_word(colleague, "add tag")
    apply(desk, "Meanwhile")
    eventually(desk, lambda: note_of(admin, flow) == "Meanwhile")
    colleague.context.set_offline(False)
    expect(step(colleague, NOTE).get_by_text("Note: Meanwhile")).to_be_visible()
    eventually(desk, lambda: "add_tag" in types_of(admin, flow))
    assert note_of(admin, flow) == "Meanwhile"
    colleague.keyboard.press("Escape")
    step(colleague, OPENED).get_by_role("button").first.focus()
    colleague.keyboard.press("Control+z")
    eventually(desk, lambda: "add_tag" not in types_of(admin, flow))
    assert note_of(admin, flow) == "Meanwhile"
    expect(step(desk, TAG)).to_have_count(0)


@pytest.mark.parametrize(("choice", "kept"), [("Keep mine", "Mine"), ("Take theirs", "Theirs")])
def test_u27_only_what_both_changed_is_asked_about(
    desk: Page, colleague: Page, admin: httpx.Client, flow: int, choice: str, kept: str
):
    """The same text, written twice: the second is asked, with the step's name; the rest is put together anyway."""
    show(desk, flow)
    show(colleague, flow)
    cut_off(colleague)
    apply(colleague, "Mine")
    apply(desk, "Theirs")
    eventually(desk, lambda: note_of(admin, flow) == "Theirs")
    colleague.context.set_offline(False)
    dialog = colleague.get_by_role("dialog", name="Two of you changed the same thing")
    expect(dialog.get_by_role("listitem")).to_have_text([NOTE])
    assert barriers(colleague) == {}
    assert note_of(admin, flow) == "Theirs"
    dialog.get_by_role("button", name=choice).click()
    expect(step(colleague, NOTE).get_by_text(f"Note: {kept}")).to_be_visible()
    eventually(desk, lambda: note_of(admin, flow) == kept)
