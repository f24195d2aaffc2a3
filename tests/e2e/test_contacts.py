"""Contacts: in from a file without losing a word of what failed, found by condition, ordered by score, kept, edited."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.acting import eventually

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

GOOD = [f"guest{number}@import.example,Guest{number},{number}" for number in range(1, 31)]
BAD = ["no-address,Nobody,1", "guest31@import.example,Guest31,a lot"]


@pytest.fixture
def file(tmp_path: Path, admin: httpx.Client) -> Iterator[Path]:
    """Thirty people and two rows that cannot be right; whoever came in is gone afterwards."""
    made = tmp_path / "people.csv"
    made.write_text("\n".join(["Email,First name,Gate", *GOOD, *BAD]), encoding="utf-8")
    yield made
    for each in admin.get("/api/contacts", params={"search": "@import.example", "limit": 100}).json()["items"]:
        admin.delete(f"/api/contacts/{each['id']}").raise_for_status()


def test_a_file_is_imported_by_the_wizard(desk: Page, admin: httpx.Client, file: Path):
    """The file is seen and matched first; good rows come in, bad ones are counted and listed with their reason."""
    desk.goto("/contacts")
    desk.get_by_role("link", name="Import").click()
    desk.locator("input[type=file]").set_input_files(file)
    columns = desk.get_by_role("region", name="Columns of the file")
    expect(columns.get_by_role("cell", name="guest1@import.example")).to_be_visible()
    match(desk, "Email", "Email")
    match(desk, "First name", "FIRSTNAME")
    match(desk, "Gate", "SCORE")
    assert found(admin) == 0
    desk.get_by_role("button", name="Import 32 rows").click()
    expect(desk.get_by_role("heading", name="2 rows failed")).to_be_visible(timeout=30_000)
    expect(desk.get_by_text("Done: 32 rows read.")).to_be_visible()
    expect(desk.get_by_role("row").filter(has_text="no-address")).to_contain_text("Email")
    expect(desk.get_by_role("row").filter(has_text="a lot")).to_contain_text("number")
    assert found(admin) == 30


def test_a_file_without_an_identifier_cannot_be_imported(desk: Page, admin: httpx.Client, file: Path):
    """When no column says who a row is about, the import cannot be started and the page says why."""
    desk.goto("/contacts/import")
    desk.locator("input[type=file]").set_input_files(file)
    match(desk, "Email", "Leave out")
    expect(desk.get_by_text("Match one column to email, phone or external id")).to_be_visible()
    expect(desk.get_by_role("button", name="Import 32 rows")).to_be_disabled()
    assert found(admin) == 0


def test_who_is_on_the_site_now_is_found(desk: Page, admin: httpx.Client):
    """A condition without a value: what to compare and how are all there is to choose."""
    here = admin.post("/api/contacts/count", json={"condition": {"visit": True, "op": "not_open"}}).json()["count"]
    desk.goto("/contacts")
    desk.get_by_role("button", name="Filter", exact=True).click()
    panel = desk.get_by_role("region", name="Filter").first
    panel.get_by_role("button", name="Add condition").click()
    choose(desk, "What to compare", "Website, right now")
    choose(desk, "Comparison", "is not on")
    expect(panel.get_by_role("button", name=f"Show {here:,} contacts")).to_be_visible()


@pytest.mark.row("C22", "A18")
def test_hot_leads_are_found_ordered_and_kept_as_a_segment(desk: Page, admin: httpx.Client):
    """SCORE of at least 20 filters, a click on SCORE puts the hottest first, and the condition becomes a segment."""
    condition = {"all": [{"attribute": "SCORE", "op": "gte", "value": 20}]}
    hot = admin.post("/api/contacts/count", json={"condition": condition}).json()["count"]
    desk.goto("/contacts")
    desk.get_by_role("button", name="Filter", exact=True).click()
    panel = desk.get_by_role("region", name="Filter").first
    panel.get_by_role("button", name="Add condition").click()
    choose(desk, "What to compare", "SCORE")
    choose(desk, "Comparison", "is at least")
    panel.get_by_role("textbox", name="Value").fill("20")
    panel.get_by_role("button", name=f"Show {hot:,} contacts").click()

    desk.get_by_role("columnheader", name="SCORE").get_by_role("button").click()
    expect(desk.get_by_role("columnheader", name="SCORE")).to_have_attribute("aria-sort", "descending")
    hottest = admin.get("/api/contacts", params={"sort": "-SCORE", "limit": 1}).json()["items"][0]
    expect(desk.get_by_role("row").nth(1)).to_contain_text(hottest["email"])

    panel.get_by_role("button", name="Save as segment").click()
    desk.get_by_role("textbox", name="Name of the segment").fill("Hot by hand")
    desk.get_by_role("button", name="Save", exact=True).click()
    expect(desk.get_by_role("tab", name="Hot by hand")).to_have_attribute("aria-selected", "true")
    kept = next(each for each in admin.get("/api/segments").json()["items"] if each["name"] == "Hot by hand")
    admin.delete(f"/api/segments/{kept['id']}").raise_for_status()
    assert (kept["condition"], kept["count"]) == (condition, hot)


def test_an_attribute_is_edited_in_place(desk: Page, admin: httpx.Client):
    """A value turns into its input on a click: Escape leaves it, Enter keeps it."""
    made = {"email": "edited@example.net", "attributes": {"FIRSTNAME": "Before"}}
    contact = admin.post("/api/contacts", json=made).raise_for_status().json()["id"]
    desk.goto(f"/contacts/{contact}")
    for key, kept in (("Escape", "Before"), ("Enter", "After")):
        desk.get_by_role("button", name="Edit FIRSTNAME").click()
        desk.get_by_role("textbox", name="FIRSTNAME").fill("After")
        desk.keyboard.press(key)
        expect(desk.get_by_role("button", name=f"{kept} Edit FIRSTNAME")).to_be_visible()
        eventually(desk, lambda kept=kept: first_name(admin, contact) == kept)


def first_name(admin: httpx.Client, contact: int) -> str:
    return str(admin.get(f"/api/contacts/{contact}").json()["attributes"]["FIRSTNAME"])


def match(desk: Page, header: str, target: str) -> None:
    """Say where a column of the file goes."""
    select = desk.get_by_role("combobox", name=f"Where column {header} goes")
    select.click()
    desk.get_by_role("option", name=target, exact=True).click()


def choose(desk: Page, field: str, option: str) -> None:
    desk.get_by_role("region", name="Filter").get_by_role("combobox", name=field).first.click()
    desk.get_by_role("option", name=option, exact=True).click()


def found(admin: httpx.Client) -> int:
    """How many of the file's people are here."""
    answer = admin.get("/api/contacts", params={"search": "@import.example", "limit": 100}).json()
    return len(answer["items"])
