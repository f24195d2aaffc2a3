"""Mail that follows what somebody looked at: while they look, and after the visit; by real workers and a real clock."""

import re
import time
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import orjson
import pytest

from tests.e2e.acting import PASSWORD, client_of
from tests.support.database import connect, wait_until
from tests.support.instance import Instance, instance
from tests.support.mailbox import Mailbox, listening

pytestmark = [pytest.mark.story, pytest.mark.timeout(300)]

ADMIN = "admin@example.com"
SHOP = "https://shop.example.com"
PERSON = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"}
RULES = [
    {"by": "path", "value": "/shoes", "category": "Shoes"},
    {"by": "path", "value": "/hats", "category": "Hats"},
]
OFTEN_ENOUGH = {"all": [{"event": "category", "op": "any_of", "value": ["Shoes", "Hats"]}]}
_numbers = count(1)


class Town:
    """An instance with a site, categories of its pages, and a mail server that takes what it sends."""

    def __init__(self, site: Instance, admin: httpx.Client, box: Mailbox) -> None:
        self.site, self.admin, self.box = site, admin, box
        shop = {"name": "Shop", "domains": ["shop.example.com"]}
        self.key = self.post("/api/sites", shop)["key"]
        admin.put("/api/page-categories", json={"rules": RULES}).raise_for_status()

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        made: dict[str, Any] = self.admin.post(path, json=body).raise_for_status().json()
        return made

    def template(self, name: str, subject: str, source: str) -> int:
        new = {"name": name, "subject": subject, "format": "html", "source": source}
        number: int = self.post("/api/mail-templates", new)["id"]
        return number

    def activate(self, name: str, nodes: list[dict[str, Any]], *ways: tuple[str, str, str]) -> None:
        edges = [{"from": source, "port": port, "to": target} for source, port, target in ways]
        document = {"format": "cadenza.automation/1", "name": name, "nodes": nodes, "edges": edges}
        made = self.post("/api/automations", {"document": document})
        self.post(f"/api/automations/{made['id']}/activate", {})

    def views(self, visitor: str, *paths: str, **more: Any) -> None:
        """A browser tells of pages."""
        told = [{"page": f"{SHOP}{path}", "path": path} for path in paths]
        events = [{"id": f"view-{next(_numbers):06}", "name": "page_visited", "properties": each} for each in told]
        body = {"site": self.key, "visitor": visitor, "events": events, **more}
        headers = {"Origin": SHOP, "Content-Type": "text/plain"}
        httpx.post(f"{self.site.url}/w/e", content=orjson.dumps(body), headers=headers).raise_for_status()

    def subjects(self, who: str) -> list[str]:
        """What somebody was sent, in order."""
        return [each["Subject"] for each in self.box.letters if each["To"] == who]


@pytest.fixture
def town() -> Iterator[Town]:
    with ExitStack() as stack:
        site = stack.enter_context(instance(CADENZA_ALLOW_PRIVATE_HOSTS="1"))
        site.start()
        site.command("user", "create", "--email", ADMIN, "--role", "admin", "--password-stdin", text=PASSWORD)
        box, settings = stack.enter_context(listening())
        admin = stack.enter_context(client_of(site, ADMIN, PASSWORD))
        admin.put("/api/workspace/mail", json=settings).raise_for_status()
        yield Town(site, admin, box)


@pytest.mark.row("E3")
def test_who_views_categories_after_a_mail_gets_an_offer_of_them(town: Town):
    """Within the set time after the mail, and of just that category; who looks at something else gets none."""
    letter = town.template("News", "News", "<p>Look around.</p>")
    offer = town.template("Offer", "10 % off {{ contact.latest_interest }}", "<p>{{ contact.latest_interest }}</p>")
    waiting = {"event": "page_visited", "event_filter": OFTEN_ENOUGH, "at_most": {"amount": 2, "unit": "days"}}
    nodes = [
        {"id": "began", "type": "custom_event", "config": {"event": "asked_for_news"}},
        {"id": "news", "type": "send_email", "config": {"template": letter}},
        {"id": "looks", "type": "wait_until_event", "config": waiting},
        {"id": "offer", "type": "send_email", "config": {"template": offer}},
    ]
    ways = [("began", "next", "news"), ("news", "next", "looks"), ("looks", "happened", "offer")]
    town.activate("Interest offer", nodes, *ways)
    people = ("shoes@example.com", "hats@example.com", "other@example.com")
    town.views("visitor-number-shoes", "/hats/1", identify={"email": people[0]})  # before the mail: no part of it
    town.post("/api/events", {"events": [{"event": "asked_for_news", "contact": {"email": each}} for each in people]})
    wait_until(lambda: all(town.subjects(each) == ["News"] for each in people), 60)
    for who, path in zip(people, ("/shoes/7", "/hats/3", "/about"), strict=True):
        town.views(f"visitor-number-{who.partition('@')[0]}", path, identify={"email": who})
    wait_until(lambda: town.subjects(people[0]) == ["News", "10 % off Shoes"], 60)
    wait_until(lambda: town.subjects(people[1]) == ["News", "10 % off Hats"], 60)
    time.sleep(1)
    assert town.subjects(people[2]) == ["News"]


@pytest.mark.row("E7")
def test_a_visit_that_a_mailing_brought_is_answered_after_it_ended(town: Town):
    """By what was looked at, once, and not before the visit is over; who came without the mailing gets nothing."""
    welcome = town.template("Welcome", "More {{ contact.interest | default('of it') }}", "<p>Welcome</p>")
    brought = {"by": "mailing", "event_filter": {"all": [{"event": "campaign", "op": "eq", "value": "Spring"}]}}
    nodes = [
        {"id": "ended", "type": "visit_ended", "config": brought},
        {"id": "welcome", "type": "send_email", "config": {"template": welcome}},
    ]
    town.activate("Welcome after visit", nodes, ("ended", "next", "welcome"))
    town.views("visitor-by-herself", "/shoes", identify={"email": "herself@example.com"})
    maria = "maria@example.com"
    send_campaign(town, maria)
    wait_until(lambda: town.subjects(maria) == ["Spring"], 60)
    time.sleep(2.5)  # who follows a link faster is a machine
    arrival = follow(town)
    assert arrival.startswith(f"{SHOP}/sale")
    link = {"cdz": parse_qs(urlsplit(arrival).query)["cdz"][0]}
    town.views("visitor-by-the-mail", "/sale", "/hats/1", "/hats/2", "/shoes/1", link=link)
    time.sleep(1)
    assert town.subjects(maria) == ["Spring"]
    let_half_an_hour_pass(town)
    wait_until(lambda: town.subjects(maria) == ["Spring", "More Hats"], 90)
    assert town.subjects("herself@example.com") == []


def send_campaign(town: Town, to: str) -> None:
    town.post("/api/events", {"events": [{"event": "joined", "contact": {"email": to}}]})
    segment = {"name": "Maria", "condition": {"field": "email", "op": "eq", "value": to}}
    chosen = town.post("/api/segments", segment)["id"]
    template = town.template("Spring", "Spring", f"<p><a href='{SHOP}/sale'>The sale</a></p>")
    settings = {"segments": [chosen], "template": template}
    campaign = town.post("/api/campaigns", {"name": "Spring", "settings": settings})
    town.post(f"/api/campaigns/{campaign['id']}/start", {})


def follow(town: Town) -> str:
    """Follow the link of the letter, and return where it leads."""
    body = town.box.letters[0].get_body(("html",))
    assert body is not None
    address = re.findall(r"href=\"?'?([^\"'> ]+)[\"'> ][^>]*>The sale", body.get_content())[0]
    path = urlsplit(address)._replace(scheme="", netloc="").geturl()
    return httpx.get(f"{town.site.url}{path}", headers=PERSON).headers["Location"]


def let_half_an_hour_pass(town: Town) -> None:
    """Nobody waits here for it: what happened on the site, and the clicks before, are moved into the past."""
    with connect(town.site) as connection:
        connection.execute("UPDATE event SET at = at - interval '40 minutes'")
        connection.execute("UPDATE workspace SET visits_ended_at = visits_ended_at - interval '40 minutes'")
        connection.execute("UPDATE visitor SET seen_at = seen_at - interval '40 minutes'")
