"""A website of somebody else's: another origin, a strict policy, scripts from Cadenza only, none inline."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import httpx
from playwright.sync_api import Browser, Page

CONTACT_FORM = """<form name="talk"><input type="email" name="email"><input name="first_name">
<input type="password" name="pass"><input name="card_number"><input name="topic"><textarea name="message"></textarea>
<button>Send</button></form>"""


class Shop(ThreadingHTTPServer):
    """A shop's pages, each with the snippet, and the file of its service worker."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Pages)
        self.snippet = self.worker = self.cadenza = ""

    @property
    def url(self) -> str:
        return f"http://localhost:{self.server_port}"


class _Pages(BaseHTTPRequestHandler):
    server: Shop

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path == "/cadenza-sw.js":
            self._answer("text/javascript", self.server.worker)
            return
        head = f"<!doctype html><html><head><title>Page {path}</title>{self.server.snippet}</head>"
        self._answer("text/html", f"{head}<body>{CONTACT_FORM}<a href='/pricing'>Pricing</a></body></html>")

    def _answer(self, kind: str, body: str) -> None:
        cadenza = self.server.cadenza
        policy = f"default-src 'none'; script-src {cadenza}; connect-src {cadenza}; worker-src 'self'; form-action *"
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", policy)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def open_shop(admin: httpx.Client, **settings: Any) -> Iterator[Shop]:
    """A shop that the workspace of this admin listens to."""
    with Shop() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        new = {"name": f"Shop {server.server_port}", "domains": ["localhost"], **settings}
        made = admin.post("/api/sites", json=new).raise_for_status().json()
        server.snippet, server.worker = made["snippet"], made["worker"]
        server.cadenza = str(admin.base_url).rstrip("/")
        yield server
        server.shutdown()
        thread.join()
        admin.delete(f"/api/sites/{made['id']}")


@contextmanager
def visiting(browser: Browser) -> Iterator[Page]:
    """A visitor's page; whatever the shop's policy forbids fails the test."""
    with browser.new_context() as context:
        page = context.new_page()
        faults: list[str] = []
        page.on(
            "console", lambda said: faults.append(said.text) if said.type == "error" and "Policy" in said.text else None
        )
        page.on("pageerror", lambda error: faults.append(str(error)))
        yield page
    assert faults == []
