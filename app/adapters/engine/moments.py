"""When events happened around those that a batch works through, of many contacts at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Final

import orjson
from sqlalchemy import text
from sqlalchemy.orm import Session

from nodes.triggers.page_visited_often import MOST_TIMES
from nodes.world import Contact, Event, EventCount, Moment, Reads
from workflows.items import Happening

# Of so many in the two windows that meet at an event, one window holds more than any trigger counts to: whichever they
# are, its number was reached before.
_ENOUGH: Final = 2 * MOST_TIMES + 1

# Around each event by itself: one that comes late, by its sender or by us, is judged as of its own time. Those that
# were put off may be taken up in any batch.
_MOMENTS: Final = text(
    """
    WITH type AS MATERIALIZED (SELECT id FROM event_type WHERE name = :name), judged AS (
        SELECT * FROM unnest(CAST(:contacts AS bigint[]), CAST(:events AS bigint[]), CAST(:ats AS timestamptz[]))
        AS given (contact_id, id, at)
        UNION
        SELECT contact_id, event_id, CAST(event ->> 'at' AS timestamptz) FROM pending_entry
        WHERE contact_id = ANY(:ids) AND event ->> 'name' = :name
    )
    SELECT DISTINCT judged.contact_id, around.id, around.at FROM judged CROSS JOIN LATERAL (
        SELECT e.id, e.at FROM event e
        WHERE e.contact_id = judged.contact_id AND e.id <= judged.id AND e.type_id = (SELECT id FROM type)
            AND e.at > judged.at - make_interval(secs => :span) AND e.at < judged.at + make_interval(secs => :span)
            AND e.received_at > judged.at - make_interval(secs => :span, days => 1)
            AND e.properties @> CAST(:where AS jsonb)
        ORDER BY e.id DESC LIMIT :enough
    ) AS around
    ORDER BY around.id
    """
)
_DAY_SECONDS: Final = 86_400


def fill_moments(
    session: Session, contacts: Mapping[int, Contact], reads: Reads, events: Collection[Happening]
) -> None:
    """Fill in when what `reads` asks about happened around `events` and those put off, as far as it can matter.

    A statement a question, and a look at the log for each event that it is about; however long a past, little of it is
    taken along.
    """
    found: defaultdict[int, dict[EventCount, list[Moment]]] = defaultdict(dict)
    for question in sorted((each for each in reads.event_counts if each.times), key=str):
        judged = [each for each in events if each.contact in contacts and _fits(each.event, question)]
        asked = {
            "ids": sorted(contacts),
            "name": question.event,
            "contacts": [each.contact for each in judged],
            "events": [each.event.id for each in judged],
            "ats": [each.event.at for each in judged],
            "span": (question.days or 0) * _DAY_SECONDS,
            "where": orjson.dumps(dict(question.where)).decode(),
            "enough": _ENOUGH,
        }
        for contact, number, at in session.execute(_MOMENTS, asked):
            found[contact].setdefault(question, []).append(Moment(number, at))
    for contact, times in found.items():
        contacts[contact].event_times = times


def _fits(event: Event, question: EventCount) -> bool:
    fits = all(event.properties.get(key) == value for key, value in question.where)
    return event.name == question.event and fits
