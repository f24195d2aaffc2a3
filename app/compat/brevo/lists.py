"""Lists of contacts."""

from typing import Final

from flask import Response, jsonify

from app.compat.brevo.door import door
from app.compat.brevo.refusals import absent, missing
from app.compat.brevo.requests import body, part_of, period, slice_of, written
from app.errors import NotFound
from app.permissions import requires
from app.services import lists
from app.services.lists import ListChanges, ListView

_MOST: Final = 50
_DONE: Final = ("", 204)


@door.get("/contacts/lists")
@requires("contacts.view")
def list_lists() -> Response:
    """List the lists."""
    found = lists.every()
    return jsonify(lists=[shown_list(each) for each in part_of(found, slice_of(10, _MOST))], count=len(found))


@door.post("/contacts/lists")
@requires("contacts.edit")
def create_list() -> tuple[Response, int]:
    """Make a list."""
    sent = body()
    return jsonify(id=lists.create(sent.needed_text("name"), sent.needed_number("folderId"))), 201


@door.get("/contacts/lists/<id:list_id>")
@requires("contacts.view")
def read_list(list_id: int) -> Response:
    """Show one list."""
    period()
    found = list_of(list_id)
    more = {"createdAt": written(found.created_at), "campaignStats": [], "dynamicList": False}
    return jsonify(shown_list(found) | more)


@door.put("/contacts/lists/<id:list_id>")
@requires("contacts.edit")
def update_list(list_id: int) -> tuple[str, int]:
    """Rename a list, or move it to another folder."""
    sent, found = body(), list_of(list_id)
    name, folder_id = sent.text("name"), sent.number("folderId")
    if not name and folder_id is None:
        raise missing("name", "name or folderId is missing")
    changes: ListChanges = {"name": name} if name else {}
    if folder_id is not None:
        changes["folder_id"] = folder_id
    lists.change(found.id, changes)
    return _DONE


@door.delete("/contacts/lists/<id:list_id>")
@requires("contacts.edit")
def delete_list(list_id: int) -> tuple[str, int]:
    """Delete a list; its contacts stay."""
    lists.delete(list_of(list_id).id)
    return _DONE


def list_of(list_id: int) -> ListView:
    """Return a list, or refuse in Brevo's words."""
    try:
        return lists.get(list_id)
    except NotFound as error:
        raise absent("List ID") from error


def shown_list(view: ListView) -> dict[str, object]:
    """Return a list as every page of lists shows it; a list outside all folders is in folder 0."""
    subscribers = view.members - view.blacklisted
    return {
        "id": view.id,
        "name": view.name,
        "folderId": view.folder.id if view.folder else 0,
        "totalBlacklisted": view.blacklisted,
        "totalSubscribers": subscribers,
        "uniqueSubscribers": subscribers,
    }
