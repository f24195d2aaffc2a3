"""Conditions that nobody can meet, as far as it shows without knowing anyone."""

from collections import defaultdict
from typing import Final

from nodes.conditions.comparing import fold
from nodes.conditions.model import All, AnyOf, Condition, Leaf, Not
from nodes.conditions.subjects import Subject
from nodes.conditions.written import Literal

_OVER: Final = ("gt", "gte")
_UNDER: Final = ("lt", "lte")


def contradicts(condition: Condition) -> bool:
    """Tell whether a condition asks for two things at once that exclude each other.

    Found are: one thing equal to two values, empty and equal to something, more than one number and less than a
    smaller one. Others go unnoticed.
    """
    if isinstance(condition, Leaf | Not):
        return False
    if isinstance(condition, AnyOf):
        return all(map(contradicts, condition.parts))
    return any(map(contradicts, condition.parts)) or _at_odds(condition)


def _at_odds(group: All) -> bool:
    asked: defaultdict[Subject, list[Leaf]] = defaultdict(list)
    for part in group.parts:
        if isinstance(part, Leaf):
            asked[part.subject].append(part)
    return any(map(_exclude_each_other, asked.values()))


def _exclude_each_other(leaves: list[Leaf]) -> bool:
    equal = {_plain(leaf.value) for leaf in leaves if leaf.op == "eq"}
    empty = any(leaf.op == "empty" for leaf in leaves)
    over = [leaf.value for leaf in leaves if leaf.op in _OVER and isinstance(leaf.value, int | float)]
    under = [leaf.value for leaf in leaves if leaf.op in _UNDER and isinstance(leaf.value, int | float)]
    crossed = bool(over and under) and max(over) > min(under)
    return len(equal) > 1 or (empty and bool(equal)) or crossed


def _plain(value: Literal) -> Literal:
    return fold(value) if isinstance(value, str) else value
