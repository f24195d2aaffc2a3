"""How far whole segments and lists have entered, and calling that off."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from app import db
from app.adapters import live
from app.adapters.engine.claim import hold_partitions
from app.errors import Conflict, NotFound
from app.models import PARTITIONS, BulkEntry, BulkEntryPart, User
from app.services import audit
from app.services.automations.drafts import find
from app.services.views import Reference, reference

_SHOWN = 20


class BulkEntryView(NamedTuple):
    """A crowd on its way in: whom it was about when it was asked for, whose turn has come, who was let in.

    `name` is empty for a search without a name. `fault` says why it ended early.
    """

    id: int
    name: str
    total: int
    taken: int
    entered: int
    created_by: Reference | None
    created_at: datetime
    finished_at: datetime | None
    cancelled_at: datetime | None
    fault: str | None


def of_automation(automation_id: int) -> list[BulkEntryView]:
    """Return the crowds that entered or are entering, the latest first. Raises NotFound."""
    with db.transaction() as session:
        find(session, automation_id)
        statement = _rows().where(BulkEntry.automation_id == automation_id)
        rows = session.execute(statement.order_by(BulkEntry.id.desc()).limit(_SHOWN))
        return [_view(*row) for row in rows]


def cancel(automation_id: int, bulk_entry_id: int) -> BulkEntryView:
    """Let nobody more of a crowd enter; who is in stays in. Raises NotFound, or Conflict when it has ended."""
    with db.transaction() as session:
        row = session.get(BulkEntry, bulk_entry_id)
        if row is None or row.automation_id != automation_id:
            raise NotFound.thing("bulk entry", bulk_entry_id)
        if not _close(session, [bulk_entry_id]):
            raise Conflict("Everybody's turn has come already.")
        audit.record("automation.entries_cancelled", "automation", automation_id, {"name": row.name})
        live.publish(live.WORKSPACE, "stats", {"automation_id": automation_id})
        return _view(*session.execute(_rows().where(BulkEntry.id == bulk_entry_id)).one())


def cancel_all(session: Session, automation_id: int) -> None:
    """Call off everything that is still on its way into an automation."""
    _close(session, session.scalars(select(BulkEntry.id).where(BulkEntry.automation_id == automation_id)).all())


def _close(session: Session, ids: Sequence[int]) -> bool:
    hold_partitions(session, range(PARTITIONS))  # no batch that is under way lets anybody in after the answer
    closed = session.scalars(
        update(BulkEntryPart)
        .where(BulkEntryPart.bulk_entry_id.in_(ids), BulkEntryPart.finished_at.is_(None))
        .values(finished_at=func.now())
        .returning(BulkEntryPart.bulk_entry_id)
    ).all()
    cancelled = update(BulkEntry).where(BulkEntry.id.in_(closed)).values(cancelled_at=func.now())
    session.execute(cancelled.execution_options(synchronize_session="fetch"))
    return bool(closed)


def _rows() -> Select[BulkEntry, str | None, int, int, int, int, datetime | None]:
    part = BulkEntryPart
    return (
        select(
            BulkEntry,
            User.name,
            func.coalesce(func.sum(part.total), 0),
            func.coalesce(func.sum(part.taken), 0),
            func.coalesce(func.sum(part.entered), 0),
            func.count(part.part).filter(part.finished_at.is_(None)),
            func.max(part.finished_at),
        )
        .outerjoin(User, User.id == BulkEntry.created_by)
        .outerjoin(part, part.bulk_entry_id == BulkEntry.id)
        .group_by(BulkEntry.id, User.name)
    )


def _view(
    row: BulkEntry, by: str | None, total: int, taken: int, entered: int, unfinished: int, finished_at: datetime | None
) -> BulkEntryView:
    return BulkEntryView(
        row.id,
        row.name,
        int(total),
        int(taken),
        int(entered),
        reference(row.created_by, by),
        row.created_at,
        None if unfinished else finished_at or row.created_at,
        row.cancelled_at,
        row.fault,
    )
