"""Hosted forms: made on the screen, shown in a page of another origin, submitted by somebody who was there before."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.acting import eventually
from tests.e2e.barriers import AXE, VIOLATIONS
from tests.e2e.shops import visiting

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]


class Blog(ThreadingHTTPServer):
    """A website of somebody else's: another origin, no script but what `head` says."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Pages)
        self.head = self.body = ""

    @property
    def host(self) -> str:
        return f"localhost:{self.server_port}"


class _Pages(BaseHTTPRequestHandler):
    server: Blog

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(f"<!doctype html><title>Blog</title>{self.server.head}<body>{self.server.body}".encode())

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def blog() -> Iterator[Blog]:
    with Blog() as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.05])
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def make(admin: httpx.Client, name: str, *domains: str, **more: Any) -> dict[str, Any]:
    fields = [{"takes": "email", "label": "Your e-mail", "required": True}, *more.pop("fields", [])]
    design = {"kind": "newsletter", "language": "en", "title": name, "button": "Join", "fields": fields, **more}
    made = admin.post("/api/forms", json={"name": name, "domains": domains, "design": design}).raise_for_status()
    found: dict[str, Any] = made.json()
    return found


@pytest.mark.row("A5")
def test_a_form_is_made_on_the_screen(desk: Page, admin: httpx.Client):
    """Fields are added, ordered and named; what is wrong is said at its field; the page shows it."""
    desk.goto("/settings/forms")
    desk.get_by_role("button", name="New form").click()
    panel = desk.get_by_role("dialog", name="New form")
    panel.get_by_role("combobox", name="Add a field").click()
    desk.get_by_role("option", name="FIRSTNAME").click()
    first = panel.get_by_role("group", name="FIRSTNAME")
    first.get_by_label("Label").fill("")
    panel.get_by_label("Name", exact=True).fill("Spring letter")
    panel.get_by_role("button", name="Save").click()
    expect(first.get_by_text("This field has no label.")).to_be_visible()
    first.get_by_label("Label").fill("First name")
    first.get_by_role("button", name="Move FIRSTNAME up").click()
    panel.get_by_role("button", name="Save").click()
    expect(panel).to_be_hidden()
    expect(desk.get_by_text("Spring letter")).to_be_visible()
    (form,) = [each for each in admin.get("/api/forms").json()["items"] if each["name"] == "Spring letter"]
    assert [each["label"] for each in form["design"]["fields"]] == ["First name", "E-mail"]
    desk.goto(f"{form['url']}?preview=1")
    expect(desk.get_by_role("textbox", name="First name")).to_be_visible()
    expect(desk.get_by_role("button", name="Sign up")).to_be_visible()


@pytest.mark.row("A5")
def test_a_form_in_a_page_of_another_origin(browser: Browser, admin: httpx.Client, blog: Blog):
    """As high as it is; a mistake loses nothing; whoever submits it brings what it did there before."""
    site = {"name": f"Blog {blog.host}", "domains": ["localhost"], "needs_consent": False, "heeds_do_not_track": True}
    blog.head = admin.post("/api/sites", json={**site, "push_after": None}).raise_for_status().json()["snippet"]
    email = f"reader{blog.server_port}@example.com"
    phone = {"takes": "phone", "label": "Phone"}
    blog.body = make(admin, f"Letter {blog.host}", "localhost", fields=[phone], thanks="See you soon!")["snippet"]
    with visiting(browser) as page:
        with page.expect_response(lambda answer: answer.url.endswith("/w/e")):
            page.goto(f"http://{blog.host}/article")
        page.reload()
        frame = page.frame_locator("iframe")
        expect(frame.get_by_role("button", name="Join")).to_be_visible()
        expect(page.locator("iframe")).not_to_have_attribute("height", "420")
        frame.get_by_label("Your e-mail").fill(email)
        frame.get_by_label("Phone").fill("12")
        frame.get_by_role("button", name="Join").click()
        alert = frame.get_by_role("alert")
        expect(alert).to_be_visible()
        expect(frame.get_by_label("Your e-mail")).to_have_value(email)
        page.wait_for_timeout(2100)  # nobody answers a form within two seconds
        frame.get_by_label("Phone").fill("+33612345699")
        frame.get_by_role("button", name="Join").click()
        expect(frame.get_by_text("See you soon!")).to_be_visible()
        (contact,) = admin.get("/api/contacts", params={"search": email}).json()["items"]
        assert contact["phone"] == "+33612345699"
        path = f"/api/contacts/{contact['id']}/visits"
        eventually(page, lambda: "/article" in str(admin.get(path).json()))


def test_a_form_may_not_stand_on_any_page(browser: Browser, admin: httpx.Client, blog: Blog):
    """The browser refuses the frame where the form's domains do not say so."""
    blog.body = make(admin, f"Closed {blog.host}", "shop.example.com")["snippet"]
    with browser.new_context() as context:
        page = context.new_page()
        refused: list[str] = []
        page.on("console", lambda message: refused.append(message.text))
        page.goto(f"http://{blog.host}/")
        expect(page.locator("iframe")).to_be_attached()
        eventually(page, lambda: any("frame-ancestors" in text for text in refused))


def test_a_form_can_be_used_by_everybody(desk: Page, admin: httpx.Client):
    """Light and dark, without scripts, and with nothing that a checker of accessibility finds."""
    topic = admin.post("/api/topics", json={"name": "Form news", "channel": "email", "public": True, "confirm": False})
    asked = [
        {"takes": "attribute", "attribute": "FIRSTNAME", "label": "First name"},
        {"takes": "topic", "topic": topic.raise_for_status().json()["id"], "label": "Yes, write to me"},
    ]
    url = make(admin, "Usable", fields=asked, text="Once a month.")["url"]
    for scheme in ("light", "dark"):
        desk.emulate_media(color_scheme=scheme)
        desk.goto(f"{url}?preview=1")
        desk.evaluate(AXE.read_text())
        assert desk.evaluate(VIOLATIONS, {}) == []
