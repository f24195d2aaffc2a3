"""Addresses that take no mail: they bounced for good, complained, or were put here by hand.

One that begins with `@` stands for all addresses of its domain.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import ColumnElement, delete, exists, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import InstrumentedAttribute, Session

from app import db
from app.adapters.bulk import among
from app.errors import Invalid, NotFound
from app.models import Suppression, SuppressionReason
from app.services import audit, values
from app.services.paging import Order, Page, Paging, page

AT: Final = "@"


class SuppressionView(NamedTuple):
    """An address, why it takes no mail, and since when."""

    id: int
    address: str
    reason: str
    at: datetime


def some(paging: Paging, search: str = "") -> Page[SuppressionView]:
    """Return suppressed addresses, the newest first; those that contain `search`."""
    wanted = select(Suppression.id, Suppression.address, Suppression.reason, Suppression.at)
    if search:
        wanted = wanted.where(Suppression.address.contains(search.lower(), autoescape=True))
    with db.transaction() as session:
        found = page(session, wanted, [Order(Suppression.id, descending=True)], paging)
    return Page([SuppressionView(*row) for row in found.items], found.next_cursor)


def silent(session: Session, addresses: Collection[str]) -> frozenset[str]:
    """Return those of some addresses that take no mail, by themselves or by their domain."""
    domains = {each: _domain(each) for each in addresses}
    asked = select(Suppression.address).where(among(Suppression.address, {*addresses, *domains.values()}))
    found = set(session.scalars(asked))
    return frozenset(each for each, domain in domains.items() if not found.isdisjoint((each, domain)))


def silences(address: InstrumentedAttribute[str | None]) -> ColumnElement[bool]:
    """Return the condition that an address takes no mail, by itself or by its domain."""
    domain = func.concat(AT, func.split_part(address, AT, -1))
    # Apart, so that each is looked up at once for many.
    return or_(exists().where(Suppression.address == address), exists().where(Suppression.address == domain))


def add(address: str, reason: SuppressionReason = SuppressionReason.BY_HAND) -> None:
    """Let an address, or with `@` the whole of a domain, take no mail any more. Raises Invalid.

    One that is here already stays as it is.
    """
    with db.transaction() as session:
        statement = insert(Suppression).values(address=_read(address), reason=reason)
        session.execute(statement.on_conflict_do_nothing())
        if reason == SuppressionReason.BY_HAND:
            audit.record("created", "suppression")


def remove(suppression_id: int) -> None:
    """Let an address take mail again. Raises NotFound."""
    with db.transaction() as session:
        statement = delete(Suppression).where(Suppression.id == suppression_id).returning(Suppression.id)
        if session.scalar(statement) is None:
            raise NotFound.thing("suppressed address", suppression_id)
        audit.record("deleted", "suppression", suppression_id)


def of_domain(name: str, field: str = "domain") -> str:
    """Return what a domain is kept as. Raises Invalid for what is none."""
    try:
        return _domain(values.email(f"postmaster{AT}{name.strip()}", field))
    except Invalid as error:
        message = f"“{values.shortened(name)}” is no domain."
        raise Invalid.field(field, "bad_domain", message, "Write it like example.com.") from error


def _read(address: str) -> str:
    written = address.strip()
    return of_domain(written[1:], "address") if written.startswith(AT) else values.email(written, "address")


def _domain(address: str) -> str:
    return f"{AT}{address.rpartition(AT)[2]}"
