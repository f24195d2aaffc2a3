"""Keeping a message of each delivery to a contact."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from app.adapters.bulk import insert_rows
from app.models import Message, MessageState, Outbox


class LeftOut(NamedTuple):
    """Nothing is sent, for a reason known by a code."""

    reason: str


def row(delivery: Outbox, reason: str | None, **more: object) -> dict[str, Any]:
    """Return the message of a delivery: left out for a `reason`, else on its way. `more`: its other columns."""
    return {
        "key": delivery.key,
        "channel": delivery.channel,
        "contact_id": delivery.contact_id,
        "automation_id": delivery.automation_id,
        "campaign_id": delivery.campaign_id,
        "topic_id": delivery.payload.get("topic"),
        "state": MessageState.LEFT_OUT if reason else MessageState.SENDING,
        "reason": reason,
        **more,
    }


def keep(session: Session, rows: Sequence[Mapping[str, Any]]) -> Mapping[str, int]:
    """Return the number of each message by its key, making those not met before. All rows name the same columns."""
    if not rows:
        return {}
    statement = insert_rows(Message, rows)
    changing = {"version_id", "address", "subject", "state", "reason"} & rows[0].keys()
    given = {name: statement.excluded[name] for name in changing}
    kept = statement.on_conflict_do_update(index_elements=[Message.key], set_=given).returning(Message.key, Message.id)
    return {key: number for key, number in session.execute(kept)}  # noqa: C416 - rows
