"""Double opt-in: who agrees is asked by mail to confirm it, and agreed only then."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import Final, NamedTuple

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from app import db
from app.adapters import mail_links
from app.adapters.bulk import among
from app.adapters.doorbell import ring_sender
from app.adapters.mail_links import Confirmation
from app.adapters.merging import aliases
from app.errors import Invalid, NotFound
from app.models import Consent, ConsentSource, ConsentState, ConsentTopic, Contact, Outbox, Suppression, Workspace
from app.services.consents import giving
from app.services.consents.giving import Origin, Wish
from app.services.consents.preferences import language_of
from app.services.contacts import lookup
from nodes.texts import Language, Text, language

CONFIRMATION: Final = "confirmation"
"""The kind of a delivery that asks a contact to confirm."""
MOST_ASKS: Final = 3
PAUSE: Final = timedelta(hours=1)
# After so long without an answer it may be asked as if for the first time.
_FORGOTTEN: Final = timedelta(days=30)
_EVEN_SO: Final = {"synchronize_session": False}

_SUBJECT: Final = Text("Please confirm: {topics}", "Merci de confirmer : {topics}", "Подтвердите: {topics}")
_BODY: Final = Text(
    """Hello,

{workspace} was told that you want to hear about: {topics}.

If so, confirm it here:
{link}

The link holds for {days} days. If it was not you, do nothing: you will get no mail.
""",
    """Bonjour,

{workspace} a appris que vous souhaitez recevoir : {topics}.

Si c’est bien le cas, confirmez ici :
{link}

Le lien est valable {days} jours. Si ce n’était pas vous, ne faites rien : vous ne recevrez pas d’e-mails.
""",
    """Здравствуйте!

{workspace}: кто-то указал, что вы хотите получать: {topics}.

Если это так, подтвердите:
{link}

Ссылка действует {days} дн. Если это были не вы, ничего не делайте: писем не будет.
""",
)


class Asked(NamedTuple):
    """What is to be confirmed: the names of the topics; and the contact's language, if known."""

    topics: str
    language: Language | None


def agree(contact_id: int, topic_ids: Collection[int], origin: Origin, spoken: Language | None = None) -> None:
    """Let a contact agree to topics; where they are to be confirmed, ask it by mail, not more often than is decent.

    `spoken`: the language to ask in, where the contact's own is not known. Raises NotFound for an unknown contact or
    topic, Invalid where a contact without an address would have to confirm.
    """
    with db.transaction() as session:
        contact = session.get(Contact, contact_id)
        if contact is None:
            raise NotFound.thing("contact", contact_id)
        topics = known(session, topic_ids)
        open_ones = [each for each in topics.values() if each.confirm and not _given(session, contact_id, each.id)]
        if open_ones and not contact.email:
            remedy = "Enter an email address, or choose topics that need no confirmation."
            raise Invalid.field("contact", "no_address", "Without an address nothing can be confirmed.", remedy)
        asked = {each.id for each in open_ones}
        states = {number: ConsentState.PENDING if number in asked else ConsentState.GIVEN for number in topics}
        giving.settle(session, [Wish(contact_id, topic, state) for topic, state in states.items()], origin)
        if due := _due(session, contact_id, asked):
            _ask(session, contact_id, due, language_of(session, contact_id) or spoken or "en")


def confirm(token: str) -> bool:
    """Settle what an address confirms; False if it was not made here, or too long ago. The second time does nothing.

    What was taken back meanwhile stays so, and an address that means the contact no more confirms nothing.
    """
    signed = mail_links.read_confirmation(token)
    if signed is None:
        return False
    with db.transaction() as session:
        contact = _asked(session, signed)
        if contact is None:
            return False
        own = (Consent.contact_id == contact.id, among(Consent.topic_id, signed.topics))
        agreed = set(session.scalars(select(Consent.topic_id).where(*own, Consent.state != ConsentState.WITHDRAWN)))
        wishes = [Wish(contact.id, topic, ConsentState.GIVEN) for topic in agreed]
        giving.settle(session, wishes, Origin(ConsentSource.CONFIRMATION))
        session.execute(update(Consent).where(*own).values(asks=0, asked_at=None), execution_options=_EVEN_SO)
        return bool(wishes)


def asked_for(token: str) -> Asked | None:
    """Return what an address confirms; None where `confirm` returns False. Changes nothing."""
    signed = mail_links.read_confirmation(token)
    if signed is None:
        return None
    with db.transaction() as session:
        contact, topics = _asked(session, signed), _names(session, signed.topics)
        if contact is None or not topics:
            return None
        return Asked(topics, language_of(session, contact.id))


def known(session: Session, topic_ids: Collection[int]) -> Mapping[int, ConsentTopic]:
    """Return topics by id. Raises NotFound for the first that does not exist."""
    found = {each.id: each for each in session.scalars(select(ConsentTopic).where(among(ConsentTopic.id, topic_ids)))}
    for number in topic_ids:
        if number not in found:
            raise NotFound.thing("topic", number)
    return found


def letters(session: Session, deliveries: Sequence[Outbox]) -> Mapping[int, tuple[str, str, str] | str]:
    """Return address, subject and text of each mail that asks, by its delivery; or the reason why there is none."""
    workspace = session.scalar(select(Workspace.name)) or ""
    wanted = {each.contact_id for each in deliveries if each.contact_id}
    people = {each.id: each for each in session.scalars(select(Contact).where(among(Contact.id, wanted)))}
    addresses = {each.email for each in people.values() if each.email}
    silent = set(session.scalars(select(Suppression.address).where(among(Suppression.address, addresses))))
    made: dict[int, tuple[str, str, str] | str] = {}
    for each in deliveries:
        contact = people.get(each.contact_id or 0)
        topics = _names(session, each.payload["topics"])
        if contact is None or not contact.email or not topics or contact.email in silent:
            made[each.id] = "suppressed" if contact and contact.email in silent else "erased"
            continue
        said = {
            "workspace": workspace,
            "topics": topics,
            "link": mail_links.confirmation(contact.id, contact.email, each.payload["topics"]),
            "days": mail_links.CONFIRM_DAYS,
        }
        spoken = language(each.payload["language"])
        made[each.id] = (contact.email, _SUBJECT.format(**said).say(spoken), _BODY.format(**said).say(spoken))
    return made


def _asked(session: Session, signed: Confirmation) -> Contact | None:
    """Return who was asked, or whom they became part of; None if what they were asked at is not theirs any more."""
    contact = session.get(Contact, lookup.present(session, signed.contact))
    if contact is None:
        return None
    known_by = {contact.email, *aliases.names(session, contact.id, "email")}
    return contact if any(signed.came_to(each) for each in known_by if each) else None


def _given(session: Session, contact_id: int, topic_id: int) -> bool:
    consent = session.get(Consent, (contact_id, topic_id), populate_existing=True)
    return consent is not None and consent.state == ConsentState.GIVEN


def _due(session: Session, contact_id: int, topics: Collection[int]) -> Sequence[int]:
    """Return the topics that may be asked about now, and count that."""
    now = datetime.now(UTC)
    mine = select(Consent).where(Consent.contact_id == contact_id, among(Consent.topic_id, topics))
    due = []
    for each in session.scalars(
        mine.order_by(Consent.topic_id).with_for_update(), execution_options={"populate_existing": True}
    ):
        if each.asked_at and each.asked_at < now - _FORGOTTEN:
            each.asks = 0
        if each.asks < MOST_ASKS and (each.asked_at is None or each.asked_at < now - PAUSE):
            each.asks, each.asked_at = each.asks + 1, now
            due.append(each.topic_id)
    return due


def _ask(session: Session, contact_id: int, topics: Sequence[int], spoken: Language) -> None:
    row = {
        "key": f"confirm.{contact_id}.{token_hex(8)}",
        "kind": CONFIRMATION,
        "payload": {"topics": list(topics), "language": spoken},
        "contact_id": contact_id,
    }
    session.execute(insert(Outbox).values(row))
    db.after_commit(ring_sender)


def _names(session: Session, numbers: Collection[int]) -> str:
    names = select(ConsentTopic.name).where(among(ConsentTopic.id, numbers)).order_by(ConsentTopic.name)
    return ", ".join(session.scalars(names))
