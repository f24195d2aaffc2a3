"""Notes: written, found, changed, deleted. Here each is on one contact."""

from typing import Any, Final, cast

from flask import Response, jsonify, request

from app.adapters.catalog import load_catalog
from app.compat.brevo.crm_words import CRM_LIMIT, MOST, milliseconds, text_id
from app.compat.brevo.door import door
from app.compat.brevo.refusals import missing, wrong
from app.compat.brevo.requests import body, slice_of, written
from app.compat.brevo.tasks import ONE_CONTACT, contact_of_deal, links
from app.permissions import requires
from app.services import notes, values
from app.services.notes import NoteChanges, NoteFilter, NoteView

_DONE: Final = ("", 204)
_ENTITIES: Final = ("contacts", "deals", "companies")
_LINKS: Final = ("contactIds", "dealIds", "companyIds")


@door.get("/crm/notes")
@requires("contacts.view")
def list_notes() -> Response:
    """List notes, in a bare array."""
    wanted = slice_of(CRM_LIMIT, MOST)
    found = notes.find_slice(_filter(), limit=wanted.limit, offset=wanted.offset, newest_first=wanted.newest_first)
    return jsonify([_shown(each) for each in found])


@door.post("/crm/notes")
@requires("contacts.edit")
def create_note() -> Response:
    """Write a note."""
    sent = body()
    text = values.storable("text", sent.needed_text("text"))
    about = links(sent, *_LINKS)
    contact = about.pop("contact_id", None) or contact_of_deal(about.get("deal_id"))
    if contact is None:
        raise missing("contactIds", f"contactIds is missing: {ONE_CONTACT}")
    return jsonify(id=str(notes.create(contact, text, **about).id))


@door.get("/crm/notes/<id:note_id>")
@requires("contacts.view")
def read_note(note_id: int) -> Response:
    """Show one note."""
    return jsonify(_shown(notes.get(note_id)))


@door.patch("/crm/notes/<id:note_id>")
@requires("contacts.edit")
def update_note(note_id: int) -> tuple[str, int]:
    """Write a note anew, or about something else."""
    sent = body()
    changes = {"text": values.storable("text", sent.needed_text("text")), **links(sent, *_LINKS)}
    notes.change(note_id, cast("NoteChanges", changes))
    return _DONE


@door.delete("/crm/notes/<id:note_id>")
@requires("contacts.edit")
def delete_note(note_id: int) -> tuple[str, int]:
    """Delete a note."""
    notes.remove(note_id)
    return _DONE


def _filter() -> NoteFilter:
    chosen: dict[str, Any] = {"since": milliseconds("dateFrom"), "until": milliseconds("dateTo")}
    entity = request.args.get("entity")
    if entity and entity not in _ENTITIES:
        raise wrong("entity", f"entity should be one of {', '.join(_ENTITIES)}")
    ids = [part.strip() for given in request.args.getlist("entityIds") for part in given.split(",") if part.strip()]
    if ids and not entity:
        raise missing("entity", "entity is missing: it says what entityIds are the ids of")
    if entity and ids:
        chosen[entity] = [text_id("entityIds", each) for each in ids]
    return cast("NoteFilter", {key: value for key, value in chosen.items() if value is not None})


def _shown(note: NoteView) -> dict[str, object]:
    author = next((each for each in load_catalog().users.values() if each.id == note.author_id), None)
    named = {"id": str(author.id), "email": author.email} if author else {}
    return {
        "id": str(note.id),
        "text": note.text,
        "contactIds": [note.contact_id],
        "dealIds": [str(note.deal_id)] if note.deal_id else [],
        "companyIds": [str(note.company_id)] if note.company_id else [],
        "authorId": named | ({"name": {"fullName": note.author}} if note.author else {}),
        "createdAt": written(note.created_at),
        "updatedAt": written(note.modified_at),
    }
