"""Those whom a source knows by an anonymous id only: what they do becomes the contact's, once somebody says whose."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Final, NamedTuple

import orjson
from sqlalchemy import delete, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.adapters.bulk import among
from app.models import Visitor, VisitorEvent
from app.services.contacts import Identifier
from app.services.incoming import IncomingEvent
from app.services.web.receiving import MOST_KEPT

_JOIN: Final = text(
    """
    UPDATE visitor v SET contact_id = x.contact
    FROM unnest(CAST(:visitors AS bigint[]), CAST(:contacts AS bigint[])) AS x (visitor, contact) WHERE v.id = x.visitor
    """
)
_LET_GO: Final = text(
    """
    DELETE FROM visitor_event WHERE id IN (
        SELECT id FROM (
            SELECT id, row_number() OVER (PARTITION BY visitor_id ORDER BY id DESC) AS place
            FROM visitor_event WHERE visitor_id = ANY(CAST(:visitors AS bigint[]))
        ) AS kept WHERE place > :most
    )
    """
)


class Known(NamedTuple):
    """A visitor, and whose it is; None: nobody said yet."""

    id: int
    contact: int | None


class Waiting(NamedTuple):
    """An event of somebody unknown. `key` tells it from others of the source."""

    visitor: int
    key: str
    name: str
    at: datetime
    properties: bytes


def visitors(session: Session, source: int, tokens: set[str]) -> dict[str, Known]:
    """Return who goes by these anonymous ids, made if need be; nobody else changes them until the transaction ends."""
    if not tokens:
        return {}
    now = datetime.now(UTC)
    rows = [{"source_id": source, "token": token, "seen_at": now} for token in sorted(tokens)]
    statement = insert(Visitor).values(rows)
    known = statement.on_conflict_do_update(index_elements=["source_id", "token"], set_={"seen_at": now})
    found = session.execute(known.returning(Visitor.token, Visitor.id, Visitor.contact_id))
    return {token: Known(visitor, contact) for token, visitor, contact in found}


def join(session: Session, joined: Mapping[int, int], strangers: set[int]) -> list[IncomingEvent]:
    """Say whose visitors are, and return what those did who were `strangers` until now, as their contacts' events."""
    if not joined:
        return []
    order = sorted(joined)
    session.execute(_JOIN, {"visitors": order, "contacts": [joined[each] for each in order]})
    if not strangers:
        return []
    gone = delete(VisitorEvent).where(among(VisitorEvent.visitor_id, sorted(strangers))).returning(VisitorEvent)
    return [
        IncomingEvent(
            each.name,
            [Identifier("id", joined[each.visitor_id])],
            each.at,
            orjson.dumps(each.properties),
            message_id=each.key,
        )
        for each in sorted(session.scalars(gone), key=lambda each: each.id)
    ]


def keep(session: Session, waiting: Sequence[Waiting]) -> None:
    """Keep what strangers did, of each the latest; what is repeated is kept once."""
    if not waiting:
        return
    rows = [
        {
            "visitor_id": each.visitor,
            "key": each.key,
            "name": each.name,
            "at": each.at,
            "properties": orjson.loads(each.properties),
        }
        for each in waiting
    ]
    session.execute(insert(VisitorEvent).on_conflict_do_nothing(), rows)
    session.execute(_LET_GO, {"visitors": sorted({each.visitor for each in waiting}), "most": MOST_KEPT})
