"""What only the whole file tells: how its dates are written, and which options its new categories have."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from app.services.attribute_values import leading_numbers, written_choices
from app.services.attributes import CHOOSING, LONGEST_OPTION, MOST_OPTIONS
from app.services.imports.targets import Target
from app.services.imports.text_files import Row
from nodes.catalog import Attribute, Kind


class Survey(NamedTuple):
    """Names of date attributes whose dates are like 12/31/2026, and options by name of the attributes to be made."""

    month_first: frozenset[str]
    options: Mapping[str, list[str]]


def survey(rows: Iterable[Row], targets: Mapping[int, Target], attributes: Mapping[str, Attribute]) -> Survey:
    """Read through the file as far as there is something to find out."""
    wanted = {column: target for column, target in targets.items() if target.what == "attribute"}
    kinds = {column: target.make or attributes[target.name].kind for column, target in wanted.items()}
    dates = {column: _Dates() for column, kind in kinds.items() if kind == Kind.DATE}
    choices = {column: _Choices(kind) for column, kind in kinds.items() if kind in CHOOSING and targets[column].make}
    watchers: dict[int, _Dates | _Choices] = {**dates, **choices}
    for row in rows if watchers else ():
        for column, watcher in watchers.items():
            if column < len(row.cells):
                watcher.see(row.cells[column])
    return Survey(
        frozenset(targets[column].name for column, each in dates.items() if each.month_first),
        {targets[column].name: list(each.options) for column, each in choices.items()},
    )


class _Dates:
    """In 12/31/2026 the second number cannot be a month; in 31/12/2026 the first cannot. In doubt, the day is first."""

    def __init__(self) -> None:
        self._first = self._second = 0

    def see(self, cell: str) -> None:
        first, second = leading_numbers(cell)
        self._first, self._second = max(self._first, first), max(self._second, second)

    @property
    def month_first(self) -> bool:
        return self._first <= 12 < self._second


class _Choices:
    """The first options met, in order; rows with others are refused later."""

    def __init__(self, kind: Kind) -> None:
        self._many = kind == Kind.MULTIPLE_CHOICE
        self.options: dict[str, None] = {}
        self._folded: set[str] = set()

    def see(self, cell: str) -> None:
        for option in written_choices(cell) if self._many else [cell.strip()]:
            fits = option.isprintable() and 0 < len(option) <= LONGEST_OPTION and len(self.options) < MOST_OPTIONS
            if fits and option.casefold() not in self._folded:
                self._folded.add(option.casefold())
                self.options[option] = None
