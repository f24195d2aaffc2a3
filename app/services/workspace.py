"""The workspace itself: its settings, and what every workspace begins with."""

from typing import Any, TypedDict
from zoneinfo import ZoneInfo, available_timezones

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from app import db
from app.adapters.catalog import bump_revision
from app.errors import Invalid
from app.models import Pipeline, Role, Stage, Workspace
from app.permissions import ROLES
from app.services import attributes, audit

_FIRST_PIPELINE = "Sales"
_FIRST_STAGES = ("New", "Qualified", "Proposal", "Negotiation")


class WorkspaceChanges(TypedDict, total=False):
    """What an admin may change about the workspace."""

    name: str
    time_zone: str
    re_entry_by_marketers: bool
    hop_budget: int
    keep_months: int | None
    quiet_hours: dict[str, Any] | None


def setup() -> None:
    """Give a migrated database what every workspace has: roles, a pipeline, the usual attributes. Idempotent."""
    with db.transaction() as session:
        session.execute(insert(Workspace).values(id=1).on_conflict_do_nothing())
        session.execute(insert(Role).on_conflict_do_nothing(), [{"name": name} for name in ROLES])
        if session.scalar(select(Pipeline.id).limit(1)) is None:
            pipeline = Pipeline(name=_FIRST_PIPELINE, is_default=True)
            session.add(pipeline)
            session.flush()
            session.add_all(
                Stage(pipeline_id=pipeline.id, name=name, position=position)
                for position, name in enumerate(_FIRST_STAGES)
            )
        attributes.ensure_defaults()
        bump_revision()


def get() -> Workspace:
    """Return the workspace."""
    with db.transaction() as session:
        return session.scalars(select(Workspace)).one()


def update(changes: WorkspaceChanges) -> Workspace:
    """Change the workspace's settings; raises Invalid for an unknown time zone."""
    if "time_zone" in changes and changes["time_zone"] not in available_timezones():
        message = f"“{changes['time_zone']}” is no time zone."
        raise Invalid.field("time_zone", "unknown_time_zone", message, "Use a name like Europe/Paris.")
    with db.transaction() as session:
        workspace = session.scalars(select(Workspace).with_for_update()).one()
        for name, value in changes.items():
            setattr(workspace, name, value)
        audit.record("workspace.updated", "workspace", detail=dict(changes))
        bump_revision()
    return workspace


def time_zone() -> ZoneInfo:
    """Return the zone that the workspace's days are counted in."""
    return ZoneInfo(get().time_zone)
