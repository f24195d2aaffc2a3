"""Working through a partition: batch after batch, each claimed, walked and stored in one transaction.

A batch is all or nothing, its claim included: kill any process at any instant and the work is done again, once.
"""

import logging
import time
from collections.abc import Callable
from typing import Final, TypeAlias

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.orm import Session

from app import db
from app.adapters import doorbell, pulse
from app.adapters.engine import claim
from app.adapters.plans import live_plans
from app.logging import about
from app.models import DeadLetter
from app.services import entries
from app.services.batches import Claimed, tell, work_through

Taking: TypeAlias = Callable[[Session, int, claim.Begun, int], Claimed]

BATCH: Final = 2000
# After this long the partition goes to the back of the queue, so that other work gets its turn.
TURN_SECONDS: Final = 2.0

log = logging.getLogger(__name__)


def drain(part: int) -> None:
    """Work through a partition until it is empty, another process works on it, or the turn is over."""
    # Before looking at the database: a ring that comes later then starts a new job.
    doorbell.answer(part)
    end = time.monotonic() + TURN_SECONDS
    while work := claim.work_in(part):
        moved = not work.moving or _drain_some(part, BATCH, _claim)
        # Events that come all the time do not keep a segment from entering, nor the other way round.
        if not moved or (work.entering and not _drain_some(part, BATCH, entries.take)):
            return  # whoever holds the partition looks again after letting go of it
        if time.monotonic() > end:
            doorbell.ring([part], force=True)
            return


def _drain_some(part: int, limit: int, take: Taking) -> bool:
    """Work through one batch of at most `limit`; False if another process holds the partition.

    A batch that breaks is done again with care: whoever broke a step fails there, alone. If it breaks all the same it
    is halved until the poisonous item stands alone, and that is set aside.
    """
    try:
        return drain_batch(part, limit, take)
    except (OperationalError, InterfaceError) as error:  # the database's trouble, not the item's
        if error.connection_invalidated or limit == 1:
            raise
    except Exception:  # the fault may lie in any node: the others must go on
        log.exception("A batch of partition %d broke; doing it again with care", part)
    try:
        return drain_batch(part, limit, take, guarded=True)
    except (OperationalError, InterfaceError) as error:  # the database's trouble, not the item's
        if error.connection_invalidated or limit == 1:
            raise
        return _drain_some(part, limit // 2, take)
    except Exception as error:  # not in a step
        if limit > 1:
            return _drain_some(part, limit // 2, take)
        log.exception("Set aside one item of partition %d", part)
        return _set_aside(part, _name_of(error), take)


def _name_of(error: Exception) -> str:
    """Return what kind of fault it is, in a word; its message may hold personal data."""
    return type(error.orig if isinstance(error, DBAPIError) else error).__name__


def _claim(session: Session, part: int, begun: claim.Begun, limit: int) -> Claimed:
    """Take the runs that are due, and events for the rest of the batch."""
    plans = live_plans(session, begun.revision)
    runs = claim.claim_runs(session, part, begun.now, plans.automations(), limit)
    events = claim.claim_events(session, part, plans.events(), limit - len(runs))
    return Claimed(part, begun.now, plans, runs, events)


def _claim_companions(session: Session, claimed: Claimed) -> None:
    """Where messages are capped, take all else that is due of these contacts: the higher priority goes first."""
    plans = claimed.plans
    if plans.catalog.caps and (contacts := claimed.contacts):
        found = claim.claim_companions(session, claimed.part, claimed.now, plans.automations(), contacts)
        claimed.runs = [*claimed.runs, *found]


def drain_batch(part: int, limit: int = BATCH, take: Taking = _claim, *, guarded: bool = False) -> bool:
    """Claim, walk and store up to `limit` items in one transaction; False if another process holds the partition."""
    with db.transaction() as session:
        begun = claim.begin(session, part)
        if not begun.locked:
            return False
        claimed = take(session, part, begun, limit)
        _claim_companions(session, claimed)
        if claimed.runs or claimed.events:
            outcome, told = work_through(session, claimed, guarded=guarded)
            tell(outcome, told)
            figures = {"worked": len(claimed.runs) + len(claimed.events), "failed": len(outcome.failures)}
            db.after_commit(lambda: pulse.count(**figures))
    return True


def _set_aside(part: int, reason: str, take: Taking) -> bool:
    """Take one item out of the partition and keep it with the reason."""
    with db.transaction() as session:
        begun = claim.begin(session, part)
        if not begun.locked:
            return False
        claimed = take(session, part, begun, 1)
        for run in claimed.runs:
            with about(enrollment=run.enrollment, contact=run.contact):
                log.warning("Set aside a run: %s", reason)
            session.add(DeadLetter(enrollment_id=run.enrollment, port=run.port, contact_id=run.contact, reason=reason))
        for event in claimed.events:
            if event.event.id < 0:
                entries.queue_alone(session, part, event)
            else:
                with about(event=event.event.id, contact=event.contact):
                    log.warning("Set aside an event: %s", reason)
                session.add(DeadLetter(event_id=event.event.id, contact_id=event.contact, reason=reason))
    return True
