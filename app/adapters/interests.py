"""The category of pages that contacts viewed most, and the one that they viewed last, of many at once."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from nodes.world import Contact

LATELY_DAYS: Final = 90
_STRONGEST: Final = text(
    """
    WITH viewed AS (
        SELECT contact_id, properties->>'category' AS category, count(*) AS views, max(at) AS last_at FROM event
        WHERE contact_id = ANY(:ids) AND type_id = (SELECT id FROM event_type WHERE name = 'page_visited')
        AND at >= :since AND received_at >= :since AND jsonb_typeof(properties->'category') = 'string'
        GROUP BY contact_id, category
    )
    SELECT DISTINCT contact_id,
        first_value(category) OVER (PARTITION BY contact_id ORDER BY views DESC, last_at DESC) AS most,
        first_value(category) OVER (PARTITION BY contact_id ORDER BY last_at DESC) AS latest
    FROM viewed
    """
)


def fill_interests(session: Session, ids: Sequence[int], snapshots: Mapping[int, Contact]) -> None:
    """Fill in what contacts are interested in, in one statement."""
    since = datetime.now(UTC) - timedelta(days=LATELY_DAYS)
    for contact, most, latest in session.execute(_STRONGEST, {"ids": list(ids), "since": since}):
        if found := snapshots.get(contact):
            found.interest, found.latest_interest = most, latest
