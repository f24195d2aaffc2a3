"""Taking what a source sends: all messages of a request in a fixed number of statements; a bad one is refused alone."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app import db, permissions
from app.adapters import throttle
from app.adapters.catalog import load_catalog
from app.errors import Invalid, NotSignedIn, Problem, TooManyRequests
from app.models import EventType, MessageResult, Source, SourceKind
from app.permissions import Actor
from app.services import backpressure
from app.services.contacts import Identifier
from app.services.incoming import IncomingEvent
from app.services.intake import record_events
from app.services.sources import anonymous, history, keeping, people, traits
from app.services.sources.messages import Clock, Message, moment, read
from app.services.web import categories
from app.services.web.receiving import MOST_KINDS

PACES: Final = {SourceKind.SERVER: "6000 per minute", SourceKind.WEBSITE: "600 per minute"}
MOST_MESSAGES: Final = 2000

_SENDER: Final = Actor("program", frozenset())


class Request(NamedTuple):
    """What came in: the key that its sender gave, the messages, when it was sent by its sender's clock, and whence."""

    key: str
    messages: Sequence[object]
    sent_at: object
    address: str


@dataclass(slots=True)
class Entry:
    """A message on its way: what was sent, what it means if it could be read, and what became of it."""

    raw: Mapping[str, Any]
    message: Message | None = None
    problems: list[Problem] = field(default_factory=list)
    contact: int | None = None
    result: MessageResult = MessageResult.REFUSED


def receive(request: Request) -> None:
    """Take a request, durable on return; a message that cannot be taken is refused alone, and shown with the source.

    Raises NotSignedIn for a key that no source has or one that is switched off, and TooManyRequests.
    """
    backpressure.demand_room()
    with db.transaction() as session, permissions.acting_as(_SENDER):
        source = _source(session, request)
        keeping.note_seen(source)
        clock = Clock(datetime.now(UTC), moment(request.sent_at))
        entries = [_entry(each, clock, by_server=source.kind == SourceKind.SERVER) for each in request.messages]
        _demand_known_kinds(session, entries)
        read_ones = [each for each in entries if each.message is not None]
        if read_ones:
            _take(session, source, read_ones)
        history.keep(session, source.id, entries)


def _source(session: Session, request: Request) -> Source:
    source = session.scalar(select(Source).where(Source.key == request.key)) if request.key else None
    if source is None or not source.enabled:
        raise NotSignedIn("This write key belongs to no source that is switched on. Copy it from Settings → Sources.")
    pace = PACES[SourceKind(source.kind)]
    if wait := throttle.exceeded(pace, ("source", str(source.id), request.address)):
        raise TooManyRequests(f"One address may send {pace}. Send it again in {wait} s.", wait)
    return source


def _entry(raw: object, clock: Clock, *, by_server: bool) -> Entry:
    if not isinstance(raw, dict):
        return Entry(
            {"message": raw}, problems=[Problem(None, "not_object", "A message must be an object.", "Send {…}.")]
        )
    entry = Entry(raw)
    try:
        entry.message = read(raw, clock, by_server=by_server)
    except Invalid as refusal:
        entry.problems += refusal.problems
    return entry


def _demand_known_kinds(session: Session, entries: Sequence[Entry]) -> None:
    """Let senders not fill the workspace with kinds of events: refuse new ones beyond so many."""
    names = {each.message.event for each in entries if each.message and each.message.event}
    known = set(session.scalars(select(EventType.name).where(EventType.name.in_(names)))) if names else names
    if names <= known or (session.scalar(select(func.count()).select_from(EventType)) or 0) < MOST_KINDS:
        return
    for each in entries:
        if each.message and each.message.event in names - known:
            words = f"There are {MOST_KINDS} kinds of events already."
            each.problems.append(Problem("event", "too_many_kinds", words, "Use one of their names."))
            each.message = None


def _take(session: Session, source: Source, entries: Sequence[Entry]) -> None:
    """Contacts first, then visitors: whoever erases a contact takes them in that order, too."""
    catalog = load_catalog()
    aims = traits.aims(session, source.id, catalog)
    said = [each.message for each in entries if each.message is not None]
    persons = people.gather(said, aims, [each.problems for each in entries])
    people.settle(session, persons, catalog, overwrite=source.kind == SourceKind.SERVER)
    traits.remember(session, aims)
    for entry, person in zip(entries, persons, strict=True):
        if person is not None:
            entry.contact = person.contact
            entry.problems += person.problems
    earlier = _join(session, source, entries)
    own = [(each, event) for each in entries if (event := _event(each)) is not None]
    repeated = history.repeated(session, _sender(source), [event.message_id for _, event in own])
    events = [*earlier, *(event for _, event in own)]
    if events:
        put = categories.current(session).put_into_json
        events = [each._replace(properties=put(each.name, each.properties)) for each in events]
        record_events(events, source=_sender(source))
    for each, event in own:
        each.result = MessageResult.REPEATED if event.message_id in repeated else MessageResult.TAKEN


def _join(session: Session, source: Source, entries: Sequence[Entry]) -> list[IncomingEvent]:
    """Say whose anonymous ids are, keep what nobody's do, and return what those did who are somebody from now on."""
    known = anonymous.visitors(session, source.id, {each for entry in entries for each in _tokens(entry)})
    owners = {token: visitor.contact for token, visitor in known.items()}
    for entry in reversed(entries):  # the first who is said to be a stranger was it all along
        for token in _tokens(entry) if entry.contact else ():
            owners[token] = known[token].contact or entry.contact
    waiting: list[anonymous.Waiting] = []
    for entry in entries:
        for token in _tokens(entry):
            owners[token] = entry.contact or owners[token]
            if entry.message and not entry.message.user:
                entry.contact = owners[token]
        if entry.contact is None:
            _wait(entry, known, waiting)
        elif entry.message and entry.message.event is None:
            entry.result = MessageResult.TAKEN
    anonymous.keep(session, waiting)
    joined = {known[token].id: owner for token, owner in owners.items() if owner and owner != known[token].contact}
    return anonymous.join(session, joined, {each.id for each in known.values() if each.contact is None} & joined.keys())


def _tokens(entry: Entry) -> list[str]:
    """The anonymous ids that a message is about; the former id of an alias may be one."""
    if entry.message is None:
        return []
    return [each for each in dict.fromkeys((entry.message.anonymous, entry.message.previous)) if each]


def _wait(entry: Entry, known: Mapping[str, anonymous.Known], waiting: list[anonymous.Waiting]) -> None:
    message = entry.message
    if message is None or message.user:  # then the person was refused, and problems say why
        return
    if message.event is None:
        words = "What is said of somebody unknown is not kept."
        entry.problems.append(Problem("userId", "nobody_yet", words, "Send userId, or an email among the traits."))
        return
    key = message.id or uuid.uuid4().hex
    visitor = known[message.anonymous].id
    waiting.append(anonymous.Waiting(visitor, key, message.event, message.at, message.properties))
    entry.result = MessageResult.WAITING


def _event(entry: Entry) -> IncomingEvent | None:
    message = entry.message
    if message is None or message.event is None or entry.contact is None:
        return None
    who = [Identifier("id", entry.contact)]
    return IncomingEvent(message.event, who, message.at, message.properties, message_id=message.id)


def _sender(source: Source) -> str:
    return f"source{source.id}"
