"""Deliveries to real servers on loopback: mail by SMTP, webhooks by HTTP."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from app.adapters.engine.timers import FAILED
from app.adapters.locks import alone
from app.models import DeliveryState, Enrollment, Outbox, Timer
from app.services import messengers, outbox, verdicts, workspace
from app.services.mailing.composing import message_id
from app.services.verdicts import Verdict
from tests.support.mailbox import Mailbox


class Hook(ThreadingHTTPServer):
    """A webhook's other side that answers with `status` and keeps what it got."""

    status = 200

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.calls: list[tuple[str, dict[str, str], bytes]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/hook"


class Answering(BaseHTTPRequestHandler):
    server: Hook

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.calls.append((self.path, dict(self.headers), body))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(autouse=True)
def _secrets(app: Flask) -> None:
    """Message-IDs are made under the instance's own key."""


@pytest.fixture
def hook(reachable_loopback: None) -> Iterator[Hook]:
    with Hook() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def post(database: Session, kind: str, payload: dict[str, Any], **more: Any) -> Outbox:
    delivery = Outbox(kind=kind, payload=payload, **{"key": f"{kind}:1", **more})
    database.add(delivery)
    database.flush()
    return delivery


def waiting_run(database: Session) -> int:
    run = Enrollment(
        automation_id=1,
        version_id=1,
        contact_id=18,
        event_id=1,
        state="active",
        node="hook",
        entered_at=func.now(),
        path=[],
    )
    database.add(run)
    database.flush()
    return run.id


def call(to: Hook) -> dict[str, Any]:
    return {"method": "POST", "url": to.url, "headers": {"X-Ours": "1"}, "body": '{"a": 1}'}


def after(database: Session, delivery: Outbox) -> Outbox:
    outbox.deliver_due()
    database.refresh(delivery)
    return delivery


def test_a_webhook_is_called_with_its_key(database: Session, hook: Hook):
    """The other side gets body, headers and an idempotency key, and the delivery is settled."""
    delivery = post(database, "webhook", call(hook))
    assert after(database, delivery).state == "sent"
    path, headers, body = hook.calls[0]
    assert (path, headers["Idempotency-Key"], headers["X-Ours"], body) == ("/hook", "webhook:1", "1", b'{"a": 1}')


def test_the_run_goes_on_when_the_webhook_answered(database: Session, hook: Hook):
    """A timer puts the run on its way, behind the step."""
    run = waiting_run(database)
    post(database, "webhook", call(hook), contact_id=18, enrollment_id=run, key=f"{run}:hook")
    outbox.deliver_due()
    timer = database.scalars(select(Timer)).one()
    assert (timer.part, timer.enrollment_id, timer.port) == (2, run, "next")


def test_a_busy_other_side_is_tried_again_later(database: Session, hook: Hook):
    """A 503 leaves the delivery pending, due later, with the reason."""
    hook.status = 503
    delivery = after(database, post(database, "webhook", call(hook)))
    assert (delivery.state, delivery.tries, delivery.error) == ("pending", 1, "It answered 503.")
    assert not outbox.anything_due()


def test_after_the_last_try_the_run_is_to_fail_for_that_reason(database: Session, hook: Hook):
    """Tries are bounded; then the engine is told to end the run, in words."""
    hook.status = 503
    run = waiting_run(database)
    delivery = post(database, "webhook", call(hook), contact_id=18, enrollment_id=run, key=f"{run}:hook")
    for _ in range(verdicts.MOST_TRIES):
        database.execute(update(Outbox).values(due_at=func.now()))
        outbox.deliver_due()
    database.expire_all()
    waiting = database.scalars(select(Enrollment).where(Enrollment.id == run)).one()
    assert (delivery.state, database.scalars(select(Timer.port)).one()) == ("failed", FAILED)
    assert len(hook.calls) == verdicts.MOST_TRIES
    assert "503" in waiting.reason["en"]


def test_a_refusal_is_final(database: Session, hook: Hook):
    """A 400 will not get better: it is not sent again."""
    hook.status = 400
    assert after(database, post(database, "webhook", call(hook))).state == "failed"


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "10.1.2.3",
        "169.254.169.254",
        "224.0.0.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
    ],
)
def test_private_addresses_are_not_called(database: Session, host: str):
    """A URL cannot reach what only this machine can reach, and the delivery says so."""
    payload = {"method": "POST", "url": f"http://{host}/", "headers": {}, "body": ""}
    delivery = after(database, post(database, "webhook", payload))
    assert (delivery.state, "private address" in (delivery.error or "")) == ("failed", True)


def test_a_run_goes_on_once_however_often_it_is_answered(database: Session, hook: Hook):
    """A sender whose lease ran out, so that another took over, changes nothing when it comes back."""
    run = waiting_run(database)
    delivery = post(database, "webhook", call(hook), contact_id=18, enrollment_id=run, key=f"{run}:hook")
    database.execute(update(Outbox).values(tries=1))
    slow = outbox._claim("calls", 1)
    database.execute(update(Outbox).values(due_at=func.now()))
    after(database, delivery)
    verdicts.settle(database, slow[0], Verdict(DeliveryState.SENT))
    assert database.scalar(select(func.count()).select_from(Timer)) == 1


def test_a_delivery_that_kills_its_sender_is_given_up(database: Session, hook: Hook):
    """Tries that never came to an end count too."""
    delivery = post(database, "webhook", call(hook), tries=verdicts.MOST_TRIES)
    assert after(database, delivery).state == "failed"
    assert hook.calls == []


def three_due(database: Session) -> None:
    content = {"to": "rep@example.com", "subject": "Hot lead", "text": "Call."}
    database.add_all(Outbox(key=f"mail:{number}", kind="mail", payload=content) for number in range(3))
    database.flush()


def test_deliveries_make_room_in_between(database: Session, monkeypatch: pytest.MonkeyPatch):
    """However much is due, a worker comes back to events after its turn, and says that there is more."""
    workspace.setup()
    monkeypatch.setattr(outbox, "TURN_SECONDS", 0)
    monkeypatch.setattr(outbox, "_AT_ONCE", 1)
    three_due(database)
    assert [outbox.deliver() for _ in range(4)] == [True, True, True, False]


def test_one_delivers_at_a_time(database: Session):
    """However slow the other sides are, they keep one worker, and the others are there for events."""
    workspace.setup()
    three_due(database)
    with alone(outbox._LOCK):
        assert not outbox.deliver()
        assert outbox.anything_due()
    outbox.deliver()
    assert not outbox.anything_due()


def test_who_hangs_holds_up_no_other(database: Session, monkeypatch: pytest.MonkeyPatch):
    """Each delivery is settled when it was answered, whoever was asked before."""
    workspace.setup()
    three_due(database)
    settled: list[str] = []
    others_are_settled = threading.Event()

    def answer(delivery: Outbox, _server: object, _letter: object) -> Verdict:
        if delivery.key == "mail:0":
            others_are_settled.wait(5)
        return Verdict(DeliveryState.SENT)

    def settle(_session: Session, delivery: Outbox, _verdict: Verdict) -> None:
        settled.append(delivery.key)
        if len(settled) == 2:
            others_are_settled.set()

    monkeypatch.setattr(outbox, "_try", answer)
    monkeypatch.setattr(outbox, "settle", settle)
    outbox.deliver_due()
    assert settled[2] == "mail:0"


@pytest.mark.parametrize("slow", ["webhook", "push", "sms"])
def test_mail_does_not_stand_behind_what_is_slow(database: Session, monkeypatch: pytest.MonkeyPatch, slow: str):
    """However many of another kind hang: mail leaves beside them, also what is written only then."""
    workspace.setup()
    monkeypatch.setattr(messengers, "composed", lambda _claimed: {})
    rows = [Outbox(key=f"{slow}:{number}", kind=slow, payload={}) for number in range(2 * outbox._AT_ONCE)]
    database.add_all(rows)
    three_due(database)
    left, over, written = set(), threading.Event(), threading.Event()

    def answer(delivery: Outbox, _server: object, _letter: object) -> Verdict:
        if delivery.kind == slow:
            assert over.wait(30)
        left.add(delivery.key)
        return Verdict(DeliveryState.SENT)

    def settle(session: Session, delivery: Outbox, verdict: Verdict) -> None:
        verdicts.settle(session, delivery, verdict)
        if delivery.key == "mail:2":
            post(session, "mail", {"to": "rep@example.com", "subject": "Later", "text": ""}, key="mail:later")
            written.set()
        if delivery.key == "mail:later":
            over.set()

    monkeypatch.setattr(outbox, "_try", answer)
    monkeypatch.setattr(outbox, "settle", settle)
    outbox.deliver()
    assert written.is_set()
    assert len(left) == 2 * outbox._AT_ONCE + 4


def test_mail_goes_out_by_smtp(database: Session, mailbox: Mailbox):
    """The server gets one mail with subject, text and a Message-ID made of the key."""
    content = {"to": "rep@example.com", "subject": "Hot lead", "text": "Call Zoë."}
    assert after(database, post(database, "mail", content)).state == "sent"
    envelope = mailbox.mails[0]
    text = envelope.content.decode()
    assert envelope.rcpt_tos == ["rep@example.com"]
    assert "Subject: Hot lead" in text
    assert f"Message-ID: <{message_id('mail:1')}@example.com>" in text


def test_a_mail_that_is_refused_for_now_is_tried_again(database: Session, mailbox: Mailbox):
    """A 4xx of the mail server is no last word."""
    mailbox.answer = "451 Try again later"
    content = {"to": "rep@example.com", "subject": "Hot lead", "text": "Call."}
    assert after(database, post(database, "mail", content)).state == "pending"


def test_without_a_mail_server_mail_is_kept(database: Session):
    """It is not lost: it can be read under Sent mail."""
    workspace.setup()
    content = {"to": "rep@example.com", "subject": "Hot lead", "text": "Call."}
    assert after(database, post(database, "mail", content)).state == "kept"


def test_no_more_are_taken_than_there_is_room_for(database: Session) -> None:
    """However the database comes by them: as many at once, with a plan that asks anew for each row, too."""
    database.add_all(Outbox(key=f"{number}:mail", kind="mail", payload={}) for number in range(40))
    database.flush()
    for kind in ("hashjoin", "mergejoin", "hashagg", "material", "sort"):
        database.execute(text(f"SET LOCAL enable_{kind} = off"))
    assert len(outbox._claim("mail", 16)) == 16
