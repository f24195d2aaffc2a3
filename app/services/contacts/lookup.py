"""Finding contacts by whatever identifies them, in bulk."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import ARRAY, BigInteger, Text, any_, bindparam, select
from sqlalchemy.orm import Session

from app import db
from app.errors import Invalid, NotFound
from app.models import Contact
from app.services.contacts.inputs import Identifier, IdentifierKind, normalised


def resolve(identifiers: Sequence[Identifier]) -> list[int | None]:
    """Return the contacts' ids in the order asked; None where nobody has that identifier. One statement a kind."""
    stored = [_stored(each) for each in identifiers]
    with db.transaction() as session:
        found = holders(session, (each for each in stored if each is not None))
    return [None if each is None else found.get(each) for each in stored]


def one(identifier: Identifier) -> int:
    """Return the id of the contact. Raises NotFound."""
    (contact_id,) = resolve([identifier])
    if contact_id is None:
        raise NotFound.thing("contact", identifier.value)
    return contact_id


def holders(session: Session, identifiers: Iterable[Identifier]) -> dict[Identifier, int]:
    """Return who holds which of these identifiers, written as stored."""
    wanted: dict[IdentifierKind, set[str | int]] = {}
    for each in identifiers:
        wanted.setdefault(each.kind, set()).add(each.value)
    return {
        Identifier(kind, value): contact_id
        for kind, values in wanted.items()
        for value, contact_id in _held(session, kind, values).items()
    }


def _held(session: Session, kind: IdentifierKind, values: set[str | int]) -> Mapping[str | int, int]:
    column = getattr(Contact, kind)
    array = bindparam(None, list(values), type_=ARRAY(BigInteger if kind == "id" else Text))
    return dict(session.execute(select(column, Contact.id).where(column == any_(array))).all())


def _stored(identifier: Identifier) -> Identifier | None:
    """An identifier that could never be stored is nobody's."""
    try:
        return normalised(identifier)
    except Invalid:
        return None
