"""Making the mail of deliveries: alerts to users, what contacts get, and what asks them to confirm."""

import logging
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from app import db
from app.adapters import mail
from app.models import Outbox
from app.services import mail as mail_service
from app.services.consents import confirming
from app.services.mailing.composing import EMAIL, compose, message_id
from app.services.mailing.keeping import LeftOut

Letter: TypeAlias = mail.Mail | LeftOut

log = logging.getLogger(__name__)


def composed(claimed: Sequence[Outbox]) -> Mapping[int, Letter]:
    """Make the mail of each delivery that is one, by the delivery's id."""
    alerts = _alerts([each for each in claimed if each.kind == mail_service.KIND])
    to_contacts = [each for each in claimed if each.kind == EMAIL]
    try:
        return {**alerts, **_made(to_contacts), **_asking(claimed)}
    except Exception:  # the fault may lie in one of them: a contact that is erased meanwhile, a template
        log.exception("Mail could not be made together; making each alone")
    made = {each.id: letter for each in to_contacts for letter in _made_alone(each)}
    return {**alerts, **made, **_asking(claimed)}


def _asking(claimed: Sequence[Outbox]) -> Mapping[int, Letter]:
    """Make the mail that asks contacts to confirm."""
    asked = {each.id: each.key for each in claimed if each.kind == confirming.CONFIRMATION}
    if not asked:
        return {}
    with db.transaction() as session:
        made = confirming.letters(session, [each for each in claimed if each.id in asked])
    return {
        number: LeftOut(letter) if isinstance(letter, str) else mail.Mail(*letter, message_id(asked[number]))
        for number, letter in made.items()
    }


def _made(deliveries: Sequence[Outbox]) -> Mapping[int, Letter]:
    if not deliveries:
        return {}
    with db.transaction() as session:
        return compose(session, deliveries)


def _made_alone(delivery: Outbox) -> Sequence[Letter]:
    try:
        return list(_made([delivery]).values())
    except Exception:  # as above
        log.exception("The mail of delivery %d cannot be made", delivery.id)
        return [LeftOut("broken")]


def _alerts(deliveries: Sequence[Outbox]) -> Mapping[int, Letter]:
    if not deliveries:
        return {}
    with db.transaction() as session:
        texts = mail_service.texts_of(session, deliveries)
    return {
        each.id: mail.Mail(each.payload["to"], each.payload["subject"], texts[each.id], message_id(each.key))
        for each in deliveries
    }
