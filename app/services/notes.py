"""Notes on contacts."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, delete, func, select

from app import db, permissions
from app.errors import NotFound
from app.models import Automation, Contact, Note, User
from app.services.paging import Order, Page, Paging, page


class NoteView(NamedTuple):
    """A note; `author` is the name of the person or automation that wrote it."""

    id: int
    text: str
    author: str | None
    created_at: datetime


def of_contact(contact_id: int, paging: Paging) -> Page[NoteView]:
    """Return a contact's notes, newest first; raises NotFound."""
    with db.transaction() as session:
        _demand(contact_id)
        found = page(session, _rows().where(Note.contact_id == contact_id), [Order(Note.id, descending=True)], paging)
    return Page([NoteView(*row) for row in found.items], found.next_cursor)


def create(contact_id: int, text: str) -> NoteView:
    """Write a note on a contact; raises NotFound."""
    actor = permissions.current()
    with db.transaction() as session:
        _demand(contact_id)
        note = Note(contact_id=contact_id, text=text, author_id=actor.user_id if actor else None)
        session.add(note)
        session.flush()
        return NoteView(*session.execute(_rows().where(Note.id == note.id)).one())


def remove(note_id: int) -> None:
    """Delete a note; raises NotFound."""
    with db.transaction() as session:
        if session.scalar(delete(Note).where(Note.id == note_id).returning(Note.id)) is None:
            raise NotFound.thing("note", note_id)


def _demand(contact_id: int) -> None:
    with db.transaction() as session:
        if session.get(Contact, contact_id) is None:
            raise NotFound.thing("contact", contact_id)


def _rows() -> Select[*tuple[Any, ...]]:
    return (
        select(Note.id, Note.text, func.coalesce(User.name, Automation.name), Note.created_at)
        .outerjoin(User, User.id == Note.author_id)
        .outerjoin(Automation, Automation.id == Note.automation_id)
    )
