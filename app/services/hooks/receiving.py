"""Taking a call: the contact it names is found or made, and an event of the step's own is recorded."""

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple, TypeAlias

from app import db, permissions
from app.adapters import throttle
from app.adapters.catalog import load_catalog
from app.errors import Invalid, TooManyRequests
from app.models import CallResult, Hook
from app.permissions import Actor
from app.services.contacts import lookup
from app.services.hooks import addresses, calls
from app.services.hooks.aims import Paused, aim_of
from app.services.hooks.calls import Sent
from app.services.hooks.mapping import event_of
from app.services.hooks.payload import Values, table
from app.services.incoming import IncomingEvent
from app.services.intake import record_events

PACE: Final = "600 per minute"
# Whoever calls is a program: contacts that it makes say so, also when a person replays the call.
_SENDER: Final = Actor("program", frozenset())
_KEPT: Final = "The call was kept: mend the mapping in the step's settings and replay it there."
KEPT: Final = "kept"
Outcome: TypeAlias = CallResult | Literal["kept"]
_WORDS: Final[Mapping[Outcome, str]] = {
    CallResult.ACCEPTED: "Recorded.",
    CallResult.DUPLICATE: "This call was recorded before; it does nothing more.",
    CallResult.EXAMPLE: "Kept as an example for the mapping. Nobody entered: this step does not run yet.",
    KEPT: "This automation is paused: nobody enters. The call is kept, to be taken once the automation is on again.",
}


class Answer(NamedTuple):
    """What became of a call, and that in words; `kept`: the automation is paused."""

    result: Outcome
    message: str


def receive(token: str, sent: Sent) -> Answer:
    """Take a call, durable on return.

    Raises NotFound (no such address), Gone (nobody will enter by it any more), TooManyRequests, and Invalid naming
    paths. A call that was refused for the last is kept, unless it could not be stored; so is one during a pause, which
    is no refusal to its sender, who would only send it again.
    """
    with db.transaction() as session:
        hook = addresses.called(session, token)
    _demand_pace(hook)
    values = table(sent.payload)
    try:
        event = read(hook, values)
    except Paused as pause:
        calls.keep(hook, sent, CallResult.REFUSED, refusal=pause)
        return Answer(KEPT, _WORDS[KEPT])
    except Invalid as refusal:
        calls.keep(hook, sent, CallResult.REFUSED, refusal=refusal)
        raise Invalid(f"{refusal.message} {_KEPT}", refusal.problems) from refusal
    result, contact = record(hook, event, sent) if event else (CallResult.EXAMPLE, None)
    calls.keep(hook, sent, result, contact=contact)
    return Answer(result, _WORDS[result])


def read(hook: Hook, values: Values) -> IncomingEvent | None:
    """Return the event that what was sent means now; None while the step only looks on.

    Raises Paused, and as `receive` does.
    """
    with db.transaction() as session:
        aim = aim_of(session, hook)
    if aim.mapping is None:
        return None
    return event_of(aim.event, aim.place, aim.mapping, values, load_catalog())


def record(hook: Hook, event: IncomingEvent, sent: Sent) -> tuple[CallResult, int | None]:
    """Record the event of a call; returns whether it was new, and whose it is. Raises TooManyRequests."""
    named = event._replace(message_id=event.message_id or sent.message_id)
    with permissions.acting_as(_SENDER):
        new = record_events([named], source=f"hook{hook.id}", causes=sent.causes).accepted
    contact = next((each for each in lookup.resolve(event.who) if each is not None), None)
    return (CallResult.ACCEPTED if new else CallResult.DUPLICATE), contact


def _demand_pace(hook: Hook) -> None:
    wait = throttle.exceeded(PACE, ("hook", str(hook.id)))
    if wait:
        raise TooManyRequests(f"This address takes {PACE}. Nothing was recorded; send it again in {wait} s.", wait)
