"""Creating and updating contacts: any number of rows in a fixed number of statements."""

from collections.abc import Sequence
from typing import Any, Final

from psycopg.errors import DeadlockDetected
from sqlalchemy import ARRAY, BigInteger, Boolean, Text, any_, bindparam, column, func, select, table, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeEngine

from app import db
from app.adapters.attributes import column_name, sql_type
from app.adapters.bulk import recordset
from app.adapters.catalog import load_catalog
from app.errors import Conflict, Invalid
from app.models import Company
from app.services.contacts import aftermath, lookup
from app.services.contacts.batch import Batch, Mode, Outcome, Target
from app.services.contacts.inputs import IDENTIFIERS, Change, ContactInput, Identifier, Known, read_change
from nodes.catalog import Catalog

_ATTEMPTS: Final = 5
_RACE_LOCK: Final = 770_003
_FIXED: Final[dict[str, TypeEngine[Any]]] = {
    **dict.fromkeys(IDENTIFIERS, Text()),
    "time_zone": Text(),
    "owner_id": BigInteger(),
    "company_id": BigInteger(),
    "email_blacklisted": Boolean(),
    "sms_blacklisted": Boolean(),
}
_NEVER_EMPTY: Final = {"email_blacklisted": False, "sms_blacklisted": False}


class _Raced(Exception):
    """Somebody else made one of the contacts while we looked."""


def write(rows: Sequence[ContactInput], mode: Mode = "upsert", *, tolerant: bool = False) -> list[Outcome]:
    """Apply rows in order, as if one after the other; returns what became of each.

    A row that cannot be taken is refused alone: its outcome says why, the others are written. `mode`: `create` and
    `update` refuse a contact that exists, or does not; `keep` leaves existing ones as they are but for lists and tags.
    `tolerant`: attributes that do not exist or do not fit are left out instead of refused.
    """
    with db.transaction() as session:
        catalog = load_catalog()
        read = _read(session, rows, catalog, tolerant=tolerant)
        for _ in range(_ATTEMPTS):
            try:
                with session.begin_nested():
                    return _write(session, read, mode, catalog)
            except (_Raced, IntegrityError):
                # Who lost a race queues up, or many senders of the same new contacts could go on undoing each other.
                session.execute(select(func.pg_advisory_xact_lock(_RACE_LOCK)))
            except OperationalError as error:
                if not isinstance(error.orig, DeadlockDetected):
                    raise
    raise Conflict("Other requests keep changing the same contacts. Nothing was changed by this one; send it again.")


def _read(
    session: Session, rows: Sequence[ContactInput], catalog: Catalog, *, tolerant: bool
) -> list[Change | Invalid]:
    known = Known(
        catalog.attributes,
        catalog.lists,
        frozenset(user.id for user in catalog.users.values() if user.active),
        _companies(session, rows),
    )
    read: list[Change | Invalid] = []
    for row in rows:
        try:
            read.append(read_change(row, known, tolerant=tolerant))
        except Invalid as refusal:
            read.append(refusal)
    return read


def _companies(session: Session, rows: Sequence[ContactInput]) -> frozenset[int]:
    asked = {row.fields.get("company_id") for row in rows} - {None}
    wanted = [each for each in asked if isinstance(each, int)]
    if not wanted:
        return frozenset()
    array = bindparam(None, wanted, type_=ARRAY(BigInteger))
    return frozenset(session.scalars(select(Company.id).where(Company.id == any_(array))))


def _write(session: Session, read: Sequence[Change | Invalid], mode: Mode, catalog: Catalog) -> list[Outcome]:
    changes = [each for each in read if isinstance(each, Change)]
    types = _FIXED | {column_name(each.id): sql_type(each.kind) for each in catalog.attributes.values()}
    stored, former = _load(session, changes, types)
    batch = Batch(stored, mode, former)
    outcomes = [batch.take(each) if isinstance(each, Change) else Outcome("refused", refusal=each) for each in read]
    _insert(session, [each for each in batch.targets if each.before is None], types)
    _update(session, [each for each in batch.targets if each.before is not None and each.changed], types)
    aftermath.settle(session, batch.targets, catalog)
    return outcomes


def _load(
    session: Session, changes: Sequence[Change], types: dict[str, TypeEngine[Any]]
) -> tuple[list[dict[str, Any]], dict[Identifier, int]]:
    """Lock the contacts meant, in the order everybody locks them, and read what may change.

    Returned besides is who is named by what it was known by before a merge. Raises _Raced when one is gone by now.
    """
    asked = {each for change in changes for each in (change.who, *change.identifiers) if each is not None}
    held = lookup.holders(session, asked)
    ids = sorted(set(held.values()))
    if not ids:
        return [], {}
    touched = set(IDENTIFIERS).union(*(change.columns for change in changes))
    contact = table("contact", column("id"), *(column(name, types[name]) for name in sorted(touched)))
    statement = (
        select(contact)
        .where(contact.c.id == any_(bindparam(None, ids, type_=ARRAY(BigInteger))))
        .order_by(contact.c.id)
        .with_for_update(key_share=True)
    )
    rows = [dict(row) for row in session.execute(statement).mappings()]
    if len(rows) < len(ids):
        raise _Raced
    own = {Identifier(kind, row[kind]) for row in rows for kind in ("id", *IDENTIFIERS) if row[kind]}
    former = lookup.former(session, held.keys() - own)
    if not set(former.values()) <= set(ids):
        raise _Raced
    return rows, former


def _insert(session: Session, targets: Sequence[Target], types: dict[str, TypeEngine[Any]]) -> None:
    """Make new contacts, and tell the targets their ids. Raises _Raced when one of them exists by now."""
    if not targets:
        return
    names = sorted(set(_NEVER_EMPTY).union(*(target.columns for target in targets)))
    rows = [_NEVER_EMPTY | target.columns for target in targets]
    rows.sort(key=lambda row: tuple(row.get(kind) or "" for kind in IDENTIFIERS))
    given = recordset("given", {name: types[name] for name in names}, rows)
    contact = table("contact", column("id"), *(column(name) for name in {*names, *IDENTIFIERS}))
    statement = (
        insert(contact)
        .from_select(names, select(*(given.c[name] for name in names)))
        .on_conflict_do_nothing()
        .returning(contact.c.id, *(contact.c[kind] for kind in IDENTIFIERS))
    )
    made = {
        (kind, value): row[0]
        for row in session.execute(statement)
        for kind, value in zip(IDENTIFIERS, row[1:], strict=True)
    }
    for target in targets:
        target.id = next((made[each] for each in target.identifiers() if each in made), None)
        if target.id is None:
            raise _Raced


def _update(session: Session, targets: Sequence[Target], types: dict[str, TypeEngine[Any]]) -> None:
    if not targets:
        return
    names = sorted(set[str]().union(*(target.changed for target in targets)))
    rows = [{"id": target.id} | {name: target.columns[name] for name in names} for target in targets]
    given = recordset("given", {"id": BigInteger()} | {name: types[name] for name in names}, rows)
    contact = table("contact", column("id"), column("modified_at"), *(column(name) for name in names))
    session.execute(
        update(contact)
        .values({name: given.c[name] for name in names} | {"modified_at": func.now()})
        .where(contact.c.id == given.c.id)
    )
