"""The comparisons themselves, over plain values; only positive ones, for negations are their exact opposite."""

import operator
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final, TypeAlias
from zoneinfo import ZoneInfo

from nodes.conditions.operators import Operand
from nodes.conditions.values import Expected, as_number

Operable: TypeAlias = Any  # what an operator takes: its type follows from the operand, not from Python
Test: TypeAlias = Callable[[Operable, datetime], bool]
Holds: TypeAlias = Callable[[Operable], bool]
Maker: TypeAlias = Callable[[Operable], Holds]


def make_test(operand: Operand, op: str, expected: Expected, zone: ZoneInfo) -> Test:
    """Return the positive comparison `op` as a function of the actual value and the present moment."""
    if op == "empty":
        return lambda actual, _now: is_empty(actual)
    if op in _MOVING:
        return _MOVING[op](expected, zone)
    holds = _MAKERS[operand][op](expected)
    return lambda actual, _now: actual is not None and holds(actual)


def is_empty(actual: Operable) -> bool:
    """Tell whether there is no value: none, an empty text or an empty choice."""
    return actual is None or actual in ("", (), [])


def fold(text: str) -> str:
    """Return the form in which texts that differ in case only are alike (PostgreSQL: `casefold`)."""
    return text.casefold()


def as_text(actual: Operable) -> str:
    """Return an event's property as text: whole numbers without fraction, lists and objects as nothing."""
    if isinstance(actual, str):
        return actual
    if isinstance(actual, bool):
        return "true" if actual else "false"
    if isinstance(actual, float) and actual.is_integer():
        return str(int(actual))
    return str(actual) if isinstance(actual, int | float) else ""


def _in_last(days: Operable, zone: ZoneInfo) -> Test:
    none, span = timedelta(0), timedelta(days=days)
    return lambda actual, now: actual is not None and none <= now.astimezone(zone).date() - actual <= span


def _in_next(days: Operable, zone: ZoneInfo) -> Test:
    none, span = timedelta(0), timedelta(days=days)
    return lambda actual, now: actual is not None and none <= actual - now.astimezone(zone).date() <= span


def _by(compare: Callable[[Operable, Operable], bool]) -> Maker:
    return lambda expected: lambda actual: compare(actual, expected)


def _between(expected: Operable) -> Holds:
    low, high = expected
    return lambda actual: bool(low <= actual <= high)


def _folded(compare: Callable[[str, str], bool]) -> Maker:
    def maker(expected: str) -> Holds:
        wanted = fold(expected)
        return lambda actual: compare(fold(actual), wanted)

    return maker


def _member(expected: Operable) -> Holds:
    return frozenset(expected).__contains__


def _shares(expected: Operable) -> Holds:
    wanted = frozenset(expected)
    return lambda actual: not wanted.isdisjoint(actual)


def _covers(expected: Operable) -> Holds:
    return frozenset(expected).issubset


def _truth(_expected: Operable) -> Holds:
    return bool


def _property_is(expected: Operable) -> Holds:
    if isinstance(expected, bool):
        return lambda actual: actual is expected
    if isinstance(expected, int | float):
        return lambda actual: as_number(actual) == expected
    return _of_text(_TEXT["eq"])(expected)


def _property_in(expected: Operable) -> Holds:
    wanted = frozenset(map(fold, expected))
    return lambda actual: fold(as_text(actual)) in wanted


def _of_text(maker: Maker) -> Maker:
    def of_property(expected: Operable) -> Holds:
        holds = maker(expected)
        return lambda actual: holds(as_text(actual))

    return of_property


def _of_number(maker: Maker) -> Maker:
    def of_property(expected: Operable) -> Holds:
        holds = maker(expected)
        return lambda actual: (number := as_number(actual)) is not None and holds(number)

    return of_property


_MOVING: Final[Mapping[str, Callable[[Operable, ZoneInfo], Test]]] = {"in_last": _in_last, "in_next": _in_next}
_TEXT: Final[Mapping[str, Maker]] = {
    "eq": _folded(operator.eq),
    "contains": _folded(operator.contains),
    "starts_with": _folded(str.startswith),
    "ends_with": _folded(str.endswith),
}
_ORDER: Final[Mapping[str, Maker]] = {
    "gt": _by(operator.gt),
    "gte": _by(operator.ge),
    "lt": _by(operator.lt),
    "lte": _by(operator.le),
}
_NUMBER: Final[Mapping[str, Maker]] = {"eq": _by(operator.eq), "between": _between, **_ORDER}
_MAKERS: Final[Mapping[Operand, Mapping[str, Maker]]] = {
    Operand.TEXT: _TEXT,
    Operand.NUMBER: _NUMBER,
    Operand.COUNT: _NUMBER,
    Operand.DATE: {
        "eq": _by(operator.eq),
        "before": _by(operator.lt),
        "after": _by(operator.gt),
        "between": _between,
    },
    Operand.BOOLEAN: {"eq": _by(operator.is_)},
    Operand.CATEGORY: {"eq": _by(operator.eq), "any_of": _member},
    Operand.MULTIPLE_CHOICE: {"any_of": _shares, "all_of": _covers},
    Operand.LIST: {"in": _truth},
    Operand.TAG: {"has": _truth},
    Operand.CONSENT: {"given": _truth},
    Operand.VISIT: {"open": _truth},
    Operand.OWNER: {"eq": _by(operator.eq)},
    Operand.PROPERTY: {
        "eq": _property_is,
        "any_of": _property_in,
        **{op: _of_text(maker) for op, maker in _TEXT.items() if op != "eq"},
        **{op: _of_number(maker) for op, maker in _ORDER.items()},
    },
}
