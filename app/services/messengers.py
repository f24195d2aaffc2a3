"""Messages to contacts that are no mail: made when they leave, and handed to whoever takes them on."""

import logging
from collections.abc import Mapping, Sequence
from typing import Final

from app import db
from app.models import DeliveryState, Outbox
from app.services.mailing.keeping import LeftOut
from app.services.push import composing as pushing
from app.services.push.composing import PUSH, Notification
from app.services.verdicts import Verdict

MADE: Final = (Notification,)

log = logging.getLogger(__name__)


def composed(claimed: Sequence[Outbox]) -> Mapping[int, Notification | LeftOut]:
    """Make the message of each delivery that is one, by the delivery's id; one that breaks holds up no other."""
    mine = [each for each in claimed if each.kind == PUSH]
    if not mine:
        return {}
    try:
        with db.transaction() as session:
            return pushing.compose(session, mine)
    except Exception:  # the fault may lie in one of them: a contact that is erased meanwhile
        log.exception("Messages could not be made together")
    if len(mine) == 1:
        return {mine[0].id: LeftOut("broken")}
    return {number: made for each in mine for number, made in composed([each]).items()}


def send(made: Notification) -> Verdict:
    """Hand it over; runs in a thread, so it must not touch the database."""
    pushed = pushing.send(made)
    state = DeliveryState.SENT if pushed.sent else DeliveryState.FAILED
    return Verdict(state, None if pushed.sent else pushed.error, final=pushed.permanent, gone=pushed.gone)
