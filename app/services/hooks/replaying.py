"""Taking calls once more that were refused, or that came before the step ran."""

from typing import NamedTuple

from sqlalchemy.orm import Session

from app import db
from app.errors import Conflict, Invalid
from app.models import CallResult, Hook, HookCall
from app.services import audit
from app.services.hooks import addresses, calls
from app.services.hooks.calls import CallView, Sent
from app.services.hooks.payload import table
from app.services.hooks.receiving import read, record


class Replayed(NamedTuple):
    """How many calls were taken this time, and how many were refused again."""

    accepted: int
    refused: int


def replay(automation_id: int, step: str, call_id: int) -> CallView:
    """Take a call once more, by the mapping that runs now; returns it with what became of it.

    Raises NotFound, Conflict (it was taken before, or the step does not run), Gone, TooManyRequests.
    """
    with db.transaction() as session:
        hook = addresses.demand(session, automation_id, step)
        call = _take(session, hook, call_id)
        audit.record("automation.call_replayed", "automation", automation_id, {"step": step})
        return calls.view_of(session, call)


def replay_refused(automation_id: int, step: str) -> Replayed:
    """Take all refused calls of a step once more, the oldest first, each for itself. Raises as `replay` does."""
    with db.transaction() as session:
        hook = addresses.demand(session, automation_id, step)
        waiting = calls.refused_ids(session, hook)
        audit.record("automation.call_replayed", "automation", automation_id, {"step": step, "count": len(waiting)})
    taken = 0
    for each in waiting:
        with db.transaction() as session:
            taken += _take(session, hook, each).result != CallResult.REFUSED
    return Replayed(taken, len(waiting) - taken)


def _take(session: Session, hook: Hook, call_id: int) -> HookCall:
    """A call without an id of its own gets one, so that it counts once however often it is replayed."""
    call = calls.find(session, hook, call_id)
    if call.result in {CallResult.ACCEPTED, CallResult.DUPLICATE}:
        raise Conflict("This call was taken already.")
    sent = Sent(call.payload, call.message_id or f"call{call.id}", call.causes)
    try:
        event = read(hook, table(sent.payload))
    except Invalid as refusal:
        call.result, call.problem = CallResult.REFUSED, calls.problem_of(refusal)
    else:
        if event is None:
            raise Conflict("This step does not run yet. Activate the automation first.")
        call.result, call.contact_id = record(hook, event, sent)
        call.problem = None
    session.flush()
    calls.tell(hook)
    return call
