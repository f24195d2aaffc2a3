"""Mail that a program sends to one person: an order that was taken, a password to be set anew.

It is written at once, with what the program sends along and what the contact's data says, and leaves through the outbox
as mail of automations does. Who does not want to hear from us gets it all the same; an address that takes no mail does
not.
"""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, NamedTuple

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app import db
from app.adapters import doorbell, mail
from app.adapters.bulk import among, insert_rows
from app.adapters.catalog import load_catalog
from app.adapters.engine.world import load_contacts
from app.adapters.mail import File
from app.models import ConsentChannel, Contact, Message, MessageKind, MessageState, Outbox, TemplateVersion
from app.services import contacts
from app.services.contacts import ContactInput
from app.services.mailing import files, happenings, outcomes
from app.services.mailing.beside import Person
from app.services.mailing.casting import Wanted, cast
from app.services.mailing.compiling import OURS
from app.services.mailing.composing import Filled, fill, message_id
from app.services.mailing.moulds import Cast, Mould, Words
from nodes import world
from nodes.fields.templates import reads_of
from nodes.world import Reads

_PRIORITY: Final = 100
"""Somebody waits for it: it leaves before what automations and campaigns send."""

_NOBODY: Final = world.Contact(0, "name@example.com")


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


# In an order that all have in common.
_QUEUE_UP: Final = text(
    """
    SELECT pg_advisory_xact_lock(lock)
    FROM (SELECT hashtextextended(key, 0) AS lock FROM unnest(CAST(:keys AS text[])) AS key ORDER BY lock) AS ordered
    """
)


class _Mail(NamedTuple):
    """A letter to one of its people, filled in; `copied`: those of `cc` and `bcc` get this one, too."""

    key: str
    letter: Letter
    base: str
    contact: int
    cast: Cast
    copied: bool


def send(letters: Sequence[Letter]) -> list[str]:
    """Let mail leave, all of it or none; returns the `message_id` of each letter, to the first of its people.

    However many there are, the statements are the same few. Whoever is written to becomes a contact. Raises Invalid
    naming the field.
    """
    casts = cast([Wanted(each.words, each.params, [address for _, address in each.to]) for each in letters])
    with db.transaction() as session:
        _queue_up(session, {letter.key for letter in letters if letter.key})
        people = _contacts([address for letter in letters for _, address in letter.to])
        mails = [_mails(letter, people, filled) for letter, filled in zip(letters, casts, strict=True)]
        known = _known(session, [mail.key for those in mails for mail in those])
        new = [mail for those in mails for mail in those if mail.key not in known]
        numbers = {**known, **_write(session, new)}
        db.after_commit(doorbell.ring_sender)
        return [message_id(first.key, numbers[first.key]) for first, *_ in mails]


def written_id(message: Message, sender: str) -> str:
    """Return the Message-ID of a message, as its receiver sees it. `sender`: the address it is from."""
    return mail.written_id(message_id(message.key, message.id), sender)


def preview(words: Words, contact_id: int | None, params: Mapping[str, object]) -> Filled:
    """Return what a contact would get; without one, what somebody would of whom nothing is known. Raises Invalid."""
    reads = reads_of(" ".join((words.subject, words.html))) | Reads(fields=True)
    with db.transaction() as session:
        known = load_contacts(session, [contact_id] if contact_id else [], reads, load_catalog(), datetime.now(UTC))
    contact = known.get(contact_id or 0, _NOBODY)
    version = TemplateVersion(**Mould(words).fill(contact, params)._asdict())
    return fill(version, version.subject, contact, ["#" if each in OURS else each for each in version.links])


def _queue_up(session: Session, keys: Collection[str]) -> None:
    """Of two calls with one key the second waits, and is told what the first did."""
    if keys:
        session.execute(_QUEUE_UP, {"keys": sorted(keys)})


def _mails(letter: Letter, people: Mapping[str, int], filled: Mapping[str, Cast]) -> list[_Mail]:
    base = letter.key or uuid.uuid4().hex
    casts: dict[int, Cast] = {}
    for address, made in filled.items():
        casts.setdefault(people[address], made)  # of two addresses of one contact the first
    return [
        _Mail(f"transactional:{base}:{place}", letter, base, contact, made, place == 0)
        for place, (contact, made) in enumerate(casts.items())
    ]


def _known(session: Session, keys: Collection[str]) -> dict[str, int]:
    """Return the messages that have these keys; a delivery may be kept longer than its message."""
    delivered = select(Outbox.key, Outbox.payload["message"].as_integer()).where(among(Outbox.key, keys))
    kept = select(Message.key, Message.id).where(among(Message.key, keys))
    return {key: number for asked in (delivered, kept) for key, number in session.execute(asked)}


def _write(session: Session, mails: Sequence[_Mail]) -> dict[str, int]:
    """Keep a message of each mail, and let it leave; returns the number of each message by its key."""
    if not mails:
        return {}
    versions = _versions(session, mails)
    rows = [
        {
            "key": mail.key,
            "channel": ConsentChannel.EMAIL,
            "kind": MessageKind.TRANSACTIONAL,
            "contact_id": mail.contact,
            "version_id": version.id,
            "address": address,
            "subject": version.subject,
            "state": MessageState.SENDING,
            "tags": list(mail.letter.tags) or None,
        }
        for mail, (version, address) in zip(mails, versions, strict=True)
    ]
    written = session.execute(insert_rows(Message, rows).returning(Message.key, Message.id))
    numbers = {key: number for key, number in written}  # noqa: C416 - rows
    _let_leave(session, mails, [version.id for version, _ in versions], numbers)
    outcomes.tell(session, happenings.REQUESTED, [(numbers[mail.key], mail.contact) for mail in mails])
    return numbers


def _versions(session: Session, mails: Sequence[_Mail]) -> list[tuple[TemplateVersion, str]]:
    """Keep each mail, apart for each contact: it is forgotten with it. Returns it with the address it goes to."""
    asked = select(Contact.id, Contact.email).where(among(Contact.id, {each.contact for each in mails}))
    addresses = {number: email for number, email in session.execute(asked)}  # noqa: C416 - rows
    made = [(TemplateVersion(**each.cast._asdict()), addresses[each.contact] or "") for each in mails]
    session.add_all(version for version, _ in made)
    session.flush()
    return made


def _let_leave(session: Session, mails: Sequence[_Mail], versions: Sequence[int], numbers: Mapping[str, int]) -> None:
    numbers_of_files = files.keep(session, [file for each in mails for file in each.letter.files])
    rows: dict[bool, list[dict[str, object]]] = {True: [], False: []}
    for each, version in zip(mails, versions, strict=True):
        letter = each.letter
        due = {"due_at": letter.at} if letter.at else {}
        rows[bool(due)].append(
            {
                "key": each.key,
                "kind": "email",
                "channel": "email",
                "contact_id": each.contact,
                "payload": _payload(
                    each, version, numbers[each.key], [numbers_of_files[file] for file in letter.files]
                ),
                "priority": _PRIORITY,
                **due,
            }
        )
    for given in rows.values():
        if given:
            session.execute(insert_rows(Outbox, given))


def _payload(mail: _Mail, version: int, message: int, numbers_of_files: Sequence[int]) -> dict[str, object]:
    letter = mail.letter
    copies = {"cc": letter.cc, "bcc": letter.bcc} if mail.copied else {}
    return {
        "template": letter.words.template_id,
        "version": version,
        "kind": MessageKind.TRANSACTIONAL,
        "sender": letter.sender,
        "sender_name": letter.sender_name,
        "subject": None,
        "reply_to": letter.reply_to,
        "batch": letter.batch,
        "at": letter.at and letter.at.timestamp(),
        "message": message,
        "letter": mail.base,
        "beside": {"headers": letter.headers, "files": numbers_of_files, "shown_to": letter.to, **copies},
    }


def _contacts(addresses: Sequence[str]) -> Mapping[str, int]:
    """Return the contact of each address, making those who are none yet. Raises Invalid."""
    wanted = list(dict.fromkeys(addresses))
    outcomes = contacts.write([ContactInput(fields={"email": each}) for each in wanted], "keep")
    return {address: outcome.contact_id for address, outcome in zip(wanted, outcomes, strict=True)}
