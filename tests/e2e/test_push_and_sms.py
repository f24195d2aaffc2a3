"""Web push, from a page that asks to the click on what it shows, and text messages, in a real browser.

The push services of browsers' makers are out of reach: one on this machine takes what is sent, and the test reads it
with the browser's keys and hands it to the real service worker.
"""

import json
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, CDPSession, Page, Response, expect

from tests.e2e.acting import client_of, desk_of, eventually, step
from tests.e2e.conftest import watch
from tests.e2e.drawing import draw, show
from tests.e2e.shops import Shop, open_shop, visiting
from tests.factories.pushing import Recipient
from tests.support.instance import Instance, instance
from tests.support.live import document
from tests.support.push_service import PushService, push_service

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

EMAIL, PASSWORD = "pam@example.com", "a long enough passphrase"
OFFER = {"title": "For you", "text": "Until tonight", "link": "https://example.com/offer"}
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
# A browser that has not been asked yet, and whose owner says yes.
WILLING = """
  let answer = "default";
  Object.defineProperty(Notification, "permission", { get: () => answer });
  Notification.requestPermission = async () => {
    sessionStorage.asks = Number(sessionStorage.asks ?? 0) + 1;
    answer = "granted";
    return answer;
  };
"""
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


def stub(visitor: Page, recipient: Recipient) -> None:
    """Let the visitor's browser be reached where the test listens."""
    told = json.dumps({"endpoint": recipient.endpoint, "keys": recipient.keys})
    visitor.add_init_script(f"({SUBSCRIBING})({told})")


def is_subscription(answer: Response) -> bool:
    return answer.url.endswith("/w/e") and "p256dh" in (answer.request.post_data or "")


def subscribe(visitor: Page, shop: Shop, recipient: Recipient) -> None:
    """Let the visitor agree, on a page of the shop."""
    stub(visitor, recipient)
    visitor.goto(shop.url)
    with visitor.expect_response(is_subscription):
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
    visitor.evaluate("cadenza.identify({ email: 'vera@example.com' })")
    visitor.evaluate("cadenza.track('wants_news')")
    eventually(visitor, lambda: len(service.handed) == 1)

    (worker,) = visitor.context.service_workers
    session = visitor.context.new_cdp_session(visitor)
    number = registration(session, visitor, shop)
    message = recipient.read(service.handed[0].body)
    if worker.evaluate("Notification.permission") != "granted":
        pytest.skip("This browser has no window of its own: it shows no notification.")
    delivered = {"origin": shop.url, "registrationId": number, "data": json.dumps(message)}
    session.send("ServiceWorker.deliverPushMessage", delivered)
    eventually(visitor, lambda: worker.evaluate("async () => (await self.registration.getNotifications()).length") == 1)
    assert worker.evaluate(CLICK) == ["For you", "Until tonight"]

    (contact,) = pam.get("/api/contacts", params={"search": "vera@example.com"}).json()["items"]
    eventually(visitor, lambda: "Came back by push" in pam.get(f"/api/contacts/{contact['id']}/notes").text)
    assert "Web push clicked" in pam.get(f"/api/contacts/{contact['id']}/timeline").text
    with desk_of(browser, pam) as desk:
        faults = watch(desk, office)
        desk.goto(f"/contacts/{contact['id']}")
        desk.get_by_role("tab", name="Messages").click()
        expect(desk.get_by_text("For you")).to_be_visible()
        expect(desk.get_by_text("Shown", exact=True)).to_be_visible()
        expect(desk.get_by_text("Clicked", exact=True)).to_be_visible()
    assert faults == []


def test_visitors_are_asked_after_so_many_pages(browser: Browser, pam: httpx.Client, service: PushService):
    """By themselves, once, and not before; who takes consent back takes no more push."""
    with open_shop(pam, push_after=2) as shop, visiting(browser) as visitor:
        visitor.add_init_script(WILLING)
        stub(visitor, Recipient(service.place("will")))
        visitor.goto(shop.url)
        expect(visitor).to_have_title("Page /")
        eventually(visitor, lambda: visitor.evaluate("localStorage.getItem('cdz_views')") == "1")
        # A page is counted in the same breath in which its visitor would be asked.
        assert visitor.evaluate("sessionStorage.asks") is None
        with visitor.expect_response(is_subscription):
            visitor.get_by_role("link", name="Pricing").click()
        eventually(visitor, lambda: visitor.evaluate("localStorage.getItem('cdz_push')") == "asked")
        assert visitor.evaluate("sessionStorage.asks") == "1"
        visitor.evaluate("cadenza.consent(false)")
        eventually(visitor, lambda: visitor.evaluate("localStorage.getItem('cdz_push')") == "")
        assert visitor.evaluate("cadenza.push.ask()") == "no consent"


def test_a_provider_of_sms_is_entered_and_tried(
    browser: Browser, office: Instance, pam: httpx.Client, service: PushService
):
    """What is typed is what the provider is asked; its secret is not shown again."""
    with desk_of(browser, pam) as desk:
        faults = watch(desk, office)
        desk.goto("/settings/sms")
        desk.get_by_role("combobox", name="Provider").click()
        desk.get_by_role("option", name="Another, over HTTP").click()
        desk.get_by_label("Address").fill(service.place("send"))
        desk.get_by_label("Headers").fill("X-Key: s3cret")
        desk.get_by_label("Body").fill('{ "to": "{{ to }}", "text": "{{ text }}" }')
        desk.get_by_label("Sender").fill("Acme")
        desk.get_by_role("combobox", name="Country of numbers").fill("France")
        desk.get_by_role("option", name="France", exact=True).click()
        desk.get_by_role("button", name="Save").click()
        stored = desk.get_by_text("Stored. Enter another one to change it.")
        expect(stored).to_be_visible()
        expect(desk.get_by_label("Headers")).to_have_value("")
        desk.get_by_label("Address").fill("https://elsewhere.example.com/send")
        expect(stored).to_be_hidden()
        desk.get_by_label("Address").fill(service.place("send"))
        expect(stored).to_be_visible()
        desk.get_by_label("To the number").fill("06 12 34 56 78")
        desk.get_by_role("button", name="Send", exact=True).click()
        expect(desk.get_by_text("Test sent to 06 12 34 56 78")).to_be_visible()
    (handed,) = service.handed
    assert json.loads(handed.body)["to"] == "+33612345678"
    assert handed.headers["x-key"] == "s3cret"
    assert faults == []


def test_the_length_of_an_sms_is_told_while_one_types(browser: Browser, office: Instance, pam: httpx.Client):
    """In parts, as the network cuts it; one letter beyond the small alphabet changes everything."""
    flow = draw(pam, {"opened": "email_opened", "sms": "send_sms"}, "opened > sms", name="Texting")
    with desk_of(browser, pam) as desk:
        faults = watch(desk, office)
        show(desk, flow)
        step(desk, "Send SMS").click()
        text = desk.get_by_label("Text", exact=False).and_(desk.get_by_role("textbox"))
        text.fill("a" * 161)
        expect(desk.get_by_text("2 parts · 161 characters, 145 left · GSM-7")).to_be_visible()
        text.fill("Привет")
        expect(desk.get_by_text("1 part · 6 characters, 64 left · UCS-2")).to_be_visible()
    assert faults == []
