"""Segment's browser client on a page of somebody else's, and what an admin sees of what it sends."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.instance import Instance

CLIENT = Path(__file__).parents[2] / "frontend/node_modules/@segment/analytics-next/dist/umd"
pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

# Only the address is ours: the client asks there for its settings, and learns where to send.
PAGE = """<!doctype html><title>Pricing</title><script src="/index.js"></script><script>
const [writeKey, cdnURL, email] = decodeURIComponent(location.hash.slice(1)).split(" ");
const analytics = AnalyticsNext.AnalyticsBrowser.load({ writeKey, cdnURL });
analytics.page();
analytics.track("Video Played", { seconds: 12 });
analytics.identify(email, { email, nickname: "Vee" });
</script>"""


class Pages(SimpleHTTPRequestHandler):
    """The client's own files, and one page that uses them."""

    def do_GET(self) -> None:
        if self.path != "/pricing":
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(PAGE.encode())

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def shop() -> Iterator[str]:
    """Where the page is."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Pages, directory=str(CLIENT))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.row("A4")
def test_the_browser_client_sends_here(shop: str, browser: Browser, demo: Instance, admin: httpx.Client, desk: Page):
    """Only the address is changed. The admin sees what came, whose it is, and sends a trait where it belongs."""
    source = admin.post("/api/sources", json={"name": f"Shop {shop[-5:]}", "kind": "website"}).json()
    email = f"browser{shop[-5:]}@example.com"
    with browser.new_context() as context:
        context.new_page().goto(f"{shop}/pricing#{source['key']} {demo.url} {email}")
        desk.goto("/settings/sources")
        row = desk.get_by_text(source["name"], exact=True)
        expect(row).to_be_visible()
        desk.locator("section").filter(has=row).get_by_role("button", name="Messages").last.click()
        panel = desk.get_by_role("dialog", name=source["name"])
        for word in ("page_visited", "video_played", "identify"):
            expect(panel.get_by_text(word, exact=True)).to_be_visible(timeout=20_000)
    expect(panel.get_by_text("There is no attribute for “nickname”.")).to_be_visible()
    panel.get_by_role("tab", name="Traits").click()
    choice = panel.get_by_role("combobox", name="Where “nickname” goes")
    choice.click()
    desk.get_by_role("option", name="FIRSTNAME", exact=True).click()
    expect(choice).to_have_value("FIRSTNAME")
    (contact,) = admin.get("/api/contacts", params={"search": email}).json()["items"]
    visits = admin.get(f"/api/contacts/{contact['id']}/visits").json()["items"]
    assert [each["page"] for each in visits[0]["pages"]] == [f"{shop}/pricing"]
    admin.delete(f"/api/sources/{source['id']}")
