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
from app.services import attributes, audit, room
from app.services.currencies import CURRENCIES
from nodes.registry import channels

_FIRST_PIPELINE = "Sales"
_FIRST_STAGES = ("New", "Qualified", "Proposal", "Negotiation")


class WorkspaceChanges(TypedDict, total=False):
    """What an admin may change about the workspace."""

    name: str
    time_zone: str
    currency: str
    re_entry_by_marketers: bool
    hop_budget: int
    keep_months: int | None
    keep_message_months: int | None
    keep_delivery_days: int | None
    quiet_hours: dict[str, Any] | None
    frequency_caps: list[dict[str, Any]]
    send_rates: list[dict[str, Any]]


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
    """Change the workspace's settings; raises Invalid for an unknown time zone, currency or channel.

    When the caps change, who waits for room looks again soon.
    """
    if "time_zone" in changes and changes["time_zone"] not in available_timezones():
        message = f"“{changes['time_zone']}” is no time zone."
        raise Invalid.field("time_zone", "unknown_time_zone", message, "Use a name like Europe/Paris.")
    if "currency" in changes and changes["currency"] not in CURRENCIES:
        message = f"“{changes['currency']}” is no currency."
        raise Invalid.field("currency", "unknown_currency", message, "Use its code in ISO 4217, like EUR.")
    for name in ("frequency_caps", "send_rates"):
        _demand_channels(name, changes)
    with db.transaction() as session:
        if "frequency_caps" in changes and changes["frequency_caps"] != get().frequency_caps:
            room.caps_changed()  # before the row is locked: those who hold a partition ask for it, too
        workspace = session.scalars(select(Workspace).with_for_update()).one()
        for name, value in changes.items():
            setattr(workspace, name, value)
        audit.record("workspace.updated", "workspace", detail=dict(changes))
        bump_revision()
    return workspace


def _demand_channels(field: str, changes: WorkspaceChanges) -> None:
    """Raise Invalid for a channel that no step has, and for two send rates of one."""
    written: list[str | None] = [each["channel"] for each in changes.get(field, ())]  # type: ignore[attr-defined]
    known = channels()
    for place, channel in enumerate(written):
        if channel is not None and channel not in known:
            message = f"“{channel}” is no channel."
            raise Invalid.field(f"{field}.{place}.channel", "unknown_channel", message, f"Known: {', '.join(known)}.")
        if field == "send_rates" and channel in written[:place]:
            message = "This channel has a send rate already."
            raise Invalid.field(f"{field}.{place}.channel", "repeated_channel", message, "Leave one of the two out.")


def time_zone() -> ZoneInfo:
    """Return the zone that the workspace's days are counted in."""
    return ZoneInfo(get().time_zone)
