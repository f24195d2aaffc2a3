"""The last messages of a source, as its debugger shows them: what was sent, and what became of it.

Kept are the last of each source, for a week at most: they are personal data. Erasing a contact erases those about it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import orjson
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app import db
from app.adapters.bulk import among, insert_rows
from app.adapters.contact_names import contact_name
from app.errors import NotFound
from app.models import Contact, EventKey, Source, SourceMessage
from app.services.values import shortened
from app.services.views import Reference, reference

if TYPE_CHECKING:
    from app.services.sources.receiving import Entry

MOST_KEPT: Final = 200
_MOST_OF_A_REQUEST: Final = 50
_LARGEST_PAYLOAD: Final = 10_000
_KEPT_FOR: Final = timedelta(days=7)
_NUL: Final = b"\\u0000"


class MessageView(NamedTuple):
    """A message; `problems` say what of it was not taken. `payload` is as it was sent, None if it was too long."""

    id: int
    at: datetime
    kind: str
    name: str
    result: str
    problems: Sequence[Mapping[str, Any]]
    payload: Mapping[str, Any] | None
    contact: Reference | None


def keep(session: Session, source: int, entries: Sequence["Entry"]) -> None:
    """Keep what became of the messages of a request, those with problems above all, and let go of older ones."""
    chosen = sorted(range(len(entries)), key=lambda index: (not entries[index].problems, -index))[:_MOST_OF_A_REQUEST]
    rows = [_row(source, entries[index]) for index in sorted(chosen)]
    if not rows:
        return
    session.execute(insert_rows(SourceMessage, rows))
    mine = SourceMessage.source_id == source
    last = select(SourceMessage.id).where(mine).order_by(SourceMessage.id.desc()).offset(MOST_KEPT).limit(1)
    old = select(SourceMessage.id).where(mine, SourceMessage.id <= last.scalar_subquery())
    session.execute(delete(SourceMessage).where(SourceMessage.id.in_(old.with_for_update(skip_locked=True))))


def last(source_id: int) -> Sequence[MessageView]:
    """Return the last messages of a source, the newest first. Raises NotFound."""
    rows = (
        select(SourceMessage, Contact.id, contact_name())
        .outerjoin(Contact, Contact.id == SourceMessage.contact_id)
        .where(SourceMessage.source_id == source_id)
        .order_by(SourceMessage.id.desc())
    )
    with db.transaction() as session:
        if session.get(Source, source_id) is None:
            raise NotFound.thing("source", source_id)
        return [
            MessageView(
                each.id,
                each.at,
                each.kind,
                each.name,
                each.result,
                each.problems,
                each.payload,
                reference(contact, name),
            )
            for each, contact, name in session.execute(rows)
        ]


def repeated(session: Session, sender: str, message_ids: Sequence[str | None]) -> frozenset[str | None]:
    """Return which of a sender's message ids were met before."""
    keys = {f"{sender}:{each}": each for each in message_ids if each is not None}
    if not keys:
        return frozenset()
    met = session.scalars(select(EventKey.key).where(among(EventKey.key, sorted(keys))))
    return frozenset(keys[each] for each in met)


def forget_old() -> None:
    """Delete what was kept long enough."""
    with db.transaction() as session:
        session.execute(delete(SourceMessage).where(SourceMessage.at < func.now() - _KEPT_FOR))


def _row(source: int, entry: "Entry") -> dict[str, Any]:
    kind = entry.raw.get("type")
    name = (entry.message and entry.message.event) or entry.raw.get("event") or entry.raw.get("name") or ""
    return {
        "source_id": source,
        "kind": shortened(str(kind)) if kind else "",
        "name": shortened(str(name)),
        "result": entry.result,
        "problems": [
            {"field": each.field, "code": each.code, "message": each.message, "remedy": each.remedy}
            for each in entry.problems
        ],
        "payload": _payload(entry.raw),
        "contact_id": entry.contact,
    }


def _payload(raw: Mapping[str, Any]) -> Any:  # noqa: ANN401 - JSON
    """Return what was sent as the database can keep it; None for what is too long."""
    written = orjson.dumps({key: value for key, value in raw.items() if key != "writeKey"})
    if len(written) > _LARGEST_PAYLOAD:
        return None
    return orjson.loads(written.replace(_NUL, b"\\ufffd")) if _NUL in written else orjson.loads(written)
