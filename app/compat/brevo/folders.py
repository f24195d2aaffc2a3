"""Folders and the lists in them."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from flask import Response, jsonify
from sqlalchemy import func, select

from app import db
from app.compat.brevo.door import door
from app.compat.brevo.lists import shown_list
from app.compat.brevo.refusals import absent
from app.compat.brevo.requests import body, part_of, slice_of
from app.errors import NotFound
from app.models import Contact, ContactList, ListMember
from app.permissions import requires
from app.services import folders, lists
from app.services.folders import FolderView

MOST: Final = 50
_DONE: Final = ("", 204)


class _Tally(NamedTuple):
    """How many subscriptions the lists of a folder have, and of how many people."""

    blacklisted: int = 0
    subscribers: int = 0
    people: int = 0


@door.get("/contacts/folders")
@requires("contacts.view")
def list_folders() -> Response:
    """List the folders."""
    found, tallies = folders.every(), _tallies()
    wanted = part_of(found, slice_of(10, MOST))
    return jsonify(folders=[_shown(each, tallies) for each in wanted], count=len(found))


@door.post("/contacts/folders")
@requires("contacts.edit")
def create_folder() -> tuple[Response, int]:
    """Make a folder."""
    return jsonify(id=folders.create(body().needed_text("name"))), 201


@door.get("/contacts/folders/<id:folder_id>")
@requires("contacts.view")
def read_folder(folder_id: int) -> Response:
    """Show one folder."""
    return jsonify(_shown(_folder(folder_id), _tallies()))


@door.put("/contacts/folders/<id:folder_id>")
@requires("contacts.edit")
def update_folder(folder_id: int) -> tuple[str, int]:
    """Rename a folder."""
    folders.rename(_folder(folder_id).id, body().needed_text("name"))
    return _DONE


@door.delete("/contacts/folders/<id:folder_id>")
@requires("contacts.edit")
def delete_folder(folder_id: int) -> tuple[str, int]:
    """Delete a folder and its lists; contacts stay."""
    folders.delete(_folder(folder_id).id)
    return _DONE


@door.get("/contacts/folders/<id:folder_id>/lists")
@requires("contacts.view")
def list_lists_of_folder(folder_id: int) -> Response:
    """List the lists of a folder."""
    found = lists.every(folder_id=_folder(folder_id).id)
    return jsonify(lists=[shown_list(each) for each in part_of(found, slice_of(10, MOST))], count=len(found))


def _folder(folder_id: int) -> FolderView:
    try:
        return folders.get(folder_id)
    except NotFound as error:
        raise absent("Folder ID") from error


def _shown(folder: FolderView, tallies: Mapping[int, _Tally]) -> dict[str, object]:
    tally = tallies.get(folder.id, _Tally())
    return {
        "id": folder.id,
        "name": folder.name,
        "totalBlacklisted": tally.blacklisted,
        "totalSubscribers": tally.subscribers,
        "uniqueSubscribers": tally.people,
    }


def _tallies() -> dict[int, _Tally]:
    subscribed = Contact.email_blacklisted.is_(False)
    statement = (
        select(
            ContactList.folder_id,
            func.count().filter(Contact.email_blacklisted),
            func.count().filter(subscribed),
            func.count(Contact.id.distinct()).filter(subscribed),
        )
        .join(ListMember, ListMember.list_id == ContactList.id)
        .join(Contact, Contact.id == ListMember.contact_id)
        .where(ContactList.folder_id.is_not(None))
        .group_by(ContactList.folder_id)
    )
    with db.transaction() as session:
        return {folder_id or 0: _Tally(*tally) for folder_id, *tally in session.execute(statement)}
