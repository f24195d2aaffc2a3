"""What fell due during a pause, and taking contacts out by hand."""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from sqlalchemy.orm import Session

from app import db
from app.adapters import deliveries, live
from app.adapters.engine import standstill
from app.adapters.engine.claim import hold_partitions
from app.models import PARTITIONS
from app.services import audit
from app.services.automations.drafts import demand_editable, find

Overdue: TypeAlias = Literal["now", "spread", "skip"]

_HOUR_SECONDS: Final = 3600


@dataclass(frozen=True, slots=True)
class StepOverdue:
    """How many contacts' time came at a step."""

    node: str
    contacts: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What a resumption has to do with: runs inside; contacts whose time came, in all and by step; held deliveries."""

    inside: int
    contacts: int
    deliveries: int
    steps: list[StepOverdue]


def preview(automation_id: int) -> Preview:
    """Count what fell due while the automation was paused. Raises NotFound."""
    with db.transaction() as session:
        find(session, automation_id)
        steps = standstill.overdue(session, automation_id)
        held = deliveries.held(session, automation_id)
        inside = standstill.inside(session, automation_id)
    return Preview(inside, sum(steps.values()), held, [StepOverdue(*each) for each in sorted(steps.items())])


def catch_up(session: Session, automation_id: int, overdue: Overdue, spread_hours: int) -> None:
    """Do with what fell due meanwhile as the author chose. The partitions must be held."""
    if overdue == "skip":
        standstill.skip(session, automation_id)
        return
    seconds = spread_hours * _HOUR_SECONDS if overdue == "spread" else 0
    standstill.let_go(session, automation_id, seconds)
    deliveries.let_go(session, automation_id, seconds=seconds)


def stop(automation_id: int, *, node: str | None = None, enrollment_id: int | None = None) -> int:
    """End the runs of those inside at once: all, those at a step, or one; returns how many.

    They are to be left alone: what they were to send is dropped, and what came while they were inside does not enter.
    Raises NotFound, or Conflict for an automation in the archive.
    """
    with db.transaction() as session:
        demand_editable(find(session, automation_id, lock=True))
        hold_partitions(session, range(PARTITIONS))
        stopped = standstill.stop(session, automation_id, node=node, run=enrollment_id)
        deliveries.drop_stopped(session, automation_id)
        details = {"stopped": stopped, "node": node, "enrollment": enrollment_id}
        audit.record("automation.stopped", "automation", automation_id, details)
        live.publish(live.WORKSPACE, "stats", {"automation_id": automation_id})
    deliveries.finish_dropping(automation_id)
    return stopped
