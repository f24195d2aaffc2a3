"""Double opt-in: who agrees is asked by mail to confirm it, and agreed only then."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from typing import Final, NamedTuple

from sqlalchemy import exists, insert, or_, select, update
from sqlalchemy.orm import Session

from app import db
from app.adapters import mail_links
from app.adapters.bulk import among
from app.adapters.doorbell import ring_sender
from app.adapters.mail_links import Asking, Confirmation
from app.adapters.merging import aliases
from app.errors import Invalid, NotFound
from app.models import (
    Consent,
    ConsentSource,
    ConsentState,
    ConsentTopic,
    Contact,
    ContactList,
    Outbox,
    Workspace,
)
from app.services import lists
from app.services.consents import giving
from app.services.consents.giving import Origin, Wish
from app.services.consents.preferences import language_of
from app.services.contacts import lookup
from app.services.mailing import suppressions
from nodes.texts import Language, Text, language

CONFIRMATION: Final = "confirmation"
"""The kind of a delivery that asks a contact to confirm."""
MOST_ASKS: Final = 3
PAUSE: Final = timedelta(hours=1)
# After so long without an answer it may be asked as if for the first time.
_FORGOTTEN: Final = timedelta(days=30)
_EVEN_SO: Final = {"synchronize_session": False}

_SUBJECT: Final = Text("Please confirm: {topics}", "Merci de confirmer : {topics}", "Подтвердите: {topics}")
_BODY: Final = Text(
    """Hello,

{workspace} was told that you want to hear about: {topics}.

If so, confirm it here:
{link}

The link holds for {days} days. If it was not you, do nothing: you will get no mail.
""",
    """Bonjour,

{workspace} a appris que vous souhaitez recevoir : {topics}.

Si c’est bien le cas, confirmez ici :
{link}

Le lien est valable {days} jours. Si ce n’était pas vous, ne faites rien : vous ne recevrez pas d’e-mails.
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


def agree(
    contact_id: int,
    topic_ids: Collection[int],
    origin: Origin,
    spoken: Language | None = None,
    list_id: int | None = None,
) -> None:
    """Let a contact agree to topics; where they are to be confirmed, ask it by mail, not more often than is decent.

    Anybody can fill in a form: what the contact took back stays so until it confirms, whatever the topic says.
    `spoken`: the language to ask in, where the contact's own is not known. `list_id`: the list that it joins once it
    confirms. Raises NotFound for an unknown contact or topic, Invalid where a contact without an address would have to
    confirm.
    """
    with db.transaction() as session:
        contact = session.get(Contact, contact_id, with_for_update={"key_share": True}, populate_existing=True)
        if contact is None:
            raise NotFound.thing("contact", contact_id)
        topics, states = known(session, topic_ids), _states(session, contact_id, topic_ids)
        left = _left(contact, topics.values(), states) if origin.source == ConsentSource.FORM else set()
        asked = left | {
            each.id for each in topics.values() if each.confirm and states.get(each.id) != ConsentState.GIVEN
        }
        if asked and not contact.email:
            remedy = "Enter an email address, or choose topics that need no confirmation."
            raise Invalid.field("contact", "no_address", "Without an address nothing can be confirmed.", remedy)
        wishes = [
            Wish(contact_id, topic, ConsentState.PENDING if topic in asked else ConsentState.GIVEN)
            for topic in topics
            if topic not in left or topic not in states
        ]
        giving.settle(session, wishes, origin)
        if due := _due(session, contact_id, asked):
            spoken = language_of(session, contact_id) or spoken or "en"
            _ask(session, contact_id, Asking(due, list_id or 0, returning=not left.isdisjoint(due)), spoken)


def has_left(contact_id: int, topic_ids: Collection[int]) -> bool:
    """Tell whether a contact takes nothing by a channel of these topics or took one back; without topics, any at all.

    Raises NotFound for an unknown contact or topic.
    """
    with db.transaction() as session:
        contact = session.get(Contact, contact_id)
        if contact is None:
            raise NotFound.thing("contact", contact_id)
        if topic_ids:
            topics = known(session, topic_ids)
            return bool(_left(contact, topics.values(), _states(session, contact_id, topics)))
        withdrawn = exists().where(Consent.contact_id == contact_id, Consent.state == ConsentState.WITHDRAWN)
        return contact.email_blacklisted or bool(session.scalar(select(withdrawn)))


def confirm(token: str) -> bool:
    """Settle what an address confirms; False if it was not made here, or too long ago. The second time does nothing.

    What was taken back meanwhile stays so, and an address that means the contact no more confirms nothing. Who comes
    back wants the channel again, too.
    """
    signed = mail_links.read_confirmation(token)
    if signed is None:
        return False
    with db.transaction() as session:
        contact = _asked(session, signed)
        if contact is None:
            return False
        own = (Consent.contact_id == contact.id, among(Consent.topic_id, signed.asking.topics))
        # Taking back forgets that it was asked: who was asked since then has taken nothing back meanwhile.
        still = or_(Consent.state != ConsentState.WITHDRAWN, Consent.asked_at.is_not(None))
        agreed = set(session.scalars(select(Consent.topic_id).where(*own, still)))
        news = set(session.scalars(select(Consent.topic_id).where(*own, Consent.asked_at.is_not(None))))
        origin = Origin(ConsentSource.CONFIRMATION)
        giving.settle(session, [Wish(contact.id, topic, ConsentState.GIVEN) for topic in agreed], origin)
        if news and signed.asking.returning:
            for channel in {each.channel for each in known(session, news).values()}:
                giving.flag(session, contact.id, channel, origin, out=False)
        if news and session.get(ContactList, signed.asking.list_id) is not None:
            lists.add(signed.asking.list_id, [contact.id])
        session.execute(update(Consent).where(*own).values(asks=0, asked_at=None), execution_options=_EVEN_SO)
        return bool(agreed)


def asked_for(token: str) -> Asked | None:
    """Return what an address confirms; None where `confirm` returns False. Changes nothing."""
    signed = mail_links.read_confirmation(token)
    if signed is None:
        return None
    with db.transaction() as session:
        contact, topics = _asked(session, signed), _names(session, signed.asking.topics)
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
    silent = suppressions.silent(session, addresses)
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
            "link": mail_links.confirmation(contact.id, contact.email, _asking(each)),
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


def _states(session: Session, contact_id: int, topic_ids: Collection[int]) -> Mapping[int, str]:
    wanted = select(Consent.topic_id, Consent.state)
    rows = session.execute(wanted.where(Consent.contact_id == contact_id, among(Consent.topic_id, topic_ids)))
    return {row.topic_id: row.state for row in rows}


def _left(contact: Contact, topics: Iterable[ConsentTopic], states: Mapping[int, str]) -> set[int]:
    """Return the topics that the contact took back, or whose channel it wants nothing by."""
    return {
        each.id
        for each in topics
        if states.get(each.id) == ConsentState.WITHDRAWN or giving.is_silent(contact, each.channel)
    }


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


def _ask(session: Session, contact_id: int, asking: Asking, spoken: Language) -> None:
    row = {
        "key": f"confirm.{contact_id}.{token_hex(8)}",
        "kind": CONFIRMATION,
        "payload": {**asking._asdict(), "language": spoken},
        "contact_id": contact_id,
    }
    session.execute(insert(Outbox).values(row))
    db.after_commit(ring_sender)


def _asking(delivery: Outbox) -> Asking:
    said = delivery.payload
    return Asking(said["topics"], said.get("list_id", 0), said.get("returning", False))


def _names(session: Session, numbers: Collection[int]) -> str:
    names = select(ConsentTopic.name).where(among(ConsentTopic.id, numbers)).order_by(ConsentTopic.name)
    return ", ".join(session.scalars(names))
