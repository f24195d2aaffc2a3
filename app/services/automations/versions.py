"""The versions of an automation: who made them, who is inside, and what they say. They never change."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from app import db, permissions
from app.errors import NotFound
from app.models import AutomationVersion, Enrollment, EnrollmentState, User, VersionMove, VersionMovePart
from app.services.automations.drafts import find, masked
from app.services.views import Reference, reference


class VersionView(NamedTuple):
    """A version; `live` is the one that contacts enter. `inside` are those who are in it now."""

    number: int
    live: bool
    inside: int
    created_by: Reference | None
    created_at: datetime


class WholeVersion(NamedTuple):
    """A version with its document, which never changes."""

    number: int
    created_by: Reference | None
    created_at: datetime
    document: Mapping[str, Any]


class MoveView(NamedTuple):
    """People on their way to a version: whose turn came, of how many, and who did not stay."""

    version: int
    total: int
    taken: int
    moved: int


class VersionsView(NamedTuple):
    """Every version, the newest first, and whom somebody is moving."""

    items: list[VersionView]
    moving: list[MoveView]


def of_automation(automation_id: int) -> VersionsView:
    """Return all versions. Raises NotFound."""
    with db.transaction() as session:
        live = find(session, automation_id).live_version_id
        rows = session.execute(_rows(automation_id).order_by(AutomationVersion.number.desc())).all()
        inside = _inside(session, automation_id)
        items = [
            VersionView(
                row.number, row.id == live, inside.get(row.id, 0), reference(row.created_by, by), row.created_at
            )
            for row, by in rows
        ]
        return VersionsView(items, _moving(session, automation_id))


def one(automation_id: int, number: int) -> WholeVersion:
    """Return the version of that number, its secrets masked for those who may not edit. Raises NotFound."""
    with db.transaction() as session:
        found = session.execute(_rows(automation_id).where(AutomationVersion.number == number)).one_or_none()
    if found is None:
        raise NotFound.thing("version", number)
    row, by = found
    actor = permissions.current()
    document = row.document if actor is None or actor.may("automations.edit") else masked(row.document)
    return WholeVersion(row.number, _by(row, by), row.created_at, document)


def _by(version: AutomationVersion, name: str | None) -> Reference | None:
    return reference(version.created_by, name)


def _rows(automation_id: int) -> Select[AutomationVersion, str]:
    return (
        select(AutomationVersion, User.name)
        .outerjoin(User, User.id == AutomationVersion.created_by)
        .where(AutomationVersion.automation_id == automation_id)
    )


def _inside(session: Session, automation_id: int) -> Mapping[int, int]:
    ours = (Enrollment.automation_id == automation_id, Enrollment.state == EnrollmentState.ACTIVE)
    rows = session.execute(select(Enrollment.version_id, func.count()).where(*ours).group_by(Enrollment.version_id))
    return {row[0]: row[1] for row in rows}


def _moving(session: Session, automation_id: int) -> list[MoveView]:
    part = VersionMovePart
    rows = session.execute(
        select(AutomationVersion.number, func.sum(part.total), func.sum(part.taken), func.sum(part.moved))
        .join(VersionMove, VersionMove.id == part.move_id)
        .join(AutomationVersion, AutomationVersion.id == VersionMove.version_id)
        .where(VersionMove.automation_id == automation_id)
        .group_by(VersionMove.id, AutomationVersion.number)
        .having(func.bool_or(part.finished_at.is_(None)))
        .order_by(VersionMove.id)
    )
    return [MoveView(number, int(total), int(taken), int(moved)) for number, total, taken, moved in rows]
