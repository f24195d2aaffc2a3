"""A pause against a real sender and a real, slow receiver: after its answer nothing arrives."""

import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from sqlalchemy import select, update

from app import db
from app.adapters import deliveries
from app.models import Automation, AutomationState, DeliveryState, Outbox
from app.services import outbox
from app.services.automations import activation
from app.services.verdicts import Verdict, settle
from tests.factories.automations import CALLING
from tests.support import live

MANY = 24


class Receiver(ThreadingHTTPServer):
    """A webhook's other side that takes its time and keeps when each call came."""

    def __init__(self, seconds: float) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.seconds = seconds
        self.status = 200
        self.came: list[float] = []
        self.first = threading.Event()


class Answering(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:
        self.server.came.append(time.monotonic())
        self.server.first.set()
        self.rfile.read(int(self.headers["Content-Length"]))
        time.sleep(self.server.seconds)
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def receiving(seconds: float) -> Iterator[Receiver]:
    with Receiver(seconds) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def sending(server: Receiver) -> Iterator[None]:
    """A sender at work from the first delivery on, as a worker's is."""
    over = threading.Event()

    def work() -> None:
        while not over.is_set():
            outbox.deliver_due()

    thread = threading.Thread(target=work)
    thread.start()
    try:
        server.first.wait(10)
        yield
    finally:
        over.set()
        thread.join()


def calling(server: Receiver, count: int) -> int:
    """An active automation with calls in the outbox; returns its id."""
    automation = live.activate(CALLING | {"settings": {"re_entry": False}})
    url = f"http://127.0.0.1:{server.server_port}/"
    payload = {"method": "POST", "url": url, "headers": {}, "body": "{}"}
    with db.transaction() as session:
        session.add_all(
            Outbox(key=f"{number}:hook", kind="webhook", payload=payload, automation_id=automation)
            for number in range(count)
        )
    return automation


def states() -> dict[str, int]:
    with db.transaction() as session:
        return Counter(session.scalars(select(Outbox.state)))


@pytest.mark.usefixtures("committed_database", "reachable_loopback")
def test_nothing_arrives_after_the_answer_of_a_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is on its way ends first, the rest is held; resumed, all of it arrives, each once."""
    monkeypatch.setattr(outbox, "_AT_ONCE", 4)
    with receiving(0.2) as server:
        automation = calling(server, MANY)
        with sending(server):
            activation.pause(automation)
            answered = time.monotonic()
            time.sleep(0.6)
        assert 0 < len(server.came) < MANY
        assert max(server.came) < answered
        assert states() == {"sent": len(server.came), "held": MANY - len(server.came)}
        assert not outbox.anything_due()
        activation.resume(automation)
        while outbox.deliver_due():
            pass
        assert len(server.came) == MANY
        assert states() == {"sent": MANY}


@pytest.mark.usefixtures("committed_database", "reachable_loopback")
def test_a_pause_waits_no_longer_than_a_second() -> None:
    """A receiver that takes longer got its call before the pause; if it wants another try, that one is held."""
    with receiving(4) as server:
        server.status = 503
        automation = calling(server, 1)
        with sending(server):
            began = time.monotonic()
            activation.pause(automation)
            assert time.monotonic() - began < 3  # a second, and what a busy machine adds
            assert len(server.came) == 1
        assert states() == {"held": 1}


@pytest.mark.usefixtures("committed_database", "reachable_loopback")
def test_a_delivery_whose_sender_died_stays_while_its_automation_is_paused() -> None:
    """Its lease runs out during the pause: nobody takes it up before the automation goes on."""
    with receiving(0) as server:
        automation = calling(server, 1)
        with db.transaction() as session:
            session.get_one(Automation, automation).state = AutomationState.PAUSED
            session.scalars(select(Outbox)).one().sending = True
        assert outbox.deliver_due() == 0
        activation.resume(automation)
        assert outbox.deliver_due() == 1
        assert len(server.came) == 1


@pytest.mark.usefixtures("committed_database", "reachable_loopback")
def test_a_pause_that_ends_late_holds_nothing_of_an_automation_that_goes_on() -> None:
    """Who paused still waited for what was on its way when somebody else resumed."""
    with receiving(0) as server:
        automation = calling(server, 1)
        activation.pause(automation)
        activation.resume(automation)
        deliveries.finish_holding(automation)
        assert outbox.deliver_due() == 1
        assert states() == {"sent": 1}


def caught(count: int = 1) -> int:
    """A paused automation whose calls had been on their way; returns its id."""
    with receiving(0) as server:
        automation = calling(server, count)
    activation.pause(automation)
    with db.transaction() as session:
        session.execute(update(Outbox).values(state=DeliveryState.PENDING, tries=1, sending=True))
    return automation


@pytest.mark.usefixtures("committed_database")
def test_a_try_that_fails_while_its_automation_goes_on_is_let_go() -> None:
    """It is written as held before the resumption is, and committed after it began."""
    automation = caught()
    resuming = threading.Thread(target=activation.resume, args=(automation,))
    with db.transaction():
        fail()
        resuming.start()
        resuming.join(0.5)
    resuming.join()
    assert states() == {"pending": 1}


@pytest.mark.usefixtures("committed_database")
def test_no_sender_waits_for_who_changes_an_automation() -> None:
    """A try that fails meanwhile is written at once; it leaves no sooner for that, and is dropped if it is skipped."""
    automation = caught()
    with db.transaction() as changing:
        changing.get_one(Automation, automation, with_for_update=True)
        with ThreadPoolExecutor(1) as senders:
            senders.submit(fail).result(5)
    assert states() == {"pending": 1}
    assert not outbox.anything_due()
    activation.resume(automation, overdue="skip")
    assert states() == {}


def fail() -> None:
    """Settle the one delivery as one that is to be tried again."""
    with db.transaction() as session:
        settle(session, session.scalars(select(Outbox)).one(), Verdict(DeliveryState.FAILED, "No answer.", final=False))
