"""Whatever has an id of its own and names its contact: it changes hands, and the merge keeps which rows did."""

from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.models import PARTITIONS

# Visitors first: whoever is taking in what one does is waited for, and has written all of it before the events go.
_TABLES: Final = (
    *("visitor", "enrollment", "event", "message", "consent_change", "task", "note", "notification", "assignment"),
    *("outbox", "hook_call", "source_message", "webhook_delivery", "dead_letter", "contact_alias", "opt_in"),
)
# At most one run of a contact with the same key moves; a second one that comes by the merge has a key of its own.
_KEY: Final = """
    , run_key = CASE WHEN t.state = 'active' AND EXISTS (
        SELECT FROM enrollment o WHERE o.automation_id = t.automation_id AND o.contact_id = :kept
            AND o.run_key = t.run_key AND o.state = 'active'
    ) THEN t.run_key || chr(31) || CAST(:merged AS text) ELSE t.run_key END
"""
_KEY_AGAIN: Final = ", run_key = split_part(t.run_key, chr(31) || CAST(:merged AS text), 1)"
_GIVE: Final = """
    WITH given AS (UPDATE {table} t SET contact_id = :kept {more} WHERE t.contact_id = :merged RETURNING t.id)
    INSERT INTO contact_merge_rows (merge_id, name, ids)
    SELECT :merge, '{table}', array_agg(id) FROM given HAVING count(*) > 0
"""
_GIVE_BACK: Final = """
    UPDATE {table} t SET contact_id = :merged {more} WHERE t.contact_id = :kept AND t.id IN (
        SELECT unnest(ids) FROM contact_merge_rows WHERE merge_id = :merge AND name = '{table}'
    )
"""
_GIVEN: Final = tuple(text(_GIVE.format(table=table, more=_KEY if table == "enrollment" else "")) for table in _TABLES)
_GIVEN_BACK: Final = tuple(
    text(_GIVE_BACK.format(table=table, more=_KEY_AGAIN if table == "enrollment" else "")) for table in _TABLES
)
# What waits goes by the contact's partition.
_TIMERS: Final = tuple(
    text(statement)
    for statement in (
        (
            "UPDATE timer t SET part = :to FROM enrollment n WHERE n.contact_id = :new AND n.state = 'active'"
            " AND t.part = :part AND t.enrollment_id = n.id AND t.wake_at = n.wake_at"
        ),
        (
            "UPDATE held_timer t SET part = :to FROM enrollment n WHERE n.contact_id = :new AND n.state = 'active'"
            " AND t.automation_id = n.automation_id AND t.enrollment_id = n.id"
        ),
    )
)
_INBOX: Final = "UPDATE inbox SET contact_id = :new, part = :to WHERE part = :part AND contact_id = :old"
_QUEUED: Final = text(_INBOX)
_QUEUED_AGAIN: Final = text(
    f"{_INBOX} AND id IN (SELECT unnest(ids) FROM contact_merge_rows WHERE merge_id = :merge AND name = 'event')"  # noqa: S608 - ours
)


def give(session: Session, merge: int, merged: int, kept: int) -> None:
    """Let all rows of the merged contact be the kept one's."""
    for statement in _GIVEN:
        session.execute(statement, {"merge": merge, "merged": merged, "kept": kept})
    for statement in (*_TIMERS, _QUEUED):
        session.execute(statement, _moved(merge, merged, kept))


def give_back(session: Session, merge: int, merged: int, kept: int) -> None:
    """Let the rows that a merge gave away be the merged contact's again, as far as they are still there."""
    for statement in _GIVEN_BACK:
        session.execute(statement, {"merge": merge, "merged": merged, "kept": kept})
    for statement in (*_TIMERS, _QUEUED_AGAIN):
        session.execute(statement, _moved(merge, kept, merged))


def _moved(merge: int, old: int, new: int) -> dict[str, int]:
    return {"merge": merge, "old": old, "new": new, "part": old % PARTITIONS, "to": new % PARTITIONS}
