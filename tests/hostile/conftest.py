"""A workspace with one of everything, for hostile callers to meet. It is made once a module; each test is undone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import orjson
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, NullPool, create_engine
from sqlalchemy.orm import Session

from app import db
from app.models import PARTITIONS, User
from app.services import api_keys, attributes, companies, folders, imports, lists, notes, segments, tasks
from app.services.contacts import Identifier
from app.services.drain import drain_batch
from app.services.incoming import IncomingEvent
from app.services.intake import record_events
from nodes.catalog import Kind
from tests.app.conftest import Caller, SignedIn, signed_in
from tests.factories.automations import make_automation, make_score, scoring
from tests.factories.contacts import make_contact
from tests.factories.sales import make_deal, make_pipeline
from tests.factories.users import make_api_key, make_user

__all__ = ["signed_in"]

EMAIL = "ann@example.com"


@dataclass(frozen=True, slots=True)
class World:
    """One of everything. `ids` by the word that paths have for it; `key` is a program's."""

    connection: Connection
    owner: User
    key: str
    ids: Mapping[str, int]


@pytest.fixture(scope="module")
def world(database_url: str) -> Iterator[World]:
    """A workspace in which something of every kind exists, and a contact is inside an automation."""
    db.configure(database_url)
    # Each test configures an engine anew, which ends the pool of the one before.
    own = create_engine(db.engine().url, poolclass=NullPool, json_deserializer=orjson.loads)
    with own.connect() as connection, connection.begin() as outer:
        with db.testing_connection(connection):
            owner, key, ids = make_user("owner"), make_api_key(), one_of_everything()
        yield World(connection, owner, key, ids)
        outer.rollback()
    db.dispose()


@pytest.fixture
def database(world: World, database_url: str) -> Iterator[Session]:
    """A session on the world's connection, shared with the services; what the test did is rolled back."""
    db.configure(database_url)  # what was cached of the database may be untrue after a rollback
    undone = world.connection.begin_nested()
    with (
        db.testing_connection(world.connection),
        Session(world.connection, expire_on_commit=False, join_transaction_mode="create_savepoint") as session,
    ):
        yield session
    undone.rollback()
    db.dispose()


@pytest.fixture
def owner(world: World, signed_in: SignedIn) -> Caller:
    """The owner, signed in."""
    return signed_in(user=world.owner)


@pytest.fixture
def program(app: Flask, world: World, database: Session) -> FlaskClient:
    """A program with an API key."""
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {world.key}"
    return client


def one_of_everything() -> dict[str, int]:
    """Fill the workspace; return the ids."""
    make_score()
    attributes.create("PLAN", Kind.CATEGORY, ["free", "pro"])
    folder = folders.create("Customers")
    newsletter = lists.create("Newsletter", folder)
    contact = make_contact(email=EMAIL, lists=[newsletter], tags=["vip"], SCORE=20, PLAN="pro")
    running = make_automation(scoring(), active=True)
    record_events([IncomingEvent("email_opened", [Identifier("id", contact)])], source="test")
    drain_batch([contact % PARTITIONS])
    return {
        "contacts": contact,
        "lists": newsletter,
        "folders": folder,
        "automations": running.id,
        "companies": companies.create({"name": "Acme"}),
        "segments": segments.create("Hot", {"attribute": "SCORE", "op": "gte", "value": 20}),
        "pipelines": make_pipeline().id,
        "deals": make_deal("A deal", contact, amount=5).id,
        "tasks": tasks.create(contact, {"title": "Call"}).id,
        "notes": notes.create(contact, "Met at the fair").id,
        "users": make_user("rep").id,
        "api-keys": api_keys.create("A program").stored.id,
        "imports": imports.upload(b"email;SCORE\na@example.com;5\n", "people.csv").id,
    }
