"""Companies that contacts work for."""

from collections.abc import Mapping
from typing import Any, Final, NamedTuple, TypeAlias

from sqlalchemy import Select, Text, func, insert, select, update
from sqlalchemy import delete as delete_from

from app import db
from app.errors import Invalid, NotFound
from app.models import Company, Contact
from app.services import audit, values
from app.services.paging import Order, Page, Paging, page

LARGEST_SIZE: Final = 10_000_000
_BY_NAME: Final = (Order(func.lower(Company.name, type_=Text())), Order(Company.id))

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
        statement = update(Company).where(Company.id == company_id).values(columns or {"id": company_id})
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
    return select(Company.id, Company.name, Company.domain, Company.country, Company.industry, Company.size, contacts)


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
