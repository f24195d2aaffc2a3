"""Categories of pages: which rule says them, where they are written, and what contacts are interested in."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.models import Event, EventType
from app.services import workspace
from app.services.web import category_rules, interests, recategorising, sites
from app.services.web.categories import By, Rule, Rules
from tests.factories.contacts import make_contact
from tests.factories.website import SHOP, send, site, visited
from tests.support.statements import counted_statements

MARIA = "maria@example.com"
SHOES: Rule = {"by": "path", "value": "/shoes", "category": "Shoes"}


@pytest.fixture
def key(app: Flask, database: Session) -> str:
    workspace.setup()
    return sites.get(sites.create(site("shop.example.com"))).key


def of_views(database: Session, contact: int, name: str = "page_visited") -> list[object]:
    """The categories of a contact's views, in order."""
    mine = select(Event.properties).join(EventType, EventType.id == Event.type_id)
    told = database.scalars(mine.where(Event.contact_id == contact, EventType.name == name).order_by(Event.id))
    return [each.get("category") for each in told]


@pytest.mark.parametrize(
    ("by", "value", "page", "title", "fits"),
    [
        ("path", "/shoes", "https://shop.example.com/Shoes/red?size=40", "", True),
        ("path", "/shoes", "/shoes", "", True),
        ("path", "/shoes", "https://shop.example.com/old/shoes", "", False),
        ("path", "blog.example.com", "https://blog.example.com/shoes", "", True),
        ("path", "https://blog.example.com/s", "https://blog.example.com/shoes", "", True),
        ("path", "blog.example.com", "https://shop.example.com/blog.example.com", "", False),
        ("contains", "shoes", "https://shop.example.com/old/SHOES-7", "", True),
        ("contains", "shoes", "https://shop.example.com/hats?then=shoes#shoes", "", False),
        ("pattern", "/shop/*/shoes", "https://shop.example.com/shop/spring/2026/shoes", "", True),
        ("pattern", "/shop/*/shoes", "https://shop.example.com/shop/spring/shoes/red", "", False),
        ("pattern", "*.example.com/sh[o]es?", "https://a.example.com/sh[o]es", "", False),
        ("pattern", "*.example.com/sh[o]es", "https://a.example.com/sh[o]es", "", True),
        ("title", "shoes", "https://shop.example.com/7", "Red Shoes", True),
        ("title", "shoes", "https://shop.example.com/shoes", "", False),
    ],
)
def test_a_rule_fits_pages(by: By, value: str, page: str, title: str, fits: bool):
    """By the path, any part of the address, a pattern of it, or the title; capitals and queries do not count."""
    rules = Rules([{"by": by, "value": value, "category": "X"}])
    assert rules.category(page, title) == ("X" if fits else None)


def test_the_first_rule_that_fits_says_the_category():
    """Their order decides; a page that none fits has none."""
    rules = Rules([{"by": "path", "value": "/shoes/red", "category": "Red"}, SHOES])
    assert [rules.category(f"{SHOP}{path}", "") for path in ("/shoes/red", "/shoes/blue", "/hats")] == [
        "Red",
        "Shoes",
        None,
    ]


def test_a_pattern_of_many_stars_takes_no_time():
    """Whatever an author writes, a page that nearly fits is done with at once."""
    rules = Rules([{"by": "pattern", "value": "/" + "a*" * 100 + "b", "category": "X"}])
    assert rules.category(f"{SHOP}/{'a' * 1900}", "") is None


def test_a_view_is_told_with_its_category(client: FlaskClient, key: str, database: Session):
    """So is the visit that begins with it; what a page claims itself does not count while there are rules."""
    category_rules.save([SHOES])
    contact = make_contact(email=MARIA)
    claimed = visited("/hats")
    claimed["properties"]["category"] = "Gold"
    send(client, key, visited("/shoes/red"), claimed, visited("/shoes/blue"), identify={"email": MARIA})
    assert of_views(database, contact) == ["Shoes", None, "Shoes"]
    assert of_views(database, contact, "visit_begun") == ["Shoes"]


def test_what_an_unknown_visitor_viewed_has_its_category(client: FlaskClient, key: str, database: Session):
    """By the rules of the moment when it becomes the contact's history."""
    contact = make_contact(email=MARIA)
    send(client, key, visited("/shoes/red"))
    category_rules.save([SHOES])
    send(client, key, identify={"email": MARIA})
    assert of_views(database, contact) == ["Shoes"]


def test_changed_rules_reach_the_past_only_where_asked(client: FlaskClient, key: str, database: Session):
    """The last days are told anew, in turns; what no rule fits any more loses its category."""
    contact = make_contact(email=MARIA)
    category_rules.save([SHOES, {"by": "path", "value": "/hats", "category": "Hats"}])
    send(client, key, visited("/shoes"), visited("/hats"), visited("/bags"), identify={"email": MARIA})
    category_rules.save([SHOES, {"by": "path", "value": "/bags", "category": "Bags"}])
    assert of_views(database, contact) == ["Shoes", "Hats", None]
    recategorising.start(7)
    recategorising.work()
    assert of_views(database, contact) == ["Shoes", None, "Bags"]
    done = recategorising.latest()
    assert done is not None
    assert (done.state, done.processed, done.total, done.changed) == ("completed", 1, 1, 2)


def test_many_views_are_told_some_at_a_time(
    client: FlaskClient, key: str, database: Session, monkeypatch: pytest.MonkeyPatch
):
    """However many the next contacts have, few are kept in memory."""
    monkeypatch.setattr(recategorising, "_VIEWS_AT_ONCE", 2)
    contact = make_contact(email=MARIA)
    send(client, key, *(visited(f"/shoes/{number}") for number in range(5)), identify={"email": MARIA})
    category_rules.save([SHOES])
    recategorising.start(7)
    with counted_statements() as made:
        recategorising.work()
    assert of_views(database, contact) == ["Shoes"] * 5
    assert len([each for each in made if "json_to_recordset" in each and "category" in each]) == 3


def test_what_ends_its_process_each_time_is_given_up(
    client: FlaskClient, key: str, database: Session, monkeypatch: pytest.MonkeyPatch
):
    """It was counted before the work, of which nothing was left to be noted afterwards."""

    def killed(*_: object) -> int:
        raise SystemExit

    make_contact(email=MARIA)
    monkeypatch.setattr(recategorising, "_tell", killed)
    recategorising.start(7)
    for _ in range(recategorising._MOST_STARTS):
        with pytest.raises(SystemExit):
            recategorising.work()
    recategorising.work()
    given_up = recategorising.latest()
    assert given_up is not None
    assert (given_up.state, "cut off" in (given_up.error or "")) == ("failed", True)


def test_older_views_than_asked_for_stay(client: FlaskClient, key: str, database: Session):
    """A go over a week does not touch what came before."""
    contact = make_contact(email=MARIA)
    send(client, key, visited("/shoes"), identify={"email": MARIA})
    database.execute(update(Event).values(received_at=Event.received_at - timedelta(days=8)))
    category_rules.save([SHOES])
    recategorising.start(7)
    recategorising.work()
    assert of_views(database, contact) == [None]


@pytest.mark.row("E24")
def test_interests_are_told_by_views_and_time(client: FlaskClient, key: str, database: Session):
    """The strongest first, each with how long its pages were looked at together."""
    category_rules.save([SHOES, {"by": "path", "value": "/hats", "category": "Hats"}])
    contact = make_contact(email=MARIA)
    send(client, key, visited("/hats"), visited("/shoes"), visited("/shoes/red"), identify={"email": MARIA})
    send(
        client, key, left("/shoes", 40), left("/shoes/red", 20), left("/hats", 5), left("/bags", 9), left("/hats", "x")
    )
    found = [(each.category, each.views, each.seconds) for each in interests.of_contact(contact)]
    assert found == [("Shoes", 2, 60), ("Hats", 1, 5)]


def test_preview_shows_what_rules_would_say(client: FlaskClient, key: str, database: Session):
    """Of pages that known and unknown visitors saw last, the most viewed first; nothing is kept."""
    make_contact(email=MARIA)
    send(client, key, visited("/shoes"), visited("/shoes"), identify={"email": MARIA})
    send(client, key, visited("/hats"), visitor="visitor-number-two")
    found = category_rules.preview([{"by": "path", "value": "/bags", "category": "Bags"}, SHOES])
    assert [(each.page, each.views, each.rule, each.category) for each in found] == [
        (f"{SHOP}/shoes", 2, 1, "Shoes"),
        (f"{SHOP}/hats", 1, None, None),
    ]
    assert category_rules.read() == []


def left(page: str, seconds: object) -> dict[str, object]:
    told = visited(page)
    return {**told, "name": "page_left", "properties": {"page": f"{SHOP}{page}", "seconds": seconds}}
