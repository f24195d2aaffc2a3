"""One person who is here twice becomes one contact, and two again."""

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

WORK, HOME = "ada.twice@merging.example", "ada.at.home@merging.example"


@pytest.fixture
def pair(admin: httpx.Client) -> Iterator[tuple[int, int]]:
    """Ada twice: with points at work, with points and a city at home; gone afterwards."""
    ada = make(admin, WORK, FIRSTNAME="Ada", LASTNAME="Twice", SCORE=3)
    yield ada, make(admin, HOME, FIRSTNAME="Adda", SCORE=4)
    for each in admin.get("/api/contacts", params={"search": "@merging.example"}).json()["items"]:
        admin.delete(f"/api/contacts/{each['id']}").raise_for_status()


def make(admin: httpx.Client, email: str, **attributes: object) -> int:
    made = admin.post("/api/contacts", json={"email": email, "attributes": attributes})
    made.raise_for_status()
    return int(made.json()["id"])


def test_a_contact_is_merged_from_its_page_and_undone_there(desk: Page, admin: httpx.Client, pair: tuple[int, int]):
    """Found by search, seen side by side, points added up; the old address leads on; undone, both are as they were."""
    ada, home = pair
    desk.goto(f"/contacts/{ada}")
    desk.get_by_role("link", name="Merge with…").click()
    desk.get_by_role("textbox", name="Find the other contact").fill(HOME)
    desk.get_by_role("link", name=HOME).click()

    score = desk.get_by_role("radiogroup", name="SCORE")
    score.get_by_role("radio", name="Added up: 7").check()
    expect(desk.get_by_role("radiogroup", name="Email").get_by_role("radio", name=WORK)).to_be_checked()
    desk.get_by_role("button", name="Merge", exact=True).click()

    merged = desk.get_by_role("region", name="Merged contacts")
    expect(merged).to_contain_text("Adda")
    desk.goto(f"/contacts/{home}")
    expect(desk).to_have_url(f"{desk.url.split('/contacts')[0]}/contacts/{ada}")
    kept = admin.get(f"/api/contacts/{home}").json()
    assert (kept["id"], kept["email"], kept["attributes"]["SCORE"]) == (ada, WORK, 7)

    merged.get_by_role("button", name="Undo").click()
    desk.get_by_role("dialog").get_by_role("button", name="Undo").click()
    expect(merged).to_contain_text("Undone")
    scores = [admin.get(f"/api/contacts/{each}").json()["attributes"]["SCORE"] for each in pair]
    assert scores == [3, 4]


def test_two_ticked_contacts_are_merged_and_the_other_one_is_kept(
    desk: Page, admin: httpx.Client, pair: tuple[int, int]
):
    """From the list; turned round on the page, the contact that is newer is kept, with the message's own undo."""
    desk.goto("/contacts?search=@merging.example")
    for email in (WORK, HOME):
        desk.get_by_role("row").filter(has_text=email).get_by_role("checkbox").check()
    desk.get_by_role("toolbar", name="2 selected").get_by_role("link", name="Merge").click()
    desk.get_by_role("link", name="Keep Adda instead").click()
    expect(desk.get_by_text("Kept: Adda")).to_be_visible()
    desk.get_by_role("button", name="Merge", exact=True).click()
    expect(desk.get_by_role("region", name="Merged contacts")).to_contain_text("Ada Twice")

    desk.get_by_role("alert").filter(has_text="Ada Twice was merged").get_by_role("button", name="Undo").click()
    expect(desk.get_by_text("Ada Twice is a contact of its own again")).to_be_visible()
    assert [admin.get(f"/api/contacts/{each}").json()["id"] for each in pair] == list(pair)


def test_of_several_merges_the_last_is_undone_first(desk: Page, admin: httpx.Client, pair: tuple[int, int]):
    """Only it offers to be undone; once it is, the one before does."""
    ada, home = pair
    third = make(admin, "ada.elsewhere@merging.example", FIRSTNAME="Adele")
    for each in (home, third):
        admin.post(f"/api/contacts/{ada}/merges", json={"contact_id": each}).raise_for_status()
    desk.goto(f"/contacts/{ada}")
    merged = desk.get_by_role("region", name="Merged contacts")
    for undone, name in enumerate(("Adele", "Adda")):
        merged.get_by_role("button", name="Undo").click()
        dialog = desk.get_by_role("dialog")
        expect(dialog).to_contain_text(name)
        dialog.get_by_role("button", name="Undo").click()
        expect(merged.get_by_text("Undone")).to_have_count(undone + 1)
        expect(dialog).to_be_hidden()
    assert [admin.get(f"/api/contacts/{each}").json()["id"] for each in (*pair, third)] == [*pair, third]
