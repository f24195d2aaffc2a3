"""What a caller may say about a contact, and reading it into columns."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from app.adapters.attributes import column_name
from app.errors import Invalid, Problem
from app.services import values
from app.services.attribute_values import read, read_loosely
from nodes.catalog import Attribute

IdentifierKind: TypeAlias = Literal["id", "email", "ext_id", "phone", "whatsapp", "landline"]
FieldValue: TypeAlias = str | int | bool | None
FieldName: TypeAlias = Literal[
    "email",
    "ext_id",
    "phone",
    "whatsapp",
    "landline",
    "time_zone",
    "owner_id",
    "company_id",
    "email_blacklisted",
    "sms_blacklisted",
]
IDENTIFIERS: Final[tuple[IdentifierKind, ...]] = ("email", "ext_id", "phone", "whatsapp", "landline")
LONGEST_TAG: Final = 100

_READERS: Final = {
    "email": values.email,
    "ext_id": values.ext_id,
    "phone": values.phone,
    "whatsapp": values.phone,
    "landline": values.phone,
    "time_zone": values.time_zone,
}


class Identifier(NamedTuple):
    """One way to say which contact is meant."""

    kind: IdentifierKind
    value: str | int


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactInput:
    """What shall hold for one contact. Only the keys given are touched; None empties.

    `who` says which contact is meant, where its identifiers alone do not (one of them changes). `only_lists` and
    `only_tags`, unless None, are all that the contact shall be on and bear from now on. `attributes` go by
    NAME; `from_text`: their values are texts out of a file, and `month_first` names those with dates like 12/31/2026.
    """

    who: Identifier | None = None
    fields: Mapping[FieldName, FieldValue] = field(default_factory=dict)
    attributes: Mapping[str, object] = field(default_factory=dict)
    add_lists: Collection[int] = ()
    remove_lists: Collection[int] = ()
    add_tags: Collection[str] = ()
    remove_tags: Collection[str] = ()
    only_lists: Collection[int] | None = None
    only_tags: Collection[str] | None = None
    from_text: bool = False
    month_first: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A `ContactInput` that was read: columns of the table by name, the identifiers among them, and memberships.

    Of the memberships, True means in, False out. `whole_lists`: the contact is on no other list; `whole_tags` likewise.
    """

    who: Identifier | None
    columns: dict[str, Any]
    identifiers: list[Identifier]
    lists: dict[int, bool]
    tags: dict[str, bool]
    whole_lists: bool
    whole_tags: bool


@dataclass(frozen=True, slots=True)
class Known:
    """What a row may refer to."""

    attributes: Mapping[str, Attribute]
    lists: Collection[int]
    users: Collection[int]
    companies: Collection[int]


def normalised(identifier: Identifier) -> Identifier:
    """Return the identifier in the form it is stored in. Raises Invalid."""
    if identifier.kind == "id":
        return identifier
    return Identifier(identifier.kind, _READERS[identifier.kind](identifier.value, identifier.kind))


def read_change(row: ContactInput, known: Known, *, tolerant: bool) -> Change:
    """Read one row. Raises Invalid naming everything that is wrong with it.

    `tolerant`: attributes that do not exist or whose value does not fit are left out instead.
    """
    problems: list[Problem] = []
    columns: dict[str, Any] = {}
    for key, value in row.fields.items():
        try:
            columns[key] = _field(key, value, known)
        except Invalid as refusal:
            problems += refusal.problems
    for name, given in row.attributes.items():
        try:
            _attribute(columns, row, name, given, known, tolerant=tolerant)
        except Invalid as refusal:
            problems += refusal.problems
    try:
        who, lists, tags = row.who and normalised(row.who), _lists(row, known), _tags(row)
    except Invalid as refusal:
        problems += refusal.problems
    if problems:
        raise Invalid(problems[0].message, problems)
    identifiers = [Identifier(kind, columns[kind]) for kind in IDENTIFIERS if columns.get(kind)]
    return Change(who, columns, identifiers, lists, tags, row.only_lists is not None, row.only_tags is not None)


def _field(key: FieldName, value: FieldValue, known: Known) -> FieldValue:
    if key in {"email_blacklisted", "sms_blacklisted"}:
        if not isinstance(value, bool):
            raise Invalid.field(key, "not_boolean", f"{key} must be true or false.", "Send true or false.")
        return value
    if value is None or value == "":
        return None
    if key == "owner_id":
        return _reference(key, "user", value, known.users)
    if key == "company_id":
        return _reference(key, "company", value, known.companies)
    return _READERS[key](value, key) or None


def _reference(key: str, thing: str, value: object, existing: Collection[int]) -> int:
    if isinstance(value, int) and value in existing:
        return value
    message = f"There is no {thing} with the id {values.shortened(str(value))}."
    raise Invalid.field(key, f"unknown_{thing}", message, "Use the id of one that exists.")


def _attribute(
    columns: dict[str, Any], row: ContactInput, name: str, value: object, known: Known, *, tolerant: bool
) -> None:
    """Read one attribute into its column; `tolerant` leaves out what does not fit."""
    attribute = known.attributes.get(name)
    try:
        if attribute is None:
            raise _unknown_attribute(name)
        if tolerant or row.from_text:
            read_value = read_loosely(attribute, value, month_first=name in row.month_first)
        else:
            read_value = read(attribute, value)
    except Invalid:
        if not tolerant:
            raise
    else:
        columns[column_name(attribute.id)] = read_value


def _unknown_attribute(name: str) -> Invalid:
    shown = values.shortened(name)
    message = f"There is no attribute “{shown}”."
    return Invalid.field(f"attributes.{shown}", "unknown_attribute", message, "Create it first, or remove it.")


def _lists(row: ContactInput, known: Known) -> dict[int, bool]:
    added = (*row.add_lists, *(row.only_lists or ()))
    wanted = dict.fromkeys(added, True) | dict.fromkeys(row.remove_lists, False)
    for list_id in wanted:
        _reference("lists", "list", list_id, known.lists)
    return wanted


def _tags(row: ContactInput) -> dict[str, bool]:
    added = {values.line("tags", tag, LONGEST_TAG): True for tag in (*row.add_tags, *(row.only_tags or ()))}
    return added | {values.line("tags", tag, LONGEST_TAG): False for tag in row.remove_tags}
