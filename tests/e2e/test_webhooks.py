"""The screen of webhooks: an address is added, tried by one real delivery, and its answer read."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.acting import client_of, desk_of
from tests.support.instance import instance

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

EMAIL, PASSWORD = "wanda@example.com", "a long enough passphrase"


class Tool(HTTPServer):
    """Another tool: keeps what it is told, and answers with `status`."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Hearing)
        self.status = 200
        self.heard: list[dict[str, Any]] = []


class _Hearing(BaseHTTPRequestHandler):
    server: Tool

    def do_POST(self) -> None:
        self.server.heard.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(b"heard you")

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def wanda() -> Iterator[httpx.Client]:
    """The admin of an instance that may call tools on this machine."""
    with instance(CADENZA_ALLOW_PRIVATE_HOSTS="1") as made:
        made.start()
        made.command("user", "create", "--email", EMAIL, "--role", "admin", "--password-stdin", text=PASSWORD)
        with client_of(made, EMAIL, PASSWORD) as client:
            yield client


@pytest.fixture
def tool() -> Iterator[Tool]:
    with Tool() as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.05])
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.mark.row("A27")
def test_a_webhook_is_added_and_tried(browser: Browser, wanda: httpx.Client, tool: Tool):
    """The secret is shown once; a test is a real call, and what came back stands in the log: taken, then refused."""
    with desk_of(browser, wanda) as desk:
        desk.goto("/settings/webhooks")
        desk.get_by_role("button", name="Add webhook").click()
        panel = desk.get_by_role("dialog", name="Add webhook")
        panel.get_by_label("Address").fill(f"http://127.0.0.1:{tool.server_port}/in")
        events = panel.get_by_role("combobox", name="What it is told")
        events.fill("contact.updated")
        events.press("Enter")
        panel.get_by_label("Name").fill("Spreadsheet")
        panel.get_by_role("button", name="Add webhook").click()
        expect(desk.get_by_text("whsec_")).to_be_visible()
        desk.get_by_role("button", name="Done").click()
        expect(desk.get_by_text("whsec_")).to_be_hidden()

        desk.get_by_role("button", name="Send a test to Spreadsheet").click()
        log = desk.get_by_role("dialog", name="Spreadsheet")
        expect(log).to_contain_text("Taken")
        expect(log.get_by_text("200", exact=True)).to_be_visible()
        log.get_by_text("Answer").click()
        expect(log.get_by_text("heard you")).to_be_visible()
        (told,) = tool.heard
        assert (told["event"], told["test"]) == ("contact.updated", True)

        tool.status = 503
        desk.keyboard.press("Escape")
        expect(log).to_be_hidden()
        desk.get_by_role("button", name="Send a test to Spreadsheet").click()
        expect(log).to_contain_text("Failed")
        expect(log.get_by_text("503", exact=True)).to_be_visible()
