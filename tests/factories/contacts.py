"""Contacts and what they are grouped by, for tests."""

from collections.abc import Sequence
from itertools import count

from app.services import contacts, lists
from app.services.contacts import ContactInput, FieldName

_numbers = count(1)


def make_contact(
    *, email: str | None = None, lists: Sequence[int] = (), tags: Sequence[str] = (), **attributes: object
) -> int:
    """A contact with these attributes, by NAME; returns its id."""
    email = email or f"contact{next(_numbers)}@example.com"
    row = ContactInput(fields={"email": email}, attributes=attributes, add_lists=lists, add_tags=tags)
    return contacts.create(row)


def make_contacts(number: int) -> list[int]:
    """Contacts with nothing but an address; returns their ids in order."""
    rows = [ContactInput(fields={"email": f"contact{next(_numbers)}@example.com"}) for _ in range(number)]
    return [outcome.contact_id for outcome in contacts.write(rows, "create")]


def change(contact_id: int, **fields: object) -> ContactInput:
    """The input that sets fields of a contact."""
    known: dict[FieldName, str | int | bool | None] = fields  # type: ignore[assignment] # as the test wrote it
    return ContactInput(who=contacts.Identifier("id", contact_id), fields=known)


def make_list(name: str | None = None) -> int:
    """A list; returns its id."""
    return lists.create(name or f"List {next(_numbers)}")
