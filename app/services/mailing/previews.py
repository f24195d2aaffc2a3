"""Looking at a mail before it is sent: as one contact would get it, with what may go wrong."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Final, NamedTuple

from selectolax.lexbor import LexborHTMLParser
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import db
from app.adapters import mail
from app.adapters.attributes import column
from app.adapters.catalog import load_catalog
from app.adapters.engine.world import load_contacts
from app.errors import Conflict, Invalid, NotFound
from app.models import Contact as ContactRow
from app.models import Event as EventRow
from app.models import EventType, TemplateVersion
from app.services import mail as mail_service
from app.services import values
from app.services.mailing import senders, templates
from app.services.mailing.compiling import OURS, Compiled
from app.services.mailing.composing import Filled, destination, fill, message_id
from app.services.mailing.templates import Written
from nodes.fields.templates import (
    OF_EVENTS,
    SPECIAL,
    asked_of_event,
    asks_event,
    names_in,
    reads_of,
    undefaulted_names_in,
)
from nodes.world import Contact, Event

# Beyond this Gmail hides the rest, with the link to unsubscribe.
LARGEST_MAIL: Final = 102_400
_LOOKED_AT: Final = 50
_NOBODY: Final = Contact(0, "name@example.com")


class Doubt(NamedTuple):
    """Something that may go wrong; `code` is stable, `subject` what it is about."""

    code: str
    subject: str
    message: str


class Preview(NamedTuple):
    """A mail as one contact would get it; `size` in bytes of its HTML."""

    subject: str
    html: str
    text: str
    size: int
    warnings: list[Doubt]


def preview(written: Written, contact_id: int | None = None) -> Preview:
    """Return what a contact would get; without one, what somebody would of whom nothing is known.

    Raises Invalid naming the field, NotFound for a contact that does not exist.
    """
    compiled = templates.compiled_of(written)
    event = _example(_all_texts(written, compiled), contact_id)
    filled = _filled(written, compiled, contact_id, event)
    size = len(filled.html.encode())
    warnings = [*_warnings(written, compiled, size), *_of_events(_all_texts(written, compiled), event)]
    return Preview(filled.subject, filled.html, filled.text, size, warnings)


def send_test(
    template_id: int,
    to: str,
    contact_id: int | None = None,
    *,
    subject: str = "",
    sender: int | None = None,
    reply_to: str = "",
) -> None:
    """Mail a template to an address now, filled for a contact. Its links lead straight on, and nothing is counted.

    `subject` and `sender`: in place of the template's and the mail server's.

    Raises NotFound; Conflict without a mail server; Invalid with the server's own words when it refuses.
    """
    template = templates.get(template_id)
    address = values.email(to, "to")
    written = Written(subject or template.subject, template.preheader, template.format, template.source)
    named = senders.get(sender) if sender else None
    compiled = templates.compiled_of(written)
    filled = _filled(written, compiled, contact_id, _example(_all_texts(written, compiled), contact_id))
    key = f"test.{template_id}.{datetime.now(UTC).timestamp()}"
    letter = mail.Mail(
        address,
        f"[Test] {filled.subject}",
        filled.text,
        message_id(key),
        filled.html,
        (named.name, named.email) if named else None,
        {"Reply-To": reply_to} if reply_to else {},
    )
    try:
        server = mail_service.server()
        if server is None:
            raise Conflict("There is no mail server yet. Enter one under Settings first.")
        mail.send(server, letter)
    except mail.NotSent as refused:
        message = f"The mail could not be sent: {refused}"
        raise Invalid.field(
            "to", "not_sent", message, "Check the address, and the mail server’s settings."
        ) from refused


def _filled(written: Written, compiled: Compiled, contact_id: int | None, event: Event | None) -> Filled:
    version = TemplateVersion(
        subject=written.subject, html=compiled.html, text=compiled.text, links=list(compiled.links)
    )
    contact = _NOBODY if contact_id is None else _contact(written, compiled, contact_id)
    addresses = [_leads_to(version, link, contact, event) for link in range(len(version.links))]
    return fill(version, written.subject, contact, addresses, event)


def _leads_to(version: TemplateVersion, link: int, contact: Contact, event: Event | None) -> str:
    return "#" if version.links[link] in OURS else destination(version, link, contact, event)


def _example(texts: str, contact_id: int | None) -> Event | None:
    """Return the contact's latest event that says most of what a mail asks, as if it had let the contact in."""
    asked = {each.name for each in asked_of_event(texts)} - {*OF_EVENTS}
    if contact_id is None or not asks_event(texts):
        return None
    columns = (EventRow.id, EventType.name, EventRow.at, EventRow.properties)
    latest = select(*columns).join(EventType, EventType.id == EventRow.type_id).where(EventRow.contact_id == contact_id)
    with db.transaction() as session:
        rows = session.execute(latest.order_by(EventRow.id.desc()).limit(_LOOKED_AT)).all()
    events = [Event(*row) for row in rows]
    return max(events, key=lambda event: len(asked & event.properties.keys()), default=None)


def _of_events(texts: str, event: Event | None) -> Iterator[Doubt]:
    asked = list(asked_of_event(texts))
    for name in sorted({each.name for each in asked}):
        words = f"Only automations fill in what an event says: in campaigns, {name} stays empty."
        yield Doubt("only_in_automations", name, words)
    present = {*OF_EVENTS, *event.properties} if event else set()
    for name in sorted({each.name for each in asked if not each.defaulted} - present):
        words = f"{name} is not in the event shown here, and may be missing. Write | default(“…”) behind it."
        yield Doubt("missing_event_value", name, words)


def _contact(written: Written, compiled: Compiled, contact_id: int) -> Contact:
    reads = reads_of(_all_texts(written, compiled))
    with db.transaction() as session:
        found = load_contacts(session, [contact_id], reads, load_catalog(), datetime.now(UTC))
    if contact_id not in found:
        raise NotFound.thing("contact", contact_id)
    return found[contact_id]


def _all_texts(written: Written, compiled: Compiled) -> str:
    return " ".join((written.subject, compiled.html, *compiled.links))


def _warnings(written: Written, compiled: Compiled, size: int) -> Iterator[Doubt]:
    if size > LARGEST_MAIL:
        words = f"The mail has {size // 1024} kB. Gmail cuts off what is beyond {LARGEST_MAIL // 1024} kB."
        yield Doubt("too_large", str(size), words)
    for address in compiled.links:
        if address.startswith("http://"):
            yield Doubt("insecure_link", address, f"{address} is not encrypted. Use https:// if the site has it.")
    for image in LexborHTMLParser(compiled.html).css("img"):
        if not image.attrs.get("alt"):
            source = (image.attrs.get("src") or "")[:200]
            yield Doubt("no_alt", source, f"The picture {source} has no words for those who do not see it.")
    yield from _missing_values(_all_texts(written, compiled))


def _missing_values(texts: str) -> Iterator[Doubt]:
    attributes = load_catalog().attributes
    for name in sorted(names_in(texts) - attributes.keys() - SPECIAL - _fields()):
        yield Doubt("unknown_attribute", name, f"There is no contact attribute {name}: its place stays empty.")
    asked = sorted(undefaulted_names_in(texts) & attributes.keys())
    if not asked:
        return
    with db.transaction() as session:
        everybody, filled = _filled_in(session, {name: attributes[name].id for name in asked})
    for name in asked:
        if (empty := everybody - filled[name]) > 0:
            words = f"{name} is empty for {empty:,} of {everybody:,} contacts. Write | default(“…”) behind it."
            yield Doubt("missing_values", name, words)


def _fields() -> set[str]:
    return set(ContactRow.__table__.c.keys())


def _filled_in(session: Session, attributes: Mapping[str, int]) -> tuple[int, Mapping[str, int]]:
    """Return how many contacts there are, and how many of them have each attribute."""
    kinds = load_catalog().attributes
    counts = (func.count(column(number, kinds[name].kind)) for name, number in attributes.items())
    row = session.execute(select(func.count(), *counts).select_from(ContactRow)).one()
    return row[0], dict(zip(attributes, row[1:], strict=True))
