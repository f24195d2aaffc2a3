"""What contacts are interested in: the categories of the pages that they viewed lately."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from sqlalchemy import text

from app import db
from app.errors import NotFound
from app.models import Contact
from app.services.web.visits import LEFT, VISITED

LATELY_DAYS: Final = 90
MOST: Final = 20
_LONGEST_SECONDS: Final = 86_400

# How long a page was looked at is told when it is left, by its address.
_INTERESTS: Final = text(
    """
    WITH said AS (
        SELECT e.contact_id, t.name, e.at, e.properties->>'page' AS page,
            CASE WHEN jsonb_typeof(e.properties->'category') = 'string' THEN e.properties->>'category' END AS category,
            CASE WHEN jsonb_typeof(e.properties->'seconds') = 'number'
                THEN least(greatest(CAST(e.properties->>'seconds' AS numeric), 0), :longest) END AS seconds
        FROM event e JOIN event_type t ON t.id = e.type_id
        WHERE e.contact_id = :contact AND e.at >= :since AND e.received_at >= :since AND t.name IN (:visited, :left)
    ), viewed AS (
        SELECT category, count(*) AS views, max(at) AS last_at FROM said
        WHERE name = :visited AND category IS NOT NULL GROUP BY category
    ), pages AS (
        SELECT DISTINCT ON (page) page, category FROM said
        WHERE name = :visited AND category IS NOT NULL ORDER BY page, at DESC
    ), looked AS (
        SELECT p.category, sum(s.seconds) AS seconds FROM said s JOIN pages p ON p.page = s.page
        WHERE s.name = :left GROUP BY p.category
    )
    SELECT v.category, v.views, CAST(round(coalesce(l.seconds, 0)) AS bigint), v.last_at
    FROM viewed v LEFT JOIN looked l ON l.category = v.category
    ORDER BY v.views DESC, v.last_at DESC LIMIT :most
    """
)


class Interest(NamedTuple):
    """A category, how many of its pages were viewed, for how many seconds together, and when last."""

    category: str
    views: int
    seconds: int
    last_at: datetime


def of_contact(contact_id: int, days: int = LATELY_DAYS) -> Sequence[Interest]:
    """Return a contact's interests of the last days, the strongest first. Raises NotFound."""
    asked: Mapping[str, object] = {
        "contact": contact_id,
        "since": datetime.now(UTC) - timedelta(days=days),
        "visited": VISITED,
        "left": LEFT,
        "most": MOST,
        "longest": _LONGEST_SECONDS,
    }
    with db.transaction() as session:
        if session.get(Contact, contact_id) is None:
            raise NotFound.thing("contact", contact_id)
        return [Interest(*row) for row in session.execute(_INTERESTS, asked)]
