"""Who is inside which automation, was before, or waits to enter."""

from collections import deque
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, Final, NamedTuple

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from app.adapters.bulk import among_given
from app.adapters.event_text import read_event
from app.models import Enrollment, EnrollmentState, PendingEntry, Visit
from nodes.runs import Run
from nodes.world import Contact
from workflows.items import KeyedPlace, Pending, Place, Residents
from workflows.plan import Plan

# Built once: an event that comes alone would pay more for the building than for the asking.
_INSIDE: Final = (
    select(
        Enrollment.id,
        Enrollment.automation_id,
        Enrollment.version_id,
        Enrollment.contact_id,
        Enrollment.run_key,
        Enrollment.node,
        Enrollment.entered_at,
        Enrollment.arrived_at,
        Enrollment.wake_at,
        # Whoever was moved to another step has not been told there yet why it waits.
        case(
            (
                func.jsonb_extract_path_text(Enrollment.path, "-1", "0") == Enrollment.node,
                func.jsonb_extract_path_text(Enrollment.path, "-1", "1"),
            )
        ),
        Enrollment.event,
        Enrollment.done,
        func.coalesce(func.jsonb_array_length(Enrollment.moves), 0),
    )
    .where(
        Enrollment.state == EnrollmentState.ACTIVE,
        among_given(Enrollment.contact_id, "contacts"),
        among_given(Enrollment.automation_id, "automations"),
    )
    .order_by(Enrollment.id)
)
_VISITED: Final = select(Visit.automation_id, Visit.contact_id, Visit.run_key).where(
    among_given(Visit.contact_id, "contacts"), among_given(Visit.automation_id, "automations")
)
_PENDING: Final = (
    select(PendingEntry.automation_id, PendingEntry.contact_id, PendingEntry.trigger, PendingEntry.event)
    .where(among_given(PendingEntry.automation_id, "automations"), among_given(PendingEntry.contact_id, "contacts"))
    .order_by(PendingEntry.turn)
)


class Resident(NamedTuple):
    """A run that moves, as it was stored."""

    enrollment: int
    automation: int
    version: int
    contact: int
    key: str
    node: str
    entered_at: datetime
    arrived_at: datetime | None
    wake_at: datetime | None
    waits_for: str | None
    event: Mapping[str, Any]
    done: Mapping[str, str | None] | None
    moves: int

    def run(self, contact: Contact) -> Run:
        """Return the run as the interpreter takes it."""
        entry = (read_event(self.event), self.entered_at, self.key, self.enrollment)
        standing = (self.node, self.arrived_at, self.wake_at, self.waits_for)
        return Run(self.automation, self.version, contact, *entry, *standing, done=self.done, moves=self.moves)


def load_inside(session: Session, automations: Collection[int], contacts: Collection[int]) -> list[Resident]:
    """Load the runs that `contacts` have in `automations` at present."""
    if not automations or not contacts:
        return []
    rows = session.execute(_INSIDE, {"automations": automations, "contacts": contacts})
    return [Resident(*row) for row in rows]


def load_residents(
    session: Session, plans: Iterable[tuple[Plan, Run]], live: Collection[Plan], contacts: Collection[int]
) -> Residents:
    """Gather the runs inside with who visited the `live` plans that let everybody in once, and who is to enter them."""
    residents = Residents()
    for plan, run in plans:
        residents.enter(plan, run)
    once = {plan.automation for plan in live if not plan.re_entry}
    residents.visited = _visited(session, once, contacts) if once and contacts else set()
    residents.pending = _pending(session, {plan.automation for plan in live}, contacts) if live and contacts else {}
    return residents


def _visited(session: Session, automations: Collection[int], contacts: Collection[int]) -> set[KeyedPlace]:
    rows = session.execute(_VISITED, {"automations": automations, "contacts": contacts})
    return {(automation, contact, key) for automation, contact, key in rows}


def _pending(session: Session, automations: Collection[int], contacts: Collection[int]) -> dict[Place, deque[Pending]]:
    rows = session.execute(_PENDING, {"automations": automations, "contacts": contacts})
    waiting: dict[Place, deque[Pending]] = {}
    for automation, contact, trigger, event in rows:
        waiting.setdefault((automation, contact), deque()).append(Pending(read_event(event), trigger))
    return waiting
