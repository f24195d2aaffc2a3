"""Frequency caps of the workspace, from the settings over the engine's tables to the contact's page."""

from collections import Counter
from datetime import datetime, timedelta
from random import Random
from typing import Any

import orjson
import pytest
from sqlalchemy import event as sqlalchemy_events
from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from app import db
from app.adapters import queue
from app.adapters.engine.claim import hold_partitions, work_in
from app.models import PARTITIONS, Contact, Enrollment, MessageLedger, Outbox, RoomCheck, Timer
from app.services import contacts, enrollments, journeys, room, workspace
from app.services.automations import activation
from app.services.contacts import Identifier
from app.services.drain import drain_batch
from app.services.incoming import IncomingEvent
from app.services.intake import record_events
from app.services.paging import Paging
from nodes.texts import Language
from tests.factories.automations import opens
from tests.support import live

MARIA = "maria@example.com"
OPENED = ("opened", "email_opened", {})
HOOK = ("hook", "call_webhook", {"url": "https://example.com/hook"})
WAYS = [("opened", "next", "hook")]


@pytest.fixture(autouse=True)
def _workspace(database: Session) -> None:
    workspace.setup()


def cap(most: int, amount: int = 24, unit: str = "hours", channel: str | None = "webhook") -> dict[str, Any]:
    return {"channel": channel, "most": most, "within": {"amount": amount, "unit": unit}}


def automation(*, config: dict[str, Any] | None = None, **settings: Any) -> int:
    written = live.document([OPENED, (*HOOK[:2], {**HOOK[2], **(config or {})})], WAYS)
    written["settings"] |= {"run_key": "order", **settings}
    return live.activate(written)


def opened(*orders: int, email: str = MARIA) -> None:
    """The contact opens mails about these orders; nobody works through it yet."""
    identifiers = [Identifier("email", email)]
    events = [IncomingEvent("email_opened", identifiers, None, orjson.dumps({"order": each})) for each in orders]
    record_events(events, source="test")


def sent(database: Session) -> list[int]:
    """Whose messages went out, by automation."""
    return list(database.scalars(select(Outbox.automation_id).order_by(Outbox.id)))


def pass_time(**span: int) -> None:
    """Let waits come nearer, and messages lie further back."""
    live.pass_time(**span)
    with db.transaction() as session:
        for ledger in session.scalars(select(MessageLedger)):
            ledger.messages = [
                [channel, (datetime.fromisoformat(at) - timedelta(**span)).isoformat()]
                for channel, at in ledger.messages
            ]


def way(language: Language) -> list[list[str | None]]:
    """Why the contact went as it did, journey by journey, the oldest first."""
    with db.transaction() as session:
        maria = session.scalars(select(Contact.id).where(Contact.email == MARIA)).one()
    found = journeys.of_contact(maria, Paging(), language).items
    return [[step.because for step in journey.path][1:] for journey in reversed(found)]


def test_two_automations_share_what_a_contact_may_get(database: Session) -> None:
    """Of two that one event sets off, the higher priority sends; the other waits a day, and the way says why."""
    workspace.update({"frequency_caps": [cap(1)]})
    low, high = automation(priority="low"), automation(priority="high")
    opens(MARIA)
    assert sent(database) == [high]
    (run,) = live.enrollments(low)
    (shown,) = enrollments.of_automation(low, Paging(), "ru").items
    assert shown.held_by == "Ожидание очереди – сообщений за 24 часа: не более 1, уже 1"
    (ledger,) = database.scalars(select(MessageLedger))
    ((channel, at),) = ledger.messages
    assert (channel, run.wake_at) == ("webhook", datetime.fromisoformat(at) + timedelta(hours=24))
    pass_time(hours=23)
    live.drain_all()
    assert sent(database) == [high]
    pass_time(hours=1)
    live.drain_all()
    assert sent(database) == [high, low]
    waited = "Waiting for room – messages in 24 hours: at most 1, 1 so far"
    assert way("en") == [["Waiting for the answer"], [waited, "Waiting for the answer"]]


def test_a_message_that_finds_no_room_may_be_left_out(database: Session) -> None:
    """The run goes on by the first way out; the path names the cap over all channels."""
    workspace.update({"frequency_caps": [cap(1, 7, "days", channel=None)]})
    of = automation(when_capped="skip")
    opened(1, 2)
    live.drain_all()
    assert (sent(database), [run.state for run in live.enrollments(of)]) == ([of], ["active", "finished"])
    assert way("fr")[1] == ["Omis – messages en 7 jours, tous canaux\u00a0: 1 au plus, déjà 1"]


def test_what_waits_goes_by_priority_when_room_comes(database: Session) -> None:
    """Whoever asked first: the queue's highest priority goes first, however small the batches."""
    workspace.update({"frequency_caps": [cap(1)]})
    low, high = automation(priority="low"), automation(priority="high", config={"body": '{"a": 1}'})
    opened(1)
    live.drain_all()
    opened(2)
    live.drain_all()
    for _ in range(3):
        pass_time(hours=24)
        for _ in range(4):
            for part in range(PARTITIONS):
                drain_batch([part], limit=1)
    assert sent(database) == [high, high, low, low]


def test_when_the_cap_is_lifted_all_that_waits_goes_on(database: Session) -> None:
    """Nobody waits for the end of a day that no longer matters; a wider cap lets as many through as it may."""
    workspace.update({"frequency_caps": [cap(1)]})
    automation()
    opened(1, 2, 3, 4)
    live.drain_all()
    assert len(sent(database)) == 1
    workspace.update({"frequency_caps": [cap(2)]})
    room.look_again()
    live.drain_all()
    assert len(sent(database)) == 2
    workspace.update({"frequency_caps": []})
    room.look_again()
    live.drain_all()
    assert len(sent(database)) == 4


def test_changing_caps_waits_for_no_batch(database: Session) -> None:
    """However long batches take, and however many wait."""
    with db.engine().connect() as other:
        hold_partitions(Session(other), [1])
        database.execute(text("SET LOCAL lock_timeout = '1s'"))
        workspace.update({"frequency_caps": [cap(1)]})


def test_a_look_that_nobody_heard_of_is_asked_for_again(database: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the clock, and after each turn, until it is done in every partition."""
    asked: list[int] = []
    monkeypatch.setattr(room, "_ask", lambda: asked.append(left(database)))
    monkeypatch.setattr(queue, "TURN_SECONDS", 0.0)
    room.resume()
    workspace.update({"frequency_caps": [cap(1)]})
    room.resume()
    for _ in range(PARTITIONS + 1):
        room.look_again()
    room.resume()
    assert asked == [PARTITIONS, *range(PARTITIONS, -1, -1)]


def left(database: Session) -> int:
    """In how many partitions nobody looked again yet."""
    return database.scalars(select(func.count()).select_from(RoomCheck)).one()


def test_a_paused_automation_keeps_no_room_and_comes_back(database: Session) -> None:
    """While it stands still others go before it; at the resumption it asks again, and nothing is lost."""
    workspace.update({"frequency_caps": [cap(1)]})
    high, low = automation(priority="high"), automation(priority="low")
    opened(1, 2)
    live.drain_all()
    assert sent(database) == [high]
    activation.pause(high)
    pass_time(hours=24)
    live.drain_all()
    assert sent(database) == [high, low]
    activation.resume(high)
    for _ in range(4):
        pass_time(hours=24)
        live.drain_all()
    assert sent(database) == [high, low, high, low]


def test_whoever_leaves_while_waiting_makes_room_for_the_next(database: Session) -> None:
    """An exit event ends the wait at once; when room comes the next in the queue has it."""
    workspace.update({"frequency_caps": [cap(1)]})
    automation()
    leaving = automation(priority="high", exit_events=[{"event": "unsubscribed"}])
    staying = automation(priority="low")
    opened(1)
    live.drain_all()
    assert sent(database) == [leaving]
    opened(2)
    live.drain_all()
    record_events([IncomingEvent("unsubscribed", [Identifier("email", MARIA)])], source="test")
    live.drain_all()
    assert [run.state for run in live.enrollments(leaving)] == ["finished", "finished"]
    for _ in range(4):
        pass_time(hours=24)
        live.drain_all()
    assert Counter(sent(database)) == {leaving: 1, leaving - 1: 2, staying: 2}


def test_an_erased_contact_leaves_no_messages_behind(database: Session) -> None:
    """What was counted goes with the contact."""
    workspace.update({"frequency_caps": [cap(1)]})
    automation()
    opens(MARIA)
    contacts.delete([database.scalars(select(Contact.id).where(Contact.email == MARIA)).one()])
    assert database.scalars(select(func.count()).select_from(MessageLedger)).one() == 0


def test_where_nothing_is_capped_nothing_is_asked_or_counted(database: Session) -> None:
    """Without a cap no statement of a batch names the ledger; with one there are three more, whatever the batch."""
    automation()
    plain = statements(database, 1)
    assert not any("message_ledger" in each for each in plain)
    workspace.update({"frequency_caps": [cap(100)]})
    statements(database, 1)
    assert len(statements(database, 1)) == len(statements(database, 5)) == len(plain) + 3


def statements(database: Session, orders: int) -> list[str]:
    """What one batch with so many new orders says to the database."""
    said: list[str] = []
    start = database.scalar(text("SELECT coalesce(max(id), 0) FROM enrollment")) or 0
    opened(*range(start + 1, start + 1 + orders))
    (contact,) = database.scalars(select(Contact.id).where(Contact.email == MARIA))
    bind = database.get_bind()

    def listen(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        said.append(statement)

    sqlalchemy_events.listen(bind, "before_cursor_execute", listen)
    try:
        drain_batch([contact % PARTITIONS])
    finally:
        sqlalchemy_events.remove(bind, "before_cursor_execute", listen)
    return said


@pytest.mark.parametrize("seed", range(4))
def test_the_size_of_batches_changes_nothing(database: Session, seed: int) -> None:
    """Random orders of random contacts over days: no window holds more than it may, and every message leaves once."""
    chance = Random(seed)
    workspace.update({"frequency_caps": [cap(2), cap(3, 3, "days", channel=None)]})
    known = [automation(priority=each) for each in ("low", "normal", "high")]
    people = [f"p{number}@example.com" for number in range(3)]
    for number in range(12):
        opened(number, email=chance.choice(people))
        pass_time(hours=chance.choice([0, 0, 5, 24]))
        work(chance)
    for _ in range(40):
        pass_time(hours=24)
        work(chance)
    assert Counter(sent(database)) == dict.fromkeys(known, 12)
    states = database.scalars(select(Enrollment.path[-1][1].astext))
    assert set(states) == {"sent"}


def work(chance: Random) -> None:
    """Work through all that is due, in batches of random sizes."""
    for _ in range(4):
        for part in range(PARTITIONS):
            while work_in([part]):
                drain_batch([part], limit=chance.randint(1, 4))
    with db.transaction() as session:
        for ledger in session.scalars(select(MessageLedger)):
            times = [datetime.fromisoformat(at) for _, at in ledger.messages]
            assert all(sum(end - timedelta(hours=24) < at <= end for at in times) <= 2 for end in times)
            assert all(sum(end - timedelta(days=3) < at <= end for at in times) <= 3 for end in times)


def test_those_whose_time_comes_together_go_by_priority(database: Session) -> None:
    """Of waits that end at the same moment, too, however small the batches: the high one has the room."""
    workspace.update({"frequency_caps": [cap(1)]})
    pause = ("pause", "wait", {"duration": {"amount": 1, "unit": "days"}})
    ways = [("opened", "next", "pause"), ("pause", "next", "hook")]
    automations = {}
    for priority in ("low", "high"):  # the low one's run is older, and found first
        written = live.document([OPENED, pause, HOOK], ways)
        written["settings"] |= {"run_key": "order", "priority": priority}
        automations[priority] = live.activate(written)
        opens(MARIA)
    for table in (Timer, Enrollment):
        database.execute(update(table).values(wake_at=func.now() - timedelta(hours=1)))
    for _ in range(3):
        for part in range(PARTITIONS):
            drain_batch([part], limit=1)
    assert sent(database) == [automations["high"]]
