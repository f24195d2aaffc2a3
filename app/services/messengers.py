"""Messages to contacts that are no mail: made when they leave, and handed to whoever takes them on."""

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeAlias

from sqlalchemy.orm import Session

from app import db
from app.adapters import sms
from app.adapters.sms import NotTexted
from app.models import DeliveryState, Outbox
from app.services.mailing.keeping import LeftOut
from app.services.push import composing as pushing
from app.services.push.composing import PUSH, Notification
from app.services.sms import composing as texting
from app.services.sms.composing import SMS, Texting
from app.services.verdicts import Verdict

Made: TypeAlias = Notification | Texting
MADE: Final = (Notification, Texting)
_Compose: TypeAlias = Callable[[Session, Sequence[Outbox]], Mapping[int, Made | LeftOut]]
_KINDS: Final[Mapping[str, _Compose]] = {PUSH: pushing.compose, SMS: texting.compose}

log = logging.getLogger(__name__)


def composed(claimed: Sequence[Outbox]) -> Mapping[int, Made | LeftOut]:
    """Make the message of each delivery that is one, by the delivery's id; one that breaks holds up no other."""
    return {
        number: made
        for kind, compose in _KINDS.items()
        for number, made in _made([each for each in claimed if each.kind == kind], compose).items()
    }


def _made(mine: Sequence[Outbox], compose: _Compose) -> Mapping[int, Made | LeftOut]:
    if not mine:
        return {}
    try:
        with db.transaction() as session:
            return compose(session, mine)
    except Exception:  # the fault may lie in one of them: a contact that is erased meanwhile
        log.exception("Messages could not be made together")
    if len(mine) == 1:
        return {mine[0].id: LeftOut("broken")}
    return {number: made for each in mine for number, made in _made([each], compose).items()}


def send(made: Made) -> Verdict:
    """Hand it over; runs in a thread, so it must not touch the database."""
    if isinstance(made, Texting):
        return _text(made)
    pushed = pushing.send(made)
    state = DeliveryState.SENT if pushed.sent else DeliveryState.FAILED
    return Verdict(state, None if pushed.sent else pushed.error, final=pushed.permanent, gone=pushed.gone)


def _text(made: Texting) -> Verdict:
    if made.provider is None:
        return Verdict(DeliveryState.KEPT, "no_provider")
    try:
        if isinstance(made.provider, NotTexted):
            raise made.provider
        sms.send(made.provider, made.sms)
    except NotTexted as error:
        return Verdict(DeliveryState.FAILED, str(error), final=error.permanent)
    return Verdict(DeliveryState.SENT)
