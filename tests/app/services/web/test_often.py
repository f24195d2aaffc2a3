"""Views that are counted within a window: the Nth starts a run, whatever batch it comes in."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from app.models import Event
from app.services import workspace
from app.services.contacts.finding import count_condition
from app.services.web import category_rules, sites
from tests.factories.contacts import make_contact
from tests.factories.website import send, site, visited
from tests.support.live import activate, document, drain_all, enrollments

MARIA = "maria@example.com"
OFTEN = {"of": "category", "category": "Shoes", "times": 3, "within": {"amount": 1, "unit": "hours"}}


@pytest.fixture
def key(app: Flask, database: Session) -> str:
    workspace.setup()
    category_rules.save([{"by": "path", "value": "/shoes", "category": "Shoes"}])
    return sites.get(sites.create(site("shop.example.com"))).key


@pytest.fixture
def automation(key: str) -> int:
    steps = [("t", "page_visited_often", OFTEN), ("a", "add_tag", {"tag": "keen"})]
    return activate(document(steps, [("t", "next", "a")]))


def entered_by(database: Session, automation: int) -> list[str]:
    """The paths of the views by which contacts entered."""
    events = [database.get_one(Event, each.event_id) for each in enrollments(automation)]
    return [each.properties["path"] for each in events]


@pytest.mark.row("C21")
def test_the_third_of_one_batch_starts_it(client: FlaskClient, key: str, database: Session, automation: int):
    """Five views in one message, with others between: one run, by the third that counts."""
    make_contact(email=MARIA)
    views = [visited(f"/{what}/{n}") for n in range(1, 6) for what in ("hats", "shoes")]
    send(client, key, *views, identify={"email": MARIA})
    drain_all()
    assert entered_by(database, automation) == ["/shoes/3"]


def test_views_that_come_one_by_one_start_it_once(client: FlaskClient, key: str, database: Session, automation: int):
    """Those before are looked up; those after are past the number; another contact's do not count."""
    make_contact(email=MARIA)
    make_contact(email="other@example.com")
    for n in range(1, 5):
        send(client, key, visited(f"/shoes/{n}"), identify={"email": MARIA})
        drain_all()
    send(client, key, visited("/shoes/x"), identify={"email": "other@example.com"}, visitor="visitor-number-two")
    drain_all()
    assert entered_by(database, automation) == ["/shoes/3"]


def test_so_many_within_the_window_once_more_start_it_again(
    client: FlaskClient, key: str, database: Session, automation: int
):
    """Views that fell out of the window do not count; three new ones are a crossing of their own."""
    hour = 3_600_000
    make_contact(email=MARIA)
    send(client, key, *(visited(f"/shoes/{n}", ago=3 * hour) for n in (1, 2, 3)), identify={"email": MARIA})
    drain_all()
    send(client, key, *(visited(f"/shoes/{n}") for n in (4, 5, 6, 7)))
    drain_all()
    assert entered_by(database, automation) == ["/shoes/3", "/shoes/6"]


@pytest.mark.row("E11")
def test_segments_count_views_of_a_category_in_a_window(client: FlaskClient, key: str):
    """Who viewed so many pages of it lately belongs; who viewed others, or long ago, does not."""
    make_contact(email="never@example.com")
    make_contact(email=MARIA)
    send(client, key, visited("/shoes/1"), visited("/shoes/2"), visited("/hats"), identify={"email": MARIA})
    asked = {"events": "page_visited", "where": {"category": "Shoes"}, "within": {"amount": 7, "unit": "days"}}
    assert [count_condition({**asked, "op": "gte", "value": times}) for times in (1, 2, 3)] == [1, 1, 0]
