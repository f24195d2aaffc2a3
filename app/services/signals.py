"""Telling automations of changes that people, programs and imports make."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

import orjson
from sqlalchemy import select

from app import db
from app.adapters.doorbell import ring
from app.adapters.events import NewEvent, type_ids, write_events
from app.adapters.plans import live_plans
from app.models import Workspace
from nodes.world import Signal, Topic


def listened() -> frozenset[Topic]:
    """Return the topics that some live automation listens to; lets a caller skip what nobody would hear."""
    with db.transaction() as session:
        revision = session.scalar(select(Workspace.revision))
        return live_plans(session, revision or 0).listened


def changed(fact: str, contacts: Iterable[int]) -> Iterator[Signal]:
    """Return the signals of contacts of whom a fact is another now that has no event of its own."""
    for contact in contacts:
        yield Signal(Topic("contact_changed", fact), contact, {"fact": fact})


def emit(signals: Sequence[Signal]) -> None:
    """Queue the changes that somebody listens to, in the caller's transaction, and ring once it is durable."""
    heard = listened() if signals else frozenset()
    wanted = [signal for signal in signals if signal.topic in heard]
    if not wanted:
        return
    with db.transaction() as session:
        ids = type_ids(session, {signal.topic.event for signal in wanted})
        now = datetime.now(UTC)
        written = write_events(
            session,
            [
                NewEvent(each.contact, ids[each.topic.event], now, orjson.dumps(each.properties), causes=each.causes)
                for each in wanted
            ],
        )
        db.after_commit(lambda: ring(written.parts))
