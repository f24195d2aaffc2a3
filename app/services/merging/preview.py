"""Two contacts side by side, and what a merge would do, before anything is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from app import db
from app.adapters.bulk import among
from app.adapters.catalog import load_catalog
from app.adapters.merging.held import Row
from app.errors import Invalid, NotFound
from app.models import Company
from app.services.contacts.reading import ContactView, fetch
from app.services.merging.choosing import Field, asked_for_none, fields
from app.services.merging.doubles import Fate, Inside, settled
from nodes.catalog import Catalog

_ROWS: Final = text("SELECT c.id, to_jsonb(c) FROM contact c WHERE c.id IN (:kept, :other)")
_COUNTED: Final = ("event", "message", "enrollment", "task", "note", "visitor", "list_member", "deal_contact")
_COUNTS: Final = text(
    "SELECT " + ", ".join(f"(SELECT count(*) FROM {table} WHERE contact_id = :other) AS {table}" for table in _COUNTED)  # noqa: S608 - ours
)


@dataclass(frozen=True, slots=True)
class Preview:
    """Both contacts, the fields to choose, the automations both are in, and how much would change hands, by table.

    `takes_no_mail`: one of the two takes none, or asked for none at either address, so the merged contact will take
    none, whichever address it has then; `takes_no_sms`: one of the two takes none.
    """

    kept: ContactView
    other: ContactView
    fields: Sequence[Field]
    inside: Sequence[Inside]
    counts: Mapping[str, int]
    takes_no_mail: bool
    takes_no_sms: bool


def preview(kept: int, other: int) -> Preview:
    """Show what merging `other` into `kept` would do. Raises NotFound, or Invalid where both are the same."""
    if kept == other:
        raise Invalid.field("other", "same_contact", "This is the same contact.", "Name another one.")
    catalog = load_catalog()
    with db.transaction() as session:
        shown = {view.id: view for view in fetch([kept, other])}
        for each in (kept, other):
            if each not in shown:
                raise NotFound.thing("contact", each)
        rows: dict[int, Row] = dict(session.execute(_ROWS, {"kept": kept, "other": other}).all())
        return Preview(
            shown[kept],
            shown[other],
            _named(session, fields(rows[kept], rows[other], catalog), catalog),
            settled(session, other, kept),
            dict(session.execute(_COUNTS, {"other": other}).mappings().one()),
            shown[kept].email_blacklisted
            or shown[other].email_blacklisted
            or asked_for_none(session, [each.email for each in shown.values()]),
            shown[kept].sms_blacklisted or shown[other].sms_blacklisted,
        )


def _named(session: Session, found: Sequence[Field], catalog: Catalog) -> Sequence[Field]:
    """Owners and companies are shown by name."""
    asked = {value for each in found if each.name == "company_id" for value in (each.kept, each.other) if value}
    names: dict[str, Mapping[Any, str]] = {
        "owner_id": {user.id: user.name or user.email for user in catalog.users.values()},
        "company_id": dict(session.execute(select(Company.id, Company.name).where(among(Company.id, asked))).all()),
    }
    return [
        each._replace(kept=names[each.name].get(each.kept), other=names[each.name].get(each.other))
        if each.name in names
        else each
        for each in found
    ]


__all__ = ["Fate", "Preview", "preview"]
