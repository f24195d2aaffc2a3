"""The page of preferences: what a contact wants to hear about, by a signed address that needs no sign-in."""

from collections.abc import Collection, Sequence
from datetime import UTC, datetime
from typing import Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app import db
from app.adapters import mail_links
from app.adapters.catalog import load_catalog
from app.adapters.engine.world import load_contacts
from app.adapters.mail_links import LinkKind, MailLink
from app.models import Consent, ConsentChannel, ConsentSource, ConsentState, ConsentTopic, Contact
from app.services.consents import giving
from app.services.consents.giving import Origin, Wish
from app.services.contacts import lookup
from nodes.texts import LANGUAGES, Language
from nodes.world import Reads

# The attributes that workspaces keep a contact's language in.
_LANGUAGES: Final = ("LANGUAGE", "LANG", "LOCALE")


class Choice(NamedTuple):
    """A topic on the page, and whether the contact hears about it."""

    id: int
    name: str
    description: str
    channel: str
    on: bool


class Preferences(NamedTuple):
    """What the page shows. `silent`: the contact wants nothing at all by mail. `language` None: nobody knows it."""

    who: str
    choices: Sequence[Choice]
    silent: bool
    language: Language | None


class _Holder(NamedTuple):
    contact: Contact
    message: int | None


def address(contact_id: int) -> str:
    """Return the address of a contact's own page, for a mail or a page elsewhere."""
    return mail_links.address(MailLink(LinkKind.PREFERENCES, 0, contact=contact_id))


def read(token: str) -> Preferences | None:
    """Return what the page of an address shows; None if it is none of ours. Changes nothing."""
    with db.transaction() as session:
        holder = _holder(session, token)
        if holder is None:
            return None
        contact = holder.contact
        choices = _choices(session, contact)
        return Preferences(contact.email or "", choices, contact.email_blacklisted, language_of(session, contact.id))


def save(token: str, wanted: Collection[int]) -> bool:
    """Let the contact hear about these topics of the page and about no others; False if the address is none of ours.

    Who wants a topic wants its channel: that it took nothing at all is over then.
    """
    with db.transaction() as session:
        holder = _holder(session, token)
        if holder is None:
            return False
        origin = Origin(ConsentSource.PREFERENCES, None, holder.message)
        shown = _choices(session, holder.contact)
        states = {each.id: ConsentState.GIVEN if each.id in wanted else ConsentState.WITHDRAWN for each in shown}
        # What was off and stays off is no word against it: the contact never said anything.
        changed = [each.id for each in shown if (each.id in wanted) != each.on]
        giving.settle(session, [Wish(holder.contact.id, topic, states[topic]) for topic in changed], origin)
        for channel in {each.channel for each in shown if each.id in wanted}:
            giving.flag(session, holder.contact.id, channel, origin, out=False)
        return True


def leave(token: str) -> bool:
    """Let the contact get nothing any more; False if the address is none of ours."""
    with db.transaction() as session:
        holder = _holder(session, token)
        if holder is None:
            return False
        giving.leave(session, holder.contact.id, Origin(ConsentSource.PREFERENCES, None, holder.message))
        return True


def come_back(token: str) -> bool:
    """Let the contact get mail again, topic by topic as before it left; False if the address is none of ours."""
    with db.transaction() as session:
        holder = _holder(session, token)
        if holder is None:
            return False
        origin = Origin(ConsentSource.PREFERENCES, None, holder.message)
        giving.flag(session, holder.contact.id, ConsentChannel.EMAIL, origin, out=False)
        return True


def language_of(session: Session, contact_id: int) -> Language | None:
    """Return the language that the workspace keeps of a contact, if it does and we speak it."""
    catalog = load_catalog()
    names = frozenset(name for name in catalog.attributes if name.upper() in _LANGUAGES)
    if not names:
        return None
    found = load_contacts(session, [contact_id], Reads(attributes=names), catalog, datetime.now(UTC)).get(contact_id)
    said = [str(value).lower()[:2] for value in (found.attributes.values() if found else ()) if value]
    return next((each for value in said for each in LANGUAGES if each == value), None)


def _choices(session: Session, contact: Contact) -> Sequence[Choice]:
    """The public topics, and those that are not but that the contact hears about: it may always leave these."""
    state = select(Consent.state).where(Consent.topic_id == ConsentTopic.id, Consent.contact_id == contact.id)
    given = state.scalar_subquery() == ConsentState.GIVEN
    columns = (ConsentTopic.id, ConsentTopic.name, ConsentTopic.description, ConsentTopic.channel, given)
    shown = select(*columns).where(ConsentTopic.public | given).order_by(ConsentTopic.channel, ConsentTopic.name)
    return [Choice(*row[:-1], on=bool(row[-1])) for row in session.execute(shown)]


def _holder(session: Session, token: str) -> _Holder | None:
    link = mail_links.read(LinkKind.PREFERENCES, token)
    contact = session.get(Contact, lookup.present(session, link.contact)) if link else None
    return _Holder(contact, link.message or None) if link and contact else None
