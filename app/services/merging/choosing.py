"""Which value the kept contact has afterwards, field by field."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final, Literal, NamedTuple, TypeAlias, get_args

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.adapters.attributes import column_name
from app.adapters.bulk import among
from app.adapters.merging.held import Row
from app.errors import Invalid, Problem
from app.models import Suppression, SuppressionReason
from app.services.contacts.inputs import IDENTIFIERS
from app.services.values import shortened
from nodes.catalog import Catalog, Kind

Way: TypeAlias = Literal["kept", "other", "larger", "sum", "both"]
WAYS: Final[tuple[Way, ...]] = get_args(Way)
_MORE: Final[Mapping[str, tuple[Way, ...]]] = {
    Kind.NUMBER: ("larger", "sum"),
    Kind.DATE: ("larger",),
    Kind.MULTIPLE_CHOICE: ("both",),
}
_PLAIN: Final[tuple[Way, ...]] = ("kept", "other")
_FIXED: Final = (*IDENTIFIERS, "time_zone", "owner_id", "company_id")
# They were said by the person, not by a mail server of the address.
_BY_PERSON: Final = (SuppressionReason.COMPLAINT, SuppressionReason.BY_HAND)


class Field(NamedTuple):
    """Something that both contacts may have a value of, as stored; `ways` to choose from, the first goes by itself.

    `kind` is that of an attribute, `text` for an identifier; owner and company are `reference`s.
    """

    name: str
    column: str
    kind: str
    kept: Any
    other: Any
    ways: Sequence[Way]


def fields(kept: Row, other: Row, catalog: Catalog) -> list[Field]:
    """Return the fields and attributes of which at least one of two contacts has a value."""
    named = [(name, name, "reference" if name.endswith("_id") and name != "ext_id" else "text") for name in _FIXED]
    named += [(name, column_name(each.id), str(each.kind)) for name, each in catalog.attributes.items()]
    found = (
        Field(name, column, kind, kept[column], other[column], _ways(kind, kept[column], other[column]))
        for name, column, kind in named
    )
    return [each for each in found if not (_is_empty(each.kept) and _is_empty(each.other))]


def _ways(kind: str, kept: object, other: object) -> Sequence[Way]:
    """The kept one's value goes by itself, the other's where it has none; of several choices all are kept."""
    plain: tuple[Way, ...] = ("other", "kept") if _is_empty(kept) else ("kept", "other")
    more = () if _is_empty(kept) or _is_empty(other) else _MORE.get(kind, ())
    return (*more, *plain) if kind == Kind.MULTIPLE_CHOICE else (*plain, *more)


def chosen(kept: Row, other: Row, catalog: Catalog, wanted: Mapping[str, Way]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the columns of the kept contact that change, with their new value, and what was added to which of them.

    Raises Invalid for a field or a way that there is not, and where nothing is left that the contact is known by.
    """
    by_name = {each.name: each for each in fields(kept, other, catalog)}
    _refuse(by_name, wanted, catalog)
    ways = {name: wanted.get(name, each.ways[0]) for name, each in by_name.items()}
    after = {each.column: _value(each, ways[name]) for name, each in by_name.items()}
    if not any(after.get(kind) for kind in IDENTIFIERS):
        raise Invalid.field(
            "fields.email",
            "missing_identifier",
            "Nothing would be left that the contact is known by.",
            "Keep at least one of email, phone and ext_id.",
        )
    after |= {name: kept[name] or other[name] for name in ("email_blacklisted", "sms_blacklisted")}
    after["created_at"] = min(kept["created_at"], other["created_at"], key=datetime.fromisoformat)
    added = {by_name[name].column: by_name[name].other or 0 for name, way in ways.items() if way == "sum"}
    return {name: value for name, value in after.items() if value != kept[name]}, added


def asked_for_none(session: Session, addresses: Collection[str | None]) -> bool:
    """Tell whether the person asked at one of these addresses for no more mail: asked at one, asked at all."""
    asked = select(Suppression.id).where(
        among(Suppression.address, {each for each in addresses if each}), Suppression.reason.in_(_BY_PERSON)
    )
    return session.scalar(asked.limit(1)) is not None


def _refuse(by_name: Mapping[str, Field], wanted: Mapping[str, Way], catalog: Catalog) -> None:
    problems = []
    for name, way in wanted.items():
        where = f"fields.{shortened(name)}"
        if name not in by_name and name not in _FIXED and name not in catalog.attributes:
            message = f"There is no field “{shortened(name)}”."
            problems.append(Problem(where, "unknown_field", message, "Leave it out, or use the name of an attribute."))
        elif name in by_name and way not in (known := (*_PLAIN, *_MORE.get(by_name[name].kind, ()))):
            message = f"“{way}” is no way to choose {shortened(name)}."
            problems.append(Problem(where, "unknown_way", message, f"Use one of: {', '.join(known)}."))
    if problems:
        raise Invalid(problems[0].message, problems)


def _value(field: Field, way: Way) -> Any:  # noqa: ANN401 - a stored value
    present = [each for each in (field.kept, field.other) if not _is_empty(each)]
    match way:
        case "kept":
            return field.kept
        case "other":
            return field.other
        case "larger":
            return max(present)
        case "sum":
            return sum(present)
        case "both":
            return list(dict.fromkeys(choice for each in present for choice in each))


def _is_empty(value: object) -> bool:
    return value is None or value in ([], "")
