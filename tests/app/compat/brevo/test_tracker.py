"""The tracker's calls, as programs make them by hand: none of Brevo's clients has them."""

from collections.abc import Iterator

import httpx
import pytest
from brevo import Brevo
from sib_api_v3_sdk import AccountApi, ApiClient
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import Contact, Event, EventType
from app.services import contacts
from app.services.contacts import Identifier
from app.services.sources import keeping

ANN = "ann@example.com"


@pytest.fixture
def source(database: Session) -> int:
    """A source on a server."""
    return keeping.create({"name": "Tracker", "kind": "server"})


@pytest.fixture
def tracker(address: str, source: int) -> Iterator[httpx.Client]:
    """A bare HTTP client with the source's key."""
    headers = {"ma-key": keeping.get(source).key}
    with httpx.Client(base_url=f"{address}/api/v2", headers=headers, trust_env=False) as client:
        yield client


def recorded(database: Session) -> list[tuple[str, dict[str, object]]]:
    rows = database.execute(select(EventType.name, Event.properties).join(EventType, EventType.id == Event.type_id))
    return [(name, properties) for name, properties in rows]


def person() -> contacts.ContactView:
    return contacts.get(contacts.one(Identifier("email", ANN)))


def test_the_account_names_the_key(brevo: Brevo, sib: ApiClient, source: int):
    """Both clients read the key of the first source on a server; without one the tracker is off."""
    for got in (brevo.account.get_account(), AccountApi(sib).get_account()):
        assert (got.marketing_automation.enabled, got.marketing_automation.key) == (True, keeping.get(source).key)
    keeping.change(source, {"enabled": False})
    assert brevo.account.get_account().marketing_automation.enabled is False


def test_somebody_is_made_and_changed(tracker: httpx.Client):
    """Attributes overwrite those of their name; one that does not exist is left out."""
    for name in ("Ann", "Anna"):
        answer = tracker.post("/identify", json={"email": ANN, "attributes": {"FIRSTNAME": name, "MOON": 1}})
        assert (answer.status_code, answer.content) == (204, b"")
    assert person().attributes["FIRSTNAME"] == "Anna"


def test_an_event_says_news_of_the_contact(tracker: httpx.Client, database: Session):
    """The properties go to the contact, the event's own data to the event."""
    sent = {
        "email": ANN,
        "event": "order_completed",
        "properties": {"FIRSTNAME": "Ann"},
        "eventdata": {"id": "cart:7", "data": {"total": 20}},
    }
    assert tracker.post("/trackEvent", json=sent).status_code == 204
    assert recorded(database) == [("order_completed", {"total": 20, "id": "cart:7"})]
    assert person().attributes["FIRSTNAME"] == "Ann"


def test_pages_and_links_are_events(tracker: httpx.Client, database: Session):
    """A page is a visit, without what stands behind its path; a link is an event of its own."""
    page = {
        "email": ANN,
        "page": "pricing",
        "properties": {
            "ma_url": "https://example.com/pricing?token=1#top",
            "ma_title": "Pricing",
            "ma_path": "/pricing",
        },
    }
    assert tracker.post("/trackPage", json=page).status_code == 204
    link = {"email": ANN, "link": "https://example.com/offer", "properties": {"place": "footer"}}
    assert tracker.post("/trackLink", json=link).status_code == 204
    assert recorded(database) == [
        (
            "page_visited",
            {"name": "pricing", "page": "https://example.com/pricing", "title": "Pricing", "path": "/pricing"},
        ),
        ("link_clicked", {"link": "https://example.com/offer", "place": "footer"}),
    ]


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("/identify", {}, "missing_parameter"),
        ("/identify", {"email": "nobody"}, "invalid_parameter"),
        ("/identify", {"email": ANN, "attributes": []}, "invalid_parameter"),
        ("/trackEvent", {"email": ANN}, "missing_parameter"),
        ("/trackEvent", {"event": "e"}, "missing_parameter"),
        ("/trackEvent", {"email": ANN, "event": "two words"}, "invalid_parameter"),
        ("/trackEvent", {"email": ANN, "event": "e", "eventdata": 1}, "invalid_parameter"),
        ("/trackLink", {"email": ANN}, "missing_parameter"),
        ("/trackPage", {"email": ANN}, "missing_parameter"),
    ],
)
def test_what_cannot_be_taken_is_refused(tracker: httpx.Client, database: Session, path: str, body, code: str):
    """A 400 in Brevo's words, and nothing is kept."""
    answer = tracker.post(path, json=body)
    assert (answer.status_code, answer.json()["code"]) == (400, code)
    assert database.scalar(select(func.count()).select_from(Contact)) == 0


def test_only_the_key_of_a_server_opens(address: str, key: str, database: Session):
    """No key, an API key, one that is in pages, and one that was switched off are refused."""
    pages = keeping.get(keeping.create({"name": "Shop", "kind": "website"})).key
    off = keeping.create({"name": "Old", "kind": "server"})
    keeping.change(off, {"enabled": False})
    for given in ({}, {"ma-key": key}, {"ma-key": pages}, {"ma-key": keeping.get(off).key}):
        answer = httpx.post(f"{address}/api/v2/identify", json={"email": ANN}, headers=given, trust_env=False)
        assert (answer.status_code, answer.json()["code"]) == (401, "unauthorized")
