"""Making the mail to each contact out of what is to be sent, many at once."""

import hmac
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from typing import Any, Final, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.adapters import mail_links, secrets
from app.adapters.bulk import among
from app.adapters.catalog import load_catalog
from app.adapters.engine.world import load_contacts
from app.adapters.event_text import carried
from app.adapters.mail import File, Mail
from app.adapters.mail_headers import in_ascii
from app.adapters.mail_links import LinkKind, MailLink
from app.adapters.templates import render, render_page
from app.models import MessageKind, Outbox, Sender, Template, TemplateVersion
from app.services.mailing import files, keeping, return_settings, suppressions
from app.services.mailing.beside import beside, copies_of
from app.services.mailing.compiling import PREFERENCES, UNSUBSCRIBE, as_text, is_followable, with_links
from app.services.mailing.keeping import LeftOut
from app.services.mailing.return_settings import ReturnSettings
from nodes.fields.templates import reads_of
from nodes.world import Contact, Event, Reads

EMAIL: Final = "email"
"""The kind of a delivery that is mail to a contact, and its channel."""

_PLACE = re.compile(r"\{\{(.*?)\}\}", re.DOTALL)
_TRAP: Final = '<a href="{address}" style="display:none" tabindex="-1" aria-hidden="true"></a>'
_PIXEL: Final = '<img src="{address}" width="1" height="1" alt="" style="display:block">'


class Filled(NamedTuple):
    """A mail as one contact gets it."""

    subject: str
    html: str
    text: str


class _Supplies(NamedTuple):
    """All that some deliveries need, by id or address. `current`: the version of each template that is sent now."""

    current: Mapping[int, TemplateVersion]
    versions: Mapping[int, TemplateVersion]
    senders: Mapping[int, Sender]
    contacts: Mapping[int, Contact]
    suppressed: frozenset[str]
    returns: ReturnSettings
    files: Mapping[int, File]


def compose(session: Session, deliveries: Sequence[Outbox]) -> Mapping[int, Mail | LeftOut]:
    """Return what is to be handed over for each delivery, by its id, and keep a message for each.

    A delivery that is tried again is the same message. Decided anew at each try: who is left out.
    """
    supplies = _supplies(session, deliveries)
    fates = {each.id: _fate(each, supplies) for each in deliveries}
    numbers = _keep_messages(session, deliveries, fates, supplies)
    return {
        each.id: fate if isinstance(fate := fates[each.id], LeftOut) else _mail(each, fate, supplies, numbers[each.key])
        for each in deliveries
    }


def keep_messages(session: Session, deliveries: Sequence[Outbox]) -> None:
    """Keep a message for each delivery as `compose` does, without making the mail."""
    supplies = _supplies(session, deliveries)
    _keep_messages(session, deliveries, {each.id: _fate(each, supplies) for each in deliveries}, supplies)


def message_id(key: str, message: int | None = None) -> str:
    """Return a Message-ID made of a delivery's key: a mail that is sent twice can be told by it.

    No other instance makes the same one, whatever its keys are. Before the dot stands the number of the `message` to a
    contact: so what comes back finds it (`returns.message_of`).
    """
    made = hmac.new(secrets.signing_key(), f"message id {key}".encode(), "sha256").hexdigest()[:32]
    return made if message is None else f"{message}.{made}"


def fill(
    version: TemplateVersion, subject: str, contact: Contact, addresses: Sequence[str], event: Event | None = None
) -> Filled:
    """Fill a version for a contact; each link gets the address of its number. `event`: what let the contact in."""
    html = with_links(render_page(version.html, contact, event, html=True), [escape(each) for each in addresses])
    plain = render_page(version.text, contact, event, html=False) if version.text else ""
    return Filled(render(subject, contact, event), html, with_links(plain, addresses) if plain else as_text(html))


def destination(version: TemplateVersion, link: int, contact: Contact, event: Event | None = None) -> str:
    """Return where a link of a version leads for a contact; empty if it leads nowhere."""
    return filled_address(version.links[link] if 0 <= link < len(version.links) else "", contact, event)


def filled_address(written: str, contact: Contact, event: Event | None = None) -> str:
    """Return an address as a contact gets it; empty if it leads nowhere.

    What is filled in cannot become another part of the address, unless it is the address itself.
    """
    filled = render(written if written.startswith("{{") else _PLACE.sub(_quoted, written), contact, event)
    return filled if is_followable(filled) else ""


def _quoted(place: re.Match[str]) -> str:
    return f"{{{{ {place[1]} | urlencode }}}}"


def _supplies(session: Session, deliveries: Sequence[Outbox]) -> _Supplies:
    wanted = {each.payload["template"] for each in deliveries}
    latest = select(Template.id, TemplateVersion).join(TemplateVersion, TemplateVersion.id == Template.version_id)
    current = {number: version for number, version in session.execute(latest.where(among(Template.id, wanted)))}  # noqa: C416 - rows
    made = {each.payload["version"] for each in deliveries if "version" in each.payload}
    written = select(TemplateVersion).where(among(TemplateVersion.id, made))
    versions = {each.id: each for each in session.scalars(written)} if made else {}
    texts = [*(each.payload["subject"] or "" for each in deliveries), *_texts([*current.values(), *versions.values()])]
    people = {each.contact_id for each in deliveries if each.contact_id is not None}
    contacts = load_contacts(session, people, _reads(texts), load_catalog(), datetime.now(UTC))
    addresses = {contact.email for contact in contacts.values() if contact.email}
    addresses.update(address for each in deliveries for address in copies_of(each))
    return _Supplies(
        current,
        versions,
        {sender.id: sender for sender in session.scalars(select(Sender))},
        contacts,
        suppressions.silent(session, addresses),
        return_settings.current(session),
        files.of(session, deliveries),
    )


def _reads(texts: Sequence[str]) -> Reads:
    return reads_of(" ".join(texts)) | Reads(fields=True, consents=True)


def _texts(versions: Iterable[TemplateVersion]) -> list[str]:
    return [part for each in versions for part in (each.subject, each.html, *each.links)]


def _fate(delivery: Outbox, supplies: _Supplies) -> tuple[TemplateVersion, Contact] | LeftOut:
    contact = supplies.contacts.get(delivery.contact_id or 0)
    version = _version(delivery, supplies)
    if contact is None or version is None:
        return LeftOut("erased" if contact is None else "template_gone")
    if gone := _gone(delivery, supplies):
        return LeftOut(gone)
    if given := delivery.payload.get("left_out"):
        return LeftOut(given)
    obstacle = _obstacle(delivery, contact, supplies)
    return LeftOut(obstacle) if obstacle else (version, contact)


def _left(delivery: Outbox, supplies: _Supplies) -> list[str]:
    """Return who is to get a copy yet, and takes mail."""
    suppressed = {in_ascii(each) for each in supplies.suppressed}
    return [each for each in delivery.payload.get("only", ()) if each not in suppressed]


def _gone(delivery: Outbox, supplies: _Supplies) -> str | None:
    if delivery.payload["sender"] is not None and delivery.payload["sender"] not in supplies.senders:
        return "sender_gone"
    return None if supplies.files.keys() >= set(files.numbers(delivery)) else "file_gone"


def _version(delivery: Outbox, supplies: _Supplies) -> TemplateVersion | None:
    """What is sent: the one that was written for this delivery, or the present one of its template."""
    if "version" in delivery.payload:
        return supplies.versions.get(delivery.payload["version"])
    return supplies.current.get(delivery.payload["template"])


def _obstacle(delivery: Outbox, contact: Contact, supplies: _Supplies) -> str | None:
    if "only" in delivery.payload:  # the mail itself has left: what became of its address since is no matter to copies
        return None if _left(delivery, supplies) else "suppressed"
    if not contact.email:
        return "no_address"
    if contact.email in supplies.suppressed:
        return "suppressed"
    return None if delivery.payload["kind"] == MessageKind.TRANSACTIONAL else _unwanted(delivery, contact)


def _unwanted(delivery: Outbox, contact: Contact) -> str | None:
    if contact.fields.get("email_blacklisted"):
        return "unsubscribed"
    topic = delivery.payload.get("topic")
    return "no_consent" if topic is not None and topic not in contact.consents else None


def _keep_messages(
    session: Session,
    deliveries: Sequence[Outbox],
    fates: Mapping[int, tuple[TemplateVersion, Contact] | LeftOut],
    supplies: _Supplies,
) -> Mapping[str, int]:
    """Return the number of each message by its key, making those not met before."""
    # Of one whose copies alone are left the message has its end.
    ended = {each.key: each.payload["message"] for each in deliveries if "only" in each.payload}
    new = [each for each in deliveries if each.key not in ended and each.contact_id in supplies.contacts]
    return {**ended, **keeping.keep(session, [_row(each, fates[each.id], supplies) for each in new])}


def _row(delivery: Outbox, fate: tuple[TemplateVersion, Contact] | LeftOut, supplies: _Supplies) -> dict[str, Any]:
    contact = supplies.contacts[delivery.contact_id or 0]
    reason = fate.reason if isinstance(fate, LeftOut) else None
    version = _version(delivery, supplies)
    subject = _subject(delivery, version) if version else ""
    return keeping.row(
        delivery,
        reason,
        kind=delivery.payload["kind"],
        variant=delivery.payload.get("variant"),
        version_id=version.id if version else None,
        address=contact.email or "",
        subject=render(subject, contact, carried(delivery.payload)),
    )


def _mail(delivery: Outbox, fate: tuple[TemplateVersion, Contact], supplies: _Supplies, message: int) -> Mail:
    version, contact = fate
    addresses = [
        _address(written, MailLink(LinkKind.CLICKED, message, link, contact.id, version.id))
        for link, written in enumerate(version.links)
    ]
    filled = fill(version, _subject(delivery, version), contact, addresses, carried(delivery.payload))
    sender = supplies.senders.get(delivery.payload["sender"] or 0)
    reference = message_id(delivery.key, message)
    more = beside(delivery, supplies.suppressed, supplies.files)
    name = delivery.payload.get("sender_name")
    return Mail(
        contact.email or "",
        filled.subject,
        filled.text,
        reference,
        _watched(filled.html, message),
        (name or sender.name, sender.email) if sender else None,
        {**more.headers, **_headers(message, contact.id, delivery.payload.get("reply_to"))},
        return_settings.return_address(supplies.returns, reference),
        more.shown_to,
        more.cc,
        more.bcc,
        more.files,
        _left(delivery, supplies),
    )


def _address(written: str, link: MailLink) -> str:
    lasting = {UNSUBSCRIBE: LinkKind.UNSUBSCRIBE, PREFERENCES: LinkKind.PREFERENCES}.get(written)
    if lasting:
        link = MailLink(lasting, link.message, contact=link.contact)
    return mail_links.address(link)


def _subject(delivery: Outbox, version: TemplateVersion) -> str:
    return delivery.payload["subject"] or version.subject


def _headers(message: int, contact: int, reply_to: str | None) -> dict[str, str]:
    """RFC 8058: mail programs offer to unsubscribe by one click."""
    unsubscribe = mail_links.address(MailLink(LinkKind.UNSUBSCRIBE, message, contact=contact))
    headers = {"List-Unsubscribe": f"<{unsubscribe}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return {**headers, "Reply-To": reply_to} if reply_to else headers


def _watched(html: str, message: int) -> str:
    """Add the picture that tells of an opening, and a link that nobody sees: who follows it is a machine."""
    trap = _TRAP.format(address=mail_links.address(MailLink(LinkKind.TRAP, message)))
    pixel = _PIXEL.format(address=mail_links.address(MailLink(LinkKind.OPENED, message)))
    before, body, after = html.rpartition("</body>")
    return f"{before}{trap}{pixel}{body}{after}" if body else f"{html}{trap}{pixel}"
