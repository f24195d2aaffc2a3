"""Why a decision came out as it did: its condition laid beside the values compared, and what was missing.

A path keeps what was compared, not the tree it was compared in. The condition stands in the version that ran, and
judging is deterministic, so both together give the tree back.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from nodes.conditions import All, AnyOf, Comparison, Condition, Leaf, Not, parse
from nodes.contract import Node


class Mismatch(ValueError):
    """The values do not belong to the condition."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A part of a condition as it was judged; `holds` None: it was not looked at, for it could not change anything."""

    condition: Condition
    holds: bool | None
    compared: Comparison | None = None
    parts: tuple["Weighed", ...] = ()


class Question(NamedTuple):
    """A condition that a step asks, and the way that contacts take for whom it holds."""

    port: str
    condition: Condition


def questions(node: Node, config: Mapping[str, Any]) -> list[Question]:
    """Return what a step asks, in the order in which it asks. `config` as stored, valid."""
    schema = node.schema()
    shown = schema.visible(config)
    first = next(iter(node.ports), "")
    found = []
    for name, field in schema.form.items():
        for path, written in field.conditions(shown[name]) if name in shown else ():
            index = path.partition("]")[0].removeprefix("[")
            port = shown[name][int(index)]["id"] if index.isdigit() else first
            found.append(Question(port, parse(written)))
    return found


def retrace(condition: Condition, values: Iterable[Comparison]) -> Weighed:
    """Lay the values that were compared beside the condition. Raises Mismatch where they are of another one."""
    rest = iter(values)
    weighed = _retrace(condition, rest)
    if next(rest, None) is not None:
        raise Mismatch("more was compared than the condition asks for")
    return weighed


def retrace_all(asked: Iterable[Question], values: Iterable[Comparison]) -> list[tuple[Question, Weighed]]:
    """Lay values beside conditions that are asked one after another until one holds. Raises Mismatch."""
    rest = iter(values)
    found: list[tuple[Question, Weighed]] = []
    for question in asked:
        held = any(weighed.holds for _, weighed in found)
        found.append((question, _unseen(question.condition) if held else _retrace(question.condition, rest)))
    if next(rest, None) is not None:
        raise Mismatch("more was compared than the step asks for")
    return found


def lacking(weighed: Weighed, *, wanted: bool = True) -> Condition:
    """Return what else would have had to hold for the condition to come out as `wanted`: nothing, if it did.

    What held stays as it was, and what was not looked at is asked for as it stands: with the same facts otherwise, the
    condition comes out as wanted exactly if what is returned holds.
    """
    if weighed.holds is wanted:
        return All()
    condition = weighed.condition
    if weighed.holds is None or isinstance(condition, Leaf):
        return condition if wanted else Not(condition)
    if isinstance(condition, Not):
        return lacking(weighed.parts[0], wanted=not wanted)
    parts = [lacking(part, wanted=wanted) for part in weighed.parts if part.holds is not wanted]
    every = isinstance(condition, All) is wanted
    return parts[0] if len(parts) == 1 else All(tuple(parts)) if every else AnyOf(tuple(parts))


def _retrace(condition: Condition, values: Iterator[Comparison]) -> Weighed:
    if isinstance(condition, Leaf):
        compared = next(values, None)
        if compared is None or (compared.subject, compared.op) != (condition.subject.name, condition.op):
            raise Mismatch(f"{condition.subject.name} was not compared here")
        return Weighed(condition, compared.holds, compared)
    if isinstance(condition, Not):
        part = _retrace(condition.part, values)
        return Weighed(condition, not part.holds, None, (part,))
    decisive = isinstance(condition, AnyOf)
    parts: list[Weighed] = []
    decided = False
    for each in condition.parts:
        parts.append(_unseen(each) if decided else _retrace(each, values))
        decided = decided or parts[-1].holds is decisive
    return Weighed(condition, decided is decisive, None, tuple(parts))


def _unseen(condition: Condition) -> Weighed:
    if isinstance(condition, Leaf):
        return Weighed(condition, None)
    inner = (condition.part,) if isinstance(condition, Not) else condition.parts
    return Weighed(condition, None, None, tuple(_unseen(each) for each in inner))
