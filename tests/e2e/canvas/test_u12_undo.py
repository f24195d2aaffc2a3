"""U12: undo without an end, with names, beyond a reload."""

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.acting import eventually, step
from tests.e2e.drawing import NOTE, OPENED, POINTS, TAG, between, draft_of, draw, show

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

NODES = {"opened": "email_opened", "note": "add_note", "tag": "add_tag"}
KEEPS = """async (done) => {
    if (!(await indexedDB.databases()).some(({ name }) => name === "keyval-store")) return false;
    const answer = (request) => new Promise((told) => { request.onsuccess = () => told(request.result); });
    const store = await answer(indexedDB.open("keyval-store"));
    const kept = await answer(store.transaction("keyval").objectStore("keyval").getAll());
    store.close();
    return kept.some(({ past }) => past.length === done);
}"""


def delete(desk: Page, label: str) -> None:
    """Delete the step by keys."""
    step(desk, label).get_by_role("button").first.focus()
    desk.keyboard.press("ArrowUp")
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Delete")
    expect(step(desk, label)).to_have_count(0)


def saved(desk: Page, admin: httpx.Client, flow: int, steps: int) -> None:
    """Wait until the server has the draft and the browser its history."""
    eventually(desk, lambda: len(draft_of(admin, flow)["nodes"]) == steps)
    desk.wait_for_function(KEEPS, arg=len(NODES) - steps)


def test_u12_what_was_done_before_a_reload_is_undone_after_it(desk: Page, admin: httpx.Client):
    """Two deleted steps come back, one after the other, although the page was loaded again; and go again by redo."""
    flow = draw(admin, NODES, "opened > note", "note > tag")
    show(desk, flow)
    delete(desk, NOTE)
    delete(desk, TAG)
    saved(desk, admin, flow, 1)
    desk.reload()
    undo = desk.get_by_role("button", name=f"Undo: delete {TAG}")
    expect(undo).to_be_enabled()
    undo.click()
    expect(between(desk, OPENED, TAG)).to_be_visible()
    desk.keyboard.press("Control+z")
    expect(between(desk, OPENED, NOTE)).to_be_visible()
    desk.keyboard.press("Control+Shift+z")
    expect(step(desk, NOTE)).to_have_count(0)


def test_u12_the_list_of_steps_leads_back_several_at_once(desk: Page, admin: httpx.Client):
    """The list names every step of the history; an entry leads back to before it, and says so."""
    show(desk, draw(admin, NODES, "opened > note", "note > tag"))
    delete(desk, NOTE)
    delete(desk, TAG)
    desk.get_by_role("button", name="List of changes").click()
    entries = desk.get_by_role("menuitem")
    expect(entries).to_have_text([f"Undo: delete {TAG}", f"Undo: delete {NOTE}"])
    entries.nth(1).click()
    expect(between(desk, OPENED, NOTE)).to_be_visible()
    expect(desk.get_by_role("log", name="Messages")).to_contain_text(f"Undone: delete {NOTE}.")


def test_u12_undo_leaves_alone_what_somebody_else_did(desk: Page, admin: httpx.Client):
    """Somebody puts a step in while the page is closed; undoing an own step afterwards does not take theirs away."""
    flow = draw(admin, NODES, "opened > note", "note > tag")
    show(desk, flow)
    delete(desk, TAG)
    saved(desk, admin, flow, 2)
    desk.goto("/automations")
    theirs = admin.get(f"/api/automations/{flow}").json()
    document = theirs["document"]
    document["nodes"].append({"id": "points", "type": "update_attribute", "config": {}})
    body = {"document": document, "base_revision": theirs["draft_revision"]}
    admin.put(f"/api/automations/{flow}/draft", json=body).raise_for_status()
    show(desk, flow)
    expect(step(desk, POINTS)).to_be_visible()
    desk.get_by_role("button", name=f"Undo: delete {TAG}").click()
    expect(step(desk, TAG)).to_be_visible()
    expect(step(desk, POINTS)).to_be_visible()
