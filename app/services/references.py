"""Demanding that what one thing names of others exists."""

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy.orm import Session

from app.errors import Invalid
from app.models import Company, Contact, Deal, User

_NAMED: Final[Mapping[str, tuple[Any, str]]] = {
    "owner_id": (User, "user"),
    "assignee_id": (User, "user"),
    "contact_id": (Contact, "contact"),
    "deal_id": (Deal, "deal"),
    "company_id": (Company, "company"),
}


def demand(session: Session, given: Mapping[str, object]) -> None:
    """Demand that whom and what these fields name exists, where they name any. Raises Invalid naming the field."""
    for field, (model, kind) in _NAMED.items():
        wanted = given.get(field)
        if wanted is not None and session.get(model, wanted) is None:
            raise unknown(field, kind, wanted)


def unknown(field: str, kind: str, value: object) -> Invalid:
    """Refuse a field that names something which does not exist."""
    return Invalid.field(field, f"unknown_{kind}", f"There is no {kind} {value}.", "Choose one that exists.")
