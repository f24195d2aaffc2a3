"""Mail that a program sends to one person: an order that was taken, a password to be set anew.

It is written at once, with what the program sends along and what the contact's data says, and leaves through the outbox
as mail of automations does. Who does not want to hear from us gets it all the same; an address that takes no mail does
not.
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape
from typing import Final, NamedTuple

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from app import db
from app.adapters import doorbell, mail
from app.adapters.catalog import load_catalog
from app.adapters.engine.world import load_contacts
from app.adapters.mail import File
from app.adapters.templates import NOT_FILLED, check, check_page, render_now
from app.errors import Invalid
from app.models import (
    ConsentChannel,
    Message,
    MessageKind,
    MessageState,
    Outbox,
    TemplateFormat,
    TemplateVersion,
)
from app.services import contacts
from app.services.contacts import ContactInput
from app.services.mailing import files, happenings, outcomes
from app.services.mailing.beside import Person
from app.services.mailing.compiling import LONGEST_SOURCE, OUR_PLACES, OURS, compile_mail
from app.services.mailing.composing import Filled, fill, message_id
from nodes.fields.templates import reads_of
from nodes.world import Contact, Reads

_PRIORITY: Final = 100
"""Somebody waits for it: it leaves before what automations and campaigns send."""

_OURS: Final = {name: f"cdz{name}zdc" for name in ("unsubscribe_link", "preferences_link")}
"""Marks for our own links: what they lead to is known when the mail leaves."""
_NOBODY: Final = Contact(0, "name@example.com")
_TEXT_PAGE: Final = '<html><body><pre style="font:inherit;white-space:pre-wrap">{text}</pre></body></html>'


class Words(NamedTuple):
    """What a mail says, with places for `contact` and `params`. Without `html` it is `text` alone."""

    subject: str
    html: str
    text: str = ""
    written_in: TemplateFormat = TemplateFormat.HTML
    preheader: str = ""
    template_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One mail. Each of `to` gets it apart, all of them are shown; who gets a copy gets that of the first one.

    `key`: a second one with the same key is not sent. `batch`: it can be called off with others.
    """

    words: Words
    to: Sequence[Person]
    sender: int | None = None
    sender_name: str = ""
    reply_to: str | None = None
    cc: Sequence[Person] = ()
    bcc: Sequence[str] = ()
    params: Mapping[str, object] = field(default_factory=dict)
    tags: Sequence[str] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    files: Sequence[File] = ()
    at: datetime | None = None
    key: str = ""
    batch: str = ""


def send(letters: Sequence[Letter]) -> list[str]:
    """Let mail leave, all of it or none; returns the `message_id` of each letter, to the first of its people.

    Whoever is written to becomes a contact. Raises Invalid naming the field.
    """
    with db.transaction() as session:
        for letter in letters:
            if letter.key:  # two calls with one key: the second waits, and is told what the first did
                session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(letter.key, 0))))
        people = _contacts([address for letter in letters for _, address in letter.to])
        kept = files.keep(session, [file for letter in letters for file in letter.files])
        sent = [_send(session, letter, people, [kept[file] for file in letter.files]) for letter in letters]
        db.after_commit(doorbell.ring_sender)
        return sent


def written_id(message: Message, sender: str) -> str:
    """Return the Message-ID of a message, as its receiver sees it. `sender`: the address it is from."""
    return mail.written_id(message_id(message.key, message.id), sender)


def compiled_version(words: Words, contact: Contact, params: Mapping[str, object]) -> TemplateVersion:
    """Write a mail for one contact. Raises Invalid naming `htmlContent`, `textContent` or `subject`."""
    source = OUR_PLACES.sub(r"{{ params.\1 }}", words.html)
    for name, text in (("subject", words.subject), ("htmlContent", source), ("textContent", words.text)):
        if len(text) > LONGEST_SOURCE:
            raise Invalid.field(name, "too_long", f"{name} is longer than {LONGEST_SOURCE} characters.")
        fault = check(text, params=True) if name == "subject" else check_page(text)
        if fault is not None:
            raise Invalid.field(name, "invalid_template", f"{name}: {fault.en}")
    text = _filled("textContent", words.text, contact, params, html=False)
    page = _filled("htmlContent", source, contact, {**params, **_OURS}, html=True)
    for name, mark in _OURS.items():
        page = page.replace(mark, f"{{{{ {name} }}}}")
    page = page or _TEXT_PAGE.format(text=escape(text, quote=False))
    compiled = compile_mail(
        page, words.written_in if words.html else TemplateFormat.HTML, words.preheader, footer=False
    )
    return TemplateVersion(
        template_id=words.template_id,
        subject=_filled("subject", words.subject, contact, params, html=False),
        html=compiled.html,
        text=text or compiled.text,
        links=list(compiled.links),
    )


def _filled(field_: str, template: str, contact: Contact, params: Mapping[str, object], *, html: bool) -> str:
    try:
        return render_now(template, contact, params, html=html)
    except NOT_FILLED as error:
        message = f"{field_} cannot be filled in with these values: {error}"
        remedy = "A number can be compared with a number only; send it without quotation marks."
        raise Invalid.field(field_, "invalid_template", message, remedy) from error


def preview(words: Words, contact_id: int | None, params: Mapping[str, object]) -> Filled:
    """Return what a contact would get; without one, what somebody would of whom nothing is known. Raises Invalid."""
    reads = reads_of(" ".join((words.subject, words.html))) | Reads(fields=True)
    with db.transaction() as session:
        known = load_contacts(session, [contact_id] if contact_id else [], reads, load_catalog(), datetime.now(UTC))
    contact = known.get(contact_id or 0, _NOBODY)
    version = compiled_version(words, contact, params)
    return fill(version, version.subject, contact, ["#" if each in OURS else each for each in version.links])


def _send(session: Session, letter: Letter, people: Mapping[str, int], numbers_of_files: Sequence[int]) -> str:
    reads = reads_of(" ".join((letter.words.subject, letter.words.html, letter.words.text))) | Reads(fields=True)
    numbers = [people[address] for _, address in letter.to]
    known = load_contacts(session, numbers, reads, load_catalog(), datetime.now(UTC))
    base = letter.key or uuid.uuid4().hex
    beside = {"headers": letter.headers, "files": numbers_of_files, "shown_to": letter.to}
    messages = []
    for place, number in enumerate(dict.fromkeys(numbers)):
        key = f"transactional:{base}:{place}"
        copies = {"cc": letter.cc, "bcc": letter.bcc} if place == 0 else {}
        more = {"letter": base, "beside": beside | copies}
        messages.append(message_id(key, _known(session, key) or _one(session, letter, known[number], key, more)))
    return messages[0]


def _known(session: Session, key: str) -> int | None:
    """Return the message that has this key; its delivery may be kept longer than itself."""
    kept = session.scalar(select(Message.id).where(Message.key == key))
    return kept or session.scalar(select(Outbox.payload["message"].as_integer()).where(Outbox.key == key))


def _one(session: Session, letter: Letter, contact: Contact, key: str, more: Mapping[str, object]) -> int:
    version = compiled_version(letter.words, contact, letter.params)
    session.add(version)
    session.flush()
    message = Message(
        key=key,
        channel=ConsentChannel.EMAIL,
        kind=MessageKind.TRANSACTIONAL,
        contact_id=contact.id,
        version_id=version.id,
        address=contact.email or "",
        subject=version.subject,
        state=MessageState.SENDING,
        tags=list(letter.tags) or None,
    )
    session.add(message)
    session.flush()
    payload = {
        "template": letter.words.template_id,
        "version": version.id,
        "kind": MessageKind.TRANSACTIONAL,
        "sender": letter.sender,
        "sender_name": letter.sender_name,
        "subject": None,
        "reply_to": letter.reply_to,
        "batch": letter.batch,
        "message": message.id,
        **more,
    }
    row = {"key": key, "kind": "email", "channel": "email", "contact_id": contact.id, "payload": payload}
    due = letter.at or func.now()
    session.execute(insert(Outbox).values(**row, priority=_PRIORITY, due_at=due))
    outcomes.tell(session, happenings.REQUESTED, [(message.id, contact.id)])
    return message.id


def _contacts(addresses: Sequence[str]) -> Mapping[str, int]:
    """Return the contact of each address, making those who are none yet. Raises Invalid."""
    wanted = list(dict.fromkeys(addresses))
    outcomes = contacts.write([ContactInput(fields={"email": each}) for each in wanted], "keep")
    return {address: outcome.contact_id for address, outcome in zip(wanted, outcomes, strict=True)}
