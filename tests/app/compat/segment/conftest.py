"""Sources, and what they send."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.models import Event, EventType
from app.services import workspace
from app.services.sources import keeping
from app.services.sources.keeping import SourceView

Send = Callable[..., TestResponse]


@pytest.fixture(autouse=True)
def _here(database: Session) -> None:
    workspace.setup()


@pytest.fixture
def server(database: Session) -> SourceView:
    """A source whose key is kept on a server."""
    return make_source("Backend", "server")


@pytest.fixture
def website(database: Session) -> SourceView:
    """A source whose key stands in pages."""
    return make_source("Shop pages", "website")


def make_source(name: str, kind: str) -> SourceView:
    return keeping.get(keeping.create({"name": name, "kind": kind}))


@pytest.fixture
def send(client: FlaskClient) -> Send:
    """Send messages to a source as one batch."""

    def send_batch(source: SourceView, *messages: Any, **more: Any) -> TestResponse:
        return client.post("/v1/batch", json={"batch": messages, **more}, auth=(source.key, ""))

    return send_batch


def happened(database: Session, contact: int) -> list[str]:
    """The names of what a contact did, in order of time."""
    mine = select(EventType.name).join(Event, Event.type_id == EventType.id)
    return list(database.scalars(mine.where(Event.contact_id == contact).order_by(Event.at, Event.id)))
