"""The sources that may send, each with its write key."""

import secrets as random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple, TypedDict

from sqlalchemy import delete as delete_from
from sqlalchemy import func, insert, select, update

from app import db
from app.errors import Conflict, NotFound
from app.models import Source
from app.services import audit, values

_SEEN_EVERY: Final = timedelta(seconds=10)
_KEY_BYTES: Final = 24


class SourceView(NamedTuple):
    """A source. `seen_at`: when it last sent something, to ten seconds."""

    id: int
    name: str
    kind: str
    key: str
    enabled: bool
    created_at: datetime
    seen_at: datetime | None


class NewSource(TypedDict):
    """A source as admins make it."""

    name: str
    kind: str


class SourceChange(TypedDict, total=False):
    """What may change of a source."""

    name: str
    enabled: bool


def every() -> Sequence[SourceView]:
    """Return all sources by name."""
    with db.transaction() as session:
        return [_view(each) for each in session.scalars(select(Source).order_by(func.lower(Source.name)))]


def get(source_id: int) -> SourceView:
    """Return one source. Raises NotFound."""
    with db.transaction() as session:
        found = session.get(Source, source_id, populate_existing=True)
        if found is None:
            raise NotFound.thing("source", source_id)
        return _view(found)


def demand(key: str) -> None:
    """Demand that a source that is switched on has this key. Raises NotFound."""
    with db.transaction() as session:
        if session.scalar(select(Source.id).where(Source.key == key, Source.enabled)) is None:
            raise NotFound.thing("source", values.shortened(key))


def create(given: NewSource) -> int:
    """Add a source; returns its id. Raises Invalid, and Conflict for a name in use."""
    with db.transaction() as session:
        row = {"name": _free(given["name"]), "kind": given["kind"], "key": _new_key()}
        source_id = session.scalars(insert(Source).values(row).returning(Source.id)).one()
        audit.record("created", "source", source_id)
    return source_id


def change(source_id: int, given: SourceChange) -> None:
    """Rename a source, or switch it on or off. Raises NotFound, and as `create` does."""
    changed = {**given, **({"name": _free(given["name"], source_id)} if "name" in given else {})}
    _write(source_id, "updated", changed or {"id": source_id})


def roll(source_id: int) -> None:
    """Give a source another key; the old one stops at once. Raises NotFound."""
    _write(source_id, "source.key_rolled", {"key": _new_key()})


def delete(source_id: int) -> None:
    """Stop listening to a source, and forget those whom it knew by anonymous ids only. Raises NotFound."""
    with db.transaction() as session:
        if session.scalar(delete_from(Source).where(Source.id == source_id).returning(Source.id)) is None:
            raise NotFound.thing("source", source_id)
        audit.record("deleted", "source", source_id)


def note_seen(source: Source) -> None:
    """Remember that a source is alive; not at each request, of which there are many."""
    now = datetime.now(UTC)
    if source.seen_at is None or now - source.seen_at > _SEEN_EVERY:
        source.seen_at = now


def _write(source_id: int, action: str, changed: dict[str, object]) -> None:
    with db.transaction() as session:
        statement = update(Source).where(Source.id == source_id).values(changed).returning(Source.id)
        if session.scalar(statement) is None:
            raise NotFound.thing("source", source_id)
        audit.record(action, "source", source_id)


def _free(name: str, besides: int = 0) -> str:
    name = values.line("name", name)
    with db.transaction() as session:
        if session.scalar(select(func.count()).where(Source.name == name, Source.id != besides)):
            raise Conflict(f"There is a source “{name}” already. Choose another name.")
    return name


def _new_key() -> str:
    return random.token_urlsafe(_KEY_BYTES)


def _view(source: Source) -> SourceView:
    return SourceView(*(getattr(source, name) for name in SourceView._fields))
