"""The last calls of a hook: what was sent, and what became of it. They show what a mapping may choose from.

Kept are the last of each hook, those refused apart so that good ones do not push them out, and for a month at most:
payloads are personal data. Erasing a contact erases the calls that were about it, see `app.adapters.erasure`.

Senders try again what was not taken. So calls that cannot be told apart – the same was sent, under the same id or
without one – are one among those refused, and none once such a call was taken.
"""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple

import orjson
from sqlalchemy import ColumnElement, delete, func, select, text
from sqlalchemy.orm import Session

from app import db
from app.adapters import live
from app.adapters.contact_names import contact_name
from app.errors import CadenzaError, NotFound, Problem
from app.models import CallResult, Contact, Hook, HookCall
from app.services.hooks import addresses
from app.services.hooks.payload import table
from app.services.values import shortened
from app.services.views import Reference, reference
from nodes.world import Json

MOST_KEPT: Final = 10
MOST_REFUSED: Final = 1000
WAS_TAKEN: Final = frozenset({CallResult.ACCEPTED, CallResult.DUPLICATE})
_KEPT_FOR: Final = timedelta(days=30)
# As the index says it, word for word: a thousand refused calls are not leapt over with each that is taken.
_TAKEN: Final = text("hook_call.result <> 'refused'")


class Sent(NamedTuple):
    """A call as it came in. `message_id` is unique to its sender; `causes` are the automations that led to it."""

    payload: Any
    message_id: str | None = None
    causes: Sequence[int] = ()


class CallValue(NamedTuple):
    """A value of a call, in short, and the path to it."""

    path: str
    value: str


class CallView(NamedTuple):
    """A call; `problem` says why it was refused."""

    id: int
    at: datetime
    result: str
    problem: Mapping[str, Any] | None
    contact: Reference | None
    values: Sequence[CallValue]


class Calls(NamedTuple):
    """The last calls of a step, the newest first, and how many refused ones there are in all."""

    items: Sequence[CallView]
    refused: int


def keep(
    hook: Hook, sent: Sent, result: CallResult, *, contact: int | None = None, refusal: CadenzaError | None = None
) -> HookCall:
    """Keep a call in the place of those like it that were refused, let go of older ones, and tell open browsers."""
    digest = _digest(sent)
    with db.transaction() as session:
        if refusal:  # two tries at once would both find nothing
            session.execute(select(Hook.id).where(Hook.id == hook.id).with_for_update(key_share=True))
        if result != CallResult.EXAMPLE:  # which nobody enters by: what was refused still waits to be taken
            session.execute(delete(HookCall).where(HookCall.hook_id == hook.id, HookCall.digest == digest, _refused()))
        call = HookCall(
            hook_id=hook.id,
            payload=sent.payload,
            message_id=sent.message_id,
            digest=digest,
            causes=list(sent.causes),
            result=result,
            problem=refusal and problem_of(refusal),
            contact_id=contact,
        )
        session.add(call)
        session.flush()
        _let_go(session, hook.id, refused=refusal is not None)
        tell(hook)
        return call


def change(
    hook: Hook, call_id: int, result: CallResult, *, contact: int | None = None, refusal: CadenzaError | None = None
) -> HookCall:
    """Write down what became of a call that was taken once more, unless somebody else took it. Raises NotFound."""
    with db.transaction() as session:
        call = find(session, hook, call_id)
        if call.result in WAS_TAKEN:
            return call
        call.result, call.contact_id = result, contact
        call.problem = problem_of(refusal) if refusal else None
        tell(hook)
        return call


def some(automation_id: int, step: str) -> Calls:
    """Return the last calls of a step. Raises NotFound."""
    with db.transaction() as session:
        hook = addresses.demand(session, automation_id, step)
        refused = session.scalar(select(func.count()).where(HookCall.hook_id == hook.id, _refused())) or 0
        return Calls(_views(session, hook.id), refused)


def view_of(session: Session, call: HookCall) -> CallView:
    """Return one call. Raises NotFound."""
    for view in _views(session, call.hook_id, call.id):
        return view
    raise NotFound.thing("call", call.id)


def find(session: Session, hook: Hook, call_id: int) -> HookCall:
    """Return a call of the hook, locked; raises NotFound."""
    call = session.scalar(select(HookCall).where(HookCall.hook_id == hook.id, HookCall.id == call_id).with_for_update())
    if call is None:
        raise NotFound.thing("call", call_id)
    return call


def refused_ids(session: Session, hook: Hook) -> Sequence[int]:
    """Return the calls that were refused, the oldest first."""
    return session.scalars(
        select(HookCall.id).where(HookCall.hook_id == hook.id, _refused()).order_by(HookCall.id)
    ).all()


def problem_of(refusal: CadenzaError) -> dict[str, Any]:
    """Return the first thing that is wrong, to be kept with a call."""
    first = next(iter(refusal.problems), Problem(None, "conflict", refusal.message))
    return {"field": first.field, "code": first.code, "message": first.message, "remedy": first.remedy}


def tell(hook: Hook) -> None:
    """Tell open browsers that something was called or replayed."""
    live.publish(live.WORKSPACE, "hook", {"automation_id": hook.automation_id, "step": hook.step})


def forget_old() -> None:
    """Delete what was kept long enough."""
    with db.transaction() as session:
        session.execute(delete(HookCall).where(HookCall.at < func.now() - _KEPT_FOR))


def _digest(sent: Sent) -> str:
    written = orjson.dumps([sent.message_id, sent.payload], option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(written).hexdigest()


def _refused() -> ColumnElement[bool]:
    return HookCall.result == CallResult.REFUSED


def _let_go(session: Session, hook_id: int, *, refused: bool) -> None:
    alike = (HookCall.hook_id == hook_id, _refused() if refused else _TAKEN)
    beyond = (
        select(HookCall.id).where(*alike).order_by(HookCall.id.desc()).offset(MOST_REFUSED if refused else MOST_KEPT)
    )
    old = session.scalars(select(HookCall.id).where(HookCall.id.in_(beyond)).with_for_update(skip_locked=True)).all()
    if old:
        session.execute(delete(HookCall).where(HookCall.id.in_(old)))


def _views(session: Session, hook_id: int, call_id: int | None = None) -> list[CallView]:
    rows = (
        select(HookCall, Contact.id, contact_name())
        .outerjoin(Contact, Contact.id == HookCall.contact_id)
        .where(HookCall.hook_id == hook_id)
        .order_by(HookCall.id.desc())
        .limit(MOST_KEPT)
    )
    if call_id is not None:
        rows = rows.where(HookCall.id == call_id)
    return [
        CallView(call.id, call.at, call.result, call.problem, reference(contact, name), _values(call.payload))
        for call, contact, name in session.execute(rows)
    ]


def _values(payload: Mapping[str, Json]) -> list[CallValue]:
    """By path: the database does not keep the sender's order."""
    return [CallValue(path, _said(value)) for path, value in sorted(table(payload).items())]


def _said(value: Json) -> str:
    return shortened(value if isinstance(value, str) else orjson.dumps(value).decode())
