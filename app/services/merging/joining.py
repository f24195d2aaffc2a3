"""Making one contact of two, in one transaction."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeVar

from psycopg.errors import DeadlockDetected
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from app import db, permissions
from app.adapters import announcing
from app.adapters.announcing import News
from app.adapters.attributes import column_name
from app.adapters.catalog import load_catalog
from app.adapters.doorbell import ring
from app.adapters.merging import aliases, deliveries, held, histories, runs, shares
from app.adapters.merging.held import Row
from app.errors import Conflict, Invalid, NotFound
from app.models import PARTITIONS, ContactMerge
from app.services import audit
from app.services.contacts.inputs import IDENTIFIERS
from app.services.contacts.reading import get
from app.services.merging.choosing import Way, asked_for_none, chosen
from app.services.merging.doubles import settled
from app.services.merging.history import MergeView, one

_ATTEMPTS: Final = 4
_T = TypeVar("_T")


def merge(kept: int, other: int, wanted: Mapping[str, Way]) -> MergeView:
    """Let the contact `other` become part of `kept`; returns the merge, by whose `id` it can be undone.

    `wanted`: how to choose the value of fields and attributes by name; see `choosing.fields` for what goes by itself.
    Raises NotFound, Invalid, or Conflict where others keep changing the two.
    """
    if kept == other:
        raise Invalid.field("contact_id", "same_contact", "This is the same contact.", "Name another one.")
    return patiently(lambda: _merge(kept, other, wanted))


def patiently(act: Callable[[], _T]) -> _T:
    """Do something again that got into a deadlock with others; raises Conflict after a few times."""
    for _ in range(_ATTEMPTS):
        try:
            return act()
        except OperationalError as error:
            if not isinstance(error.orig, DeadlockDetected):
                raise
    raise Conflict("Others keep changing these contacts at this moment. Nothing was changed; try again.")


def _merge(kept: int, other: int, wanted: Mapping[str, Way]) -> MergeView:
    with db.transaction() as session:
        found = held.hold(session, {kept, other})
        for each in (kept, other):
            if each not in found:
                raise NotFound.thing("contact", each)
        columns, added = chosen(found[kept], found[other], load_catalog(), wanted)
        given_up = {found[each]["email"] for each in (kept, other)} - {{**found[kept], **columns}["email"]}
        if asked_for_none(session, given_up):
            columns["email_blacklisted"] = True
        number = _give(session, found[kept], found[other], columns, added)
        audit.record("merged", "contact", kept, {"contact": other, "merge": number})
        _tell(session, kept, other, columns)
        return one(session, number)


def _give(session: Session, kept: Row, other: Row, columns: Row, added: Row) -> int:
    kept_id, other_id = kept["id"], other["id"]
    actor = permissions.current()
    record = ContactMerge(
        kept_id=kept_id,
        merged_id=other_id,
        name=get(other_id).name,
        user_id=actor.user_id if actor else None,
        api_key_id=actor.api_key_id if actor else None,
    )
    session.add(record)
    session.flush()
    behind = [each.ends for each in settled(session, other_id, kept_id) if each.ends]
    ended, dropped = runs.end(session, behind), deliveries.drop(session, other_id, kept_id, behind)
    histories.give(session, record.id, other_id, kept_id)
    before = shares.give(session, other_id, kept_id)
    record.before = {"kept": kept, "merged": other, "shares": before, "runs": ended, "deliveries": dropped}
    record.after = {"columns": columns, "added": added}
    aliases.keep(session, record.id, kept_id, list(_known_by(kept, other, {**kept, **columns})))
    held.drop(session, other_id)
    if columns:
        held.change(session, kept_id, columns)
    return record.id


def _known_by(kept: Row, other: Row, after: Row) -> Iterator[tuple[str, Any]]:
    """What either was known by, and the kept contact is not called any more."""
    yield "id", other["id"]
    for kind in IDENTIFIERS:
        yield from ((kind, value) for value in {kept[kind], other[kind]} if value and value != after[kind])


def _tell(session: Session, kept: int, other: int, columns: Row) -> None:
    """Wake the workers, for whom the other's events wait with the kept one; webhooks are told of both."""
    names = {column_name(each.id): name for name, each in load_catalog().attributes.items()}
    changed = sorted(names.get(each, each) for each in columns)
    gone = {"contact": {"id": other}, "merged_into": {"id": kept}}
    news = [News("contact.deleted", None, gone), News("contact.updated", kept, {"changed": changed})]
    announcing.announce(session, news)
    db.after_commit(lambda: ring([kept % PARTITIONS]))
