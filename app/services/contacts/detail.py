"""A contact with everything its own page shows at once."""

from dataclasses import dataclass

from sqlalchemy import func, select

from app import db
from app.adapters.bulk import among
from app.models import ContactList, DealContact, Note, Task
from app.services.contacts.reading import ContactView, get
from app.services.views import Reference


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is to see behind the tabs."""

    deals: int
    tasks: int
    notes: int


@dataclass(frozen=True, slots=True)
class ContactDetail:
    """A contact, its lists by name, and how many deals, tasks and notes it has."""

    contact: ContactView
    lists: list[Reference]
    counts: Counts


def detail(contact_id: int) -> ContactDetail:
    """Return one contact for its page. Raises NotFound."""
    with db.transaction() as session:
        contact = get(contact_id)
        lists = session.execute(
            select(ContactList.id, ContactList.name)
            .where(among(ContactList.id, contact.list_ids))
            .order_by(func.lower(ContactList.name), ContactList.id)
        )
        counts = select(
            *(
                select(func.count()).where(column == contact_id).scalar_subquery()
                for column in (DealContact.contact_id, Task.contact_id, Note.contact_id)
            )
        )
        return ContactDetail(contact, [Reference(*row) for row in lists], Counts(*session.execute(counts).one()))
