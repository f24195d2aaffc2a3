"""Static lists of contacts."""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple, TypedDict

from sqlalchemy import ColumnElement, func, insert, select, true, update
from sqlalchemy import delete as delete_from
from sqlalchemy.orm import Session

from app import db
from app.adapters.catalog import bump_revision
from app.errors import Invalid, NotFound
from app.models import Contact, ContactList, Folder, ListMember
from app.services import audit, signals, usage, values
from app.services.contacts.aftermath import joined_lists
from app.services.contacts.memberships import Pair, add_to_lists, remove_from_lists
from app.services.views import Reference, reference


class ListView(NamedTuple):
    """A list, and how many contacts are on it; `blacklisted` of these take no email."""

    id: int
    name: str
    folder: Reference | None
    created_at: datetime
    members: int
    blacklisted: int


class ListChanges(TypedDict, total=False):
    """What may change about a list."""

    name: str
    folder_id: int | None


def every(*, folder_id: int | None = None) -> list[ListView]:
    """Return all lists by name, or those of one folder."""
    return _views(true() if folder_id is None else ContactList.folder_id == folder_id)


def get(list_id: int) -> ListView:
    """Return one list. Raises NotFound."""
    found = _views(ContactList.id == list_id)
    if not found:
        raise NotFound.thing("list", list_id)
    return found[0]


def create(name: str, folder_id: int | None = None) -> int:
    """Make an empty list; returns its id. Raises Invalid for a folder that does not exist."""
    with db.transaction() as session:
        if folder_id is not None:
            _demand_folder(session, folder_id)
        statement = insert(ContactList).values(name=values.line("name", name), folder_id=folder_id)
        list_id = session.scalars(statement.returning(ContactList.id)).one()
        bump_revision()
        audit.record("created", "list", list_id)
    return list_id


def change(list_id: int, changes: ListChanges) -> ListView:
    """Rename a list, or put it into a folder (None: into none). Raises NotFound, or Invalid for an unknown folder."""
    columns: dict[str, Any] = dict(changes)
    with db.transaction() as session:
        if "name" in changes:
            columns["name"] = values.line("name", changes["name"])
        if columns.get("folder_id") is not None:
            _demand_folder(session, columns["folder_id"])
        statement = update(ContactList).where(ContactList.id == list_id).values(columns or {"id": list_id})
        if session.scalar(statement.returning(ContactList.id)) is None:
            raise NotFound.thing("list", list_id)
        if columns:
            bump_revision()
            audit.record("updated", "list", list_id, {"changed": sorted(columns)})
        return get(list_id)


def delete(list_id: int) -> None:
    """Delete a list; its contacts stay. Raises Conflict naming the automations and segments that use it."""
    with db.transaction() as session:
        usage.refuse_list_in_use(list_id)
        if session.scalar(delete_from(ContactList).where(ContactList.id == list_id).returning(ContactList.id)) is None:
            raise NotFound.thing("list", list_id)
        bump_revision()
        audit.record("deleted", "list", list_id)


def add(list_id: int, contact_ids: Collection[int]) -> set[int]:
    """Put contacts on a list; returns those that were not on it yet. Contacts that do not exist are left out."""
    with db.transaction() as session:
        _demand(session, list_id)
        existing = session.scalars(
            select(Contact.id).where(Contact.id.in_(contact_ids)).with_for_update(key_share=True, read=True)
        )
        joined = add_to_lists(session, [Pair(list_id, contact_id) for contact_id in existing])
        signals.emit([*joined_lists(joined), *signals.changed("lists", [pair.contact for pair in joined])])
        _record_members(list_id, "contacts_added", len(joined))
    return {pair.contact for pair in joined}


def remove(list_id: int, contact_ids: Collection[int]) -> set[int]:
    """Take contacts off a list; returns those that were on it."""
    with db.transaction() as session:
        _demand(session, list_id)
        left = remove_from_lists(session, [Pair(list_id, contact_id) for contact_id in contact_ids])
        signals.emit(list(signals.changed("lists", [pair.contact for pair in left])))
        _record_members(list_id, "contacts_removed", len(left))
    return {pair.contact for pair in left}


def clear(list_id: int) -> int:
    """Take every contact off a list; returns how many there were."""
    with db.transaction() as session:
        _demand(session, list_id)
        gone = session.scalars(
            delete_from(ListMember).where(ListMember.list_id == list_id).returning(ListMember.contact_id)
        ).all()
        signals.emit(list(signals.changed("lists", gone)))
        _record_members(list_id, "contacts_removed", len(gone))
    return len(gone)


def _views(condition: ColumnElement[bool]) -> list[ListView]:
    counted = (
        select(
            ListMember.list_id,
            func.count().label("members"),
            func.count().filter(Contact.email_blacklisted).label("blacklisted"),
        )
        .join(Contact, Contact.id == ListMember.contact_id)
        .join(ContactList, ContactList.id == ListMember.list_id)
        .where(condition)
        .group_by(ListMember.list_id)
        .subquery()
    )
    statement = (
        select(ContactList, Folder.name, func.coalesce(counted.c.members, 0), func.coalesce(counted.c.blacklisted, 0))
        .outerjoin(Folder, Folder.id == ContactList.folder_id)
        .outerjoin(counted, counted.c.list_id == ContactList.id)
        .where(condition)
        .order_by(func.lower(ContactList.name), ContactList.id)
    )
    with db.transaction() as session:
        return [
            ListView(each.id, each.name, reference(each.folder_id, folder), each.created_at, members, blacklisted)
            for each, folder, members, blacklisted in session.execute(statement)
        ]


def _demand(session: Session, list_id: int) -> None:
    """Hold the list while its members change. Raises NotFound."""
    statement = select(ContactList.id).where(ContactList.id == list_id).with_for_update(key_share=True, read=True)
    if session.scalar(statement) is None:
        raise NotFound.thing("list", list_id)


def _demand_folder(session: Session, folder_id: int) -> None:
    if session.get(Folder, folder_id) is None:
        message = f"There is no folder with the id {folder_id}."
        raise Invalid.field("folder_id", "unknown_folder", message, "Use the id of one that exists, or none.")


def _record_members(list_id: int, action: str, count: int) -> None:
    if count:
        audit.record(action, "list", list_id, {"count": count})
