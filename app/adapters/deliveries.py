"""What an automation, or a campaign, has in the outbox: held while it stands still, let go, or dropped."""

import time
from collections.abc import Collection, Mapping
from typing import Final, Literal, TypeAlias

from sqlalchemy import ColumnElement, TextClause, case, literal, select, text
from sqlalchemy.orm import Session

from app import db
from app.adapters import mail_rates
from app.adapters.standstill import STANDS_STILL, stands_still
from app.models import Automation, Campaign, DeliveryState

Of: TypeAlias = Literal["automation", "campaign"]

# So long a pause waits for what is on its way: it answers within a second.
_PATIENCE_SECONDS: Final = 0.8
_LOOK_SECONDS: Final = 0.02

# A delivery's key begins with the run that caused it.
_OF_A_STOPPED_RUN: Final = """
    EXISTS (
        SELECT FROM enrollment n
        WHERE n.contact_id = o.contact_id AND n.id::text = split_part(o.key, ':', 1) AND n.state = 'stopped'
    )
"""


def _of_each(statement: str) -> Mapping[Of, TextClause]:
    """Return the statement about what an automation, or a campaign, has in the outbox."""
    owners: tuple[Of, ...] = ("automation", "campaign")
    return {of: text(statement.format(owned=f"{of}_id = :owner")) for of in owners}


# What has taken a turn under a rate takes another once it is let go.
_HOLD: Final = _of_each(
    f"""
    UPDATE outbox SET state = 'held', due_at = CASE WHEN turn_at IS NULL THEN due_at ELSE now() END, turn_at = NULL
    WHERE {{owned}} AND state = 'pending' AND NOT sending AND {STANDS_STILL}
    """  # noqa: S608 - a constant of ours
)
_ON_THEIR_WAY: Final = _of_each("SELECT EXISTS (SELECT FROM outbox WHERE {owned} AND state = 'pending' AND sending)")
_STOPPED_ON_THEIR_WAY: Final = text(
    f"""
    SELECT EXISTS (
        SELECT FROM outbox o
        WHERE automation_id = :owner AND state = 'pending' AND sending AND {_OF_A_STOPPED_RUN}
    )
    """  # noqa: S608 - a constant of ours
)
_COUNT_HELD: Final = text("SELECT count(*) FROM outbox WHERE automation_id = :automation AND state = 'held'")
_DROP_STOPPED: Final = text(
    f"""
    WITH dropped AS (
        DELETE FROM outbox o
        WHERE automation_id = :automation AND state IN ('pending', 'held') AND NOT (sending AND :spared)
          AND {_OF_A_STOPPED_RUN}
        RETURNING key
    )
    UPDATE message AS m SET state = 'left_out', reason = 'stopped'
    FROM dropped WHERE m.key = dropped.key AND m.state = 'sending'
    """  # noqa: S608 - a constant of ours
)
_DROP: Final = text(
    """
    WITH dropped AS (
        DELETE FROM outbox
        WHERE campaign_id = :owner AND state IN ('pending', 'held') AND NOT (sending AND :spared) RETURNING key
    )
    UPDATE message AS m SET state = 'left_out', reason = 'stopped'
    FROM dropped WHERE m.key = dropped.key AND m.state = 'sending'
    """
)
# The oldest leaves at once, the others one after the other until the time is over.
_LET_GO: Final = _of_each(
    """
    UPDATE outbox AS o SET state = 'pending',
        due_at = CASE WHEN :seconds > 0 THEN now() + make_interval(secs => :seconds * n.place / n.total) ELSE due_at END
    FROM (
        SELECT id, row_number() OVER (ORDER BY due_at, id) - 1 AS place, count(*) OVER () AS total
        FROM outbox WHERE {owned} AND state = 'held'
    ) AS n
    WHERE o.id = n.id
    """
)


def hold(session: Session, owner: int, of: Of = "automation") -> None:
    """Keep from being sent what is not on its way yet, if its owner stands still."""
    session.flush()
    _keep_owners(session, [owner] if of == "automation" else [], [owner] if of == "campaign" else [])
    session.execute(_HOLD[of], {"owner": owner})


def finish_holding(owner: int, of: Of = "automation") -> None:
    """Wait, for less than a second, for what was on its way when the pause was committed; further tries are held."""
    _wait(_ON_THEIR_WAY[of], owner)
    with db.transaction() as session:
        hold(session, owner, of)
    _make_room()


def held(session: Session, automation: int) -> int:
    """Count what is held."""
    return int(session.scalars(_COUNT_HELD, {"automation": automation}).one())


def let_go(session: Session, owner: int, of: Of = "automation", *, seconds: float = 0) -> None:
    """Let what is held be sent: when it is due, or evenly over the next so many seconds."""
    session.execute(_LET_GO[of], {"owner": owner, "seconds": seconds})


def drop(session: Session, campaign: int) -> None:
    """Forget what a campaign was to send and is not on its way yet."""
    session.execute(_DROP, {"owner": campaign, "spared": True})


def finish_drop(campaign: int) -> None:
    """Wait for what was on its way when it was called off, for less than a second; then none is tried again."""
    _wait(_ON_THEIR_WAY["campaign"], campaign)
    with db.transaction() as session:
        session.execute(_DROP, {"owner": campaign, "spared": False})
    _make_room()


def drop_stopped(session: Session, automation: int) -> None:
    """Forget what stopped runs were to send and is not on its way yet."""
    session.execute(_DROP_STOPPED, {"automation": automation, "spared": True})


def finish_dropping(automation: int) -> None:
    """Wait for what was on its way when the stop was committed, for less than a second; then none is tried again."""
    _wait(_STOPPED_ON_THEIR_WAY, automation)
    with db.transaction() as session:
        session.execute(_DROP_STOPPED, {"automation": automation, "spared": False})


def waiting(
    session: Session, automations: Collection[int | None], campaigns: Collection[int | None]
) -> ColumnElement[str]:
    """Give the state of deliveries of these that are to be tried again.

    Whoever pauses or resumes one of these at this moment is not waited for: what is not held does not leave either
    while its owner stands still.
    """
    if not _keep_owners(session, automations, campaigns, patient=False):
        return literal(DeliveryState.PENDING)
    return case((stands_still(), DeliveryState.HELD), else_=DeliveryState.PENDING)


def _keep_owners(
    session: Session,
    automations: Collection[int | None],
    campaigns: Collection[int | None],
    *,
    patient: bool = True,
) -> bool:
    """Let these pause or go on only after this transaction: nobody would let go of what is held after that.

    False if one of them is about to, and it was not to be waited for.
    """
    kept = True
    for owner, numbers in ((Automation, automations), (Campaign, campaigns)):
        if wanted := {number for number in numbers if number is not None}:
            rows = select(owner.id).where(owner.id.in_(wanted)).order_by(owner.id)
            found = session.scalars(rows.with_for_update(read=True, skip_locked=not patient)).all()
            kept = kept and len(found) == len(wanted)
    return kept


def _make_room() -> None:
    # Apart from what frees the turns: whoever puts mail off locks the lanes first.
    with db.transaction() as session:
        mail_rates.make_room(session)


def _wait(on_their_way: TextClause, owner: int) -> None:
    end = time.monotonic() + _PATIENCE_SECONDS
    while _any(on_their_way, owner) and time.monotonic() < end:
        time.sleep(_LOOK_SECONDS)


def _any(on_their_way: TextClause, owner: int) -> bool:
    with db.transaction() as session:
        return bool(session.scalar(on_their_way, {"owner": owner}))
