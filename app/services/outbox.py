"""Delivering what the engine wrote for the outside world: at least once, with bounded tries."""

import logging
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import timedelta
from itertools import chain
from typing import Any, Final, TypeAlias

from sqlalchemy import Boolean, exists, func, literal_column, select, update
from sqlalchemy.exc import SQLAlchemyError

from app import db
from app.adapters import announcing, http, mail, mail_rates, send_rates
from app.adapters.locks import alone
from app.adapters.mail_rates import Leaving
from app.adapters.outside import DEADLINE_SECONDS, NotReached
from app.adapters.planning import planned_anew
from app.adapters.queue import TURN_SECONDS
from app.adapters.standstill import stands_still
from app.models import LANES, DeliveryState, Outbox
from app.services import letters, messengers
from app.services import mail as mail_service
from app.services.letters import Letter
from app.services.mailing.keeping import LeftOut
from app.services.verdicts import MOST_TRIES, Verdict, settle, settle_sent
from app.services.webhooks import sending

# So many leave at once by each lane, and each is settled when it was answered: one that hangs holds up none of the
# others. More are claimed when half of them can leave, for a claim costs the same whatever their number.
_AT_ONCE: Final = 16
# While a sender works on a delivery nobody else takes it; if it dies, the delivery is due again after this.
_LEASE: Final = timedelta(seconds=2 * DEADLINE_SECONDS)
_LOCK: Final = 770_005
# What these have to send is taken soon, by one server of ours or of a provider's.
_LATE: Final = frozenset({"mail", "sms"})
# A lane that was empty is asked again after this, while the others have something on its way.
_LOOK_SECONDS: Final = 0.2

_ABANDONED: Final = "Each try was cut off before an answer came."

log = logging.getLogger(__name__)

_BARE: Final = {"synchronize_session": False}
Server: TypeAlias = mail.MailServer | mail.NotSent | None
Made: TypeAlias = Letter | sending.Call | messengers.Made


class _Lane:
    """Deliveries that leave beside those of other lanes. `late`: also while somebody is only waited for."""

    def __init__(self, name: str, *, late: bool) -> None:
        self.tries: dict[Future[Verdict], Outbox] = {}
        self.more = True
        self.late = late
        self._name = name
        self._asked_at = 0.0

    def has_room(self) -> bool:
        """Tell whether it is time to ask what else may leave."""
        empty = not self.more and time.monotonic() - self._asked_at < _LOOK_SECONDS
        return 2 * len(self.tries) <= _AT_ONCE and not empty

    def begin(self, threads: ThreadPoolExecutor) -> set[Future[Verdict]]:
        """Let some more leave."""
        claimed = _claim(self._name, _AT_ONCE - len(self.tries))
        self.more, self._asked_at = bool(claimed), time.monotonic()
        begun = _begin(threads, claimed)
        self.tries |= begun
        return set(begun)


def anything_due() -> bool:
    """Tell whether a delivery waits for its time that has come."""
    with db.transaction() as session, planned_anew(session):
        return any(session.scalar(select(exists().where(*_due(lane)))) for lane in LANES)


def deliver() -> bool:
    """Deliver what is due, for a turn; True if there may be more by then.

    Does nothing while somebody else delivers: however slow the other sides are, the other workers are there for events.
    """
    with alone(_LOCK) as ours:
        return ours and _pump(time.monotonic() + TURN_SECONDS)


def deliver_due() -> int:
    """Try some deliveries that are due and have their turn, and return how many were claimed."""
    claimed = [each for lane in LANES for each in _claim(lane, _AT_ONCE)]
    if claimed:
        with ThreadPoolExecutor(len(LANES) * _AT_ONCE) as threads:
            tries = _begin(threads, claimed)
            while tries:
                _settle_some([tries])
    return len(claimed)


def _pump(end: float) -> bool:
    """Keep as many on their way as may be, until the turn ends or nothing is due; True if there may be more.

    While a try that began in the turn is not answered yet, mail and SMS go on leaving: this worker waits anyway.
    """
    lanes = [_Lane(name, late=name in _LATE) for name in LANES]
    early: set[Future[Verdict]] = set()
    in_time = True
    with ThreadPoolExecutor(len(lanes) * _AT_ONCE) as threads:
        while True:
            waits = any(not early.isdisjoint(lane.tries) for lane in lanes)
            for lane in lanes:
                if (in_time or (waits and lane.late)) and lane.has_room():
                    begun = lane.begin(threads)
                    early |= begun if in_time else set()
            if any(lane.tries for lane in lanes):
                _settle_some([lane.tries for lane in lanes])
            elif not in_time or not any(lane.more for lane in lanes):
                return any(lane.more for lane in lanes)
            in_time = time.monotonic() < end


def _begin(threads: ThreadPoolExecutor, claimed: Sequence[Outbox]) -> dict[Future[Verdict], Outbox]:
    """Let deliveries leave, but for mail that is to wait for its turn."""
    if not claimed:
        return {}
    server, composed = _mail_server(), {**letters.composed(claimed), **_calls(claimed), **messengers.composed(claimed)}
    waiting = _put_off(claimed, server, composed)
    leaving = [each for each in claimed if each.id not in waiting]
    return {threads.submit(_try, each, server, composed.get(each.id)): each for each in leaving}


def _put_off(claimed: Sequence[Outbox], server: Server, composed: Mapping[int, Made]) -> set[int]:
    if not isinstance(server, mail.MailServer):
        return set()
    mails = [(each, letter) for each in claimed if isinstance(letter := composed.get(each.id), mail.Mail)]
    usual = server.sender_email
    with db.transaction() as session:
        return mail_rates.put_off(
            session,
            [Leaving(each, letter.sender[1] if letter.sender else usual, letter.to) for each, letter in mails],
        )


def _settle_some(tries: Sequence[dict[Future[Verdict], Outbox]]) -> None:
    """Settle those that were answered, once one was or a moment has passed, and take them out."""
    done = wait(list(chain(*tries)), _LOOK_SECONDS, return_when=FIRST_COMPLETED).done
    answered = [(each.pop(one), _verdict(one)) for each in tries for one in done & each.keys()]
    sent = [delivery for delivery, verdict in answered if verdict.is_plain(delivery)]
    alone_ = answered if not _settled_together(sent) else [each for each in answered if each[0] not in sent]
    for delivery, verdict in alone_:
        _settle_alone(delivery, verdict)


def _verdict(done: Future[Verdict]) -> Verdict:
    try:
        return done.result()
    except Exception as error:  # the fault may lie in what was to be sent
        log.exception("A delivery broke")
        return Verdict(DeliveryState.FAILED, f"It cannot be sent: {type(error).__name__}.")


def _settled_together(sent: Sequence[Outbox]) -> bool:
    try:
        with db.transaction() as session:
            settle_sent(session, sent)
    except SQLAlchemyError:
        log.exception("Deliveries could not be settled together; settling each alone")
        return False
    return True


def _settle_alone(delivery: Outbox, verdict: Verdict) -> None:
    """Settle one; whatever is wrong with it, the others that left with it are settled, too."""
    try:
        with db.transaction() as session:
            settle(session, delivery, verdict)
    except SQLAlchemyError:  # it is tried again once its lease is over
        log.exception("Delivery %d could not be settled", delivery.id)


def _due(lane: str) -> Sequence[Any]:
    mine = literal_column(LANES[lane], Boolean())
    return (Outbox.state == literal_column("'pending'"), mine, Outbox.due_at <= func.now(), ~stands_still())


def _claim(lane: str, limit: int) -> Sequence[Outbox]:
    """Lease what is due of a lane, the oldest first; where channels have send rates, what has its turn."""
    first = select(Outbox.id).where(*_due(lane)).order_by(Outbox.due_at).limit(limit)
    # Apart, so that it is asked once: within the condition it may be asked for each row, and each time take others.
    due = select(first.with_for_update(skip_locked=True).cte("due").c.id)
    with db.transaction() as session, planned_anew(session):
        rates = send_rates.rates(session)
        claimed = session.scalars(
            update(Outbox)
            .where(Outbox.id.in_(send_rates.take_next(session, rates, lane, limit) if rates else due))
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


def _try(delivery: Outbox, server: Server, letter: Made | None) -> Verdict:
    """Send it; runs in a thread, so it must not touch the database."""
    if isinstance(letter, sending.Call):
        return _tell_webhook(letter)
    if delivery.tries > MOST_TRIES:
        return Verdict(DeliveryState.FAILED, delivery.error or _ABANDONED)
    if isinstance(letter, messengers.MADE):
        return messengers.send(letter)
    return _call_webhook(delivery) if letter is None else _send_mail(letter, server)


def _send_mail(letter: Letter, server: Server) -> Verdict:
    if server is None or isinstance(letter, LeftOut):
        return Verdict(DeliveryState.KEPT, letter.reason if isinstance(letter, LeftOut) else None)
    try:
        if isinstance(server, mail.NotSent):
            raise server
        refused = mail.send(server, letter)
    except mail.NotSent as error:
        return Verdict(DeliveryState.FAILED, str(error), final=error.permanent, bounced=error.bounced)
    left = {address: str(why) for address, why in refused.items() if not why.permanent}
    never = "; ".join(f"{address}: {why}" for address, why in refused.items() if why.permanent)
    return Verdict(DeliveryState.SENT, next(iter(left.values()), None), left=list(left), never=never)


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
