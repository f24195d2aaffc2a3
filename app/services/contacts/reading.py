"""Reading contacts as they are shown: with owner, company, lists, tags and attributes, in one statement."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, TypeAlias

from sqlalchemy import Select, func, select
from sqlalchemy.dialects.postgresql import aggregate_order_by

from app import db
from app.adapters.attributes import column
from app.adapters.bulk import among
from app.adapters.catalog import load_catalog
from app.adapters.contact_names import contact_name
from app.errors import NotFound
from app.models import Company, Contact, ContactTag, ListMember, Tag, User
from app.services.attribute_values import Stored
from app.services.views import Reference, reference
from nodes.catalog import Catalog

Selected: TypeAlias = Select[*tuple[Any, ...]]


_PLAIN: Final = (
    Contact.id,
    Contact.email,
    Contact.ext_id,
    Contact.phone,
    Contact.whatsapp,
    Contact.landline,
    Contact.time_zone,
    Contact.email_blacklisted,
    Contact.sms_blacklisted,
    Contact.created_at,
    Contact.modified_at,
)


@dataclass(frozen=True, slots=True)
class ContactView:
    """One contact. `attributes` has every attribute of the workspace by name; None: empty. `name` is for the screen."""

    id: int
    email: str | None
    ext_id: str | None
    phone: str | None
    whatsapp: str | None
    landline: str | None
    time_zone: str | None
    email_blacklisted: bool
    sms_blacklisted: bool
    created_at: datetime
    modified_at: datetime
    name: str
    owner: Reference | None
    company: Reference | None
    list_ids: list[int]
    tags: list[str]
    attributes: Mapping[str, Stored]


def fetch(contact_ids: Sequence[int]) -> list[ContactView]:
    """Return these contacts in the order asked, without those that do not exist."""
    catalog = load_catalog()
    with db.transaction() as session:
        rows = session.execute(selected(catalog).where(among(Contact.id, set(contact_ids))))
        found = {view.id: view for view in views(rows, catalog)}
    return [found[contact_id] for contact_id in contact_ids if contact_id in found]


def get(contact_id: int) -> ContactView:
    """Return one contact. Raises NotFound."""
    found = fetch([contact_id])
    if not found:
        raise NotFound.thing("contact", contact_id)
    return found[0]


def selected(catalog: Catalog) -> Selected:
    """Return the statement that selects contacts as `views` reads them."""
    lists = select(func.array_agg(aggregate_order_by(ListMember.list_id, ListMember.list_id)))
    tags = select(func.array_agg(aggregate_order_by(Tag.name, Tag.name))).join(ContactTag, ContactTag.tag_id == Tag.id)
    return (
        select(
            *_PLAIN,
            contact_name(),
            Contact.owner_id,
            User.name,
            Contact.company_id,
            Company.name,
            lists.where(ListMember.contact_id == Contact.id).scalar_subquery(),
            tags.where(ContactTag.contact_id == Contact.id).scalar_subquery(),
            *(column(each.id, each.kind) for each in catalog.attributes.values()),
        )
        .outerjoin(User, User.id == Contact.owner_id)
        .outerjoin(Company, Company.id == Contact.company_id)
    )


def views(rows: Iterable[Sequence[Any]], catalog: Catalog) -> Iterator[ContactView]:
    """Make views of the rows of a `selected` statement."""
    names, plain = tuple(catalog.attributes), len(_PLAIN)
    for row in rows:
        name, owner_id, owner, company_id, company, list_ids, tags, *values = row[plain:]
        linked = (name, reference(owner_id, owner), reference(company_id, company), list_ids or [], tags or [])
        shown = (*row[:plain], *linked, dict(zip(names, values, strict=True)))
        yield ContactView(*shown)
