"""Writing events: into the log, and into the inbox that automations work through."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import compress
from typing import Final, NamedTuple

import orjson
from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app import db
from app.adapters import announcing
from app.adapters.announcing import RECORDED, News
from app.models import PARTITIONS, EventType

# One statement whatever the number of events: they go to the log and the inbox, in the order given. The rows travel as
# one JSON text, which costs this process a sixth of what arrays do.
_QUEUE: Final = f"""
    queued AS (
        INSERT INTO inbox (part, id, contact_id, type_id, at, received_at, properties, causes)
        SELECT contact_id % {PARTITIONS}, id, contact_id, type_id, at, received_at, properties, causes FROM logged
        RETURNING part
    )
    SELECT DISTINCT part FROM queued
"""  # noqa: S608 - a constant of ours
_INSERT: Final = text(
    f"""
    WITH logged AS (
        INSERT INTO event (contact_id, type_id, at, properties, causes)
        SELECT * FROM json_to_recordset(CAST(:events AS json))
        AS given (contact bigint, type_id bigint, at timestamptz, properties jsonb, causes bigint[])
        RETURNING *
    ), {_QUEUE}
    """  # noqa: S608 - a constant of ours
)
# All or none: with somebody among them whom nobody knows yet, nothing is written.
_INSERT_BY: Final = {
    by: text(
        f"""
        WITH given AS MATERIALIZED (
            SELECT * FROM ROWS FROM (
                json_to_recordset(CAST(:events AS json))
                AS (contact text, type_id bigint, at timestamptz, properties jsonb, causes bigint[])
            ) WITH ORDINALITY AS each (contact, type_id, at, properties, causes, place)
        ), known AS MATERIALIZED (
            SELECT id, {by} AS contact FROM contact WHERE {by} = ANY(ARRAY(SELECT contact FROM given))
        ), owned AS MATERIALIZED (
            SELECT * FROM given JOIN known USING (contact)
        ), logged AS (
            INSERT INTO event (contact_id, type_id, at, properties, causes)
            SELECT id, type_id, at, properties, causes FROM owned
            WHERE (SELECT count(*) FROM owned) = (SELECT count(*) FROM given)
            ORDER BY place
            RETURNING *
        ), {_QUEUE}
        """  # noqa: S608 - constants of ours
    )
    for by in ("email", "ext_id")
}

_REQUEUE: Final = text(
    f"""
    INSERT INTO inbox (part, id, contact_id, type_id, at, received_at, properties, causes)
    SELECT e.contact_id % {PARTITIONS}, e.id, e.contact_id, e.type_id, e.at, e.received_at, e.properties, e.causes
    FROM unnest(CAST(:ids AS bigint[]), CAST(:contacts AS bigint[])) AS given (id, contact)
    JOIN event e ON e.contact_id = given.contact AND e.id = given.id
    ON CONFLICT DO NOTHING
    RETURNING part
    """  # noqa: S608 - a constant of ours
)


# A key is remembered for this month and the last. In a month's first minutes it is written for both, so that senders on
# either side of midnight meet; a key is new if every one of its rows is.
_REMEMBER: Final = text(
    """
    WITH months AS (
        SELECT DISTINCT CAST(date_trunc('month', moment AT TIME ZONE 'UTC') AS date) AS month
        FROM unnest(ARRAY[now(), now() - interval '10 minutes']) AS moment
    ), remembered AS (
        INSERT INTO event_key (key, month)
        SELECT given.key, months.month FROM unnest(CAST(:keys AS text[])) AS given (key) CROSS JOIN months
        WHERE NOT EXISTS (
            SELECT FROM event_key k
            WHERE k.key = given.key AND k.month = CAST(months.month - interval '1 month' AS date)
        )
        ORDER BY 1, 2
        ON CONFLICT DO NOTHING RETURNING key
    )
    SELECT key FROM remembered GROUP BY key HAVING count(*) = (SELECT count(*) FROM months)
    """
)


_MOST_KEPT: Final = 10_000


class NewEvent(NamedTuple):
    """An event to write. `properties` is JSON text; `key` makes a repetition harmless; `at` is aware.

    `contact` is the contact's number, or what it is known by (`log_events_by`).
    """

    contact: int | str
    type_id: int
    at: datetime
    properties: bytes | str
    key: str | None = None
    causes: Sequence[int] = ()


class Written(NamedTuple):
    """Of each event whether it was new, and the partitions that now have work."""

    fresh: Sequence[bool]
    parts: frozenset[int]

    @property
    def new(self) -> int:
        """How many were new."""
        return sum(self.fresh)


def write_events(session: Session, events: Sequence[NewEvent]) -> Written:
    """Log events and queue them for the automations, those with a known key left out."""
    return log_events(session, events, are_fresh(session, [each.key for each in events]))


def log_events(session: Session, events: Sequence[NewEvent], fresh: Sequence[bool]) -> Written:
    """Log those events that are fresh and queue them for the automations."""
    new = list(compress(events, fresh))
    if not new:
        return Written(fresh, frozenset())
    parts = frozenset(session.scalars(_INSERT, _rows(new)))
    _announce(session, new)
    return Written(fresh, parts)


def log_events_by(session: Session, by: str, events: Sequence[NewEvent], fresh: Sequence[bool]) -> Written | None:
    """Do the same for events whose contacts are named by their `by`, in the one statement that finds these.

    None, and nothing is written, if nobody is known by one of them, or if webhooks are to be told.
    """
    new = list(compress(events, fresh))
    if not new or by not in _INSERT_BY or any(each.startswith(RECORDED) for each in announcing.listeners(session)):
        return None
    parts = frozenset(session.scalars(_INSERT_BY[by], _rows(new)))
    return Written(fresh, parts) if parts else None


def _rows(events: Sequence[NewEvent]) -> Mapping[str, str]:
    given = [
        {
            "contact": each.contact,
            "type_id": each.type_id,
            "at": each.at,
            "properties": orjson.Fragment(each.properties),
            "causes": each.causes or None,
        }
        for each in events
    ]
    return {"events": orjson.dumps(given).decode()}


def _announce(session: Session, events: Sequence[NewEvent]) -> None:
    """Tell webhooks of those that some of them listen to."""
    heard = [each.removeprefix(RECORDED) for each in announcing.listeners(session) if each.startswith(RECORDED)]
    if heard:
        names = {number: name for name, number in _find(session, set(heard)).items()}
        told = (each for each in events if each.type_id in names)
        announcing.announce(
            session,
            [
                News(
                    f"{RECORDED}{names[each.type_id]}", int(each.contact), {"properties": orjson.loads(each.properties)}
                )
                for each in told
            ],
        )


def are_fresh(session: Session, keys: Sequence[str | None]) -> Sequence[bool]:
    """Remember the keys of events, and tell of each whether it was new; without a key an event is."""
    wanted = {each for each in keys if each is not None}
    if not wanted:
        return [True] * len(keys)
    unmet: set[str | None] = set(session.scalars(_REMEMBER, {"keys": sorted(wanted)}))
    fresh = []
    for each in keys:
        fresh.append(each is None or each in unmet)
        unmet.discard(each)
    return fresh


def requeue_events(session: Session, contacts: Mapping[int, int]) -> Written:
    """Queue events of the log once more, given as contact by event; what the log no longer holds is left out."""
    parts = session.scalars(_REQUEUE, {"ids": list(contacts), "contacts": list(contacts.values())}).all()
    return Written([True] * len(parts), frozenset(parts))


class _Kept:
    """The kinds of events that this process has met: they are never renamed or taken away."""

    types: tuple[int, Mapping[str, int]] = (0, {})  # in the database of this number


def met(names: Collection[str]) -> bool:
    """Tell whether this process has met all these kinds of events: then they exist."""
    database, kept = _Kept.types
    return database == db.number() and kept.keys() >= set(names)


def type_ids(session: Session, names: Collection[str]) -> Mapping[str, int]:
    """Return the number of each kind of event, making those not met before."""
    if met(names):
        return _Kept.types[1]
    known = _types(session, set(names))
    db.after_commit(lambda: _keep(db.number(), known))
    return known


def _keep(database: int, known: Mapping[str, int]) -> None:
    before = _Kept.types[1] if _Kept.types[0] == database else {}
    if len(before) < _MOST_KEPT:
        _Kept.types = (database, {**before, **known})


def _types(session: Session, wanted: set[str]) -> dict[str, int]:
    known = _find(session, wanted)
    if missing := sorted(wanted - known.keys()):
        session.execute(insert(EventType).on_conflict_do_nothing(), [{"name": name} for name in missing])
        known |= _find(session, set(missing))
    return known


def _find(session: Session, names: set[str]) -> dict[str, int]:
    rows = session.execute(select(EventType.name, EventType.id).where(EventType.name.in_(names)))
    return {row.name: row.id for row in rows}
