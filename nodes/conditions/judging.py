"""Conditions over snapshots: compiled once into closures, then asked for each contact."""

from collections.abc import Callable
from datetime import date, datetime
from typing import TypeAlias

from nodes.catalog import Catalog
from nodes.conditions.comparing import make_test
from nodes.conditions.model import AnyOf, Comparison, Condition, Leaf, Not
from nodes.conditions.operators import NEGATIONS, OPERATORS
from nodes.conditions.subjects import Actual
from nodes.conditions.values import UnfitValue, convert
from nodes.errors import ConditionError
from nodes.world import Contact, Event, Json, Reads

Verdict: TypeAlias = tuple[bool, tuple[Comparison, ...]]
Judge: TypeAlias = Callable[[Contact, Event | None, datetime], Verdict]


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
