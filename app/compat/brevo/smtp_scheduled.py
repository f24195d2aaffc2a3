"""Transactional mail that is to leave at a time: how far it has come, and calling it off."""

from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

from flask import Response, jsonify, request
from sqlalchemy import Row, Text, delete, func, literal_column, select, text, update
from sqlalchemy.orm import aliased

from app import db
from app.compat.brevo.door import door
from app.compat.brevo.mail_records import number_of
from app.compat.brevo.refusals import wrong
from app.compat.brevo.requests import period, slice_of, written
from app.errors import NotFound
from app.models import IN_PAYLOAD, OF_PROGRAMS, DeliveryState, Message, MessageState, Outbox
from app.permissions import requires
from app.services.mailing.outcomes import STOPPED

_MOST: Final = 500
_LONGEST_DAYS: Final = 30
_STATES: Final = ("queued", "inProgress", "processed", "error")
_OF_PROGRAMS: Final = text(OF_PROGRAMS)
_BATCH, _LETTER = (literal_column(IN_PAYLOAD[name], Text) for name in ("batch", "letter"))
_AT: Final = Outbox.payload["at"].as_float()
_UNSETTLED: Final = Outbox.state.in_((DeliveryState.PENDING, DeliveryState.HELD))
# But for copies that are tried again.
_HAS_LEFT: Final = Outbox.payload.has_key("only")


@door.get("/smtp/emailStatus/<path:identifier>")
@requires("mail.view")
def read_status(identifier: str) -> Response:
    """Tell how far mail has come that was given a time: of one call by Message-ID, of all calls of a batch."""
    wanted, status, days = slice_of(100, _MOST), request.args.get("status"), period(longest_days=_LONGEST_DAYS)
    if status and status not in _STATES:
        raise wrong("status", f"status should be one of {', '.join(_STATES)}")
    calls = _calls(identifier)
    if not calls:
        raise NotFound("There is no scheduled mail of this identifier")
    if "@" in identifier:
        return jsonify(_shown(calls[0]))
    found = [
        shown
        for call in calls
        if days is None or days[0] <= call.created_at <= days[1]
        if (shown := _shown(call)) and status in (None, "", shown["status"])
    ]
    ordered = found[::-1] if wanted.newest_first else found
    return jsonify(count=len(found), batches=ordered[wanted.offset : wanted.offset + wanted.limit])


@door.delete("/smtp/email/<path:identifier>")
@requires("campaigns.send")
def cancel_email(identifier: str) -> tuple[str, int]:
    """Call off mail that waits for its time, by Message-ID or batch."""
    with db.transaction() as session:
        waiting = (Outbox.state == DeliveryState.PENDING, ~Outbox.sending, ~_HAS_LEFT)
        statement = delete(Outbox).where(*waiting, _OF_PROGRAMS, _named(identifier)).returning(Outbox.key)
        keys = session.scalars(statement).all()
        if not keys:
            raise NotFound("There is no mail of this identifier that waits for its time")
        stopped = {"state": MessageState.LEFT_OUT, "reason": STOPPED}
        session.execute(update(Message).where(Message.key.in_(keys)).values(stopped))
    return "", 204


def _named(identifier: str) -> Any:  # noqa: ANN401 - a condition
    """Hold for the mail of a batch, or of the call that a Message-ID was the answer to."""
    if "@" not in identifier:
        return _batch(identifier) == _BATCH
    named = aliased(Outbox)
    mine = select(named.payload["letter"].astext).join(Message, Message.key == named.key)
    return mine.where(Message.id == number_of(identifier)).scalar_subquery() == _LETTER


def _batch(identifier: str) -> str:
    try:
        return str(UUID(identifier))
    except ValueError as error:
        raise NotFound("This is neither a Message-ID nor a batchId") from error


def _calls(identifier: str) -> Sequence[Row[Any]]:
    """Return each call with how many of its mails are unsettled, are settled otherwise than sent, and their number."""
    statement = (
        select(
            Outbox.created_at,
            func.to_timestamp(_AT).label("at"),
            func.count().label("total"),
            func.count().filter(_UNSETTLED, ~_HAS_LEFT).label("left"),
            func.count().filter(Outbox.state == DeliveryState.FAILED, ~_HAS_LEFT).label("failed"),
            func.bool_or(Outbox.tries > 0).label("begun"),
        )
        .where(_OF_PROGRAMS, _AT.is_not(None), _named(identifier))
        .group_by(Outbox.created_at, _AT)
        .order_by(Outbox.created_at, _AT)
    )
    with db.transaction() as session:
        return session.execute(statement).all()


def _shown(call: Row[Any]) -> dict[str, str]:
    return {"scheduledAt": written(call.at), "createdAt": written(call.created_at), "status": _status(call)}


def _status(call: Row[Any]) -> str:
    if call.left:
        return "inProgress" if call.begun else "queued"
    return "error" if call.failed == call.total else "processed"
