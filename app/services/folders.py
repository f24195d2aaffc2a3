"""Folders that hold lists."""

from typing import NamedTuple

from sqlalchemy import delete as delete_from
from sqlalchemy import func, insert, select, update

from app import db
from app.adapters.catalog import bump_revision
from app.errors import NotFound
from app.models import ContactList, Folder
from app.services import audit, usage, values


class FolderView(NamedTuple):
    """A folder and how many lists it holds."""

    id: int
    name: str
    lists: int


def every() -> list[FolderView]:
    """Return all folders by name."""
    count = select(func.count()).where(ContactList.folder_id == Folder.id).scalar_subquery()
    with db.transaction() as session:
        rows = session.execute(select(Folder.id, Folder.name, count).order_by(func.lower(Folder.name), Folder.id))
        return [FolderView(*row) for row in rows]


def get(folder_id: int) -> FolderView:
    """Return one folder. Raises NotFound."""
    found = next((each for each in every() if each.id == folder_id), None)
    if found is None:
        raise NotFound.thing("folder", folder_id)
    return found


def create(name: str) -> int:
    """Make a folder; returns its id."""
    with db.transaction() as session:
        statement = insert(Folder).values(name=values.line("name", name)).returning(Folder.id)
        folder_id = session.scalars(statement).one()
        audit.record("created", "folder", folder_id)
    return folder_id


def rename(folder_id: int, name: str) -> None:
    """Give a folder another name. Raises NotFound."""
    with db.transaction() as session:
        statement = update(Folder).where(Folder.id == folder_id).values(name=values.line("name", name))
        if session.scalar(statement.returning(Folder.id)) is None:
            raise NotFound.thing("folder", folder_id)
        audit.record("updated", "folder", folder_id, {"changed": ["name"]})


def delete(folder_id: int) -> None:
    """Delete a folder and its lists; contacts stay. Raises Conflict while something uses one of the lists."""
    with db.transaction() as session:
        for list_id in session.scalars(select(ContactList.id).where(ContactList.folder_id == folder_id)).all():
            usage.refuse_list_in_use(list_id)
        if session.scalar(delete_from(Folder).where(Folder.id == folder_id).returning(Folder.id)) is None:
            raise NotFound.thing("folder", folder_id)
        bump_revision()
        audit.record("deleted", "folder", folder_id)
