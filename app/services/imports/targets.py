"""Where the columns of a file go: `email`, `attribute:SCORE`, `new:CITY:text`, `skip`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from app.errors import Invalid, Problem
from app.services.contacts import IDENTIFIERS
from nodes.catalog import Attribute, Kind

FIELDS: Final = (*IDENTIFIERS, "time_zone")
SKIP: Final = "skip"


@dataclass(frozen=True, slots=True)
class Target:
    """A field or attribute by name; `make`: the kind of an attribute that does not exist yet."""

    what: Literal["field", "attribute"]
    name: str
    make: Kind | None = None

    def __str__(self) -> str:
        return self.name if self.what == "field" else f"attribute:{self.name}"

    @classmethod
    def of(cls, written: str) -> "Target":
        """Return what `str` wrote."""
        _, attribute, name = written.partition("attribute:")
        return cls("attribute", name) if attribute else cls("field", written)


def read_targets(
    mapping: Mapping[int, str], headers: Sequence[str], attributes: Mapping[str, Attribute]
) -> dict[int, Target]:
    """Read where each column goes, skipped ones left out. Raises Invalid naming every fault."""
    problems: list[Problem] = []
    targets: dict[int, Target] = {}
    for column, written in mapping.items():
        if written == SKIP:
            continue
        try:
            target = _read(column, written, headers, attributes)
            _refuse_second(target, targets, column)
        except Invalid as refusal:
            problems.extend(refusal.problems)
        else:
            targets[column] = target
    if not problems and not any(target.name in IDENTIFIERS for target in targets.values()):
        remedy = f"Match a column with one of {', '.join(IDENTIFIERS)}."
        problems.append(Problem("mapping", "no_identifier", "No column says which contact a row is about.", remedy))
    if problems:
        raise Invalid(problems[0].message, problems)
    return targets


def _read(column: int, written: str, headers: Sequence[str], attributes: Mapping[str, Attribute]) -> Target:
    if not 0 <= column < len(headers):
        message = f"The file has no column {column}."
        raise _invalid(column, "unknown_column", message, f"Columns are numbered from 0 to {len(headers) - 1}.")
    if written in FIELDS:
        return Target("field", written)
    what, _, rest = written.partition(":")
    name, _, kind = rest.partition(":")
    if what == "attribute":
        return _existing(column, rest.upper(), attributes)
    if what == "new" and kind in set(Kind):
        if name.upper() in attributes:
            message = f"There is an attribute {name.upper()} already."
            raise _invalid(column, "taken", message, f"Match the column with attribute:{name.upper()}.")
        return Target("attribute", name.upper(), Kind(kind))
    known = f"Use {', '.join(FIELDS)}, attribute:NAME, new:NAME:kind or skip."
    raise _invalid(column, "bad_target", f"A column cannot go to “{written[:60]}”.", known)


def _existing(column: int, name: str, attributes: Mapping[str, Attribute]) -> Target:
    if name not in attributes:
        message = f"There is no attribute “{name[:60]}”."
        raise _invalid(column, "unknown_attribute", message, "Make it on the way with new:NAME:kind.")
    return Target("attribute", name)


def _refuse_second(target: Target, targets: Mapping[int, Target], column: int) -> None:
    if any(each.name == target.name for each in targets.values()):
        raise _invalid(column, "twice", f"Two columns go to {target.name}.", "Skip one of them.")


def _invalid(column: int, code: str, message: str, remedy: str) -> Invalid:
    return Invalid.field(f"mapping.{column}", code, message, remedy)
