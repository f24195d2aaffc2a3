"""Making two contacts again of one that was merged: what happened since stays with the one that was kept."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, delete, exists, func, select, text
from sqlalchemy.orm import Session

from app import db, permissions
from app.adapters import announcing
from app.adapters.announcing import News
from app.adapters.bulk import among
from app.adapters.doorbell import ring
from app.adapters.engine.timers import wake
from app.adapters.merging import aliases, deliveries, held, histories, runs, shares
from app.adapters.merging.held import Row
from app.errors import Conflict, NotFound, Problem
from app.models import PARTITIONS, ContactMerge, ContactMergeRows, DeliveryState, Outbox
from app.services import audit
from app.services.contacts.inputs import IDENTIFIERS, Identifier
from app.services.contacts.lookup import holders
from app.services.merging.joining import patiently
from app.services.verdicts import go_on
from nodes.runs import NEXT

_FLAGS: Final = {"email_blacklisted", "sms_blacklisted"}
# Who is left out already changes nothing by asking to be left out once more: so it is told by what they did.
_ASKED_SINCE: Final = text(
    """
    SELECT EXISTS (SELECT FROM consent_change WHERE contact_id = :kept AND at > :at AND state = 'withdrawn')
        OR EXISTS (
            SELECT FROM message m JOIN message_hit h ON h.message_id = m.id
            WHERE m.contact_id = :kept AND h.at > :at AND h.kind IN ('unsubscribed', 'complained')
        )
    """
)


def undo(contact_id: int, number: int) -> int:
    """Undo a merge into this contact; returns the number of the contact that is there again.

    Raises NotFound, and Conflict where it was undone, where the contact became part of a third one since or a third one
    of it, or where something that the other is known by is somebody else's now.
    """
    return patiently(lambda: _undo(contact_id, number))


def _undo(contact_id: int, number: int) -> int:
    with db.transaction() as session:
        record = session.get(ContactMerge, number)
        if record is None or record.kept_id != contact_id:
            raise NotFound.thing("merge", number)
        found = held.hold(session, {record.kept_id, record.merged_id})
        session.refresh(record, with_for_update=True)
        if record.undone_at is not None or record.before is None or record.after is None:
            raise Conflict("This merge was undone already.")
        if record.kept_id not in found:
            raise Conflict("This contact became part of another one since. Undo that merge first.")
        if session.scalar(select(exists().where(*_since(record)))):
            raise Conflict("Another contact became part of this one since. Undo that merge first.")
        _take_back(session, record, found[record.kept_id], record.before, record.after)
        audit.record("unmerged", "contact", contact_id, {"contact": record.merged_id, "merge": number})
        news = [News("contact.created", record.merged_id), News("contact.updated", contact_id, {"changed": []})]
        announcing.announce(session, news)
        parts = {record.merged_id % PARTITIONS, contact_id % PARTITIONS}
        db.after_commit(lambda: ring(parts))
        return record.merged_id


def _since(record: ContactMerge) -> Sequence[ColumnElement[bool]]:
    """What a later merge brought cannot be told from what an earlier one did."""
    return (ContactMerge.kept_id == record.kept_id, ContactMerge.id > record.id, ContactMerge.undone_at.is_(None))


def _take_back(
    session: Session, record: ContactMerge, now: Row, before: Mapping[str, Any], after: Mapping[str, Any]
) -> None:
    kept_id, merged_id = record.kept_id, record.merged_id
    aliases.forget(session, record.id)
    columns = _columns(now, before["kept"], after)
    asked_for_less = bool(session.scalar(_ASKED_SINCE, {"kept": kept_id, "at": record.at}))
    if asked_for_less:
        columns = {name: value for name, value in columns.items() if name not in _FLAGS}
    if columns:
        held.change(session, kept_id, columns)
    _refuse_taken(session, before["merged"])
    held.revive(session, before["merged"], now.keys())
    shares.give_back(session, merged_id, kept_id, before["shares"], strict=asked_for_less)
    histories.give_back(session, record.id, merged_id, kept_id)
    _go_on(session, before["runs"], before.get("deliveries", ()))
    session.execute(delete(ContactMergeRows).where(ContactMergeRows.merge_id == record.id))
    actor = permissions.current()
    record.before = record.after = None
    record.undone_at = session.scalar(select(func.now()))
    record.undone_by = actor.user_id if actor else None


def _go_on(session: Session, ended: Sequence[Row], dropped: Sequence[Row]) -> None:
    """Let runs go on that ended, and what they were to send leave; where a call was answered since, they heard it.

    Its delivery is held first: whoever writes the answer now does it before, and is seen, or finds the run active.
    """
    calls = {each["call"]: each for each in ended if each.get("call")}
    holding = select(Outbox).where(among(Outbox.key, calls)).order_by(Outbox.id).with_for_update()
    kept = {each.key: each for each in session.scalars(holding, execution_options={"populate_existing": True})}
    runs.go_on(session, ended)
    deliveries.give_back(session, dropped)
    for each in kept.values():
        if each.state not in {DeliveryState.PENDING, DeliveryState.HELD}:
            go_on(session, each, each.state, each.error)
    # What was sent is kept for some days only.
    for key in calls.keys() - kept.keys() - {each["key"] for each in dropped}:
        wake(session, calls[key]["id"], calls[key]["node"], NEXT)


def _columns(now: Row, before: Row, after: Mapping[str, Any]) -> dict[str, Any]:
    """Return what changes of the kept contact: its own value comes back, unless somebody changed it since.

    What was added to a number that has changed since is taken off again, so that what came since stays.
    """
    columns = {name: before[name] for name, value in after["columns"].items() if _same(now, name, value)}
    left = {name: now[name] - amount for name, amount in after["added"].items() if now.get(name) is not None}
    return {**left, **columns}


def _same(now: Row, name: str, value: object) -> bool:
    return name in now and (name == "created_at" or now[name] == value)


def _refuse_taken(session: Session, merged: Row) -> None:
    own = [Identifier(kind, merged[kind]) for kind in IDENTIFIERS if merged[kind]]
    problems = [
        Problem(each.kind, "taken", f"{each.value} is contact {holder} now.", "Change that contact first.")
        for each, holder in holders(session, own).items()
    ]
    if problems:
        raise Conflict(problems[0].message, problems)
