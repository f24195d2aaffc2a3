import json
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from app.adapters import live
from app.models import Notification
from app.services import notifications
from tests.app.conftest import Caller, SignedIn


@pytest.fixture
def rep(signed_in: SignedIn) -> Caller:
    return signed_in("rep")


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notifications, "HEARTBEAT_SECONDS", 0.2)
    monkeypatch.setattr(live, "_PATIENCE_SECONDS", 0.2)


def alert(database: Session, caller: Caller, title: str = "Hot lead") -> int:
    row = Notification(user_id=caller.user.id, title=title, body="Call.")
    database.add(row)
    database.flush()
    return row.id


def events(answer: TestResponse) -> Iterator[dict[str, str]]:
    """The events of a stream as a browser reads them; comments come as events without a field."""
    for chunk in answer.iter_encoded():
        for block in chunk.decode().strip().split("\n\n"):
            yield dict(line.split(": ", 1) for line in block.split("\n") if not line.startswith(":"))


def test_alerts_are_listed_and_marked(database: Session, rep: Caller) -> None:
    """The bell's list, its count, and both directions of marking."""
    first, second = alert(database, rep, "one"), alert(database, rep, "two")
    listed = rep.get("/api/notifications?limit=1").get_json()
    assert (listed["items"][0]["title"], listed["unread"]) == ("two", 2)
    assert rep.post(f"/api/notifications/{first}/read").get_json() == {"unread": 1}
    assert [each["id"] for each in rep.get("/api/notifications?unread=1").get_json()["items"]] == [second]
    assert rep.post(f"/api/notifications/{first}/unread").get_json() == {"unread": 2}
    assert rep.post("/api/notifications/read-all").get_json() == {"unread": 0}


def test_others_alerts_are_not_found(database: Session, rep: Caller, admin: Caller) -> None:
    """Not even an admin reads another's alerts."""
    number = alert(database, rep)
    assert admin.get("/api/notifications").get_json()["items"] == []
    assert admin.post(f"/api/notifications/{number}/read").status_code == 404


def test_a_stream_continues_after_the_last_alert(database: Session, rep: Caller) -> None:
    """A browser that reconnects gets what it missed, with an id to continue from next time."""
    seen, missed = alert(database, rep), alert(database, rep, "missed")
    with rep.get("/api/stream", headers={"Last-Event-ID": str(seen)}) as answer:
        stream = events(answer)
        assert answer.mimetype == "text/event-stream"
        told = next(event for event in stream if event.get("event"))
    assert (told["event"], told["id"]) == ("notification", str(missed))
    data = json.loads(told["data"])
    assert (data["notification"]["title"], data["unread"]) == ("missed", 2)
    assert data["notification"] == rep.get("/api/notifications").get_json()["items"][0]


@pytest.mark.parametrize("last", ["", "x", "-1", "9" * 5000, "١٢"])
def test_a_strange_last_id_counts_as_none(database: Session, rep: Caller, last: str) -> None:
    """Whatever a client sends as Last-Event-ID, the stream opens and says when to come back."""
    alert(database, rep)
    with rep.get("/api/stream", headers={"Last-Event-ID": last}) as answer:
        stream = events(answer)
        assert (answer.status_code, next(stream)) == (200, {"retry": "2000"})
        assert next(stream) == {}


def test_what_happens_is_told_at_once(database: Session, rep: Caller, redis_live: None) -> None:
    """A published change reaches the open stream without waiting for a sign of life."""
    with rep.get("/api/stream") as answer:
        stream = events(answer)
        assert next(stream) == {"retry": "2000"}
        next(stream)
        live.publish(live.WORKSPACE, "automation", {"id": 7})
        told = next(event for event in stream if event)
    assert (told["event"], json.loads(told["data"])) == ("automation", {"id": 7})


def test_a_stream_is_for_people(client: FlaskClient, program: FlaskClient) -> None:
    """Nobody and programs get no stream."""
    assert client.get("/api/stream").status_code == 401
    assert program.get("/api/stream").status_code == 403
