"""Send rates: how fast deliveries leave by a channel, over all senders."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, insert, select, text, update
from sqlalchemy.orm import Session

from app import db
from app.adapters import http, send_rates
from app.adapters.http import Answer
from app.models import Outbox, SendCount
from app.services import operations, outbox, workspace

HOOK = {"method": "POST", "url": "https://example.com/hook", "headers": {}, "body": ""}
ALERT = {"to": "rep@example.com", "subject": "Hot lead", "text": ""}


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys of the webhooks that were called, in order."""
    keys: list[str] = []

    def answer(_method: str, _url: str, headers: dict[str, str], *_: Any, **__: Any) -> Answer:
        keys.append(headers["Idempotency-Key"])
        return Answer(200, b"")

    monkeypatch.setattr(http, "request", answer)
    return keys


def at_most(most: int, per: str = "minute") -> None:
    workspace.setup()
    workspace.update({"send_rates": [{"channel": "webhook", "most": most, "per": per}]})


def posted(count: int, *, channel: str = "webhook", priority: int = 0, name: str = "") -> None:
    """So many webhooks wait in the outbox, the first of them the longest."""
    rows = [
        {"key": f"{name or channel}:{number}", "kind": "webhook", "payload": HOOK, "channel": channel}
        | {"priority": priority, "due_at": func.now() - timedelta(minutes=count - number)}
        for number in range(count)
    ]
    with db.transaction() as session:
        for row in rows:
            session.execute(insert(Outbox).values(row))


def all_due() -> None:
    """Deliver until nothing has its turn."""
    while outbox.deliver_due():
        pass


def later(seconds: float) -> None:
    with db.transaction() as session:
        session.execute(update(SendCount).values(slot=SendCount.slot - timedelta(seconds=seconds)))


@pytest.mark.usefixtures("database")
def test_no_more_leave_in_a_minute_than_may(called: list[str]):
    """The rest waits until the first have left the window, and goes on from there."""
    at_most(20)
    posted(50)
    all_due()
    assert sorted(called) == sorted(f"webhook:{number}" for number in range(20))
    later(30)
    all_due()
    assert len(called) == 20
    later(32)
    all_due()
    assert len(called) == 40


@pytest.mark.usefixtures("database")
def test_the_higher_priority_leaves_first(called: list[str]):
    """Of what waits for a channel's turn it goes before what has been due for longer."""
    at_most(5)
    posted(10, priority=-1, name="low")
    posted(3, priority=1, name="high")
    all_due()
    assert sorted(called) == ["high:0", "high:1", "high:2", "low:0", "low:1"]


@pytest.mark.usefixtures("app")  # mail is named by the secret key
def test_nothing_else_waits_behind_a_channel_that_is_full(database: Session, called: list[str]):
    """Mail to the team, and webhooks that reach nobody, leave at once, however many wait for their turn before them."""
    at_most(1, per="hour")
    posted(100)
    posted(2, channel="", name="sync")
    database.execute(insert(Outbox).values(key="alert", kind="mail", payload=ALERT))
    all_due()
    assert sorted(called) == ["sync:0", "sync:1", "webhook:0"]
    assert database.scalars(select(Outbox.state).where(Outbox.key == "alert")).one() == "kept"
    assert operations.overview("en").deliveries.waiting_for_rate == [send_rates.Waiting("webhook", 99)]


@pytest.mark.usefixtures("database")
def test_a_lower_rate_holds_at_once_and_none_lets_all_go(called: list[str]):
    """What was sent under another rate counts; without one nothing waits."""
    at_most(30)
    posted(60)
    all_due()
    at_most(10)
    all_due()
    assert len(called) == 30
    workspace.update({"send_rates": []})
    all_due()
    assert len(called) == 60


@pytest.mark.usefixtures("committed_database")
def test_senders_at_once_keep_the_rate_together(called: list[str]):
    """However many take from the outbox at the same time, each delivery leaves once and the rate holds."""
    at_most(40)
    posted(200)

    def send(_: int) -> None:
        for _ in range(20):
            outbox.deliver_due()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(send, range(4)))
    assert len(called) == len(set(called)) == 40
    with db.transaction() as session:
        assert session.scalar(text("SELECT sum(count) FROM send_count")) == 40
