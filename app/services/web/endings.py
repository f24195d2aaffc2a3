"""When a visit has ended: half an hour after anybody of the contact's browsers last said something.

Nobody sends that, so the clock looks for it: visitors whose last word has just become so old. How far it has come
stands in the workspace and moves with the events that it writes. A visit within which an end stands already has been
told, also when more of it has come since, such as what another browser did before it was known.
"""

import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import orjson
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app import db
from app.adapters.bulk import among
from app.adapters.doorbell import ring
from app.adapters.events import NewEvent, type_ids, write_events
from app.adapters.locks import alone
from app.adapters.queue import TURN_SECONDS
from app.adapters.visiting import PAUSE
from app.models import Event, EventType, Visitor, Workspace
from app.services.mailing.happenings import CLICKED, PUSH_CLICKED
from app.services.web.visits import LEFT, VISITED, Told, grouped, visit_of
from nodes.triggering import CATEGORY
from nodes.triggers.visit_ended import VisitEnded

_ENDED: Final = VisitEnded.key
_LOCK: Final = 770_029
_MOST: Final = 1000
_LONGEST: Final = timedelta(days=1)
"""What was done so long before the clock last looked ends no more; nor is more of one visit looked at."""

_BROUGHT_WITHIN: Final = timedelta(minutes=10)
_MESSAGE: Final = ("message", "message_kind", "template", "subject", "campaign", "campaign_id", "automation")
_ARRIVAL: Final = ("page", "path", "referrer", "utm_source", "utm_medium", "utm_campaign", "utm_term", "utm_content")


def tell() -> None:
    """Give each contact whose visit has ended an event that says what it saw; for a turn, in one process at a time."""
    began = time.monotonic()
    with alone(_LOCK) as ours:
        while ours and _some() and time.monotonic() - began < TURN_SECONDS:
            pass


def _some() -> bool:
    """Look at some visitors; False when nobody else has left."""
    with db.transaction() as session:
        since = session.scalars(select(Workspace.visits_ended_at)).one()
        until = datetime.now(UTC) - PAUSE
        silent = select(Visitor.contact_id, Visitor.seen_at).where(
            Visitor.seen_at > since,
            Visitor.seen_at <= until,
            Visitor.contact_id.is_not(None),
            Visitor.site_id.is_not(None),
        )
        rows = session.execute(silent.order_by(Visitor.seen_at).fetch(_MOST, with_ties=True)).all()
        more = len(rows) >= _MOST
        contacts = {contact for contact, _ in rows if contact is not None}
        here = select(Visitor.contact_id).where(among(Visitor.contact_id, contacts), Visitor.seen_at > until)
        gone = contacts - set(session.scalars(here.where(Visitor.site_id.is_not(None))))
        _record(session, sorted(gone), min(since, until) - _LONGEST, until)
        session.execute(update(Workspace).values(visits_ended_at=rows[-1].seen_at if more else max(since, until)))
        return more


def _record(session: Session, contacts: Sequence[int], since: datetime, until: datetime) -> None:
    """Write the ends of the contacts' visits that ended after `since`, to `until`, and were not told yet."""
    if not contacts:
        return
    told: defaultdict[int, list[Told]] = defaultdict(list)
    clicks: defaultdict[int, list[Told]] = defaultdict(list)
    ends: defaultdict[int, list[datetime]] = defaultdict(list)
    for contact, each in _lately(session, contacts, since - _LONGEST):
        if each.name == _ENDED:
            ends[contact].append(each.at)
        else:
            (clicks if each.name in {CLICKED, PUSH_CLICKED} else told)[contact].append(each)
    kind = type_ids(session, [_ENDED])[_ENDED]
    ended = [
        NewEvent(contact, kind, visit[-1].at, orjson.dumps(_said(visit, clicks[contact])))
        for contact in contacts
        for visit in grouped(told[contact])
        if since < visit[-1].at <= until and not any(visit[0].at <= end <= visit[-1].at for end in ends[contact])
    ]
    parts = write_events(session, ended).parts
    db.after_commit(lambda: ring(parts))


def _lately(session: Session, contacts: Sequence[int], since: datetime) -> Iterator[tuple[int, Told]]:
    rows = session.execute(
        select(Event.contact_id, EventType.name, Event.at, Event.properties)
        .join(EventType, EventType.id == Event.type_id)
        .where(among(Event.contact_id, contacts), Event.at > since, Event.received_at > since)
        .where(EventType.name.in_([VISITED, LEFT, CLICKED, PUSH_CLICKED, _ENDED]))
    )
    return ((contact, Told(*told)) for contact, *told in rows)


def _said(told: Sequence[Told], clicks: Sequence[Told]) -> Mapping[str, Any]:
    """Return what an ended visit says: where it came from, how long it was, and what was seen."""
    visit = visit_of(told)
    views = [each for each in told if each.name == VISITED]
    seen = Counter(each.text(CATEGORY.key) for each in views if each.text(CATEGORY.key))
    categories = [name for name, _ in seen.most_common()]
    return {
        **{key: views[0].text(key) for key in _ARRIVAL if views[0].text(key)},
        **_brought_by(views[0].at, clicks),
        "pages": len(views),
        "seconds": visit.seconds,
        **({"interest": categories[0], "categories": ", ".join(categories)} if categories else {}),
    }


def _brought_by(began_at: datetime, clicks: Sequence[Told]) -> Mapping[str, Any]:
    """Return the message whose link was followed just before the visit began, if one was."""
    close = [each for each in clicks if began_at - _BROUGHT_WITHIN <= each.at <= began_at]
    if not close:
        return {}
    click = max(close, key=lambda each: each.at)
    return {key: click.properties[key] for key in _MESSAGE if key in click.properties}
