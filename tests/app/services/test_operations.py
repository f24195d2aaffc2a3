"""How the instance fares, on real servers."""

from datetime import timedelta

import orjson
import pytest
from redis import Redis
from rq import SimpleWorker
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.adapters import backlog, processes, pulse
from app.adapters import redis as app_redis
from app.models import DeadLetter, Enrollment, InboxItem, Outbox, Timer
from app.services import operations, workspace
from app.services.contacts import Identifier
from app.services.drain import drain
from app.services.incoming import IncomingEvent
from app.services.intake import record_events
from tests.factories.automations import make_automation, make_score, opens, scoring

MARIA = "maria@example.com"


@pytest.fixture(autouse=True)
def _workspace(database: Session) -> None:
    workspace.setup()
    pulse._Counted.figures.clear()


def send(*emails: str) -> None:
    record_events(
        [IncomingEvent("email_opened", [Identifier("email", each)], None, orjson.dumps({})) for each in emails],
        source="test",
    )


def test_an_idle_instance_lags_behind_nothing(database: Session) -> None:
    """Every partition is there, and empty."""
    seen = operations.overview("en")
    assert [each.part for each in seen.partitions] == list(range(16))
    assert (seen.lag_seconds, seen.deliveries, seen.dead_letters, seen.failing) == (0, (0, 0, 0, []), 0, [])


def test_the_lag_is_the_age_of_the_oldest_event(database: Session) -> None:
    """Of all partitions, the one that is furthest behind counts."""
    send(MARIA, "ben@example.com")
    oldest = database.scalars(select(func.min(InboxItem.id))).one()
    late = {"received_at": func.now() - timedelta(seconds=90)}
    database.execute(update(InboxItem).where(InboxItem.id == oldest).values(late))
    seen = operations.overview("en")
    assert 90 <= seen.lag_seconds < 100
    assert 90 <= backlog.lag(database) < 100
    assert (sum(each.events for each in seen.partitions), max(each.lag_seconds for each in seen.partitions)) == (
        2,
        seen.lag_seconds,
    )


def test_what_is_due_and_overdue_is_told(database: Session) -> None:
    """A run whose time came 30 s ago is overdue; a delivery for later is pending only."""
    make_score()
    make_automation(scoring(), active=True)
    opens(MARIA)
    database.execute(update(Timer).values(wake_at=func.now() - timedelta(seconds=30)))
    later = func.now() + timedelta(minutes=1)
    database.add_all([Outbox(key="a", kind="mail", payload={}), Outbox(key="b", kind="mail", payload={}, due_at=later)])
    database.flush()
    seen = operations.overview("en")
    assert sum(each.timers for each in seen.partitions) == 1
    assert 30 <= max(each.overdue_seconds for each in seen.partitions) < 40
    assert (seen.deliveries.pending, seen.deliveries.due) == (2, 1)


def test_failures_and_dead_letters_are_told(database: Session) -> None:
    """By automation, those of a day; dead letters all together."""
    make_score()
    made = make_automation(scoring(), active=True)
    opens(MARIA)
    database.execute(update(Enrollment).values(state="failed", exited_at=func.now()))
    database.add(DeadLetter(event_id=1, contact_id=1, reason="KeyError"))
    database.flush()
    seen = operations.overview("en")
    assert [(each.automation.id, each.runs) for each in seen.failing] == [(made.id, 1)]
    assert seen.dead_letters == 1


def test_what_was_received_and_worked_through_is_counted(redis_live: None, database: Session) -> None:
    """Both doors and engine count what they did, in the minute in which they did it."""
    make_score()
    make_automation(scoring(), active=True)
    send(MARIA, "ben@example.com")
    drain(range(16))
    pulse.beat()
    activity = operations.overview("en").activity
    assert activity is not None
    assert (sum(each.received for each in activity.minutes), sum(each.worked for each in activity.minutes)) == (2, 2)


def test_workers_and_queues_are_told(redis_live: None, redis: "Redis", database: Session) -> None:
    """Each worker with its host, the clock, and how many jobs wait where."""
    worker = SimpleWorker(["drain"], connection=redis)
    worker.register_birth()
    processes.Sign(processes.CLOCK).give()
    send(MARIA)
    activity = operations.overview("en").activity
    assert activity is not None
    assert [(each.name, each.host, each.pid) for each in activity.workers] == [
        (worker.name, worker.hostname, worker.pid)
    ]
    assert [(each.role, each.state) for each in activity.processes] == [("clock", "running")]
    assert [tuple(each) for each in activity.queues] == [("drain", 1), ("send", 0), ("default", 0)]


def test_without_redis_the_rest_is_told(redis_live: None, database: Session) -> None:
    """Whoever looks when Redis is away sees that, and what the database knows."""
    app_redis.configure("redis://127.0.0.1:1")
    send(MARIA)
    seen = operations.overview("en")
    assert seen.activity is None
    assert sum(each.events for each in seen.partitions) == 1
