"""What a comparison is compared with, brought once to the type of what it is compared to."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final, TypeAlias, TypeVar

from nodes.catalog import Kind
from nodes.conditions.operators import Operand, Operator, Shape
from nodes.conditions.written import LONGEST_TEXT, Literal
from nodes.moments import iso_day
from nodes.texts import Text
from nodes.world import Value

Expected: TypeAlias = str | float | bool | date | int | tuple[str, ...] | tuple[float, float] | tuple[date, date] | None

MOST_DAYS: Final = 36_600
Ordered = TypeVar("Ordered", float, date)


class UnfitValue(ValueError):
    """A value does not fit its operator; `expected` completes “must be …”."""

    def __init__(self, expected: Text) -> None:
        super().__init__(expected.en)
        self.expected = expected


TEXT: Final = Text("a text", "un texte", "текст")
NUMBER: Final = Text("a number", "un nombre", "число")
DATE: Final = Text("a date, such as 2027-05-15", "une date, comme 2027-05-15", "дату, например 2027-05-15")
TRUTH: Final = Text("yes or no", "oui ou non", "«да» или «нет»")
TEXTS: Final = Text("one or more texts", "un ou plusieurs textes", "один или несколько текстов")
DAYS: Final = Text("a number of days", "un nombre de jours", "число дней")
NUMBERS: Final = Text("two numbers in order", "deux nombres dans l’ordre", "два числа по порядку")
DATES: Final = Text("two dates in order", "deux dates dans l’ordre", "две даты по порядку")
NOTHING: Final = Text("left out", "laissé vide", "ничего")
SCALAR: Final = Text("a text, a number, yes or no", "un texte, un nombre, oui ou non", "текст, число, «да» или «нет»")


def convert(operand: Operand, operator: Operator, value: Literal) -> Expected:
    """Return `value` as the operator wants it; raises UnfitValue."""
    if operand is Operand.BOOLEAN and operator.value == "one":
        return _truth(value)
    if operand is Operand.PROPERTY and operator.value == "one":
        return _scalar(value) if operator.key in {"eq", "neq"} else _text(value)
    if operand is Operand.DATE and operator.value == "range":
        return _dates(value)
    return _BY_SHAPE[operator.value](value)


def attribute_value(kind: Kind, value: Literal) -> Value:
    """Return `value` as an attribute of that kind keeps it; raises UnfitValue."""
    return _BY_KIND[kind](value)


def as_number(value: object) -> float | None:
    """Return a number, or a text that reads as one, as a float; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float) or len(str(value)) > LONGEST_TEXT:
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if abs(number) <= 1e300 else None


def as_date(value: object) -> date | None:
    """Return the day that a `YYYY-MM-DD` text names; None for anything else."""
    try:
        return iso_day(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _nothing(value: Literal) -> None:
    if value is not None:
        raise UnfitValue(NOTHING)


def _text(value: Literal) -> str:
    if not isinstance(value, str) or not value:
        raise UnfitValue(TEXT)
    return value


def _texts(value: Literal) -> tuple[str, ...]:
    if not isinstance(value, tuple) or not value:
        raise UnfitValue(TEXTS)
    texts = tuple(each for each in value if isinstance(each, str) and each)
    if len(texts) != len(value):
        raise UnfitValue(TEXTS)
    return texts


def _number(value: Literal) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise UnfitValue(NUMBER)
    return float(value)


def _numbers(value: Literal) -> tuple[float, float]:
    return _range(value, _number, NUMBERS)


def _date(value: Literal) -> date:
    day = as_date(value)
    if day is None:
        raise UnfitValue(DATE)
    return day


def _dates(value: Literal) -> tuple[date, date]:
    return _range(value, _date, DATES)


def _range(value: Literal, convert_end: Callable[[Literal], Ordered], expected: Text) -> tuple[Ordered, Ordered]:
    if not isinstance(value, tuple) or len(value) != 2:
        raise UnfitValue(expected)
    try:
        low, high = convert_end(value[0]), convert_end(value[1])
    except UnfitValue:
        raise UnfitValue(expected) from None
    if low > high:
        raise UnfitValue(expected)
    return low, high


def _days(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_DAYS:
        raise UnfitValue(DAYS)
    return value


def _truth(value: Literal) -> bool:
    if not isinstance(value, bool):
        raise UnfitValue(TRUTH)
    return value


def _scalar(value: Literal) -> str | float | bool:
    if value is None or isinstance(value, tuple) or value == "":
        raise UnfitValue(SCALAR)
    return value


_BY_SHAPE: Final[Mapping[Shape, Callable[[Literal], Expected]]] = {
    "none": _nothing,
    "one": _text,
    "many": _texts,
    "number": _number,
    "date": _date,
    "range": _numbers,
    "duration": _days,
}
_BY_KIND: Final[Mapping[Kind, Callable[[Literal], Value]]] = {
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.BOOLEAN: _truth,
    Kind.CATEGORY: _text,
    Kind.MULTIPLE_CHOICE: _texts,
}
