"""What waits to leave for two contacts who become one: nobody gets a campaign twice, or mail of a run that ended."""

from collections.abc import Collection, Sequence
from typing import Any, Final

import orjson
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.adapters.merging.runs import MERGED
from app.adapters.standstill import STANDS_STILL

# What is on its way is left alone: the other's goes instead. A delivery's key begins with the run that caused it.
_DROP: Final = text(
    """
    WITH waiting AS (
        SELECT id, key, contact_id, campaign_id, sending FROM outbox
        WHERE contact_id IN (:kept, :merged) AND state IN ('pending', 'held') FOR UPDATE
    ), needless AS (
        SELECT w.id FROM waiting w WHERE NOT w.sending AND (
            split_part(w.key, ':', 1) = ANY(CAST(:runs AS text[]))
            OR EXISTS (
                SELECT FROM waiting o WHERE o.campaign_id = w.campaign_id AND o.contact_id <> w.contact_id
                    AND (o.sending OR o.contact_id = :kept)
            )
            OR EXISTS (
                SELECT FROM message m WHERE m.contact_id IN (:kept, :merged)
                    AND m.campaign_id = w.campaign_id AND m.state = 'sent'
            )
        )
    ), dropped AS (
        DELETE FROM outbox o USING needless n WHERE o.id = n.id RETURNING o.*
    ), noted AS (
        UPDATE message m SET state = 'left_out', reason = :reason
        FROM dropped d WHERE m.key = d.key AND m.state = 'sending'
    )
    SELECT to_jsonb(d) FROM dropped d ORDER BY d.id
    """
)
# Its run goes on, or its campaign does: else its time is over. Its message is written anew when it leaves.
_GIVE_BACK: Final = text(
    f"""
    INSERT INTO outbox
    SELECT again.* FROM jsonb_populate_recordset(NULL::outbox, CAST(:dropped AS jsonb)) AS outbox,
        jsonb_populate_record(outbox, jsonb_build_object(
            'state', CASE WHEN {STANDS_STILL} THEN 'held' ELSE 'pending' END, 'turn_at', NULL
        )) AS again
    WHERE EXISTS (SELECT FROM campaign c WHERE c.id = outbox.campaign_id AND c.state IN ('sending', 'paused'))
        OR EXISTS (
            SELECT FROM enrollment n WHERE n.contact_id = outbox.contact_id AND n.state = 'active'
                AND n.id::text = split_part(outbox.key, ':', 1)
        )
    """  # noqa: S608 - a constant of ours
)


def drop(session: Session, merged: int, kept: int, ended: Collection[int]) -> list[Any]:
    """Take away what `ended` runs were to send, and mail of a campaign that either gets or got already.

    Returns what `give_back` needs.
    """
    runs = [str(each) for each in ended]
    return list(session.scalars(_DROP, {"merged": merged, "kept": kept, "runs": runs, "reason": MERGED}))


def give_back(session: Session, dropped: Sequence[Any]) -> None:
    """Let wait again what `drop` took away, where the run or the campaign that wrote it goes on."""
    if dropped:
        session.execute(_GIVE_BACK, {"dropped": orjson.dumps(dropped).decode()})
