"""Erasing contacts everywhere. Tables that take every event have no foreign keys, so they are cleared by hand."""

from collections.abc import Collection
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.adapters.engine.claim import hold_partitions
from app.models import PARTITIONS

# Partitions first, so that no other partition's timers are read; enrollments after everything that refers to them.
_CLEARED: Final = tuple(
    text(statement)
    for statement in (
        "DELETE FROM inbox WHERE part = ANY(:parts) AND contact_id = ANY(:ids)",
        (
            "DELETE FROM timer t USING enrollment n "
            "WHERE n.contact_id = ANY(:ids) AND t.part = ANY(:parts) AND t.enrollment_id = n.id"
        ),
        "DELETE FROM held_timer t USING enrollment n WHERE n.contact_id = ANY(:ids) AND t.enrollment_id = n.id",
        "DELETE FROM pending_entry WHERE contact_id = ANY(:ids)",
        "DELETE FROM visit WHERE contact_id = ANY(:ids)",
        "DELETE FROM refusal WHERE contact_id = ANY(:ids)",
        "DELETE FROM dead_letter WHERE contact_id = ANY(:ids)",
        "DELETE FROM outbox WHERE contact_id = ANY(:ids)",
        "DELETE FROM hook_call WHERE contact_id = ANY(:ids)",
        "DELETE FROM enrollment WHERE contact_id = ANY(:ids)",
        "DELETE FROM event WHERE contact_id = ANY(:ids)",
    )
)
_ERASED: Final = text("DELETE FROM contact WHERE id = ANY(:ids) RETURNING id")


_REMEMBER: Final = text("INSERT INTO erased_contact (id) SELECT unnest(CAST(:ids AS bigint[]))")
_STRAGGLERS: Final = text("DELETE FROM event WHERE contact_id IN (SELECT id FROM erased_contact)")
_FORGET: Final = text("DELETE FROM erased_contact WHERE at < now() - interval '1 hour'")


def erase(session: Session, contact_ids: Collection[int]) -> set[int]:
    """Delete contacts with all that is known of them; returns those that existed. Anonymous tallies stay."""
    parameters = {"ids": sorted(contact_ids), "parts": sorted({each % PARTITIONS for each in contact_ids})}
    hold_partitions(session, parameters["parts"])
    for statement in _CLEARED:
        session.execute(statement, parameters)
    erased = set(session.scalars(_ERASED, parameters))
    session.execute(_REMEMBER, {"ids": sorted(erased)})
    return erased


def clear_stragglers(session: Session) -> None:
    """Clear away events that were being taken in while their contact was erased; an hour later none can come."""
    session.execute(_STRAGGLERS)
    session.execute(_FORGET)
