"""Looking for what nobody tells of: days that come, and contacts that come to fit. The clock calls `look`.

Each watch is looked at in a transaction that moves its `checked_at`: kill the clock at any instant and nothing is found
twice or left out. What came about while no clock ran is caught up with, for a day at most.
"""

import logging
import time
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

import orjson
from sqlalchemy import ColumnElement, delete, func, select, text
from sqlalchemy.orm import Session

from app import db
from app.adapters.doorbell import ring
from app.adapters.plans import LivePlans, live_plans
from app.adapters.queue import TURN_SECONDS
from app.adapters.watches import MOST, find_dated, find_joined, note_members
from app.errors import CadenzaError, NotFound
from app.models import Segment, Watch, WatchMember, Workspace
from app.services.contacts.finding import judged
from nodes.catalog import Catalog
from nodes.watches import DateWatch, SegmentWatch

LONGEST_CATCH_UP: Final = timedelta(hours=24)
# Segments are looked at this often, or more seldom if that would take more than a twentieth of the time.
_SEGMENT_SECONDS: Final = 5.0
_PATIENCE: Final = 20

_LOCK: Final = text("SELECT pg_advisory_xact_lock(78)")

log = logging.getLogger(__name__)
_Wanted = Mapping[str, DateWatch | SegmentWatch]


def look() -> None:
    """Look for what is due, for a turn; what is left is due still, and the longest due is looked for first."""
    began = time.monotonic()
    with db.transaction() as session:
        wanted = _wanted(_plans(session))
        known = set(session.scalars(select(Watch.subject)))
    if wanted.keys() != known:
        renew()
    while wanted and _look_at_one(wanted) and time.monotonic() - began < TURN_SECONDS:
        pass


def renew() -> None:
    """Begin to look for what live automations ask for now, and leave off what none asks for any more."""
    with db.transaction() as session:
        session.execute(_LOCK)
        plans = _plans(session)
        wanted = _wanted(plans)
        known = {each.subject: each.id for each in session.scalars(select(Watch))}
        gone = [number for subject, number in known.items() if subject not in wanted]
        session.execute(delete(WatchMember).where(WatchMember.watch_id.in_(gone)))
        session.execute(delete(Watch).where(Watch.id.in_(gone)))
        for subject in sorted(wanted.keys() - known.keys()):
            _begin(session, subject, wanted[subject], plans.catalog)


def watch_id(session: Session, watch: SegmentWatch) -> int | None:
    """Return the row of a watch, if it is looked for."""
    return session.scalar(select(Watch.id).where(Watch.subject == watch.topic.subject))


def belonging(session: Session, watch: SegmentWatch, catalog: Catalog) -> ColumnElement[bool]:
    """Return who belongs, as SQL over `contact`. Raises Invalid or NotFound for what is gone."""
    if watch.segment is None:
        return judged(orjson.loads(watch.condition), catalog)
    segment = session.get(Segment, watch.segment)
    if segment is None:
        raise NotFound.thing("segment", watch.segment)
    return judged(segment.condition, catalog)


def _begin(session: Session, subject: str, watch: DateWatch | SegmentWatch, catalog: Catalog) -> None:
    """From now on; who belongs already is known, and has not come to belong."""
    row = Watch(subject=subject)
    session.add(row)
    session.flush()
    session.refresh(row)
    if isinstance(watch, SegmentWatch):
        try:
            note_members(session, row.id, belonging(session, watch, catalog), row.checked_at)
        except CadenzaError as error:
            log.warning("A segment cannot be looked at: %s", error.message)


def _look_at_one(wanted: _Wanted) -> bool:
    """Look for one thing that is due; False if nothing is, or others are at it."""
    with db.transaction() as session:
        due = select(Watch).where(Watch.due_at <= func.now()).order_by(Watch.due_at, Watch.id).limit(1)
        row = session.scalars(due.with_for_update(skip_locked=True)).first()
        if row is None:
            return False
        began, now = time.monotonic(), session.scalars(select(func.now())).one()
        catalog = _plans(session).catalog
        watch = wanted.get(row.subject)
        parts: Mapping[int, int] = {}
        try:
            if isinstance(watch, DateWatch):
                since = max(row.checked_at, now - LONGEST_CATCH_UP)
                parts = find_dated(session, watch, since, now, catalog)
            elif watch is not None:
                belongs = belonging(session, watch, catalog)
                properties = {"watch": row.subject}
                parts = find_joined(session, row.id, belongs, now, watch.event, properties)
        except CadenzaError as error:
            log.warning("A segment cannot be looked at: %s", error.message)
        row.checked_at = now
        row.due_at = _next_look(watch, now, time.monotonic() - began, more=sum(parts.values()) >= MOST)
        db.after_commit(lambda: ring(parts))
        return True


def _next_look(watch: DateWatch | SegmentWatch | None, now: datetime, took: float, *, more: bool) -> datetime:
    """Days come on the minute, whatever the zone; segments are looked at as often as they are cheap."""
    if isinstance(watch, DateWatch):
        return now.replace(second=0, microsecond=0) + timedelta(minutes=1)
    return now if more else now + timedelta(seconds=max(_SEGMENT_SECONDS, _PATIENCE * took))


def _plans(session: Session) -> LivePlans:
    return live_plans(session, session.scalar(select(Workspace.revision)) or 0)


def _wanted(plans: LivePlans) -> _Wanted:
    return {watch.topic.subject or "": watch for watch in plans.watches}
