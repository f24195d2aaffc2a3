"""Contact attributes: made, given options, and deleted once nothing uses them."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from sqlalchemy import column as plain_column
from sqlalchemy import delete as delete_from
from sqlalchemy import func, insert, select, table, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app import db
from app.adapters.attributes import add_column, column, column_name, drop_column
from app.adapters.catalog import bump_revision, load_catalog
from app.errors import Conflict, Invalid, NotFound
from app.models import Attribute, Contact
from app.services import audit, usage
from app.services.values import line, shortened, storable
from nodes import catalog
from nodes.catalog import Kind

MOST_ATTRIBUTES: Final = 400
MOST_OPTIONS: Final = 500
LONGEST_OPTION: Final = 200
DEFAULTS: Final = (("FIRSTNAME", Kind.TEXT), ("LASTNAME", Kind.TEXT), ("COUNTRY", Kind.TEXT))
RESERVED: Final = frozenset(
    {"ID", "EMAIL", "PHONE", "SMS", "WHATSAPP", "LANDLINE", "LANDLINE_NUMBER", "EXT_ID", "OWNER", "TIME_ZONE"}
)
CHOOSING: Final = frozenset({Kind.CATEGORY, Kind.MULTIPLE_CHOICE})
_NAME = re.compile(r"[A-Z][A-Z0-9_]{0,49}")


def every() -> list[catalog.Attribute]:
    """Return all attributes in order of creation."""
    return sorted(load_catalog().attributes.values(), key=lambda each: each.id)


def get(name: str) -> catalog.Attribute:
    """Return one attribute. Raises NotFound."""
    found = load_catalog().attributes.get(name.upper())
    if found is None:
        raise NotFound.thing("attribute", shortened(name))
    return found


def create(name: str, kind: Kind, options: Sequence[str] = ()) -> catalog.Attribute:
    """Make an attribute that is empty for every contact. Raises Invalid or Conflict."""
    upper, choices = _name(name), _options(kind, options)
    with db.transaction() as session:
        _refuse_known(upper)
        attribute_id = _insert(session, upper, kind, choices)
        add_column(attribute_id, kind)
        bump_revision()
        audit.record("created", "attribute", attribute_id, {"name": upper, "kind": kind})
    return catalog.Attribute(upper, kind, choices, attribute_id)


def set_options(name: str, options: Sequence[str], *, drop_values: bool = False) -> catalog.Attribute:
    """Replace the options. Options that contacts have are kept (Conflict), or taken from them with `drop_values`."""
    with db.transaction() as session:
        attribute = get(name)
        if attribute.kind not in CHOOSING:
            message = f"{attribute.name} is of kind {attribute.kind} and has no options."
            raise Invalid.field("options", "no_options", message, "Give options to a category or multiple choice only.")
        choices = _options(attribute.kind, options)
        gone = [option for option in attribute.options if option not in choices]
        if gone and drop_values:
            _forget_options(session, attribute, gone)
        elif gone:
            _refuse_borne(session, attribute, gone)
        session.execute(update(Attribute).where(Attribute.id == attribute.id).values(options=list(choices)))
        bump_revision()
        audit.record("updated", "attribute", attribute.id, {"name": attribute.name, "changed": ["options"]})
    return replace(attribute, options=choices)


def delete(name: str) -> None:
    """Delete an attribute with its values. Raises Conflict naming the automations and segments that use it."""
    with db.transaction() as session:
        attribute = get(name)
        usage.refuse_attribute_in_use(attribute.name)
        session.execute(delete_from(Attribute).where(Attribute.id == attribute.id))
        drop_column(attribute.id)
        bump_revision()
        audit.record("deleted", "attribute", attribute.id, {"name": attribute.name, "kind": attribute.kind})


def ensure_defaults() -> None:
    """Make the attributes every workspace begins with, as far as they are missing."""
    known = load_catalog().attributes
    for name, kind in DEFAULTS:
        if name not in known:
            create(name, kind)


def _name(name: str) -> str:
    upper = storable("name", name, 200).strip().upper()
    if not _NAME.fullmatch(upper):
        message = f"“{shortened(name)}” cannot be the name of an attribute."
        raise Invalid.field("name", "bad_name", message, "Use 1 to 50 letters A-Z, digits and _, a letter first.")
    if upper in RESERVED:
        message = f"{upper} is something every contact has already."
        raise Invalid.field("name", "reserved", message, "Choose another name.")
    return upper


def _options(kind: Kind, options: Sequence[str]) -> tuple[str, ...]:
    if kind not in CHOOSING:
        if options:
            message = f"An attribute of kind {kind} has no options."
            raise Invalid.field("options", "no_options", message, "Leave them out, or make it a category.")
        return ()
    names = [line("options", option, LONGEST_OPTION) for option in options]
    folded = [name.casefold() for name in names]
    double = next((name for name, key in zip(names, folded, strict=True) if folded.count(key) > 1), None)
    if double is not None:
        raise Invalid.field(
            "options", "double", f"The option “{shortened(double)}” is there twice.", "Keep one of them."
        )
    if len(names) > MOST_OPTIONS:
        raise Invalid.field("options", "too_many", f"There are {len(names)} options.", f"Keep at most {MOST_OPTIONS}.")
    return tuple(names)


def _refuse_known(name: str) -> None:
    known = load_catalog().attributes
    if name in known:
        raise _taken(name)
    if len(known) >= MOST_ATTRIBUTES:
        raise Conflict(f"There are {MOST_ATTRIBUTES} attributes already. Delete one that is no longer needed.")


def _insert(session: Session, name: str, kind: Kind, options: tuple[str, ...]) -> int:
    try:
        with session.begin_nested():
            statement = insert(Attribute).values(name=name, kind=kind, options=list(options)).returning(Attribute.id)
            return session.scalars(statement).one()
    except IntegrityError as error:
        raise _taken(name) from error


def _taken(name: str) -> Conflict:
    message = f"There is an attribute {name} already."
    return Conflict(message, Invalid.field("name", "taken", message, "Choose another name.").problems)


def _refuse_borne(session: Session, attribute: catalog.Attribute, gone: Sequence[str]) -> None:
    values = column(attribute.id, attribute.kind)
    bearing = values.overlap(gone) if attribute.kind == Kind.MULTIPLE_CHOICE else values.in_(gone)
    count = session.scalar(select(func.count()).select_from(Contact).where(bearing)) or 0
    if count:
        message = f"{count} contacts have an option that would go: {', '.join(gone[:10])}."
        raise Conflict(message, Invalid.field("options", "in_use", message, "Change these contacts first.").problems)


def _forget_options(session: Session, attribute: catalog.Attribute, gone: Sequence[str]) -> None:
    values, name = column(attribute.id, attribute.kind), column_name(attribute.id)
    contact = update(table("contact", plain_column(name)))
    if attribute.kind == Kind.CATEGORY:
        session.execute(contact.values({name: None}).where(values.in_(gone)))
        return
    each = func.unnest(values).column_valued("each")
    left = select(func.array_agg(each)).where(each.not_in(gone)).scalar_subquery()
    session.execute(contact.values({name: left}).where(values.overlap(gone)))
