"""Views that are counted within a window: the Nth starts a run, whatever batch it comes in."""

from datetime import UTC, datetime, timedelta

import orjson
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from app.adapters.engine.moments import fill_moments
from app.adapters.event_text import write_event
from app.adapters.events import type_ids
from app.models import Event, PendingEntry
from app.services import workspace
from app.services.contacts import Identifier
from app.services.contacts.finding import count_condition
from app.services.incoming import IncomingEvent
from app.services.intake import record_events
from app.services.web import category_rules, recategorising, sites
from nodes.triggers.page_visited_often import MOST_TIMES
from nodes.world import Event as Occurrence
from nodes.world import Json
from tests.factories.contacts import make_contact
from tests.factories.website import send, site, visited
from tests.support.live import activate, document, drain_all, enrollments
from tests.support.steps import person, registry
from workflows.items import Happening

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


@pytest.mark.row("E11")
def test_who_behaves_so_is_put_into_a_group(client: FlaskClient, key: str, automation: int):
    """By a rule, without anybody's doing; segments and lists of contacts can ask for the group from then on."""
    keen = {"tag": "keen", "op": "has"}
    make_contact(email="never@example.com")
    make_contact(email=MARIA)
    send(client, key, visited("/shoes/1"), visited("/shoes/2"), identify={"email": MARIA})
    drain_all()
    assert count_condition(keen) == 0
    send(client, key, visited("/shoes/3"))
    drain_all()
    assert count_condition(keen) == 1


def store_views(database: Session, contact: int, count: int, at: datetime) -> None:
    """Write views of a category into the log alone: many at once."""
    kind = type_ids(database, ["page_visited"])["page_visited"]
    shoes = {"path": "/shoes/before", "category": "Shoes"}
    row = {"contact_id": contact, "type_id": kind, "at": at, "received_at": at, "properties": shoes}
    database.execute(insert(Event), [row] * count)
    database.commit()


@pytest.mark.parametrize(("before", "entered"), [(1, []), (2, ["/shoes/late"]), (3, [])])
def test_a_view_that_waited_for_months_is_counted_as_of_its_own_time(
    key: str, database: Session, automation: int, before: int, entered: list[str]
):
    """Its inbox was not worked through until now: the views around it still count, those of today do not."""
    contact, then = make_contact(email=MARIA), datetime.now(UTC) - timedelta(days=40)
    store_views(database, contact, before, then - timedelta(minutes=5))
    said = orjson.dumps({"path": "/shoes/late", "category": "Shoes"})
    record_events([IncomingEvent("page_visited", [Identifier("id", contact)], then, said)], source="test")
    store_views(database, contact, 5, datetime.now(UTC))
    drain_all()
    assert entered_by(database, automation) == entered


@pytest.mark.parametrize("of", [{"of": "category", "category": "Shoes"}, {"of": "any"}])
def test_little_of_a_long_past_is_loaded(key: str, database: Session, of: dict[str, Json]):
    """However many views are in the window, no more than can decide; the view itself is among them."""
    contact, now = make_contact(email=MARIA), datetime.now(UTC)
    store_views(database, contact, 1000, now - timedelta(minutes=5))
    (number,) = database.scalars(select(func.max(Event.id)))
    view = Occurrence(number, "page_visited", now - timedelta(minutes=5), {"category": "Shoes"})
    reads = registry()["page_visited_often"].reads({**OFTEN, **of})
    maria = person(contact)
    fill_moments(database, {contact: maria}, reads, [Happening(contact, view)])
    (moments,) = maria.event_times.values()
    assert MOST_TIMES < len(moments) <= 2 * MOST_TIMES + 1
    assert view.id in {each.id for each in moments}


def test_a_view_that_was_put_off_is_judged_again_whenever_it_enters(key: str, database: Session, automation: int):
    """Its contact was inside for months; the batch in which it leaves knows what was around the view."""
    contact, then = make_contact(email=MARIA), datetime.now(UTC) - timedelta(days=60)
    store_views(database, contact, 2, then)
    (number,) = database.scalars(select(func.max(Event.id)))
    view = Occurrence(number, "page_visited", then, {"category": "Shoes"})
    row = {"automation_id": automation, "contact_id": contact, "event_id": number, "trigger": "t"}
    database.execute(insert(PendingEntry), [{**row, "event": orjson.loads(write_event(view))}])
    maria = person(contact)
    fill_moments(database, {contact: maria}, registry()["page_visited_often"].reads(OFTEN), [])
    assert [[each.id for each in times] for times in maria.event_times.values()] == [[number - 1, number]]


def test_rules_applied_to_the_past_start_nothing_and_may_pass_the_number(
    client: FlaskClient, key: str, database: Session, automation: int
):
    """As the button says: views that became of the category count, but are no arrival; the next one is past N."""
    category_rules.save([])
    make_contact(email=MARIA)
    send(client, key, *(visited(f"/shoes/{n}") for n in (1, 2, 3)), identify={"email": MARIA})
    drain_all()
    category_rules.save([{"by": "path", "value": "/shoes", "category": "Shoes"}])
    recategorising.start(1)
    recategorising.work()
    send(client, key, visited("/shoes/4"))
    drain_all()
    viewed = select(func.count()).where(Event.type_id == type_ids(database, ["page_visited"])["page_visited"])
    assert database.scalar(viewed.where(Event.properties["category"].astext == "Shoes")) == 4
    assert entered_by(database, automation) == []
