"""Making the text message to each contact out of what is to be sent."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from sqlalchemy.orm import Session

from app.adapters import mail_links
from app.adapters.catalog import load_catalog
from app.adapters.engine.world import load_contacts
from app.adapters.event_text import carried
from app.adapters.mail_links import LinkKind, MailLink
from app.adapters.sms import NotTexted, Provider, Sms
from app.adapters.templates import render
from app.models import MessageKind, Outbox
from app.services.mailing import keeping
from app.services.mailing.keeping import LeftOut
from app.services.sms import settings
from app.services.sms.numbers import is_possible
from app.services.sms.settings import Service
from app.services.web.identity import signed
from app.services.web.sites import watching
from nodes.fields.templates import reads_of
from nodes.sms import LONGEST, marked
from nodes.world import Contact, Reads

SMS: Final = "sms"
"""The kind of a delivery that is a text message, and its channel."""


class Texting(NamedTuple):
    """A text message, and who takes it on; or why nobody can be asked, None if there is nobody."""

    sms: Sms
    provider: Provider | NotTexted | None


def compose(session: Session, deliveries: Sequence[Outbox]) -> Mapping[int, Texting | LeftOut]:
    """Return what is to be handed over for each delivery, by its id, and keep a message for each.

    Decided anew at each try: who is left out.
    """
    people = {each.contact_id for each in deliveries if each.contact_id is not None}
    reads = reads_of(" ".join(each.payload["text"] for each in deliveries)) | Reads(fields=True, consents=True)
    contacts = load_contacts(session, people, reads, load_catalog(), datetime.now(UTC))
    reasons = {each.id: _obstacle(each, contacts.get(each.contact_id or 0)) for each in deliveries}
    known = [each for each in deliveries if each.contact_id in contacts]
    rows = {each.key: _row(each, reasons[each.id], contacts[each.contact_id or 0]) for each in known}
    numbers = keeping.keep(session, list(rows.values()))
    service, is_watched = _service(), watching()
    return {
        each.id: LeftOut(reason)
        if (reason := reasons[each.id])
        else _texting(each, _marked(rows[each.key], is_watched), numbers[each.key], service)
        for each in deliveries
    }


def _texting(delivery: Outbox, row: Mapping[str, Any], message: int, service: Service | NotTexted | None) -> Texting:
    report = mail_links.address(MailLink(LinkKind.SMS_REPORT, message))
    sender = delivery.payload["sender"] or (service.sender if isinstance(service, Service) else "")
    sms = Sms(row["address"], row["subject"], sender, delivery.key, report)
    return Texting(sms, service.provider if isinstance(service, Service) else service)


def _marked(row: Mapping[str, Any], is_watched: Callable[[str], bool]) -> Mapping[str, Any]:
    """Let addresses of watched sites say who comes by them, as those in mail do."""
    contact = row["contact_id"]
    text = marked(row["subject"], lambda address: signed(address, contact) if is_watched(address) else address)
    return {**row, "subject": text}


def _service() -> Service | NotTexted | None:
    try:
        return settings.service()
    except NotTexted as error:
        return error


def _obstacle(delivery: Outbox, contact: Contact | None) -> str | None:
    if contact is None:
        return "erased"
    phone = contact.fields.get("phone")
    if not phone:
        return "no_phone"
    if not is_possible(str(phone)):
        return "bad_phone"
    if delivery.payload["kind"] == MessageKind.TRANSACTIONAL:
        return None
    if contact.fields.get("sms_blacklisted"):
        return "unsubscribed"
    return None if delivery.payload["topic"] in {None, *contact.consents} else "no_consent"


def _row(delivery: Outbox, reason: str | None, contact: Contact) -> dict[str, Any]:
    return keeping.row(
        delivery,
        reason,
        kind=delivery.payload["kind"],
        address=str(contact.fields.get("phone") or ""),
        subject=render(delivery.payload["text"], contact, carried(delivery.payload))[:LONGEST],
    )
