"""Conditions over snapshots: compiled once into closures, then asked for each contact."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypeAlias

from nodes.catalog import Catalog
from nodes.conditions.comparing import make_test
from nodes.conditions.counts import OfEvents
from nodes.conditions.model import AnyOf, Comparison, Condition, Leaf, Not
from nodes.conditions.operators import NEGATIONS, OPERATORS
from nodes.conditions.subjects import Actual
from nodes.conditions.values import UnfitValue, convert
from nodes.errors import ConditionError
from nodes.world import Contact, Event, Json, Reads

Verdict: TypeAlias = tuple[bool, tuple[Comparison, ...]]
Judge: TypeAlias = Callable[[Contact, Event | None, datetime], Verdict]


_RELATIVE: Final = frozenset({"in_last", "in_next"})


@dataclass(frozen=True, slots=True)
class PreparedCondition:
    """A compiled condition; `by_time` tells whether it may come to hold while no fact changes, as time passes."""

    judge: Judge
    by_time: bool

    def __call__(self, contact: Contact, event: Event | None, now: datetime) -> Verdict:
        return self.judge(contact, event, now)


def prepare_condition(condition: Condition, catalog: Catalog) -> PreparedCondition:
    """Compile a condition; raises as `compile_condition` does."""
    return PreparedCondition(compile_condition(condition, catalog), _changes_by_time(condition))


def compile_condition(condition: Condition, catalog: Catalog) -> Judge:
    """Return a function that decides the condition for one contact, and tells the values it compared.

    `all` ends at the first part that fails, `any` at the first that holds: what was compared is the reason.
    Raises ConditionError where the condition does not fit the workspace; `check` says so beforehand, in words.
    """
    if isinstance(condition, Leaf):
        return _leaf(condition, catalog)
    if isinstance(condition, Not):
        return _not(compile_condition(condition.part, catalog))
    judges = tuple(compile_condition(part, catalog) for part in condition.parts)
    wanted = isinstance(condition, AnyOf)
    if len(judges) == 1:
        return judges[0]
    return _until(judges, decisive=wanted)


def reads(condition: Condition) -> Reads:
    """Return the facts that must be loaded to judge it."""
    if isinstance(condition, Leaf):
        return condition.subject.reads()
    if isinstance(condition, Not):
        return reads(condition.part)
    found = Reads()
    for part in condition.parts:
        found |= reads(part)
    return found


def _changes_by_time(condition: Condition) -> bool:
    if isinstance(condition, Leaf):
        within = isinstance(condition.subject, OfEvents) and condition.subject.amount is not None
        return within or condition.op in _RELATIVE
    if isinstance(condition, Not):
        return _changes_by_time(condition.part)
    return any(_changes_by_time(part) for part in condition.parts)


def _leaf(leaf: Leaf, catalog: Catalog) -> Judge:
    operand = leaf.subject.operand(catalog)
    if operand is None:
        raise ConditionError("", f"there is no {leaf.subject.keyword} {leaf.subject.name}")
    operator = OPERATORS[operand].get(leaf.op)
    if operator is None:
        raise ConditionError("op", f"{leaf.op} does not apply to {leaf.subject.name}")
    try:
        wanted = convert(operand, operator, leaf.value)
    except UnfitValue as error:
        raise ConditionError("value", str(error)) from error
    test = make_test(operand, NEGATIONS.get(leaf.op, leaf.op), wanted, catalog.time_zone)
    read, positive = leaf.subject.reader(catalog), leaf.op not in NEGATIONS
    subject, op, expected = leaf.subject.name, leaf.op, leaf.value

    def judge(contact: Contact, event: Event | None, now: datetime) -> Verdict:
        actual = read(contact, event)
        holds = test(actual, now) is positive
        return holds, (Comparison(subject, _as_json(actual), op, expected, holds),)

    return judge


def _as_json(actual: Actual) -> Json:
    if isinstance(actual, date):
        return actual.isoformat()
    return actual


def _not(inner: Judge) -> Judge:
    def judge(contact: Contact, event: Event | None, now: datetime) -> Verdict:
        holds, compared = inner(contact, event, now)
        return not holds, compared

    return judge


def _until(judges: tuple[Judge, ...], *, decisive: bool) -> Judge:
    def judge(contact: Contact, event: Event | None, now: datetime) -> Verdict:
        compared: list[Comparison] = []
        for each in judges:
            holds, values = each(contact, event, now)
            compared += values
            if holds is decisive:
                return decisive, tuple(compared)
        return not decisive, tuple(compared)

    return judge
