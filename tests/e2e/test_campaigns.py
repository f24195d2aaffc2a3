"""A campaign in a real browser: written, checked, sent, followed, and told of."""

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.acting import client_of, desk_of, eventually
from tests.e2e.conftest import watch
from tests.support.instance import Instance, instance
from tests.support.mailbox import Mailbox, listening

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

EMAIL, PASSWORD = "mona@example.com", "a long enough passphrase"
BROWSER = {"User-Agent": "Mozilla/5.0 (X11; Linux x64; rv:140.0) Gecko/20100101 Firefox/140.0"}
# Whoever opens a mail sooner after it left is taken for a machine.
HASTE_SECONDS = 2.2
LETTER = "<p>Dear {{ contact.FIRSTNAME | default('friend') }}, <a href='https://example.com/sale'>look</a></p>"


@pytest.fixture(scope="module")
def office() -> Iterator[Instance]:
    with instance(CADENZA_ALLOW_PRIVATE_HOSTS="1") as made:
        made.start()
        made.command("user", "create", "--email", EMAIL, "--role", "admin", "--password-stdin", text=PASSWORD)
        yield made


@pytest.fixture(scope="module")
def mona(office: Instance) -> Iterator[httpx.Client]:
    """Who sends campaigns: two contacts on a list, one of them unsubscribed, and a template."""
    with client_of(office, EMAIL, PASSWORD) as client:
        news = client.post("/api/lists", json={"name": "News"}).raise_for_status().json()["id"]
        for name, out in (("ann", False), ("out", True)):
            new = {"email": f"{name}@example.com", "email_blacklisted": out, "lists": [news]}
            client.post("/api/contacts", json=new).raise_for_status()
        new = {"name": "Sale letter", "subject": "Sale", "format": "html", "source": LETTER}
        client.post("/api/mail-templates", json=new).raise_for_status()
        yield client


@pytest.fixture
def letters(mona: httpx.Client) -> Iterator[Mailbox]:
    with listening() as (box, settings):
        mona.put("/api/workspace/mail", json=settings).raise_for_status()
        yield box


@pytest.fixture
def desk(browser: Browser, office: Instance, mona: httpx.Client) -> Iterator[Page]:
    with desk_of(browser, mona) as page:
        faults = watch(page, office)
        yield page
    assert faults == []


def choose(page: Page, label: str, option: str) -> None:
    page.get_by_role("combobox", name=label, exact=True).click()
    page.get_by_role("option", name=option, exact=True).click()
    page.keyboard.press("Escape")


def opened(letters: Mailbox) -> None:
    body = letters.letters[0].get_body(("html",))
    assert body is not None
    found = re.search(r'"(http[^"]+/t/o/[^"]+)"', body.get_content())
    assert found
    httpx.get(found[1], headers=BROWSER).raise_for_status()


def test_a_campaign_is_written_sent_and_read(desk: Page, mona: httpx.Client, letters: Mailbox):
    """What is missing stands at its field; who is left out is told before; then it leaves, and the report says so."""
    desk.goto("/campaigns")
    desk.get_by_role("button", name="New campaign").click()
    name = desk.get_by_label("Name of the campaign")
    expect(name).to_have_value(re.compile("Campaign of"))
    name.fill("Spring sale")
    choose(desk, "Lists", "News")
    expect(desk.get_by_text("It would reach 1 contact")).to_be_visible()
    expect(desk.get_by_text("Unsubscribed: 1")).to_be_visible()
    desk.get_by_role("button", name="Check and send").click()
    panel = desk.get_by_role("dialog", name="Ready to send?")
    panel.get_by_role("button", name="Send now").click()
    expect(desk.get_by_text("There is no template. Choose what is sent.")).to_be_visible()
    expect(panel).to_have_count(0)

    choose(desk, "Template", "Sale letter")
    expect(desk.frame_locator("iframe[title='Preview of the mail']").get_by_text("Dear friend")).to_be_visible()
    desk.get_by_role("button", name="Check and send").click()
    panel.get_by_role("button", name="Send now").click()
    expect(desk.get_by_text("2 of 2 recipients")).to_be_visible(timeout=60_000)
    assert [each["To"] for each in letters.letters] == ["ann@example.com"]

    numbers = desk.get_by_role("region", name="In numbers")
    expect(numbers).to_contain_text("Left out: Unsubscribed: 1")
    for each in ("ann@example.com", "out@example.com"):
        expect(desk.get_by_role("table").get_by_role("link", name=each)).to_be_visible()

    desk.wait_for_timeout(1000 * HASTE_SECONDS)
    opened(letters)
    eventually(desk, lambda: mona.get("/api/campaigns").json()["items"][0]["counts"]["opened"] == 1)
    # Opens are looked for twice a minute.
    expect(numbers).to_contain_text("Opened1100%", timeout=60_000)
    choose(desk, "Which recipients", "Left out")
    expect(desk.get_by_role("table").get_by_role("link", name="out@example.com")).to_be_visible()
    expect(desk.get_by_role("table").get_by_role("link", name="ann@example.com")).to_have_count(0)
    desk.get_by_role("link", name="Campaigns", exact=True).and_(desk.locator("main a")).click()
    row = desk.get_by_role("row").filter(has_text="Spring sale")
    expect(row).to_contain_text("2 of 2 recipients")


def test_a_campaign_waits_for_its_time_and_is_taken_back(desk: Page, mona: httpx.Client, letters: Mailbox):
    """Scheduled, it says when it begins; taken back, it is a draft that can be written on."""
    desk.goto("/campaigns")
    desk.get_by_role("button", name="New campaign").click()
    desk.get_by_label("Name of the campaign").fill("New year")
    choose(desk, "Lists", "News")
    choose(desk, "Template", "Sale letter")
    desk.get_by_text("Later", exact=True).click()
    desk.get_by_label("Time (UTC)").fill("2099-01-01T09:00")
    desk.get_by_role("button", name="Check and send").click()
    desk.get_by_role("dialog", name="Ready to send?").get_by_role("button", name="Schedule").click()
    expect(desk.get_by_text(re.compile(r"Begins Jan 1, 2099, 9:00\sAM \(UTC\)"))).to_be_visible()
    desk.get_by_role("button", name="Back to draft").click()
    expect(desk.get_by_label("Time (UTC)")).to_have_value("2099-01-01T09:00")


def test_whoever_writes_second_sees_what_the_first_wrote(desk: Page, mona: httpx.Client):
    """Nothing is written over, and it can be written on from there."""
    made = mona.post("/api/campaigns", json={"name": "For two"}).raise_for_status().json()
    path = f"/api/campaigns/{made['id']}"
    desk.goto(f"/campaigns/{made['id']}")
    subject = desk.get_by_label("Subject", exact=True)
    expect(subject).to_have_value("")
    mona.put(path, json={"name": "For two", "settings": {"subject": "Theirs"}}).raise_for_status()
    subject.fill("Mine")
    expect(desk.get_by_role("alert").filter(has_text="Somebody else changed this campaign")).to_be_visible()
    expect(subject).to_have_value("Theirs")
    subject.fill("Both")
    eventually(desk, lambda: mona.get(path).json()["settings"]["subject"] == "Both")


def test_what_was_typed_last_is_kept_when_the_draft_is_left(desk: Page, mona: httpx.Client):
    """At once, without waiting for the moment after which it saves itself."""
    made = mona.post("/api/campaigns", json={"name": "Left"}).raise_for_status().json()
    desk.goto(f"/campaigns/{made['id']}")
    desk.get_by_label("Subject", exact=True).fill("In haste")
    desk.goto("/contacts")
    eventually(desk, lambda: mona.get(f"/api/campaigns/{made['id']}").json()["settings"]["subject"] == "In haste")
