"""Addresses that take no mail: they bounced for good, complained, or were put here by hand."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from app import db
from app.errors import NotFound
from app.models import Suppression, SuppressionReason
from app.services import audit, values
from app.services.paging import Order, Page, Paging, page


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


def add(address: str, reason: SuppressionReason = SuppressionReason.BY_HAND) -> None:
    """Let an address take no mail any more; one that is here already stays as it is. Raises Invalid."""
    with db.transaction() as session:
        statement = insert(Suppression).values(address=values.email(address, "address"), reason=reason)
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
