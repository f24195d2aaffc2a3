"""Working through partitions: batch after batch, each claimed, walked and stored in one transaction.

A batch is all or nothing, its claim included: kill any process at any instant and the work is done again, once.
"""

import logging
import random
import time
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple, TypeAlias

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.orm import Session

from app import db
from app.adapters import doorbell, pulse
from app.adapters.engine import claim
from app.adapters.plans import live_plans
from app.adapters.queue import TURN_SECONDS
from app.logging import about
from app.models import PARTITIONS, DeadLetter
from app.services import entries
from app.services.batches import Claimed, tell, work_through

Taking: TypeAlias = Callable[[Session, claim.Begun, int], Claimed]

BATCH: Final = 4000
# A batch costs some milliseconds, whatever is in it: where it came to less than this, the next is of all partitions.
ENOUGH: Final = 1000

log = logging.getLogger(__name__)


class Batch(NamedTuple):
    """What a batch held: partitions, and so many items of them."""

    parts: Sequence[int]
    size: int


NOTHING: Final = Batch((), 0)
"""What a batch holds while other processes hold everything."""


def drain(parts: Sequence[int]) -> int:
    """Work through partitions until each is empty or another process works on it, or the turn is over.

    Returns how many items that were.
    """
    # Chance says whose turn is first: nobody is always last when turns end early.
    parts = random.sample(parts, len(parts))
    end = time.monotonic() + TURN_SECONDS
    together, worked = PARTITIONS, 0
    # Who rings has something to move: nobody looks for it first.
    work: Sequence[claim.Work] = [claim.Work(part, moving=True, entering=False) for part in parts]
    while work:
        parts = [each.part for each in work]
        moving = [each.part for each in work if each.moving][:together]
        entering = [each.part for each in work if each.entering][:1]
        # Events that come all the time do not keep a segment from entering, nor the other way round.
        for taken, take in ((moving, _claim), (entering, entries.take)):
            batch = _drain_some(taken, BATCH, take) if taken else NOTHING
            # Whoever holds the others looks again after letting go of them; those that had their turn come last.
            parts = [*(part for part in parts if part not in taken), *batch.parts]
            worked += batch.size
            if take is _claim:
                together = PARTITIONS if batch.size < ENOUGH else 1
        if time.monotonic() > end:
            doorbell.ring(parts, force=True)
            return worked
        if work := claim.work_in(parts):
            doorbell.leave()  # more than one batch: somebody else is to look what else there is
    return worked


def _drain_some(parts: Sequence[int], limit: int, take: Taking) -> Batch:
    """Work through one batch of at most `limit`.

    A batch that breaks is done again with care, a partition at a time: whoever broke a step fails there, alone. If it
    breaks all the same it is halved until the poisonous item stands alone, and that is set aside.
    """
    try:
        return drain_batch(parts, limit, take)
    except (OperationalError, InterfaceError) as error:  # the database's trouble, not the item's
        if error.connection_invalidated or limit == 1:
            raise
    except Exception:  # the fault may lie in any node: the others must go on
        log.exception("A batch of partitions %s broke; doing it again with care", parts)
    if len(parts) > 1:  # each alone: from one try to the next it is the same items that come first
        batches = [_drain_some([part], limit, take) for part in parts]
        return Batch([part for batch in batches for part in batch.parts], sum(batch.size for batch in batches))
    try:
        return drain_batch(parts, limit, take, guarded=True)
    except (OperationalError, InterfaceError) as error:  # the database's trouble, not the item's
        if error.connection_invalidated or limit == 1:
            raise
        return _drain_some(parts, limit // 2, take)
    except Exception as error:  # not in a step
        if limit > 1:
            return _drain_some(parts, limit // 2, take)
        log.exception("Set aside one item of partitions %s", parts)
        return _set_aside(parts, _name_of(error), take)


def _name_of(error: Exception) -> str:
    """Return what kind of fault it is, in a word; its message may hold personal data."""
    return type(error.orig if isinstance(error, DBAPIError) else error).__name__


def _claim(session: Session, begun: claim.Begun, limit: int) -> Claimed:
    """Take the runs that are due, and events for the rest of the batch."""
    plans = live_plans(session, begun.revision)
    runs = claim.claim_runs(session, begun, plans.automations(), limit)
    events = claim.claim_events(session, begun.parts, plans.events(), limit - len(runs))
    return Claimed(begun, plans, runs, events.heard, events.unheard)


def _claim_companions(session: Session, claimed: Claimed) -> None:
    """Where messages are capped, take all else that is due of these contacts: the higher priority goes first."""
    plans = claimed.plans
    if plans.catalog.caps and (contacts := claimed.contacts):
        found = claim.claim_companions(session, claimed.begun, plans.automations(), contacts)
        claimed.runs = [*claimed.runs, *found]


def drain_batch(parts: Sequence[int], limit: int = BATCH, take: Taking = _claim, *, guarded: bool = False) -> Batch:
    """Claim, walk and store up to `limit` items of those partitions that no other process holds.

    One transaction, which holds them until it ends.
    """
    with db.transaction() as session:
        begun = claim.begin(session, parts)
        if not begun.parts:
            return NOTHING
        claimed = take(session, begun, limit)
        _claim_companions(session, claimed)
        failed = 0
        if claimed.runs or claimed.events:
            outcome, told = work_through(session, claimed, guarded=guarded)
            tell(outcome, told)
            failed = len(outcome.failures)
        size = len(claimed.runs) + len(claimed.events) + claimed.unheard
        db.after_commit(lambda: pulse.count(worked=size, failed=failed))
    return Batch(begun.parts, size)


def _set_aside(parts: Sequence[int], reason: str, take: Taking) -> Batch:
    """Take one item out of the partitions and keep it with the reason."""
    with db.transaction() as session:
        begun = claim.begin(session, parts)
        if not begun.parts:
            return NOTHING
        claimed = take(session, begun, 1)
        for run in claimed.runs:
            with about(enrollment=run.enrollment, contact=run.contact):
                log.warning("Set aside a run: %s", reason)
            session.add(DeadLetter(enrollment_id=run.enrollment, port=run.port, contact_id=run.contact, reason=reason))
        for event in claimed.events:
            if event.event.id < 0:
                entries.queue_alone(session, event)
            else:
                with about(event=event.event.id, contact=event.contact):
                    log.warning("Set aside an event: %s", reason)
                session.add(DeadLetter(event_id=event.event.id, contact_id=event.contact, reason=reason))
    return Batch(begun.parts, 1)
