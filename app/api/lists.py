"""Lists, the folders that hold them, and tags."""

from typing import Any

from app.api.blueprint import Blueprint
from app.api.schemas.base import all_of
from app.api.schemas.groups import ContactList, Folder, FolderName, ListChange, NewList, Tag
from app.permissions import requires
from app.services import folders, lists, tags
from app.services.folders import FolderView
from app.services.lists import ListChanges, ListView

blueprint = Blueprint("lists", __name__, url_prefix="/api", description="How contacts are grouped by hand.")


@blueprint.get("/lists")
@requires("contacts.view")
@blueprint.response(200, all_of(ContactList))
def every() -> dict[str, list[ListView]]:
    """List all lists."""
    return {"items": lists.every()}


@blueprint.post("/lists")
@requires("contacts.edit")
@blueprint.arguments(NewList)
@blueprint.response(201, ContactList)
def create(new: dict[str, Any]) -> ListView:
    """Make an empty list."""
    return lists.get(lists.create(new["name"], new.get("folder_id")))


@blueprint.get("/lists/<id:id>")
@requires("contacts.view")
@blueprint.response(200, ContactList)
def read(id: int) -> ListView:
    """Read one list."""
    return lists.get(id)


@blueprint.patch("/lists/<id:id>")
@requires("contacts.edit")
@blueprint.arguments(ListChange)
@blueprint.response(200, ContactList)
def change(changes: ListChanges, id: int) -> ListView:
    """Rename a list, or move it to a folder."""
    return lists.change(id, changes)


@blueprint.delete("/lists/<id:id>")
@requires("contacts.edit")
@blueprint.response(204)
def remove(id: int) -> None:
    """Delete a list; its contacts stay. Refused while automations or segments use it."""
    lists.delete(id)


@blueprint.get("/folders")
@requires("contacts.view")
@blueprint.response(200, all_of(Folder))
def every_folder() -> dict[str, list[FolderView]]:
    """List all folders."""
    return {"items": folders.every()}


@blueprint.post("/folders")
@requires("contacts.edit")
@blueprint.arguments(FolderName)
@blueprint.response(201, Folder)
def create_folder(new: dict[str, str]) -> FolderView:
    """Make a folder."""
    return folders.get(folders.create(new["name"]))


@blueprint.patch("/folders/<id:id>")
@requires("contacts.edit")
@blueprint.arguments(FolderName)
@blueprint.response(200, Folder)
def rename_folder(changes: dict[str, str], id: int) -> FolderView:
    """Rename a folder."""
    folders.rename(id, changes["name"])
    return folders.get(id)


@blueprint.delete("/folders/<id:id>")
@requires("contacts.edit")
@blueprint.response(204)
def remove_folder(id: int) -> None:
    """Delete a folder with its lists; contacts stay."""
    folders.delete(id)


@blueprint.get("/tags")
@requires("contacts.view")
@blueprint.response(200, all_of(Tag))
def every_tag() -> dict[str, list[tags.TagView]]:
    """List all tags."""
    return {"items": tags.every()}
