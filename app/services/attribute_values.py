"""Reading the value of an attribute by its kind: strictly, or as people write it in text files."""

import math
import re
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Final, TypeAlias

from app.errors import Invalid
from app.services.values import shortened, storable
from nodes.catalog import Attribute, Kind

Stored: TypeAlias = str | float | bool | date | list[str] | None
_Reader: TypeAlias = Callable[[Attribute, object], Stored]

LARGEST_NUMBER: Final = 1e300

_TRUE: Final = frozenset({"true", "yes", "y", "1", "on", "oui", "vrai", "да", "истина"})
_FALSE: Final = frozenset({"false", "no", "n", "0", "off", "non", "faux", "нет", "ложь"})
_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_ISO_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*", re.ASCII)
_NUMERIC_DATE = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})", re.ASCII)
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_GROUPING = re.compile(r"[\s'’]")
_SEPARATORS = re.compile(r"[|;,]")


def read(attribute: Attribute, value: object) -> Stored:
    """Return the value in the attribute's own type; empty text and empty choices become None. Raises Invalid."""
    if value is None or value in ("", []):
        return None
    return _READERS[attribute.kind](attribute, value)


def read_loosely(attribute: Attribute, value: object, *, month_first: bool = False) -> Stored:
    """Like `read`, but texts may stand for numbers, dates and so on. `month_first`: how to read 03/04/2026."""
    if isinstance(value, str):
        text = value.strip()
        if not text:
            return None
        if attribute.kind == Kind.DATE:
            return _written_date(attribute, text, month_first=month_first)
        return _TEXT_READERS[attribute.kind](attribute, text)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return read(attribute, value)
    if attribute.kind == Kind.BOOLEAN and value in {0, 1}:
        return bool(value)
    return read(attribute, str(value) if attribute.kind in {Kind.TEXT, Kind.CATEGORY} else value)


def leading_numbers(text: str) -> tuple[int, int]:
    """Return the first two numbers of a date like 03/04/2026, else zeros; they tell which of them is the month."""
    numeric = _NUMERIC_DATE.fullmatch(text.strip())
    return (int(numeric[1]), int(numeric[2])) if numeric else (0, 0)


def written_choices(text: str) -> list[str]:
    """Return the options that a text lists: `red; green`."""
    return [each.strip() for each in _SEPARATORS.split(text) if each.strip()]


def _refusal(attribute: Attribute, code: str, message: str, remedy: str) -> Invalid:
    return Invalid.field(_field(attribute), code, message, remedy)


def _field(attribute: Attribute) -> str:
    return f"attributes.{attribute.name}"


def _text(attribute: Attribute, value: object) -> str:
    return storable(_field(attribute), value)


def _number(attribute: Attribute, value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _refusal(attribute, "not_number", f"{attribute.name} must be a number.", "Send a number like 12.5.")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not abs(number) <= LARGEST_NUMBER:
        raise _refusal(attribute, "bad_number", f"{attribute.name} is out of range.", "Send a smaller number.")
    return number


def _date(attribute: Attribute, value: object) -> date:
    text = storable(_field(attribute), value, 40).strip()
    try:
        if _ISO_DATE.fullmatch(text):
            return date.fromisoformat(text)
        if _ISO_MOMENT.fullmatch(text):
            return datetime.fromisoformat(text).date()
    except ValueError:
        pass
    raise _no_date(attribute, text)


def _boolean(attribute: Attribute, value: object) -> bool:
    if not isinstance(value, bool):
        message = f"{attribute.name} must be true or false."
        raise _refusal(attribute, "not_boolean", message, "Send true or false, without quotes.")
    return value


def _category(attribute: Attribute, value: object) -> str:
    return _option(attribute, storable(_field(attribute), value))


def _choices(attribute: Attribute, value: object) -> list[str] | None:
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise _refusal(attribute, "not_list", f"{attribute.name} must be a list.", "Send a list of its options.")
    chosen = {_option(attribute, storable(_field(attribute), each)) for each in value}
    return [option for option in attribute.options if option in chosen] or None


def _option(attribute: Attribute, value: str) -> str:
    if value in attribute.options:
        return value
    folded = value.strip().casefold()
    for option in attribute.options:
        if option.casefold() == folded:
            return option
    known = ", ".join(attribute.options[:20])
    message = f"“{shortened(value)}” is no option of {attribute.name}."
    raise _refusal(attribute, "unknown_option", message, f"Use one of: {known}." if known else "Add the option first.")


def _written_number(attribute: Attribute, text: object) -> float:
    digits = _GROUPING.sub("", str(text))
    if digits.count(",") == 1 and "." not in digits:
        digits = digits.replace(",", ".")
    if not _NUMBER.fullmatch(digits):
        message = f"“{shortened(str(text))}” is no number."
        raise _refusal(attribute, "not_number", message, "Write it like 1234.5, without a unit.")
    return _number(attribute, float(digits))


def _written_boolean(attribute: Attribute, text: object) -> bool:
    word = str(text).casefold()
    if word not in _TRUE | _FALSE:
        message = f"“{shortened(word)}” is neither yes nor no."
        raise _refusal(attribute, "not_boolean", message, "Write yes or no, true or false, 1 or 0.")
    return word in _TRUE


def _written_choices(attribute: Attribute, text: object) -> list[str] | None:
    return _choices(attribute, written_choices(str(text)))


def _written_date(attribute: Attribute, text: str, *, month_first: bool) -> date:
    numeric = _NUMERIC_DATE.fullmatch(text)
    if numeric is None:
        return _date(attribute, text)
    first, second, year = (int(part) for part in numeric.groups())
    day, month = (second, first) if month_first else (first, second)
    try:
        return date(year, month, day)
    except ValueError as error:
        raise _no_date(attribute, text) from error


def _no_date(attribute: Attribute, text: str) -> Invalid:
    return _refusal(attribute, "not_date", f"“{shortened(text)}” is no date.", "Write it like 2026-11-22.")


_READERS: Final[dict[Kind, _Reader]] = {
    Kind.TEXT: _text,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
    Kind.BOOLEAN: _boolean,
    Kind.CATEGORY: _category,
    Kind.MULTIPLE_CHOICE: _choices,
}
_TEXT_READERS: Final[dict[Kind, _Reader]] = {
    Kind.TEXT: _text,
    Kind.NUMBER: _written_number,
    Kind.BOOLEAN: _written_boolean,
    Kind.CATEGORY: _category,
    Kind.MULTIPLE_CHOICE: _written_choices,
}
