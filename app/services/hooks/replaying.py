"""Taking calls once more that were refused, or that came before the step ran."""

import time
from typing import Final, NamedTuple

from app import db
from app.errors import Conflict, Gone, Invalid, NotFound, TooManyRequests
from app.models import CallResult, Hook, HookCall
from app.services import audit
from app.services.hooks import addresses, calls
from app.services.hooks.calls import CallView, Sent
from app.services.hooks.payload import table
from app.services.hooks.receiving import read, record

# Proxies wait for half a minute or more; what is left then is for the next time.
_AT_ONCE_SECONDS: Final = 20.0


class Taken(Conflict):
    """The call was taken before."""

    def __init__(self) -> None:
        super().__init__("This call was taken already.")


class Replayed(NamedTuple):
    """How many calls were taken this time, how many were refused again, and how many were not come to."""

    accepted: int
    refused: int
    left: int


def replay(automation_id: int, step: str, call_id: int) -> CallView:
    """Take a call once more, by the mapping that runs now; returns it with what became of it.

    Raises NotFound, Conflict (it was taken before, or the step does not run), Gone, TooManyRequests.
    """
    with db.transaction() as session:
        hook = addresses.demand(session, automation_id, step)
    call = _take(hook, call_id)
    with db.transaction() as session:
        audit.record("automation.call_replayed", "automation", automation_id, {"step": step})
        return calls.view_of(session, call)


def replay_refused(automation_id: int, step: str) -> Replayed:
    """Take all refused calls of a step once more, the oldest first, each for itself.

    Those that are gone or were taken meanwhile are passed over. What keeps all of them from being taken (a pause, an
    engine that is too far behind) ends it: raised as by `replay` if nothing was done before. So does time.
    """
    with db.transaction() as session:
        hook = addresses.demand(session, automation_id, step)
        waiting = calls.refused_ids(session, hook)
    until = time.monotonic() + _AT_ONCE_SECONDS
    taken = refused = left = 0
    for number, each in enumerate(waiting):
        if time.monotonic() > until:
            left = len(waiting) - number
            break
        try:
            again = _take(hook, each).result == CallResult.REFUSED
        except (NotFound, Taken):
            continue
        except (Conflict, Gone, TooManyRequests):
            if taken + refused == 0:
                raise
            left = len(waiting) - number
            break
        taken, refused = taken + (not again), refused + again
    audit.record("automation.call_replayed", "automation", automation_id, {"step": step, "count": taken})
    return Replayed(taken, refused, left)


def _take(hook: Hook, call_id: int) -> HookCall:
    """A call without an id of its own gets one, so that it counts once whoever replays it, and however often.

    Thus it is recorded in a transaction of its own, which may be begun anew when others write to the same contact.
    """
    with db.transaction() as session:
        call = calls.find(session, hook, call_id)
    if call.result in calls.WAS_TAKEN:
        raise Taken
    sent = Sent(call.payload, call.message_id or f"call{call.id}", call.causes)
    try:
        event = read(hook, table(sent.payload))
    except Invalid as refusal:
        return calls.change(hook, call_id, CallResult.REFUSED, refusal=refusal)
    if event is None:
        raise Conflict("This step does not run yet. Activate the automation first.")
    result, contact = record(hook, event, sent)
    return calls.change(hook, call_id, result, contact=contact)
