"""Applying the rules of pages to the views of the last days: long work, in turns, whose progress can be watched.

It goes from contact to contact, as the log is found by them; where it has come to stands in the database.
"""

import logging
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final, NamedTuple

import orjson
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from app import db, permissions
from app.adapters import queue
from app.adapters.locks import alone
from app.errors import CadenzaError, Conflict
from app.models import Contact, Process
from app.services import audit
from app.services.web import category_rules
from app.services.web.categories import CATEGORISED, Rules, told
from app.services.web.visits import VISITED

KIND: Final = "page_categories"
MOST_DAYS: Final = 365
_JOB: Final = "app.jobs.page_categories.apply_rules"
_LOCK: Final = 770_028
_CONTACTS: Final = 500
_UNFINISHED: Final = ("queued", "running")
STATES: Final = (*_UNFINISHED, "completed", "cancelled", "failed")
_VIEWS_AT_ONCE: Final = 2000
_MOST_STARTS: Final = 8
MOST_FAULTS: Final = 5
"""So often in a row it may break at the same place before it is given up; the clock lets it try again."""
_LONGEST_ERROR: Final = 300

log = logging.getLogger(__name__)

_VIEWS: Final = text(
    """
    SELECT t.name, e.contact_id, e.id, e.received_at, e.properties FROM event e JOIN event_type t ON t.id = e.type_id
    WHERE e.contact_id > :after AND e.contact_id <= :last AND e.received_at >= :since AND t.name = ANY(:names)
    """
)
# Of two who start at once the second waits, and is told what the first did.
_QUEUE_UP: Final = text(f"SELECT pg_advisory_xact_lock({_LOCK}, 1)")
_CHANGE: Final = text(
    """
    UPDATE event e SET properties = CASE
        WHEN given.category IS NULL THEN e.properties - 'category'
        ELSE e.properties || jsonb_build_object('category', given.category) END
    FROM json_to_recordset(CAST(:views AS json))
    AS given (contact bigint, id bigint, received_at timestamptz, category text)
    WHERE e.contact_id = given.contact AND e.id = given.id AND e.received_at = given.received_at
    """
)


class Applying(NamedTuple):
    """One go over the past. `total` and `processed` are contacts; `changed` are views. `error`: how it broke last."""

    id: int
    state: str
    days: int
    total: int
    processed: int
    changed: int
    error: str | None
    created_at: datetime
    finished_at: datetime | None


def start(days: int) -> Applying:
    """Ask for the views of the last `days` to be told by the present rules. Raises Conflict while that is under way."""
    actor = permissions.current()
    with db.transaction() as session:
        session.execute(_QUEUE_UP)
        latest = _latest()
        if latest is not None and latest.state in _UNFINISHED:
            raise Conflict("The rules are being applied to the past already. Wait until that is done.")
        process = Process(
            kind=KIND,
            total=session.scalar(select(func.count()).select_from(Contact)) or 0,
            params={
                "days": days,
                "since": (datetime.now(UTC) - timedelta(days=days)).isoformat(),
                "rules": category_rules.read(),
                "after": 0,
            },
            counts={"changed": 0},
            created_by=actor.user_id if actor else None,
        )
        session.add(process)
        session.flush()
        audit.record("workspace.page_rules_applied", "workspace", detail={"days": days})
        db.after_commit(lambda: queue.enqueue(_JOB))
        session.refresh(process)
        return _view(process)


def cancel() -> Applying:
    """Go no further; what was told anew stays so. Raises Conflict when nothing is under way."""
    with db.transaction():
        process = _latest(lock=True)
        if process is None or process.state not in _UNFINISHED:
            raise Conflict("The rules are not being applied to the past; there is nothing to cancel.")
        process.state, process.finished_at = "cancelled", datetime.now(UTC)
        audit.record("workspace.page_rules_cancelled", "workspace", detail={"processed": process.processed})
        return _view(process)


def latest() -> Applying | None:
    """Return how far the last go has come, if there was one."""
    process = _latest()
    return None if process is None else _view(process)


def resume() -> None:
    """Ask again for what is left to do, in case that nobody heard."""
    process = _latest()
    if process is not None and process.state in _UNFINISHED:
        queue.enqueue(_JOB)


def work() -> None:
    """Go on for a turn, unless others are at it; then what came meanwhile has its own."""
    began = time.monotonic()
    with alone(_LOCK) as ours:
        while ours and _tried():
            if time.monotonic() - began >= queue.TURN_SECONDS:
                queue.enqueue(_JOB)
                return


def _tried() -> bool:
    """Do some; when that breaks, the clock asks for it again, until it broke too often."""
    try:
        return _begin() and _some()
    except Exception as error:  # whatever it is, it must not go on for ever unseen
        log.exception("The rules of pages could not be applied to the past")
        _note(error)
        return False


def _begin() -> bool:
    """Tell whether there is anything to do. A start is counted before the work: one may end with its process."""
    with db.transaction():
        process = _latest(lock=True)
        if process is None or process.state not in _UNFINISHED:
            return False
        starts: int = process.params.get("starts", 0) + 1
        process.params = {**process.params, "starts": starts}
        if starts > _MOST_STARTS:
            process.state, process.finished_at = "failed", datetime.now(UTC)
            process.params = {**process.params, "error": "It was cut off at the same place again and again."}
        return starts <= _MOST_STARTS


def _note(error: Exception) -> None:
    with db.transaction():
        process = _latest(lock=True)
        if process is None or process.state not in _UNFINISHED:
            return
        faults = process.params.get("faults", 0) + 1
        # What other errors say, such as what was asked of the database, is for the log.
        words = error.message if isinstance(error, CadenzaError) else type(error).__name__
        process.params = {**process.params, "faults": faults, "error": words[:_LONGEST_ERROR]}
        if faults >= MOST_FAULTS:
            process.state, process.finished_at = "failed", datetime.now(UTC)


def _some() -> bool:
    """Look at the views of some contacts; False when all is done.

    The process is locked at the end alone: who cancels it is not to wait.
    """
    with db.transaction() as session:
        process = _latest()
        if process is None or process.state not in _UNFINISHED:
            return False
        params = process.params
        after = params["after"]
        ids = session.scalars(select(Contact.id).where(Contact.id > after).order_by(Contact.id).limit(_CONTACTS)).all()
        views = _tell(session, params, ids[-1]) if ids else 0
        process = session.get_one(Process, process.id, with_for_update=True, populate_existing=True)
        going_on = process.state in _UNFINISHED
        if not ids:
            if going_on:
                process.state, process.processed, process.finished_at = "completed", process.total, datetime.now(UTC)
            return False
        if going_on:
            process.state = "running"
        # Of one that was cancelled meanwhile, too: these views were told anew, and stay so.
        process.processed = min(process.total, process.processed + len(ids))
        process.params = {**params, "after": ids[-1], "starts": 0, "faults": 0, "error": None}
        process.counts = {"changed": process.counts["changed"] + views}
        return going_on


def _tell(session: Session, params: Mapping[str, Any], last: int) -> int:
    """Tell the views of the next contacts, up to the `last`, anew; returns how many changed."""
    rules = Rules(params["rules"])
    asked = {"after": params["after"], "last": last, "since": params["since"], "names": list(CATEGORISED)}
    views = 0
    streamed = {"yield_per": _VIEWS_AT_ONCE}
    for some in session.execute(_VIEWS, asked, execution_options=streamed).partitions(_VIEWS_AT_ONCE):
        changed = []
        for name, contact, number, received_at, properties in some:
            category = rules.category(*told(properties))
            if category != properties.get("category"):
                changed.append({"contact": contact, "id": number, "received_at": received_at, "category": category})
                views += name == VISITED
        if changed:
            session.execute(_CHANGE, {"views": orjson.dumps(changed).decode()})
    return views


def _latest(*, lock: bool = False) -> Process | None:
    last = select(Process).where(Process.kind == KIND).order_by(Process.id.desc()).limit(1)
    with db.transaction() as session:
        return session.scalars(
            last.with_for_update() if lock else last, execution_options={"populate_existing": True}
        ).first()


def _view(process: Process) -> Applying:
    days: Any = process.params["days"]
    return Applying(
        process.id,
        process.state,
        days,
        process.total,
        process.processed,
        process.counts["changed"],
        process.params.get("error"),
        process.created_at,
        process.finished_at,
    )
