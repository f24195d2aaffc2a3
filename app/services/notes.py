"""Notes on contacts."""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final, NamedTuple, TypedDict

from sqlalchemy import Select, delete, func, select

from app import db, permissions
from app.errors import NotFound
from app.models import Automation, Contact, Note, User
from app.services import references
from app.services.paging import Column, Order, Page, Paging, page

_LINKS: Final[Mapping[str, Column]] = {
    "contacts": Note.contact_id,
    "deals": Note.deal_id,
    "companies": Note.company_id,
}


class NoteView(NamedTuple):
    """A note; `author` is the name of the person or automation that wrote it. Perhaps it is about a deal, too."""

    id: int
    text: str
    author: str | None
    created_at: datetime
    modified_at: datetime
    contact_id: int
    deal_id: int | None
    company_id: int | None
    author_id: int | None


class NoteFilter(TypedDict, total=False):
    """Which notes are wanted: those on any of these, written in this time."""

    contacts: Collection[int]
    deals: Collection[int]
    companies: Collection[int]
    since: datetime
    until: datetime


class NoteChanges(TypedDict, total=False):
    """What a note is made of."""

    text: str
    contact_id: int
    deal_id: int | None
    company_id: int | None


def of_contact(contact_id: int, paging: Paging) -> Page[NoteView]:
    """Return a contact's notes, newest first; raises NotFound."""
    with db.transaction() as session:
        _demand(contact_id)
        found = page(session, _rows().where(Note.contact_id == contact_id), [Order(Note.id, descending=True)], paging)
    return Page([NoteView(*row) for row in found.items], found.next_cursor)


def find_slice(filters: NoteFilter, *, limit: int, offset: int, newest_first: bool) -> Sequence[NoteView]:
    """Return notes by age, from `offset` on: for doors that count rows to skip."""
    statement = _rows()
    for key, column in _LINKS.items():
        if key in filters:
            statement = statement.where(column.in_(filters[key]))  # type: ignore[literal-required] # keys of the filter
    if "since" in filters:
        statement = statement.where(Note.created_at >= filters["since"])
    if "until" in filters:
        statement = statement.where(Note.created_at <= filters["until"])
    order = Order(Note.id, newest_first).clause()
    with db.transaction() as session:
        return [NoteView(*row) for row in session.execute(statement.order_by(order).limit(limit).offset(offset))]


def get(note_id: int) -> NoteView:
    """Return one note; raises NotFound."""
    with db.transaction() as session:
        row = session.execute(_rows().where(Note.id == note_id)).one_or_none()
    if row is None:
        raise NotFound.thing("note", note_id)
    return NoteView(*row)


def create(contact_id: int, text: str, **about: int | None) -> NoteView:
    """Write a note on a contact, perhaps about a `deal_id` or `company_id`; raises NotFound, Invalid."""
    actor = permissions.current()
    with db.transaction() as session:
        _demand(contact_id)
        references.demand(session, about)
        note = Note(contact_id=contact_id, text=text, author_id=actor.user_id if actor else None, **about)
        session.add(note)
        session.flush()
        return get(note.id)


def change(note_id: int, changes: NoteChanges) -> None:
    """Write a note anew, or on somebody else; raises NotFound, Invalid."""
    with db.transaction() as session:
        note = session.get(Note, note_id, with_for_update=True)
        if note is None:
            raise NotFound.thing("note", note_id)
        references.demand(session, changes)
        for name, value in changes.items():
            setattr(note, name, value)
        note.modified_at = datetime.now(UTC)


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
    columns = (
        Note.id,
        Note.text,
        func.coalesce(User.name, Automation.name),
        Note.created_at,
        func.coalesce(Note.modified_at, Note.created_at),
        Note.contact_id,
        Note.deal_id,
        Note.company_id,
        Note.author_id,
    )
    return (
        select(*columns)
        .outerjoin(User, User.id == Note.author_id)
        .outerjoin(Automation, Automation.id == Note.automation_id)
    )
