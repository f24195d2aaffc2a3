"""Finding contacts by whatever identifies them, in bulk."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from app import db
from app.adapters.merging import aliases
from app.errors import Invalid, NotFound
from app.services.contacts.inputs import IDENTIFIERS, Identifier, IdentifierKind, normalised

# Written once: every event that comes alone asks.
_HELD: Final = {
    kind: text(f"SELECT {kind}, id FROM contact WHERE {kind} = ANY(CAST(:values AS {type_}[]))")  # noqa: S608 - ours
    for kind, type_ in {"id": "bigint", **dict.fromkeys(IDENTIFIERS, "text")}.items()
}


def resolve(identifiers: Sequence[Identifier]) -> list[int | None]:
    """Return the contacts' ids in the order asked; None where nobody has that identifier. One statement a kind."""
    with db.transaction() as session:
        stored = [_stored(each) for each in identifiers]
        found = holders(session, (each for each in stored if each is not None))
    return [None if each is None else found.get(each) for each in stored]


def one(identifier: Identifier) -> int:
    """Return the id of the contact. Raises NotFound."""
    (contact_id,) = resolve([identifier])
    if contact_id is None:
        raise NotFound.thing("contact", identifier.value)
    return contact_id


def holders(session: Session, identifiers: Iterable[Identifier]) -> dict[Identifier, int]:
    """Return who holds which of these identifiers, written as stored; or held it before it became part of another."""
    wanted: dict[IdentifierKind, set[str | int]] = {}
    for each in identifiers:
        wanted.setdefault(each.kind, set()).add(each.value)
    found = {
        Identifier(kind, value): contact_id
        for kind, values in wanted.items()
        for value, contact_id in _held(session, kind, values).items()
    }
    asked = {Identifier(kind, value) for kind, values in wanted.items() for value in values}
    return former(session, asked - found.keys()) | found


def former(session: Session, identifiers: Collection[Identifier]) -> dict[Identifier, int]:
    """Return whom identifiers mean that merged contacts were known by."""
    if not identifiers:
        return {}
    found = aliases.holders(session, identifiers)
    return {each: found[key] for each in identifiers if (key := (each.kind, str(each.value))) in found}


def present(session: Session, contact_id: int) -> int:
    """Return the number of the contact that this number means now: itself, or what it became part of."""
    identifier = Identifier("id", contact_id)
    return holders(session, [identifier]).get(identifier, contact_id)


def _held(session: Session, kind: IdentifierKind, values: set[str | int]) -> Mapping[str | int, int]:
    return dict(session.execute(_HELD[kind], {"values": list(values)}).all())


def _stored(identifier: Identifier) -> Identifier | None:
    """An identifier that could never be stored is nobody's."""
    try:
        return normalised(identifier)
    except Invalid:
        return None
