"""Conditions that nobody can meet, as far as it shows without knowing anyone.

A condition is spread out into alternatives, each a set of comparisons that must hold together. An alternative is
impossible when no value of one of its subjects meets all that is asked of that subject; values are tried with the
comparisons that judge contacts, too. What is not certain counts as possible.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise, product
from typing import Any, Final, NamedTuple

from nodes.catalog import Catalog
from nodes.conditions.comparing import Test, make_test
from nodes.conditions.model import AnyOf, Condition, Leaf, Not
from nodes.conditions.operators import NEGATIONS, OPERATORS, Operand
from nodes.conditions.subjects import Subject
from nodes.conditions.values import Expected, UnfitValue, convert

MOST_ALTERNATIVES: Final = 256
# Relative days are compared with each other only, so that any day may stand for today.
_NOW: Final = datetime(2030, 1, 15, 12, tzinfo=UTC)
_RELATIVE: Final = frozenset({"in_last", "in_next"})
_PARTS_OF_TEXT: Final = frozenset({"contains", "starts_with", "ends_with"})
# A value that no author writes: it stands for all those that are not spoken of.
_OTHER: Final = "\x01"


class _Literal(NamedTuple):
    """A comparison that must hold, or must not."""

    leaf: Leaf
    wanted: bool


class _Asked(NamedTuple):
    """What is asked of one subject: the positive comparison, what it compares with, and whether it must hold."""

    op: str
    expected: Expected
    test: Test
    wanted: bool

    def met_by(self, value: Any) -> bool:  # noqa: ANN401 - a value of any kind
        return self.test(value, _NOW) is self.wanted


_Alternative = tuple[_Literal, ...]


def contradicts(condition: Condition, catalog: Catalog) -> bool:
    """Tell whether no contact of this workspace can meet a condition. Some that nobody can meet go unnoticed."""
    return all(_impossible(each, catalog) for each in _alternatives(condition, wanted=True))


def _alternatives(condition: Condition, *, wanted: bool) -> Sequence[_Alternative]:
    """Spread out a condition, or its opposite; an alternative that asks nothing stands for what became too many."""
    if isinstance(condition, Leaf):
        return [(_Literal(condition, wanted),)]
    if isinstance(condition, Not):
        return _alternatives(condition.part, wanted=not wanted)
    parts = [_alternatives(part, wanted=wanted) for part in condition.parts]
    if isinstance(condition, AnyOf) is wanted:
        return _bounded(each for part in parts for each in part)
    joined: Sequence[_Alternative] = [()]
    for part in parts:
        joined = _bounded(one + other for one, other in product(joined, part))
    return joined


def _bounded(alternatives: Iterable[_Alternative]) -> Sequence[_Alternative]:
    found: list[_Alternative] = []
    for each in alternatives:
        if len(found) == MOST_ALTERNATIVES:
            return [()]
        found.append(each)
    return found


def _impossible(alternative: _Alternative, catalog: Catalog) -> bool:
    by_subject: defaultdict[Subject, list[_Literal]] = defaultdict(list)
    for each in alternative:
        by_subject[each.leaf.subject].append(each)
    return any(not _possible(subject, asked, catalog) for subject, asked in by_subject.items())


def _possible(subject: Subject, literals: Sequence[_Literal], catalog: Catalog) -> bool:
    operand = subject.operand(catalog)
    if operand is None:
        return True
    try:
        asked = [_asked(each, operand, catalog) for each in literals]
    except (UnfitValue, KeyError):
        return True  # not a condition of this workspace: that is told elsewhere
    if _beyond_trying(operand, asked):
        opposites = {(each.op, each.expected) for each in asked if each.wanted}
        return not any((each.op, each.expected) in opposites for each in asked if not each.wanted)
    return any(all(each.met_by(value) for each in asked) for value in _values(operand, asked))


def _asked(literal: _Literal, operand: Operand, catalog: Catalog) -> _Asked:
    op = literal.leaf.op
    positive = NEGATIONS.get(op, op)
    expected = convert(operand, OPERATORS[operand][op], literal.leaf.value)
    test = make_test(operand, positive, expected, catalog.time_zone)
    return _Asked(positive, expected, test, literal.wanted is (op == positive))


def _beyond_trying(operand: Operand, asked: Sequence[_Asked]) -> bool:
    """Tell whether the values to try would not be all that matter."""
    ops = {each.op for each in asked if each.op != "empty"}
    if any(each.op == "eq" and each.wanted for each in asked) and not ops & _RELATIVE:
        return False  # nothing but that value can do
    if operand is Operand.MULTIPLE_CHOICE:
        return any(each.op == "all_of" and not each.wanted for each in asked)
    return bool(ops & _PARTS_OF_TEXT) or (bool(ops & _RELATIVE) and not ops <= _RELATIVE)


def _values(operand: Operand, asked: Sequence[_Asked]) -> Iterator[Any]:
    """Return values that stand for all there are: each that is spoken of, those beside it, another one, and none."""
    said = [value for each in asked for value in _spread(each.expected)]
    if operand is not Operand.COUNT:
        yield None
    match operand:
        case Operand.LIST | Operand.TAG | Operand.CONSENT | Operand.VISIT | Operand.BOOLEAN:
            yield from (True, False)
        case Operand.COUNT:
            yield from (value for each in (0, *said) for value in range(max(int(each) - 1, 0), int(each) + 2))
        case Operand.NUMBER:
            yield from _numbers(said)
        case Operand.DATE:
            yield from _days(said)
        case Operand.MULTIPLE_CHOICE:
            forbidden = {value for each in asked if not each.wanted for value in _spread(each.expected)}
            yield tuple(value for value in (*said, _OTHER) if value not in forbidden)
        case _:
            yield from (_OTHER, *said)
    if operand is Operand.PROPERTY:
        yield from _numbers([each for each in said if isinstance(each, int | float)])


def _numbers(said: Sequence[float]) -> Iterator[float]:
    edges = sorted({0.0, *map(float, said)})
    yield from (2 * edges[0] - 1, *edges, 2 * edges[-1] + 1)
    yield from ((low + high) / 2 for low, high in pairwise(edges))


def _days(said: Sequence[date | int]) -> Iterator[date]:
    today = _NOW.date()
    yield today
    for each in said:
        around = [each] if isinstance(each, date) else [today - timedelta(days=each), today + timedelta(days=each)]
        yield from (_beside(day, days) for day in around for days in (-1, 0, 1))


def _beside(day: date, days: int) -> date:
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


def _spread(expected: Expected) -> tuple[Any, ...]:
    if expected is None:
        return ()
    return expected if isinstance(expected, tuple) else (expected,)
