"""What merged contacts were known by, and what was on its way to them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.models import PARTITIONS

_FIND: Final = text(
    """
    SELECT a.kind, a.value, a.contact_id FROM contact_alias a
    JOIN unnest(CAST(:kinds AS text[]), CAST(:values AS text[])) AS given (kind, value)
        ON given.kind = a.kind AND given.value = a.value
    ORDER BY a.id
    """
)
_KEEP: Final = text(
    """
    INSERT INTO contact_alias (merge_id, contact_id, kind, value)
    SELECT :merge, :kept, * FROM unnest(CAST(:kinds AS text[]), CAST(:values AS text[]))
    """
)
_NAMES: Final = text("SELECT value FROM contact_alias WHERE contact_id = :contact AND kind = :kind")
_FORGET: Final = text("DELETE FROM contact_alias WHERE merge_id = :merge")
_STRAYED: Final = """
    SELECT CAST(value AS bigint) AS old, contact_id AS new FROM contact_alias WHERE kind = 'id'
"""
# Whoever looked the contact up before the merge may write its events after it: the log is put right, too.
_REDIRECT: Final = text(
    f"""
    WITH strayed AS ({_STRAYED} AND value = ANY(CAST(:contacts AS text[]))), logged AS (
        UPDATE event e SET contact_id = s.new FROM strayed s
        WHERE e.contact_id IN (s.old, s.new) AND e.id = ANY(:events) RETURNING e.*
    )
    INSERT INTO inbox (part, id, contact_id, type_id, at, received_at, properties, causes)
    SELECT contact_id % {PARTITIONS}, id, contact_id, type_id, at, received_at, properties, causes FROM logged
    ON CONFLICT DO NOTHING RETURNING part
    """  # noqa: S608 - constants of ours
)
_TABLES: Final = ("event", "hook_call", "outbox", "source_message", "webhook_delivery")
_LATE: Final = tuple(
    text(
        f"WITH strayed AS ({_STRAYED} AND at > now() - interval '1 hour') "  # noqa: S608 - constants of ours
        f"UPDATE {table} t SET contact_id = s.new FROM strayed s WHERE t.contact_id = s.old"
    )
    for table in _TABLES
)


def holders(session: Session, wanted: Iterable[tuple[str, str | int]]) -> Mapping[tuple[str, str], int]:
    """Return whom a kind of identifier with a value means since a merge."""
    kinds, values = zip(*((kind, str(value)) for kind, value in wanted), strict=True)
    rows = session.execute(_FIND, {"kinds": list(kinds), "values": list(values)})
    return {(kind, value): contact for kind, value, contact in rows}


def keep(session: Session, merge: int, kept: int, known_by: Sequence[tuple[str, Any]]) -> None:
    """Let identifiers mean the kept contact from now on."""
    kinds, values = [kind for kind, _ in known_by], [str(value) for _, value in known_by]
    session.execute(_KEEP, {"merge": merge, "kept": kept, "kinds": kinds, "values": values})


def names(session: Session, contact: int, kind: str) -> Collection[str]:
    """Return what contacts were known by that became part of this one, by a kind of identifier."""
    return session.scalars(_NAMES, {"contact": contact, "kind": kind}).all()


def forget(session: Session, merge: int) -> None:
    """Let what the merged contact was known by mean itself again."""
    session.execute(_FORGET, {"merge": merge})


def redirect(session: Session, events: Mapping[int, int]) -> frozenset[int]:
    """Queue events (contact by event) of contacts that are gone for those they were merged into; returns the parts."""
    names = {"contacts": [str(each) for each in {*events.values()}], "events": list(events)}
    return frozenset(session.scalars(_REDIRECT, names))


def redirect_stragglers(session: Session) -> None:
    """Put right whose things are that were being taken in while their contact was merged."""
    for statement in _LATE:
        session.execute(statement)
