"""In whose name mail is sent."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete as delete_from
from sqlalchemy import func, insert, select, update

from app import db
from app.adapters.catalog import bump_revision
from app.errors import Conflict, NotFound
from app.models import Sender
from app.services import audit, usage, values


class SenderView(NamedTuple):
    """A sender."""

    id: int
    name: str
    email: str
    created_at: datetime


def every() -> Sequence[SenderView]:
    """Return all senders by name."""
    with db.transaction() as session:
        rows = session.execute(select(Sender.id, Sender.name, Sender.email, Sender.created_at).order_by(Sender.name))
        return [SenderView(*row) for row in rows]


def get(sender_id: int) -> SenderView:
    """Return one sender. Raises NotFound."""
    found = next((each for each in every() if each.id == sender_id), None)
    if found is None:
        raise NotFound.thing("sender", sender_id)
    return found


def create(name: str, email: str) -> int:
    """Add a sender; returns its id. Raises Invalid for a bad address, Conflict for one that is a sender already."""
    given = {"name": values.line("name", name), "email": values.email(email)}
    with db.transaction() as session:
        _demand_unused(given["email"])
        sender_id = session.scalars(insert(Sender).values(given).returning(Sender.id)).one()
        bump_revision()
        audit.record("created", "sender", sender_id)
    return sender_id


def change(sender_id: int, name: str, email: str) -> None:
    """Give a sender another name or address. Raises NotFound, Invalid, or Conflict as `create` does."""
    given = {"name": values.line("name", name), "email": values.email(email)}
    with db.transaction() as session:
        _demand_unused(given["email"], sender_id)
        statement = update(Sender).where(Sender.id == sender_id).values(given).returning(Sender.id)
        if session.scalar(statement) is None:
            raise NotFound.thing("sender", sender_id)
        bump_revision()
        audit.record("updated", "sender", sender_id)


def delete(sender_id: int) -> None:
    """Delete a sender. Raises NotFound, or Conflict naming the automations that send in its name."""
    with db.transaction() as session:
        usage.refuse_sender_in_use(sender_id)
        if session.scalar(delete_from(Sender).where(Sender.id == sender_id).returning(Sender.id)) is None:
            raise NotFound.thing("sender", sender_id)
        bump_revision()
        audit.record("deleted", "sender", sender_id)


def _demand_unused(email: str, besides: int = 0) -> None:
    with db.transaction() as session:
        if session.scalar(select(func.count()).where(Sender.email == email, Sender.id != besides)):
            raise Conflict(f"{email} is a sender already.")
