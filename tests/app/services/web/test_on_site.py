"""Who is on a site now, as conditions ask it: in segments, in splits, and by steps that wait for it."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.models import Visitor
from app.services import contacts, workspace
from app.services.contacts.finding import count_condition
from app.services.web import sites
from tests.factories.automations import opens
from tests.factories.contacts import make_contact
from tests.factories.website import send, site, visited
from tests.support import live

MARIA = "maria@example.com"
HERE = {"visit": True, "op": "open"}


@pytest.fixture
def key(app: Flask, database: Session) -> str:
    workspace.setup()
    return sites.get(sites.create(site("shop.example.com"))).key


def comes(client: FlaskClient, key: str) -> None:
    """Maria looks at a page, and automations hear it."""
    send(client, key, visited("/"), identify={"email": MARIA})
    live.drain_all()


def rest(database: Session, **past: int) -> None:
    """Let time go by since visitors said anything."""
    database.execute(
        update(Visitor).values(
            visited_at=Visitor.visited_at - timedelta(**past), seen_at=Visitor.seen_at - timedelta(**past)
        )
    )


def test_a_segment_holds_who_is_on_the_site_now(client: FlaskClient, key: str, database: Session):
    """From the first page until half an hour after the last one."""
    make_contact(email="elsewhere@example.com")
    make_contact(email=MARIA)
    assert count_condition(HERE) == 0
    comes(client, key)
    assert count_condition(HERE) == 1
    assert count_condition({"visit": True, "op": "not_open"}) == 1
    rest(database, minutes=29)
    assert count_condition(HERE) == 1
    rest(database, minutes=2)
    assert count_condition(HERE) == 0


def test_a_split_knows_who_is_there(client: FlaskClient, key: str, database: Session):
    """As of the moment when the contact comes to it."""
    maria, other = make_contact(email=MARIA), make_contact(email="elsewhere@example.com")
    steps = [
        ("opened", "email_opened", {}),
        ("here", "conditional_split", {"condition": {"all": [HERE]}}),
        ("yes", "add_tag", {"tag": "here"}),
        ("no", "add_tag", {"tag": "away"}),
    ]
    ways = [("opened", "next", "here"), ("here", "yes", "yes"), ("here", "no", "no")]
    live.activate(live.document(steps, ways))
    comes(client, key)
    opens(MARIA)
    opens("elsewhere@example.com")
    live.drain_all()
    assert (contacts.get(maria).tags, contacts.get(other).tags) == (["here"], ["away"])


def test_a_step_that_waits_for_it_hears_of_the_visit(client: FlaskClient, key: str, database: Session):
    """Nobody looks again and again: coming to the site moves the contact on."""
    maria = make_contact(email=MARIA)
    steps = [
        ("opened", "email_opened", {}),
        ("wait", "wait_until_condition", {"condition": {"all": [HERE]}}),
        ("tag", "add_tag", {"tag": "came"}),
    ]
    live.activate(live.document(steps, [("opened", "next", "wait"), ("wait", "met", "tag")]))
    opens(MARIA)
    live.drain_all()
    assert contacts.get(maria).tags == []
    comes(client, key)
    assert contacts.get(maria).tags == ["came"]
