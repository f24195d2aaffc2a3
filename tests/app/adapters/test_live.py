import contextlib
import queue
import time
from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from app import db
from app.adapters import live
from app.adapters import redis as redis_adapter
from app.adapters.live import LOOK, Hub, Inbox, Message


@pytest.fixture
def hub(redis_live: None, monkeypatch: pytest.MonkeyPatch) -> Hub:
    monkeypatch.setattr(live, "_PATIENCE_SECONDS", 0.2)
    return Hub()


def news(inbox: Inbox, seconds: float = 0.5) -> list[Message]:
    """What arrives within the time, the hints to look left out."""
    found: list[Message] = []
    with contextlib.suppress(queue.Empty):
        while True:
            found.append(inbox.get(timeout=seconds))
    return [each for each in found if each != LOOK]


@contextlib.contextmanager
def undone() -> Iterator[None]:
    with contextlib.suppress(ZeroDivisionError), db.transaction() as session, session.begin_nested():
        yield
        raise ZeroDivisionError


def test_everybody_who_listens_hears(hub: Hub) -> None:
    """A message reaches each listener of its channel, in order, and nobody else."""
    with hub.listen(["a"]) as one, hub.listen(["a", "b"]) as two, hub.listen(["c"]) as three:
        live.publish("a", "automation", {"id": 1})
        live.publish("b", "stats")
        assert news(one) == [("automation", {"id": 1})]
        assert news(two) == [("automation", {"id": 1}), ("stats", {})]
        assert news(three) == []


def test_nothing_is_told_before_it_is_true(hub: Hub, committed_database: str) -> None:
    """News leave when the transaction is durable, and not at all when it was undone."""
    with hub.listen(["a"]) as inbox:
        with db.transaction():
            live.publish("a", "early")
            assert news(inbox) == []
        assert news(inbox) == [("early", {})]
        with contextlib.suppress(ZeroDivisionError), db.transaction():
            live.publish("a", "never")
            raise ZeroDivisionError
        assert news(inbox) == []


def test_the_hub_rests_when_nobody_listens(hub: Hub) -> None:
    """After the last listener left, its thread ends; the next listener starts it again."""
    for _ in range(2):
        with hub.listen(["a"]) as inbox:
            live.publish("a", "stats")
            assert news(inbox) == [("stats", {})]
        time.sleep(0.5)
        assert not hub._listening
        assert not hub._inboxes


def test_who_reads_slowly_blocks_nobody(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full inbox loses news; the others get theirs."""
    monkeypatch.setattr(live, "_LONGEST_QUEUE", 2)
    with hub.listen(["a"]) as slow, hub.listen(["a"]) as quick:
        news(quick)
        for number in range(4):
            live.publish("a", "stats", {"automation_id": number})
            assert len(news(quick, 0.2)) == 1
        assert len(news(slow)) <= 2


def test_while_redis_is_away_everybody_looks(monkeypatch: pytest.MonkeyPatch, database: Session) -> None:
    """Cut off from the news, listeners are sent to the database again and again; publishing fails nobody."""
    monkeypatch.setattr(live, "_PATIENCE_SECONDS", 0.1)
    redis_adapter.configure("redis://127.0.0.1:1/0")
    with Hub().listen(["a"]) as inbox:
        live.publish("a", "stats")
        assert [inbox.get(timeout=2) for _ in range(3)] == [LOOK] * 3
    redis_adapter.dispose()
