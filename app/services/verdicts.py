"""What came of a try to deliver: written down, and told to whoever waits for it."""

import logging
import random
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import BigInteger, func, update
from sqlalchemy.orm import Session

from app import db
from app.adapters import announcing, deliveries, pulse
from app.adapters.bulk import recordset
from app.adapters.doorbell import ring
from app.adapters.engine.timers import fail, wake
from app.logging import about
from app.models import ConsentChannel, DeliveryState, Outbox
from app.services.mailing import outcomes
from app.services.mailing.composing import EMAIL
from app.services.push import subscribing
from app.services.webhooks import sending
from nodes.runs import NEXT
from nodes.texts import Text

MOST_TRIES: Final = 6
_FIRST_PAUSE_SECONDS: Final = 10.0
_LONGEST_ERROR: Final = 500
_NOT_DELIVERED: Final = Text(
    "The webhook did not accept it after {tries} tries: {error}",
    "Le webhook ne l’a pas accepté après {tries} essais : {error}",
    "Вебхук не принял запрос после попыток ({tries}): {error}",
)
_TO_CONTACTS: Final = frozenset(ConsentChannel)
_COUNTED: Final = {DeliveryState.SENT: "sent", DeliveryState.KEPT: "kept"}
_NEVER: Final = "never"
"""Under this a delivery whose other copies are tried again keeps who never gets one."""
_BARE: Final = {"synchronize_session": False}

log = logging.getLogger(__name__)


class Verdict(NamedTuple):
    """What came of one try. `final`: trying again would not help; `bounced`: because of the address.

    `gone`: the endpoints of browsers that take no web push any more. `left`: who is to get a copy of mail that went
    out, and does not take it for now; `never`: who never will, and what was said.
    """

    state: DeliveryState
    error: str | None = None
    final: bool = True
    bounced: bool = False
    answered: sending.Answered | None = None
    gone: Sequence[str] = ()
    left: Sequence[str] = ()
    never: str = ""

    def is_plain(self, delivery: Outbox) -> bool:
        """Tell whether mail to a contact simply left: such verdicts are written many at once."""
        whole = not self.left and not self.never and _NEVER not in delivery.payload
        left = self.state == DeliveryState.SENT and whole
        return left and delivery.kind == EMAIL and delivery.enrollment_id is None


def settle_sent(session: Session, sent: Sequence[Outbox]) -> None:
    """Write that mail to contacts left (`is_plain`), in two statements whatever the number."""
    if not sent:
        return
    rows = [{"id": each.id, "tries": each.tries} for each in sent]
    given = recordset("given", {"id": BigInteger(), "tries": BigInteger()}, rows)
    ours = (Outbox.id == given.c.id, Outbox.tries == given.c.tries, Outbox.state == DeliveryState.PENDING)
    settled = {"state": DeliveryState.SENT, "settled_at": func.now(), "error": None, "sending": False}
    session.execute(update(Outbox).where(*ours).values(settled), execution_options=_BARE)
    outcomes.settle_sent(session, [each.key for each in sent])
    db.after_commit(lambda: pulse.count_delivered(sent=len(sent)))


def settle(session: Session, delivery: Outbox, verdict: Verdict) -> None:
    """Write what came of the try, and let the run that waits for it go on or end."""
    never = verdict.never or delivery.payload.get(_NEVER, "")
    error = (verdict.error or never)[:_LONGEST_ERROR] or None
    most = sending.MOST_TRIES if delivery.kind == announcing.KIND else MOST_TRIES
    unsettled = verdict.left or (verdict.state == DeliveryState.FAILED and not verdict.final)
    again = unsettled and delivery.tries < most
    sending.note(session, delivery, verdict.answered, given_up=not again)
    subscribing.forget(session, verdict.gone)
    rest = {"payload": {**delivery.payload, "only": verdict.left, **_kept(never)}} if verdict.left else {}
    if again:
        due_at = func.now() + _pause(delivery.tries)
        waiting = deliveries.waiting(session, [delivery.automation_id], [delivery.campaign_id])
        _write(session, delivery, state=waiting, due_at=due_at, error=error, **rest)
        if verdict.left:
            outcomes.settle_sent(session, [delivery.key])
        return
    state = DeliveryState.FAILED if verdict.left else verdict.state
    written = _write(session, delivery, state=state, settled_at=func.now(), error=error, **rest)
    if written and state in _COUNTED:
        db.after_commit(lambda: pulse.count_delivered(**{_COUNTED[state]: 1}))
    if delivery.kind in _TO_CONTACTS and (written or verdict.state == DeliveryState.SENT):
        outcomes.settle(session, delivery.key, verdict.state, error, bounced=verdict.bounced)
    if written and state == DeliveryState.FAILED:
        with about(delivery=delivery.id, enrollment=delivery.enrollment_id or ""):
            log.warning("Gave up a %s: %s", delivery.kind, error)
    if written:
        go_on(session, delivery, verdict.state, error)


def go_on(session: Session, delivery: Outbox, state: str, error: str | None) -> None:
    """Let the run that waits for a delivery, if one does, go on, or end because it failed."""
    if delivery.enrollment_id is None:
        return
    node = delivery.key.partition(":")[2].partition("@")[0]
    part = (
        fail(session, delivery.enrollment_id, node, _NOT_DELIVERED.format(tries=delivery.tries, error=error or ""))
        if state == DeliveryState.FAILED
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


def _kept(never: str) -> dict[str, str]:
    return {_NEVER: never[:_LONGEST_ERROR]} if never else {}


def _pause(tries: int) -> timedelta:
    """Return a pause that doubles with each try, spread a little so that retries do not come together."""
    return timedelta(seconds=_FIRST_PAUSE_SECONDS * 2 ** (tries - 1) * random.uniform(0.8, 1.2))  # noqa: S311 - no secret
