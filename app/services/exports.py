"""Contacts as a text file for spreadsheets, safe to open there."""

from collections.abc import Iterator
from typing import Final

from app.adapters.catalog import load_catalog
from app.services import audit
from app.services.contacts import ContactView
from app.services.contacts.finding import ContactQuery, batches, count
from app.services.csv_cells import csv_lines
from nodes.catalog import Catalog

_BATCH: Final = 1000
_COLUMNS: Final = ("email", "phone", "ext_id", "time_zone", "created_at", "owner", "company", "lists", "tags")
# Without it, spreadsheets take UTF-8 for an old encoding.
_MARK: Final = "\ufeff"


def export(query: ContactQuery) -> Iterator[str]:
    """Return the file, piece by piece. Raises Invalid or NotFound at once, before the first piece."""
    audit.record("exported", "contact", detail={"count": count(query)})
    return _pieces(query, load_catalog())


def _pieces(query: ContactQuery, catalog: Catalog) -> Iterator[str]:
    names = sorted(catalog.attributes)
    yield _MARK + csv_lines([[*_COLUMNS, *names]])
    for batch in batches(query, _BATCH):
        yield csv_lines(_row(contact, names, catalog) for contact in batch)


def _row(contact: ContactView, names: list[str], catalog: Catalog) -> list[object]:
    plain = [contact.email, contact.phone, contact.ext_id, contact.time_zone, contact.created_at]
    linked = [contact.owner and contact.owner.name, contact.company and contact.company.name]
    lists = [catalog.lists.get(list_id, "") for list_id in contact.list_ids]
    return [*plain, *linked, lists, contact.tags, *(contact.attributes.get(name) for name in names)]
