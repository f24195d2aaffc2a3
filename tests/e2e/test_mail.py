"""Mail to contacts: written in blocks and in code, looked at, tried, sent by an automation, and followed."""

import re
import time
from collections.abc import Iterator
from typing import Any, Final

import httpx
import pytest
from playwright.sync_api import Browser, FrameLocator, Locator, Page, expect
from selectolax.lexbor import LexborHTMLParser

from tests.e2e.acting import client_of, desk_of, eventually, step
from tests.e2e.barriers import barriers
from tests.e2e.conftest import watch
from tests.e2e.drawing import draft_of, draw, show
from tests.support.instance import Instance, instance
from tests.support.mailbox import Mailbox, listening

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

EMAIL, PASSWORD = "nora@example.com", "a long enough passphrase"
BROWSER: Final = {"User-Agent": "Mozilla/5.0 (X11; Linux x64; rv:140.0) Gecko/20100101 Firefox/140.0"}
# Whoever follows a link sooner after its mail left is taken for a machine.
HASTE_SECONDS: Final = 2.2
LETTER = '<p>Dear {{ contact.FIRSTNAME | default("friend") }}, <a href="https://example.com/offer">look</a></p>'


@pytest.fixture(scope="module")
def office() -> Iterator[Instance]:
    """An instance that may reach mail servers on this machine, with somebody who runs it."""
    with instance(CADENZA_ALLOW_PRIVATE_HOSTS="1") as made:
        made.start()
        made.command("user", "create", "--email", EMAIL, "--role", "admin", "--password-stdin", text=PASSWORD)
        yield made


@pytest.fixture(scope="module")
def nora(office: Instance) -> Iterator[httpx.Client]:
    with client_of(office, EMAIL, PASSWORD) as client:
        client.post("/api/contacts", json={"email": "ann@example.com", "attributes": {"FIRSTNAME": "Ann"}})
        yield client


@pytest.fixture
def letters(nora: httpx.Client) -> Iterator[Mailbox]:
    """What the workspace's mail server takes."""
    with listening() as (box, settings):
        nora.put("/api/workspace/mail", json=settings).raise_for_status()
        yield box
        nora.put("/api/workspace/mail", json={**settings, "host": ""}).raise_for_status()


@pytest.fixture
def writing(browser: Browser, office: Instance, nora: httpx.Client) -> Iterator[Page]:
    with desk_of(browser, nora) as page:
        faults = watch(page, office)
        yield page
    assert faults == []


def write(nora: httpx.Client, name: str, source: str = LETTER, **fields: str) -> int:
    """Keep a template of HTML; returns its id."""
    new = {"name": name, "subject": "Hello {{ contact.FIRSTNAME }}", "format": "html", "source": source, **fields}
    return int(nora.post("/api/mail-templates", json=new).raise_for_status().json()["id"])


def blocks(page: Page) -> FrameLocator:
    """The mail in the block editor."""
    return page.frame_locator("iframe.gjs-frame")


def preview(page: Page) -> FrameLocator:
    return page.frame_locator("iframe[title='Preview of the mail']")


def code(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Source of the mail")


def kept(nora: httpx.Client, name: str) -> dict[str, Any]:
    """The template of that name as the server has it."""
    (found,) = (each for each in nora.get("/api/mail-templates").json()["items"] if each["name"] == name)
    return dict(nora.get(f"/api/mail-templates/{found['id']}").json())


def test_a_mail_is_put_together_of_blocks(writing: Page, nora: httpx.Client):
    """From a starting point: a text is rewritten, a block added; what is saved says so, and can be read as MJML."""
    writing.goto("/templates?new=1")
    writing.get_by_role("dialog").get_by_role("link", name="Welcome").click()
    blocks(writing).get_by_text("Thank you for signing up").dblclick()
    expect(blocks(writing).locator("[contenteditable=true]:focus")).to_contain_text("Thank you for signing up")
    writing.keyboard.press("Control+a")
    writing.keyboard.type("Come in, the kettle is on.")
    writing.keyboard.press("Control+s")
    expect(writing.get_by_text("Not saved")).to_have_count(0)
    assert "Come in, the kettle is on." in kept(nora, "Welcome")["source"]

    blocks(writing).get_by_text("Get started").click()
    expect(blocks(writing).locator(".gjs-selected")).to_contain_text("Get started")
    writing.locator(".gjs-block[title=Line]").click()
    expect(writing.get_by_text("Not saved")).to_be_visible()
    writing.get_by_role("button", name="Save", exact=True).click()
    expect(writing.get_by_text("Not saved")).to_have_count(0)
    assert "<mj-divider" in kept(nora, "Welcome")["source"]
    writing.get_by_text("MJML", exact=True).click()
    expect(code(writing)).to_contain_text("<mj-divider")
    writing.reload()
    expect(code(writing)).to_contain_text("Come in, the kettle is on.")


def test_two_people_write_one_template(writing: Page, nora: httpx.Client):
    """Who saves second loses nothing: kept as a copy, or written over the other's, or given up for it."""
    number = write(nora, "Shared")
    for taken in ("Save mine as a copy", "Write mine over theirs", "Take theirs, and forget mine"):
        writing.goto(f"/templates/{number}?view=code")
        writing.get_by_role("textbox", name="Subject").fill(f"Mine: {taken}")
        there = nora.get(f"/api/mail-templates/{number}").json()
        theirs = {**{key: there[key] for key in ("name", "format", "source")}, "subject": f"Theirs: {taken}"}
        nora.put(f"/api/mail-templates/{number}", json=theirs).raise_for_status()
        writing.get_by_role("button", name="Save", exact=True).click()
        dialog = writing.get_by_role("dialog", name="Somebody else saved this template")
        dialog.get_by_role("button", name=taken).click()
        expect(dialog).to_be_hidden()
        expect(writing.get_by_text("Not saved")).to_have_count(0)
        shown = "Theirs" if taken.endswith("mine") else "Mine"
        expect(writing.get_by_role("textbox", name="Subject")).to_have_value(f"{shown}: {taken}")
        stays = "Mine" if taken.endswith("theirs") else "Theirs"
        assert nora.get(f"/api/mail-templates/{number}").json()["subject"] == f"{stays}: {taken}"
    subjects = [each["subject"] for each in nora.get("/api/mail-templates").json()["items"]]
    assert "Mine: Save mine as a copy" in subjects


def test_a_mail_is_written_as_code_and_looked_at(writing: Page, nora: httpx.Client):
    """The preview follows the code, for whom one likes, on a phone and as text; and says what may go wrong."""
    writing.goto("/templates/new?start=html")
    code(writing).click()
    writing.keyboard.press("Control+a")
    writing.keyboard.insert_text(LETTER + '<a href="http://example.com/old">old</a>')
    expect(preview(writing).get_by_text("Dear friend")).to_be_visible()
    expect(writing.get_by_text("http://example.com/old is not encrypted.")).to_be_visible()
    who = writing.get_by_role("combobox", name="find a contact")
    who.fill("ann@")
    writing.get_by_role("option", name="Ann").click()
    expect(preview(writing).get_by_text("Dear Ann")).to_be_visible()
    writing.get_by_text("Phone", exact=True).click()
    expect(writing.get_by_title("Preview of the mail")).to_have_css("width", "375px")
    writing.get_by_text("Plain text", exact=True).click()
    expect(writing.get_by_role("region", name="Preview of the mail")).to_contain_text("Unsubscribe")
    writing.get_by_label("Name of the template").fill("By hand")
    writing.keyboard.press("Control+s")
    expect(writing).to_have_url(re.compile(r"/templates/\d+"))
    assert kept(nora, "By hand")["source"].startswith(LETTER)


def test_what_the_server_refuses_stands_at_its_field(writing: Page, nora: httpx.Client):
    """A wrong placeholder, a name that is taken; and nobody leaves unsaved work unasked."""
    write(nora, "Taken")
    writing.goto(f"/templates/{write(nora, 'Refused')}")
    subject = writing.get_by_label("Subject", exact=True)
    subject.fill("{{ contact.FIRSTNAME | nonsense }}")
    writing.keyboard.press("Control+s")
    expect(subject).to_have_attribute("aria-invalid", "true")
    subject.fill("Hello")
    writing.get_by_label("Name of the template").fill("Taken")
    writing.keyboard.press("Control+s")
    expect(writing.get_by_text("There is a template “Taken” already.")).to_be_visible()
    writing.get_by_role("link", name="Back to templates").click()
    asked = writing.get_by_role("dialog", name="Leave without saving?")
    asked.get_by_role("button", name="Stay").click()
    expect(subject).to_have_value("Hello")
    writing.get_by_role("link", name="Back to templates").click()
    asked.get_by_role("button", name="Discard").click()
    expect(writing.get_by_role("link", name="Refused")).to_be_visible()


def test_a_placeholder_goes_in_where_the_cursor_stands(writing: Page, nora: httpx.Client):
    """With what stands there for whom nothing is known."""
    writing.goto(f"/templates/{write(nora, 'Greeting', subject='Dear !')}")
    writing.get_by_label("Subject", exact=True).press("End")
    writing.keyboard.press("ArrowLeft")
    writing.get_by_role("button", name="Insert placeholder: Subject").click()
    writing.get_by_role("combobox", name="What to put in").click()
    writing.get_by_role("option", name="FIRSTNAME").click()
    writing.get_by_label("Where it is empty").fill("reader")
    writing.get_by_role("button", name="Insert placeholder", exact=True).click()
    expect(writing.get_by_label("Subject", exact=True)).to_have_value(
        'Dear {{ contact.FIRSTNAME | default("reader") }}!'
    )


def test_a_test_goes_to_a_real_mail_server(writing: Page, nora: httpx.Client, letters: Mailbox):
    """Saved first if need be, and filled for the contact that is chosen."""
    writing.goto(f"/templates/{write(nora, 'To be tried')}")
    writing.get_by_label("Subject", exact=True).fill("For {{ contact.FIRSTNAME }}")
    writing.get_by_role("button", name="Save and test").click()
    panel = writing.get_by_role("dialog", name="Send a test")
    panel.get_by_label("To", exact=True).fill("boss@example.com")
    panel.get_by_role("combobox", name="find a contact").fill("ann")
    writing.get_by_role("option", name="Ann").click()
    panel.get_by_role("button", name="Send").click()
    expect(writing.get_by_text("Test sent to boss@example.com")).to_be_visible()
    (letter,) = letters.letters
    assert (letter["To"], letter["Subject"]) == ("boss@example.com", "[Test] For Ann")


def test_an_automation_sends_it_and_the_contact_shows_what_became_of_it(
    writing: Page, nora: httpx.Client, letters: Mailbox
):
    """Chosen in the step, sent to who enters; a scanner's click is told from a person's."""
    template = write(nora, "Offer")
    flow = draw(nora, {"created": "contact_created", "mail": "send_email"}, "created > mail", name="Offers")
    show(writing, flow)
    step(writing, "Send email").click()
    settings = writing.get_by_role("region", name="Settings of Send email")
    settings.get_by_role("combobox", name="Template").click()
    writing.get_by_role("option", name="Offer").click()
    expect(settings.get_by_text("Subject: Hello {{ contact.FIRSTNAME }}")).to_be_visible()
    expect(settings.get_by_role("link", name="Open template")).to_have_attribute("href", f"/templates/{template}")
    settings.get_by_role("button", name="Apply to step").click()
    expect(step(writing, "Send email")).to_contain_text("Send “Offer”")
    eventually(writing, lambda: draft_of(nora, flow)["nodes"][1]["config"].get("template") == template)
    nora.post(f"/api/automations/{flow}/activate", json={}).raise_for_status()
    contact = nora.post("/api/contacts", json={"email": "bob@example.com"}).json()["id"]

    eventually(writing, lambda: len(letters.letters) == 1)
    time.sleep(HASTE_SECONDS)
    link = offer_in(letters)
    httpx.get(link, headers={"User-Agent": "ACME-Scanner/1.0"})
    assert httpx.get(link, headers=BROWSER).headers["location"] == "https://example.com/offer"
    writing.goto(f"/contacts/{contact}?tab=messages")
    message = writing.get_by_role("tabpanel", name="Messages")
    expect(message.get_by_text("Sent", exact=True)).to_be_visible()
    expect(message.get_by_text("Clicked")).to_have_count(2)
    expect(message.get_by_text("A scanner that checks mail")).to_have_count(1)
    refused = nora.delete(f"/api/mail-templates/{template}")
    assert (refused.status_code, "Offers" in refused.text) == (409, True)


def offer_in(letters: Mailbox) -> str:
    """The address that the letter's link leads through."""
    page = letters.letters[0].get_body(("html",))
    assert page is not None
    (link,) = LexborHTMLParser(page.get_content()).css("p a")
    return str(link.attributes["href"])


def test_a_guest_looks_and_changes_nothing(browser: Browser, office: Instance, nora: httpx.Client):
    """Who may not edit mail sees it as a contact gets it, without the tools to change it."""
    office.command(
        "user", "create", "--email", "guest@example.com", "--role", "guest", "--password-stdin", text=PASSWORD
    )
    template = write(nora, "To be seen")
    with client_of(office, "guest@example.com", PASSWORD) as guest, desk_of(browser, guest) as page:
        page.goto(f"/templates/{template}")
        expect(preview(page).get_by_text("Dear friend")).to_be_visible()
        expect(page.get_by_role("button", name="Save")).to_have_count(0)
        assert guest.delete(f"/api/mail-templates/{template}").status_code == 403


def test_senders_and_addresses_that_take_no_mail(writing: Page, nora: httpx.Client):
    """Both are kept in the settings: a sender is added and changed, an address, and a domain, suppressed and lifted."""
    writing.goto("/settings/mail")
    writing.get_by_role("button", name="New sender").click()
    panel = writing.get_by_role("dialog", name="New sender")
    panel.get_by_label("Name").fill("Support")
    panel.get_by_label("Address").fill("support@example.com")
    panel.get_by_role("button", name="Save").click()
    expect(writing.get_by_text("support@example.com")).to_be_visible()
    for address in ("gone@example.com", "@closed.example.org"):
        writing.get_by_role("textbox", name="Address", exact=True).fill(address)
        writing.get_by_role("button", name="Add", exact=True).click()
        expect(writing.get_by_text("Added by hand")).to_be_visible()
        writing.get_by_role("button", name=f"Allow again: {address}").click()
        writing.get_by_role("dialog").get_by_role("button", name="Allow again").click()
        expect(writing.get_by_text("Added by hand")).to_have_count(0)
    eventually(writing, lambda: nora.get("/api/suppressions").json()["items"] == [])


@pytest.mark.parametrize("view", ["/templates", "/templates?new=1", "{one}?view=code", "{one}?view=preview"])
def test_no_page_of_mail_has_a_barrier(writing: Page, nora: httpx.Client, view: str):
    """Axe finds no violation, in light and in dark."""
    writing.goto(view.format(one=f"/templates/{write(nora, f'Without barriers: {view}')}"))
    expect(writing.get_by_role("heading", level=1)).to_be_visible()
    expect(writing.locator("iframe").or_(writing.get_by_role("table")).first).to_be_visible()
    assert barriers(writing) == {}


def test_only_the_block_editor_brings_its_code(writing: Page, nora: httpx.Client):
    """It is as large as all the rest: the list, the code and the preview do without."""
    fetched: list[str] = []
    writing.on("request", lambda request: fetched.append(request.url))
    writing.goto("/templates")
    expect(writing.get_by_role("heading", name="Templates")).to_be_visible()
    writing.goto(f"/templates/{write(nora, 'Light')}?view=preview")
    expect(preview(writing).get_by_text("Dear friend")).to_be_visible()
    assert not [url for url in fetched if "BlockEditor" in url]
    writing.goto("/templates/new?start=plain")
    expect(blocks(writing).get_by_text("Kind regards")).to_be_visible()
    assert [url for url in fetched if "BlockEditor" in url]
