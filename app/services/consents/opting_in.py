"""Double opt-in that a program asks for: what it says of a contact holds once that confirms its address.

Anybody can type anybody's address: until then nothing of the contact is changed, nor is it put on a list.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app import db
from app.adapters import mail_links
from app.adapters.catalog import load_catalog
from app.adapters.merging import aliases
from app.models import ConsentChange, ConsentChannel, ConsentSource, ConsentState, Contact, OptIn, Workspace
from app.services import contacts, lists
from app.services.consents import giving
from app.services.consents.giving import Origin
from app.services.consents.preferences import language_of
from app.services.contacts import ContactInput, Identifier
from nodes.texts import Language

_KEPT: Final = timedelta(days=mail_links.CONFIRM_DAYS)


@dataclass(frozen=True, slots=True, kw_only=True)
class OptInWish:
    """What becomes of a contact once it confirms, and the page that it is sent on to."""

    leads_to: str
    list_ids: Sequence[int] = ()
    fields: Mapping[str, Any] = field(default_factory=dict)
    attributes: Mapping[str, Any] = field(default_factory=dict)


class OptInAsked(NamedTuple):
    """Who asks, and the contact's language, if known."""

    workspace: str
    language: Language | None


def ask(email: str, wish: OptInWish, send: Callable[[str], None]) -> None:
    """Keep what a contact shall confirm, and `send` it the address to do so. Raises Invalid."""
    with db.transaction() as session:
        outcome = contacts.write([ContactInput(fields={"email": email})], "keep")[0]
        contact = session.get_one(Contact, outcome.contact_id)
        row = OptIn(contact_id=contact.id, wish={**asdict(wish), "returning": contact.email_blacklisted})
        session.add(row)
        session.flush()
        send(mail_links.opting_in(row.id, email))


def asked_for(token: str) -> OptInAsked | None:
    """Return who asks; None where `confirm` returns None. Changes nothing."""
    with db.transaction() as session:
        found = _found(session, token)
        if found is None:
            return None
        return OptInAsked(session.scalar(select(Workspace.name)) or "", language_of(session, found.contact_id))


def confirm(token: str) -> str | None:
    """Let hold what an address confirms, once; returns where it leads. None if it is not known, or no more.

    Who wanted no mail when the program asked wants some again; who unsubscribed since does not.
    """
    with db.transaction() as session:
        found = _found(session, token)
        if found is None:
            return None
        if found.confirmed_at is None:
            found.confirmed_at = datetime.now(UTC)
            _take(session, found.contact_id, found.wish)
        return str(found.wish["leads_to"])


def forget_old() -> None:
    """Delete what can be confirmed no more."""
    with db.transaction() as session:
        session.execute(delete(OptIn).where(OptIn.created_at < datetime.now(UTC) - _KEPT))


def _take(session: Session, contact_id: int, wish: Mapping[str, Any]) -> None:
    who = Identifier("id", contact_id)
    said = ContactInput(who=who, fields=wish["fields"], attributes=wish["attributes"])
    if contacts.write([said], "update", tolerant=True)[0].refusal is not None:  # somebody has that number already
        contacts.write([ContactInput(who=who, attributes=wish["attributes"])], "update", tolerant=True)
    known = load_catalog().lists
    joined = [each for each in wish["list_ids"] if each in known]
    for each in joined:
        lists.add(each, [contact_id])
    origin = Origin(ConsentSource.CONFIRMATION, ", ".join(known[each] for each in joined) or None)
    channel = ConsentChannel.EMAIL
    if wish["returning"] and giving.flag(session, contact_id, channel, origin, out=False):
        return
    proof = {"state": ConsentState.GIVEN, "channel": channel, **origin._asdict()}
    session.add(ConsentChange(contact_id=contact_id, **proof))


def _found(session: Session, token: str) -> OptIn | None:
    """Return what an address confirms; None if what it was sent to is not the contact's any more."""
    signed = mail_links.read_opting_in(token)
    if signed is None:
        return None
    asked = select(OptIn).where(OptIn.id == signed.opt_in, OptIn.created_at >= datetime.now(UTC) - _KEPT)
    found = session.scalar(asked.with_for_update(), execution_options={"populate_existing": True})
    if found is None:
        return None
    known_by = {session.get_one(Contact, found.contact_id).email, *aliases.names(session, found.contact_id, "email")}
    return found if any(signed.came_to(each) for each in known_by if each) else None
