"""Calls that other systems asked to get: kept in the outbox, delivered after the commit, at least once."""

from collections.abc import Mapping

import orjson
from sqlalchemy.dialects.postgresql import insert

from app import db
from app.adapters.doorbell import ring_sender
from app.models import Outbox


def call(key: str, url: str, body: Mapping[str, object]) -> None:
    """POST `body` as JSON to `url` once this transaction is durable. A second call of the same key is none."""
    payload = {"method": "POST", "url": url, "headers": {}, "body": orjson.dumps(body).decode()}
    with db.transaction() as session:
        session.execute(insert(Outbox).values(key=key, kind="webhook", payload=payload).on_conflict_do_nothing())
        db.after_commit(ring_sender)
