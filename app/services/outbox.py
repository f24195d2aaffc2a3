"""Delivering what the engine wrote for the outside world: at least once, with bounded tries."""

import logging
import random
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import timedelta
from typing import Any, Final, NamedTuple, TypeAlias

from sqlalchemy import exists, func, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from app import db
from app.adapters import announcing, deliveries, http, mail, mail_rates, send_rates
from app.adapters.doorbell import ring
from app.adapters.engine.timers import fail, wake
from app.adapters.locks import alone
from app.adapters.mail_rates import Leaving
from app.adapters.outside import DEADLINE_SECONDS, NotReached
from app.adapters.queue import TURN_SECONDS
from app.logging import about
from app.models import DeliveryState, Outbox
from app.services import letters
from app.services import mail as mail_service
from app.services.letters import Letter
from app.services.mailing import outcomes
from app.services.mailing.composing import EMAIL, LeftOut
from app.services.webhooks import sending
from nodes.runs import NEXT
from nodes.texts import Text

MOST_TRIES: Final = 6
# So many leave at once, and each is settled when it was answered: one that hangs holds up none of the others. More are
# claimed when half of them can leave, for a claim costs the same whatever their number.
_AT_ONCE: Final = 16
# While a sender works on a delivery nobody else takes it; if it dies, the delivery is due again after this.
_LEASE: Final = timedelta(seconds=2 * DEADLINE_SECONDS)
_LOCK: Final = 770_005
_FIRST_PAUSE_SECONDS: Final = 10.0
_LONGEST_ERROR: Final = 500

_ABANDONED: Final = "Each try was cut off before an answer came."
_NOT_DELIVERED: Final = Text(
    "The webhook did not accept it after {tries} tries: {error}",
    "Le webhook ne l’a pas accepté après {tries} essais : {error}",
    "Вебхук не принял запрос после попыток ({tries}): {error}",
)


log = logging.getLogger(__name__)

_BARE: Final = {"synchronize_session": False}
Server: TypeAlias = mail.MailServer | mail.NotSent | None


class Verdict(NamedTuple):
    """What came of one try. `final`: trying again would not help; `bounced`: because of the address."""

    state: DeliveryState
    error: str | None = None
    final: bool = True
    bounced: bool = False
    answered: sending.Answered | None = None


def anything_due() -> bool:
    """Tell whether a delivery waits for its time that has come."""
    with db.transaction() as session:
        return bool(session.scalar(select(exists().where(*_due()))))


def deliver() -> bool:
    """Deliver what is due, for a turn; True if there may be more by then.

    Does nothing while somebody else delivers: however slow the other sides are, the other workers are there for events.
    """
    with alone(_LOCK) as ours:
        return ours and _pump(time.monotonic() + TURN_SECONDS)


def deliver_due() -> int:
    """Try some deliveries that are due and have their turn, and return how many were claimed."""
    claimed = _claim(_AT_ONCE)
    if claimed:
        with ThreadPoolExecutor(_AT_ONCE) as threads:
            tries = _begin(threads, claimed)
            while tries:
                _settle_some(tries)
    return len(claimed)


def _pump(end: float) -> bool:
    """Keep as many on their way as may be, until the turn ends or nothing is due; True if there may be more.

    While a try that began in the turn is not answered yet, others go on leaving: this worker waits anyway.
    """
    with ThreadPoolExecutor(_AT_ONCE) as threads:
        tries: dict[Future[Verdict], Outbox] = {}
        early: set[Future[Verdict]] = set()
        more = in_time = True
        while (goes_on := more and (in_time or not early.isdisjoint(tries))) or tries:
            if goes_on and 2 * len(tries) <= _AT_ONCE:
                claimed = _claim(_AT_ONCE - len(tries))
                more = bool(claimed)
                begun = _begin(threads, claimed)
                early |= begun.keys() if in_time else set()
                tries |= begun
            if tries:
                _settle_some(tries)
            in_time = time.monotonic() < end
    return more


def _begin(threads: ThreadPoolExecutor, claimed: Sequence[Outbox]) -> dict[Future[Verdict], Outbox]:
    """Let deliveries leave, but for mail that is to wait for its turn."""
    if not claimed:
        return {}
    server, composed = _mail_server(), {**letters.composed(claimed), **_calls(claimed)}
    waiting = _put_off(claimed, server, composed)
    leaving = [each for each in claimed if each.id not in waiting]
    return {threads.submit(_try, each, server, composed.get(each.id)): each for each in leaving}


def _put_off(claimed: Sequence[Outbox], server: Server, composed: Mapping[int, Letter | sending.Call]) -> set[int]:
    if not isinstance(server, mail.MailServer):
        return set()
    mails = [(each, letter) for each in claimed if isinstance(letter := composed.get(each.id), mail.Mail)]
    usual = server.sender_email
    with db.transaction() as session:
        return mail_rates.put_off(
            session,
            [Leaving(each, letter.sender[1] if letter.sender else usual, letter.to) for each, letter in mails],
        )


def _settle_some(tries: dict[Future[Verdict], Outbox]) -> None:
    """Settle those that were answered, once at least one was, and take them out."""
    for done in wait(tries, return_when=FIRST_COMPLETED).done:
        _settle_alone(tries.pop(done), done)


def _settle_alone(delivery: Outbox, done: Future[Verdict]) -> None:
    """Settle one; whatever is wrong with it, the others that left with it are settled, too."""
    try:
        verdict = done.result()
    except Exception as error:  # the fault may lie in what was to be sent
        log.exception("Delivery %d broke", delivery.id)
        verdict = Verdict(DeliveryState.FAILED, f"It cannot be sent: {type(error).__name__}.")
    try:
        with db.transaction() as session:
            _settle(session, delivery, verdict)
    except SQLAlchemyError:  # it is tried again once its lease is over
        log.exception("Delivery %d could not be settled", delivery.id)


def _due() -> Sequence[Any]:
    return (Outbox.state == DeliveryState.PENDING, Outbox.due_at <= func.now(), ~deliveries.stands_still())


def _claim(limit: int) -> Sequence[Outbox]:
    """Lease what is due, the oldest first; where channels have send rates, what has its turn."""
    due = select(Outbox.id).where(*_due()).order_by(Outbox.due_at).limit(limit).with_for_update(skip_locked=True)
    with db.transaction() as session:
        rates = send_rates.rates(session)
        claimed = session.scalars(
            update(Outbox)
            .where(Outbox.id.in_(send_rates.take_next(session, rates, limit) if rates else due))
            .values(due_at=func.now() + _LEASE, tries=Outbox.tries + 1, sending=True)
            .returning(Outbox),
            execution_options={**_BARE, "populate_existing": True},
        ).all()
    return sorted(claimed, key=lambda each: each.id)


def _mail_server() -> Server:
    """The server, None without one, or why there is none to be had."""
    try:
        return mail_service.server()
    except mail.NotSent as error:
        return error


def _calls(claimed: Sequence[Outbox]) -> Mapping[int, sending.Call | LeftOut]:
    """Write what webhooks are told; one that was switched off is told nothing more."""
    told = [each for each in claimed if each.kind == announcing.KIND]
    if not told:
        return {}
    try:
        with db.transaction() as session:
            return {**{each.id: LeftOut("switched_off") for each in told}, **sending.compose(session, told)}
    except Exception:  # the fault may lie in one of them: a webhook that is deleted meanwhile, a secret of another key
        log.exception("What webhooks are told could not be written")
    if len(told) == 1:
        return {told[0].id: LeftOut("broken")}
    return {number: call for each in told for number, call in _calls([each]).items()}


def _try(delivery: Outbox, server: Server, letter: Letter | sending.Call | None) -> Verdict:
    """Send it; runs in a thread, so it must not touch the database."""
    if isinstance(letter, sending.Call):
        return _tell_webhook(letter)
    if delivery.tries > MOST_TRIES:
        return Verdict(DeliveryState.FAILED, delivery.error or _ABANDONED)
    return _call_webhook(delivery) if letter is None else _send_mail(letter, server)


def _send_mail(letter: Letter, server: Server) -> Verdict:
    if server is None or isinstance(letter, LeftOut):
        return Verdict(DeliveryState.KEPT, letter.reason if isinstance(letter, LeftOut) else None)
    try:
        if isinstance(server, mail.NotSent):
            raise server
        mail.send(server, letter)
    except mail.NotSent as error:
        return Verdict(DeliveryState.FAILED, str(error), final=error.permanent, bounced=error.bounced)
    return Verdict(DeliveryState.SENT)


def _tell_webhook(call: sending.Call) -> Verdict:
    """Whatever it answers but 410 may be mended on its side."""
    answered = sending.send(call)
    if answered.taken:
        return Verdict(DeliveryState.SENT, answered=answered)
    error = f"It answered {answered.status}." if answered.status else answered.text
    return Verdict(DeliveryState.FAILED, error, final=answered.gone, answered=answered)


def _call_webhook(delivery: Outbox) -> Verdict:
    call: Mapping[str, Any] = delivery.payload
    headers = {"Content-Type": "application/json", **call["headers"], "Idempotency-Key": delivery.key}
    try:
        answer = http.request(call["method"], call["url"], headers, call["body"].encode(), largest=None)
    except NotReached as error:
        return Verdict(DeliveryState.FAILED, str(error), final=error.permanent)
    if answer.status < 300:
        return Verdict(DeliveryState.SENT)
    temporary = answer.status >= 500 or answer.status in {408, 425, 429}
    return Verdict(DeliveryState.FAILED, f"It answered {answer.status}.", final=not temporary)


def _settle(session: Session, delivery: Outbox, verdict: Verdict) -> None:
    """Write what came of the try, and let the run that waits for it go on or end."""
    error = verdict.error[:_LONGEST_ERROR] if verdict.error else None
    most = sending.MOST_TRIES if delivery.kind == announcing.KIND else MOST_TRIES
    again = verdict.state == DeliveryState.FAILED and not verdict.final and delivery.tries < most
    sending.note(session, delivery, verdict.answered, given_up=not again)
    if again:
        due_at = func.now() + _pause(delivery.tries)
        _write(session, delivery, state=deliveries.waiting(), due_at=due_at, error=error)
        return
    written = _write(session, delivery, state=verdict.state, settled_at=func.now(), error=error)
    if delivery.kind == EMAIL and (written or verdict.state == DeliveryState.SENT):
        outcomes.settle(session, delivery.key, verdict.state, error, bounced=verdict.bounced)
    if written and verdict.state == DeliveryState.FAILED:
        with about(delivery=delivery.id, enrollment=delivery.enrollment_id or ""):
            log.warning("Gave up a %s: %s", delivery.kind, error)
    if not written or delivery.enrollment_id is None:
        return
    node = delivery.key.partition(":")[2].partition("@")[0]
    part = (
        fail(session, delivery.enrollment_id, node, _NOT_DELIVERED.format(tries=delivery.tries, error=error or ""))
        if verdict.state == DeliveryState.FAILED
        else wake(session, delivery.enrollment_id, node, NEXT)
    )
    if part is not None:
        db.after_commit(lambda: ring([part]))


def _write(session: Session, delivery: Outbox, **values: Any) -> bool:  # noqa: ANN401 - columns
    """Write unless the lease ran out and somebody else took the delivery over: its run must go on once."""
    ours = (Outbox.id == delivery.id, Outbox.state == DeliveryState.PENDING, Outbox.tries == delivery.tries)
    return (
        session.scalar(
            update(Outbox).where(*ours).values(sending=False, **values).returning(Outbox.id), execution_options=_BARE
        )
        is not None
    )


def _pause(tries: int) -> timedelta:
    """Return a pause that doubles with each try, spread a little so that retries do not come together."""
    return timedelta(seconds=_FIRST_PAUSE_SECONDS * 2 ** (tries - 1) * random.uniform(0.8, 1.2))  # noqa: S311 - no secret
