"""Notes on contacts."""

from typing import Any

from app.api.blueprint import Blueprint
from app.api.paging import paging
from app.api.schemas.base import PageArguments, page_of
from app.api.schemas.sales import NewNote, Note
from app.permissions import requires
from app.services import notes
from app.services.notes import NoteView
from app.services.paging import Page

blueprint = Blueprint("notes", __name__, url_prefix="/api", description="Remarks on contacts.")


@blueprint.get("/contacts/<id:id>/notes")
@requires("contacts.view")
@blueprint.arguments(PageArguments, location="query")
@blueprint.response(200, page_of(Note))
def of_contact(arguments: dict[str, Any], id: int) -> Page[NoteView]:
    """List a contact's notes, newest first."""
    return notes.of_contact(id, paging(arguments))


@blueprint.post("/contacts/<id:id>/notes")
@requires("contacts.edit")
@blueprint.arguments(NewNote)
@blueprint.response(201, Note)
def create(new: dict[str, str], id: int) -> NoteView:
    """Write a note on a contact."""
    return notes.create(id, new["text"])


@blueprint.delete("/notes/<id:id>")
@requires("contacts.edit")
@blueprint.response(204)
def remove(id: int) -> None:
    """Delete a note."""
    notes.remove(id)
