"""Companies that contacts work for."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple, TypeAlias, TypedDict

from sqlalchemy import ColumnElement, Select, Text, func, insert, select, update
from sqlalchemy import delete as delete_from

from app import db
from app.errors import Invalid, NotFound
from app.models import Company, Contact, Deal
from app.services import audit, values
from app.services.paging import Column, Order, Page, Paging, page

LARGEST_SIZE: Final = 10_000_000
_BY_NAME: Final = (Order(func.lower(Company.name, type_=Text())), Order(Company.id))
SORTS: Final[Mapping[str, Column]] = {
    "name": func.lower(Company.name, type_=Text()),
    "created_at": Company.created_at,
    "modified_at": func.coalesce(Company.modified_at, Company.created_at),
}

Fields: TypeAlias = Mapping[str, object]


class CompanyView(NamedTuple):
    """A company and how many contacts it has; `size` is its number of employees."""

    id: int
    name: str
    domain: str | None
    country: str | None
    industry: str | None
    size: int | None
    contacts: int
    created_at: datetime
    modified_at: datetime


class CompanyFilter(TypedDict, total=False):
    """Which companies are wanted; `contact`, `deal`: those of one of these."""

    name: str
    contact: int
    deal: int
    created_since: datetime
    modified_since: datetime


class Links(NamedTuple):
    """Who works for a company, and the deals with it."""

    contacts: Sequence[int]
    deals: Sequence[int]


def find(paging: Paging, search: str = "") -> Page[CompanyView]:
    """Return one page of companies by name; `search` is part of a name or domain."""
    statement = _selected()
    if search:
        word = search.replace("\0", "")
        statement = statement.where(
            Company.name.icontains(word, autoescape=True) | Company.domain.icontains(word, autoescape=True)
        )
    with db.transaction() as session:
        found = page(session, statement, _BY_NAME, paging, count=True)
    return Page([CompanyView(*row) for row in found.items], found.next_cursor, found.total)


def find_slice(filters: CompanyFilter, sort: str, *, limit: int, offset: int) -> Sequence[CompanyView]:
    """Return companies by one of `SORTS`, downwards with a minus before it: for doors that count rows to skip."""
    descending = sort.startswith("-")
    order = [Order(SORTS[sort.removeprefix("-")], descending).clause(), Order(Company.id, descending).clause()]
    with db.transaction() as session:
        rows = session.execute(_selected().where(*_filter(filters)).order_by(*order).limit(limit).offset(offset))
        return [CompanyView(*row) for row in rows]


def links(company_ids: Collection[int]) -> Mapping[int, Links]:
    """Return the contacts and the deals of companies, by the company's id."""
    contacts: defaultdict[int, list[int]] = defaultdict(list)
    deals: defaultdict[int, list[int]] = defaultdict(list)
    with db.transaction() as session:
        for model, found in ((Contact, contacts), (Deal, deals)):
            rows = session.execute(
                select(model.company_id, model.id).where(model.company_id.in_(company_ids)).order_by(model.id)
            )
            for company_id, number in rows:
                found[company_id or 0].append(number)
    return {each: Links(contacts[each], deals[each]) for each in company_ids}


def get(company_id: int) -> CompanyView:
    """Return one company. Raises NotFound."""
    with db.transaction() as session:
        row = session.execute(_selected().where(Company.id == company_id)).one_or_none()
    if row is None:
        raise NotFound.thing("company", company_id)
    return CompanyView(*row)


def create(fields: Fields) -> int:
    """Make a company out of name, domain, country, industry and size; returns its id. Raises Invalid."""
    columns = _read({"name": None, **fields})
    with db.transaction() as session:
        company_id = session.scalars(insert(Company).values(columns).returning(Company.id)).one()
        audit.record("created", "company", company_id)
    return company_id


def change(company_id: int, fields: Fields) -> None:
    """Change the fields given; None empties. Raises NotFound or Invalid."""
    columns = _read(fields)
    with db.transaction() as session:
        statement = update(Company).where(Company.id == company_id).values(**columns, modified_at=func.now())
        if session.scalar(statement.returning(Company.id)) is None:
            raise NotFound.thing("company", company_id)
        if columns:
            audit.record("updated", "company", company_id, {"changed": sorted(columns)})


def delete(company_id: int) -> None:
    """Delete a company; its contacts stay. Raises NotFound."""
    with db.transaction() as session:
        if session.scalar(delete_from(Company).where(Company.id == company_id).returning(Company.id)) is None:
            raise NotFound.thing("company", company_id)
        audit.record("deleted", "company", company_id)


def _selected() -> Select[*tuple[Any, ...]]:
    contacts = select(func.count()).where(Contact.company_id == Company.id).scalar_subquery()
    own = (Company.id, Company.name, Company.domain, Company.country, Company.industry, Company.size)
    return select(*own, contacts, Company.created_at, SORTS["modified_at"])


def _filter(filters: CompanyFilter) -> Iterator[ColumnElement[bool]]:
    if "name" in filters:
        yield Company.name == filters["name"]
    if "contact" in filters:
        yield Company.id.in_(select(Contact.company_id).where(Contact.id == filters["contact"]))
    if "deal" in filters:
        yield Company.id.in_(select(Deal.company_id).where(Deal.id == filters["deal"]))
    if "created_since" in filters:
        yield Company.created_at >= filters["created_since"]
    if "modified_since" in filters:
        yield SORTS["modified_at"] >= filters["modified_since"]


def _read(fields: Fields) -> dict[str, Any]:
    return {name: _value(name, value) for name, value in fields.items()}


def _value(name: str, value: object) -> str | int | None:
    if name == "name":
        return values.line(name, value)
    if value in (None, ""):
        return None
    if name != "size":
        return values.line(name, value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= LARGEST_SIZE:
        return value
    message = "The size of a company is its number of employees."
    raise Invalid.field("size", "bad_size", message, f"Send a whole number from 0 to {LARGEST_SIZE}.")
