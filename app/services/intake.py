"""Taking events in: contacts found or made, events logged and queued, all in one transaction of a few statements."""

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby, islice
from typing import Final, NamedTuple

from psycopg.errors import DeadlockDetected
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app import db, permissions
from app.adapters import pulse
from app.adapters.doorbell import ring
from app.adapters.events import NewEvent, Written, are_fresh, log_events, log_events_by, type_ids
from app.errors import Conflict, Invalid, Problem
from app.gathering import Gathering
from app.permissions import Actor
from app.services import backpressure, contacts
from app.services.contacts import ContactInput, Identifier, lookup
from app.services.incoming import IncomingEvent

_ATTEMPTS: Final = 3
# Requests of a few events share transactions; a batch is worth one of its own.
_FEW: Final = 10
_MOST_TOGETHER: Final = 100


class Recorded(NamedTuple):
    """What became of a batch: events that are new, events that were known by their message id, contacts made."""

    accepted: int
    duplicates: int
    created_contacts: int


class _Sent(NamedTuple):
    """What one request sends, and who."""

    events: Sequence[IncomingEvent]
    source: str
    causes: Sequence[int]
    actor: Actor | None


def record_events(events: Sequence[IncomingEvent], *, source: str, causes: Sequence[int] = ()) -> Recorded:
    """Record events in the order given, durable on return, and wake the workers.

    A contact that nobody knows yet is made, unless only its number was given: then Invalid is raised and nothing is
    recorded. While the automations are too far behind, TooManyRequests is raised. `source` names the sender; a message
    id that it used before is not counted again. `causes` are the automations that led to these events, in order, as far
    as the sender knows.
    """
    backpressure.demand_room()
    sent = _Sent(events, source, causes, permissions.current())
    if len(events) > _FEW or db.in_transaction():
        return _record([sent])[0]
    return _requests.ask(sent)


def _record(requests: Sequence[_Sent]) -> Sequence[Recorded]:
    """Record what requests send, all or nothing; each sender's in its own name."""
    for _ in range(_ATTEMPTS):
        try:
            with db.transaction() as session:
                if len(requests) > 1:
                    db.hurry(session)  # one contact that somebody holds is not to hold up all
                return [
                    recorded
                    for actor, group in groupby(requests, key=lambda sent: sent.actor)
                    for recorded in _write_as(actor, session, list(group))
                ]
        except OperationalError as error:
            # Two senders repeat the same messages in different orders.
            if not isinstance(error.orig, DeadlockDetected):
                raise
    raise Conflict("Others are sending the same events at this moment. Nothing was recorded; send these again.")


_requests: Final = Gathering(_record, _MOST_TOGETHER, db.undone)


def _write_as(actor: Actor | None, session: Session, requests: Sequence[_Sent]) -> Sequence[Recorded]:
    with permissions.acting_as(actor):
        return _write(session, requests)


def _write(session: Session, requests: Sequence[_Sent]) -> Sequence[Recorded]:
    new = _new_events(session, requests)
    fresh = are_fresh(session, [each.key for each in new])
    written, made = _log_known(session, requests, new, fresh), [False] * len(new)
    if written is None:
        events = [event for sent in requests for event in sent.events]
        owners, made = _owners(session, events)
        _learn(events, owners)
        written = log_events(
            session, [each._replace(contact=who) for each, who in zip(new, owners, strict=True)], fresh
        )
    parts, count = written.parts, written.new
    db.after_commit(lambda: ring(parts))
    db.after_commit(lambda: pulse.count(received=count))
    fresh_ones, made_ones = iter(fresh), iter(made)
    return [
        _sum(list(islice(fresh_ones, len(sent.events))), sum(islice(made_ones, len(sent.events)))) for sent in requests
    ]


def _new_events(session: Session, requests: Sequence[_Sent]) -> list[NewEvent]:
    """Return what is to be written of each; its contact is what it is named by first."""
    types = type_ids(session, {event.name for sent in requests for event in sent.events})
    now = datetime.now(UTC)
    return [
        NewEvent(
            event.who[0].value,
            types[event.name],
            event.at or now,
            event.properties,
            event.message_id and f"{sent.source}:{event.message_id}",
            sent.causes,
        )
        for sent in requests
        for event in sent.events
    ]


def _log_known(
    session: Session, requests: Sequence[_Sent], new: Sequence[NewEvent], fresh: Sequence[bool]
) -> Written | None:
    """Log what is only told of contacts who are all known, and all named alike: by far the most there is."""
    kinds = {
        event.who[0].kind if len(event.who) == 1 and not event.attributes else None
        for sent in requests
        for event in sent.events
    }
    kind = kinds.pop() if len(kinds) == 1 else None
    return log_events_by(session, kind, new, fresh) if kind else None


def _sum(fresh: Sequence[bool], made: int) -> Recorded:
    return Recorded(sum(fresh), len(fresh) - sum(fresh), made)


def _owners(session: Session, events: Sequence[IncomingEvent]) -> tuple[list[int], list[bool]]:
    """Return whose each event is, and whether its contact had to be made for that."""
    known = lookup.holders(session, {identifier for event in events for identifier in event.who})
    owners = [next((known[each] for each in event.who if each in known), None) for event in events]
    strangers = [index for index, owner in enumerate(owners) if owner is None]
    made = [False] * len(events)
    if not strangers:
        return [owner for owner in owners if owner is not None], made
    _refuse_unknown_ids(events, strangers)
    rows = [
        ContactInput(fields={each.kind: each.value for each in events[index].who if each.kind != "id"})
        for index in strangers
    ]
    outcomes = contacts.write(rows, "keep", tolerant=True)
    for index, outcome in zip(strangers, outcomes, strict=True):
        owners[index] = outcome.contact_id
        made[index] = outcome.result == "created"
    return [owner for owner in owners if owner is not None], made


def _refuse_unknown_ids(events: Sequence[IncomingEvent], strangers: Sequence[int]) -> None:
    """A number is given by us: nobody can be made from it."""
    problems = [
        Problem(
            f"events.{index}" if len(events) > 1 else None,
            "unknown_contact",
            f"There is no contact with the id {who.value}.",
            "Use the id of one that exists, or another identifier.",
        )
        for index in strangers
        for who in events[index].who
        if who.kind == "id"
    ]
    if problems:
        raise Invalid(f"{problems[0].message} Nothing was recorded.", problems)


def _learn(events: Sequence[IncomingEvent], owners: Sequence[int]) -> None:
    """Keep what the senders say of their contacts; what the workspace has no attribute for is left out."""
    rows = [
        ContactInput(who=Identifier("id", owner), attributes=event.attributes)
        for event, owner in zip(events, owners, strict=True)
        if event.attributes
    ]
    if rows:
        contacts.write(rows, "update", tolerant=True)
