"""Web push, from a page that asks to the click on what it shows, in a real browser.

The push services of browsers' makers are out of reach: one on this machine takes what is sent, and the test reads it
with the browser's keys and hands it to the real service worker.
"""

import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests.e2e.acting import client_of, desk_of, eventually
from tests.e2e.conftest import watch
from tests.e2e.shops import Shop, open_shop, visiting
from tests.factories.pushing import Recipient
from tests.support.instance import Instance, instance
from tests.support.live import document
from tests.support.push_service import PushService, push_service

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

EMAIL, PASSWORD = "pam@example.com", "a long enough passphrase"
OFFER = {"title": "For {{ contact.FIRSTNAME }}", "text": "Until tonight", "link": "https://example.com/offer"}
# A subscription as the browser would make it, with keys of the test's own.
SUBSCRIBING = """({ endpoint, keys }) => {
  let made = null;
  PushManager.prototype.subscribe = async (options) => {
    const key = Uint8Array.from(atob(options.applicationServerKey.replace(/-/g, "+").replace(/_/g, "/")),
      (each) => each.codePointAt(0));
    made = { options: { applicationServerKey: key.buffer }, toJSON: () => ({ endpoint, keys }),
      unsubscribe: async () => { made = null; return true; } };
    return made;
  };
  PushManager.prototype.getSubscription = async () => made;
}"""
CLICK = """async () => {
  const [shown] = await self.registration.getNotifications();
  self.dispatchEvent(new NotificationEvent("notificationclick", { notification: shown }));
  return [shown.title, shown.body];
}"""


@pytest.fixture(scope="module")
def office() -> Iterator[Instance]:
    """An instance that may reach a push service on this machine, with somebody who runs it."""
    with instance(CADENZA_ALLOW_PRIVATE_HOSTS="1") as made:
        made.start()
        made.command("user", "create", "--email", EMAIL, "--role", "admin", "--password-stdin", text=PASSWORD)
        yield made


@pytest.fixture(scope="module")
def pam(office: Instance) -> Iterator[httpx.Client]:
    with client_of(office, EMAIL, PASSWORD) as client:
        yield client


@pytest.fixture
def shop(pam: httpx.Client) -> Iterator[Shop]:
    with open_shop(pam) as opened:
        yield opened


@pytest.fixture
def service() -> Iterator[PushService]:
    with push_service() as made:
        yield made


@pytest.fixture
def visitor(browser: Browser, shop: Shop) -> Iterator[Page]:
    """A visitor of the shop who allows notifications."""
    with visiting(browser) as page:
        page.context.grant_permissions(["notifications"], origin=shop.url)
        yield page


def subscribe(visitor: Page, shop: Shop, recipient: Recipient) -> None:
    """Let the visitor agree, on a page of the shop."""
    stub = json.dumps({"endpoint": recipient.endpoint, "keys": recipient.keys})
    visitor.add_init_script(f"({SUBSCRIBING})({stub})")
    visitor.goto(shop.url)
    with visitor.expect_response(lambda answer: answer.url.endswith("/w/e") and "p256dh" in answer.request.post_data):
        assert visitor.evaluate("cadenza.push.ask()") == "granted"


def registration(session: CDPSession, page: Page, shop: Shop) -> str:
    """The browser's own name of the shop's service worker."""
    found: list[str] = []

    def note(told: dict[str, Any]) -> None:
        found.extend(each["registrationId"] for each in told["registrations"] if shop.url in each["scopeURL"])

    session.on("ServiceWorker.workerRegistrationUpdated", note)
    session.send("ServiceWorker.enable")
    eventually(page, lambda: bool(found))
    return found[0]


def automate(pam: httpx.Client, *steps: tuple[str, str, dict[str, Any]]) -> None:
    """Draw a line of steps and switch it on."""
    ways = [(before[0], "next", after[0]) for before, after in pairwise(steps)]
    made = pam.post("/api/automations", json={"name": steps[0][0], "document": document(steps, ways)})
    number = made.raise_for_status().json()["id"]
    pam.post(f"/api/automations/{number}/activate", json={}).raise_for_status()


def test_a_push_is_asked_for_shown_clicked_and_heard(
    browser: Browser, office: Instance, pam: httpx.Client, shop: Shop, visitor: Page, service: PushService
):
    """The visitor agrees, becomes known, gets what an automation sends, clicks; another automation hears the click."""
    automate(pam, ("asked", "custom_event", {"event": "wants_news"}), ("push", "send_web_push", OFFER))
    automate(pam, ("clicked", "web_push_clicked", {}), ("noted", "add_note", {"text": "Came back by push"}))
    recipient = Recipient(service.place("vera"))
    subscribe(visitor, shop, recipient)
    visitor.evaluate("cadenza.identify({ email: 'vera@example.com', attributes: { FIRSTNAME: 'Vera' } })")
    visitor.evaluate("cadenza.track('wants_news')")
    eventually(visitor, lambda: len(service.handed) == 1)

    (worker,) = visitor.context.service_workers
    session = visitor.context.new_cdp_session(visitor)
    number = registration(session, visitor, shop)
    message = recipient.read(service.handed[0].body)
    delivered = {"origin": shop.url, "registrationId": number, "data": json.dumps(message)}
    session.send("ServiceWorker.deliverPushMessage", delivered)
    eventually(visitor, lambda: worker.evaluate("async () => (await self.registration.getNotifications()).length") == 1)
    assert worker.evaluate(CLICK) == ["For Vera", "Until tonight"]

    (contact,) = pam.get("/api/contacts", params={"search": "vera@example.com"}).json()["items"]
    eventually(visitor, lambda: "Came back by push" in pam.get(f"/api/contacts/{contact['id']}/notes").text)
    with desk_of(browser, pam) as desk:
        faults = watch(desk, office)
        desk.goto(f"/contacts/{contact['id']}")
        expect(desk.get_by_text("Web push clicked").first).to_be_visible()
        desk.get_by_role("tab", name="Messages").click()
        expect(desk.get_by_text("For Vera")).to_be_visible()
        expect(desk.get_by_text("Shown", exact=True)).to_be_visible()
        expect(desk.get_by_text("Clicked", exact=True)).to_be_visible()
    assert faults == []
