"""While events are worked through too late, no more are taken: who sends is told, and so is who watches."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event, func, select, update
from sqlalchemy.orm import Session

from app.adapters import processes, workers
from app.models import InboxItem
from app.services import backpressure, workspace
from tests.factories.users import make_api_key

EVENTS = {"events": [{"event": "email_opened", "contact": {"email": "maria@example.com"}}]}
BREVO = {"event_name": "email_opened", "identifiers": {"email_id": "maria@example.com"}}


class Watch:
    """A clock that the test moves."""

    now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    """The clock by which the lag is measured; the limit is 60 s."""
    made = Watch()
    monkeypatch.setattr(backpressure, "time", made)
    backpressure.configure(60)
    yield made
    backpressure.configure(300)


@pytest.fixture
def behind(program: FlaskClient, database: Session, watch: Watch) -> None:
    """One event was taken 100 s ago, and has been seen waiting for a while."""
    workspace.setup()
    assert program.post("/api/events", json=EVENTS).status_code == 202
    database.execute(update(InboxItem).values(received_at=func.now() - timedelta(seconds=100)))
    pass_seconds(watch, 5)


def pass_seconds(watch: Watch, seconds: int) -> None:
    """Let time pass, with somebody asking each second."""
    for _ in range(seconds):
        watch.now += 1
        backpressure.excess()


def test_our_own_door_says_why_and_when_to_come_back(program: FlaskClient, behind: None, database: Session) -> None:
    """429 with Retry-After, in the format of the door; nothing is recorded."""
    answer = program.post("/api/events", json=EVENTS)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "40")
    assert answer.content_type == "application/problem+json"
    assert "100 seconds behind; the limit is 60" in answer.get_json()["detail"]
    assert database.scalar(select(func.count()).select_from(InboxItem)) == 1


@pytest.mark.parametrize(("path", "body"), [("/v3/events", BREVO), ("/v3/events/batch", {"events": [BREVO]})])
def test_brevos_door_says_it_in_its_own_words(client: FlaskClient, behind: None, path: str, body: Any) -> None:
    """Brevo's clients know 429 with the code too_many_requests, and wait."""
    answer = client.post(path, json=body, headers={"api-key": make_api_key()})
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "40")
    assert answer.get_json()["code"] == "too_many_requests"


def test_events_are_taken_again_when_the_engine_has_caught_up(
    program: FlaskClient, behind: None, database: Session, watch: Watch
) -> None:
    """A second after the backlog is gone the door is open."""
    database.execute(update(InboxItem).values(received_at=func.now()))
    pass_seconds(watch, 1)
    assert program.post("/api/events", json=EVENTS).status_code == 202


def test_an_old_event_that_is_gone_at_once_refuses_nobody(
    program: FlaskClient, database: Session, watch: Watch
) -> None:
    """What was replayed, or waited while the instance was off, is old only until it is looked at."""
    workspace.setup()
    program.post("/api/events", json=EVENTS)
    database.execute(update(InboxItem).values(received_at=func.now() - timedelta(days=2)))
    pass_seconds(watch, 2)
    assert program.post("/api/events", json=EVENTS).status_code == 202


def test_the_lag_is_measured_once_a_second_at_most(program: FlaskClient, database: Session, watch: Watch) -> None:
    """However many requests come, the database is asked for the lag once."""
    workspace.setup()
    asked: list[str] = []
    connection = database.connection()

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if "oldest" in statement:
            asked.append(statement)

    event.listen(connection, "before_cursor_execute", note)
    for _ in range(5):
        program.post("/api/events", json=EVENTS)
    event.remove(connection, "before_cursor_execute", note)
    assert len(asked) == 1


def test_readyz_turns_red(client: FlaskClient, behind: None, redis_live: None, redis: Any) -> None:
    """All parts are there, but late: degraded, and 503 for whoever watches."""
    workers.report(redis)
    processes.Sign(processes.CLOCK).give()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.get_json()["status"]) == (503, "degraded")
    assert answer.get_json()["missing"]["lag"] == "100 seconds behind; the limit is 60"
