"""What could not be worked through, with the reason: listing it, and letting it be tried again.

Events and runs that the engine set aside, and deliveries that were given up: one list, whatever table holds them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CompoundSelect,
    SmallInteger,
    and_,
    case,
    cast,
    delete,
    exists,
    func,
    null,
    or_,
    select,
    true,
    union_all,
    update,
)
from sqlalchemy.orm import Session

from app import db
from app.adapters import deliveries, doorbell
from app.adapters.bulk import among
from app.adapters.contact_names import contact_name
from app.adapters.engine.revival import restart_runs, revive_runs
from app.adapters.events import requeue_events
from app.errors import Conflict, NotFound
from app.models import (
    Automation,
    Contact,
    DeadLetter,
    DeliveryState,
    Enrollment,
    EnrollmentState,
    Event,
    EventType,
    Outbox,
)
from app.services import audit
from app.services.paging import Order, Page, Paging, page
from app.services.views import Reference, reference

EVENT: Final = "event"
ENROLLMENT: Final = "enrollment"
# The first letter of an id says which table holds it.
_SET_ASIDE: Final = "a"
_GIVEN_UP: Final = "d"
_MOST_GROUPS: Final = 200
_MOST_DIGITS: Final = 18


class Letter(NamedTuple):
    """One dead letter. `kind`: event, enrollment, or the kind of a delivery; `reason`: the fault, or the last error."""

    id: str
    kind: str
    reason: str
    at: datetime
    contact: Reference | None
    automation: Reference | None
    event: str | None
    node: str | None
    tries: int | None


@dataclass(frozen=True, slots=True)
class Group:
    """Dead letters that are alike."""

    kind: str
    reason: str
    count: int
    newest_at: datetime


class Replayed(NamedTuple):
    """What became of dead letters that were to be tried again.

    `replayed`: back at work. `obsolete`: taken off the list, because what they were about is over or gone. `blocked`:
    still on the list, because their contact is inside the automation anew, or the automation lies in the archive.
    """

    replayed: int
    obsolete: int
    blocked: int


def letters(paging: Paging, *, kind: str | None = None, reason: str | None = None) -> Page[Letter]:
    """Return dead letters, the newest first; all, or those of a kind, or with a reason."""
    dead = _everything().subquery("dead")
    statement = (
        select(dead, Contact.id, contact_name(), Automation.id, Automation.name, EventType.name, Enrollment.node)
        .outerjoin(Contact, Contact.id == dead.c.contact_id)
        .outerjoin(Enrollment, and_(Enrollment.contact_id == dead.c.contact_id, Enrollment.id == dead.c.enrollment_id))
        .outerjoin(Automation, Automation.id == Enrollment.automation_id)
        .outerjoin(Event, and_(Event.contact_id == dead.c.contact_id, Event.id == dead.c.event_id))
        .outerjoin(EventType, EventType.id == Event.type_id)
    )
    if kind is not None:
        statement = statement.where(dead.c.kind == kind)
    if reason is not None:
        statement = statement.where(dead.c.reason == reason)
    order = [Order(dead.c.at, descending=True), Order(dead.c.id, descending=True)]
    with db.transaction() as session:
        found = page(session, statement, order, paging)
    return Page([_letter(row) for row in found.items], found.next_cursor)


def groups() -> list[Group]:
    """Return how many dead letters there are of each kind and reason, the largest group first."""
    dead = _everything().subquery("dead")
    count = func.count()
    statement = (
        select(dead.c.kind, dead.c.reason, count, func.max(dead.c.at))
        .group_by(dead.c.kind, dead.c.reason)
        .order_by(count.desc(), dead.c.kind, dead.c.reason)
        .limit(_MOST_GROUPS)
    )
    with db.transaction() as session:
        return [Group(*row) for row in session.execute(statement)]


def replay(letter_id: str) -> Replayed:
    """Try one again; raises NotFound, or Conflict when it would be inside twice or where nothing moves."""
    source, number = letter_id[:1], letter_id[1:]
    valid = number.isascii() and number.isdigit() and len(number) <= _MOST_DIGITS
    if source not in {_SET_ASIDE, _GIVEN_UP} or not valid:
        raise NotFound.thing("dead letter", letter_id)
    with db.transaction() as session:
        if source == _SET_ASIDE:
            replayed = _replay_set_aside(session, DeadLetter.id == int(number))
        else:
            replayed = _replay_given_up(session, Outbox.id == int(number))
        if not any(replayed):
            raise NotFound.thing("dead letter", letter_id)
        if replayed.blocked:
            raise Conflict("Its contact has entered the automation again since, or the automation is in the archive.")
        audit.record("dead_letter.replayed", "dead_letter", letter_id, replayed._asdict())
    return replayed


def replay_all(kind: str, reason: str | None = None) -> Replayed:
    """Try all of a kind again, or those of them with a reason."""
    with db.transaction() as session:
        if kind in {EVENT, ENROLLMENT}:
            subject = DeadLetter.event_id if kind == EVENT else DeadLetter.enrollment_id
            replayed = _replay_set_aside(
                session, subject.is_not(None), true() if reason is None else DeadLetter.reason == reason
            )
        else:
            replayed = _replay_given_up(session, Outbox.kind == kind, true() if reason is None else _error() == reason)
        if any(replayed):
            audit.record("dead_letter.replayed", "dead_letter", None, {"kind": kind, **replayed._asdict()})
    return replayed


def _replay_set_aside(session: Session, *wanted: ColumnElement[bool]) -> Replayed:
    """Give events back to the inbox, and runs their timers. What ended meanwhile, or is gone, needs no second try."""
    gone = session.scalars(
        delete(DeadLetter).where(*wanted).returning(DeadLetter), execution_options={"synchronize_session": False}
    ).all()
    queued = requeue_events(session, {each.event_id: each.contact_id for each in gone if each.event_id is not None})
    restarted = restart_runs(
        session, {each.enrollment_id: each.port for each in gone if each.enrollment_id is not None}
    )
    db.after_commit(lambda: doorbell.ring(queued.parts | restarted.parts))
    replayed = queued.new + len(restarted.runs)
    return Replayed(replayed, len(gone) - replayed, 0)


def _replay_given_up(session: Session, *wanted: ColumnElement[bool]) -> Replayed:
    """Send again what no run waits for; a run that waited tries its step again, which sends anew under the same key."""
    columns = (Outbox.id, Outbox.enrollment_id, Outbox.contact_id, Outbox.automation_id, Outbox.campaign_id)
    found = session.execute(select(*columns).where(_is_dead(), *wanted).order_by(Outbox.id).with_for_update()).all()
    alone = [row.id for row in found if row.enrollment_id is None]
    waiting = deliveries.waiting(session, [row.automation_id for row in found], [row.campaign_id for row in found])
    anew = {"state": waiting, "tries": 0, "due_at": func.now(), "settled_at": None, "error": None}
    session.execute(
        update(Outbox).where(among(Outbox.id, alone)).values(anew), execution_options={"synchronize_session": False}
    )
    revived = revive_runs(
        session, {row.enrollment_id: row.contact_id for row in found if row.enrollment_id is not None}
    )
    if alone:
        db.after_commit(doorbell.ring_sender)
    db.after_commit(lambda: doorbell.ring(revived.parts))
    replayed = len(alone) + len(revived.runs)
    return Replayed(replayed, 0, len(found) - replayed)


def _everything() -> CompoundSelect[*tuple[Any, ...]]:
    set_aside = select(
        func.concat(_SET_ASIDE, DeadLetter.id).label("id"),
        case((DeadLetter.event_id.is_not(None), EVENT), else_=ENROLLMENT).label("kind"),
        DeadLetter.reason.label("reason"),
        DeadLetter.at.label("at"),
        DeadLetter.contact_id.label("contact_id"),
        DeadLetter.event_id.label("event_id"),
        DeadLetter.enrollment_id.label("enrollment_id"),
        cast(null(), SmallInteger).label("tries"),
    )
    given_up = select(
        func.concat(_GIVEN_UP, Outbox.id),
        Outbox.kind,
        _error(),
        func.coalesce(Outbox.settled_at, Outbox.created_at),
        Outbox.contact_id,
        cast(null(), BigInteger),
        Outbox.enrollment_id,
        Outbox.tries,
    ).where(_is_dead())
    return union_all(set_aside, given_up)


def _error() -> ColumnElement[str]:
    return func.coalesce(Outbox.error, "")


def _is_dead() -> ColumnElement[bool]:
    """Hold for deliveries that were given up, unless their run has gone on, or was ended, by other means."""
    run = (Enrollment.contact_id == Outbox.contact_id, Enrollment.id == Outbox.enrollment_id)
    run_failed = exists().where(*run, Enrollment.state == EnrollmentState.FAILED)
    return and_(Outbox.state == DeliveryState.FAILED, or_(Outbox.enrollment_id.is_(None), run_failed))


def _letter(row: Sequence[Any]) -> Letter:
    id_, kind, reason, at, _contact, _event, _run, tries, contact, name, automation, title, event, node = row
    return Letter(id_, kind, reason, at, reference(contact, name), reference(automation, title), event, node, tries)
