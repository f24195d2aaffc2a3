"""The rates of senders and domains, as people set them."""

from collections.abc import Sequence

from sqlalchemy import select

from app import db
from app.adapters import mail_rates
from app.adapters.mail_rates import EVERY, MailRate
from app.errors import Invalid
from app.models import Workspace
from app.services import audit, values


def every() -> Sequence[MailRate]:
    """Return the rates in the order in which they were set."""
    with db.transaction() as session:
        return mail_rates.rates(session)


def replace(rates: Sequence[MailRate]) -> Sequence[MailRate]:
    """Let these rates hold, and no others. Raises Invalid for a name that is none, or that has two rates."""
    read = [each._replace(name=_name(each)) for each in rates]
    if len({(each.of, each.name) for each in read}) < len(read):
        message, remedy = "Two rates are about the same.", "Keep one of them."
        raise Invalid.field("items", "same_name", message, remedy)
    with db.transaction() as session:
        workspace = session.scalars(select(Workspace).with_for_update()).one()
        workspace.mail_rates = [each._asdict() for each in read]
        audit.record("mail_server.updated", "mail_server", detail={"rates": len(read)})
        session.flush()
    return every()


def _name(rate: MailRate) -> str:
    name = rate.name.strip().lower()
    if name == EVERY:
        return name
    return values.email(name, "items") if rate.of == "sender" else values.email(f"a@{name}", "items").partition("@")[2]
