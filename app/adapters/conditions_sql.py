"""The SQL reading of conditions: a WHERE over `contact`. Its twin over snapshots stands in `nodes.conditions`.

Both are two-valued: what is unknown does not hold, and a negation is the exact opposite. A property test compares them.
A WHERE takes what is unknown for false by itself; only where a clause is negated must it be said, for what is wrapped
cannot be looked up in an index.
"""

import operator
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import singledispatchmethod
from typing import Any, Final, TypeAlias

from sqlalchemy import (
    ColumnElement,
    Date,
    and_,
    cast,
    collate,
    exists,
    false,
    func,
    literal,
    literal_column,
    not_,
    or_,
    select,
    true,
)

from app.adapters.attributes import column
from app.adapters.bulk import among
from app.adapters.event_counts import events_meant
from app.adapters.visiting import is_there
from app.models import (
    Company,
    Consent,
    ConsentState,
    Contact,
    ContactTag,
    Deal,
    DealContact,
    Event,
    EventType,
    ListMember,
    Tag,
    Visitor,
)
from nodes.catalog import Catalog
from nodes.conditions import NEGATIONS, OPERATORS, All, AnyOf, Condition, Leaf, Not, Operand
from nodes.conditions.consents import OfConsent
from nodes.conditions.counts import OfDeals, OfEvents
from nodes.conditions.subjects import OfAttribute, OfCompany, OfField, OfList, OfOwner, OfTag, Subject
from nodes.conditions.values import Expected, UnfitValue, convert
from nodes.conditions.visits import OfVisit
from nodes.errors import ConditionError

Clause: TypeAlias = ColumnElement[bool]
Operable: TypeAlias = Any  # a column or a value: its type follows from the operand
Maker: TypeAlias = Callable[[Operable, Operable], Clause]

COLLATION: Final = "pg_unicode_fast"
# A B-tree holds 2,700 bytes a value, which texts may exceed; a character has up to 4. Folding makes up to 3 of one.
_INDEXED_CHARACTERS: Final = 300
_LONGEST_ASKED: Final = _INDEXED_CHARACTERS // 3 - 1


def to_sql(condition: Condition, catalog: Catalog, now: datetime) -> Clause:
    """Return the condition as a clause for the WHERE, or FILTER, of statements over `contact`.

    `now` (aware) is what "in the last days" counts from. Raises ConditionError for what does not fit the workspace;
    `nodes.conditions.check` says so beforehand, in words.
    """
    if isinstance(condition, All):
        return and_(true(), *(to_sql(part, catalog, now) for part in condition.parts))
    if isinstance(condition, AnyOf):
        return or_(false(), *(to_sql(part, catalog, now) for part in condition.parts))
    if isinstance(condition, Not):
        return _opposite(to_sql(condition.part, catalog, now))
    return _leaf(condition, catalog, now)


def _leaf(leaf: Leaf, catalog: Catalog, now: datetime) -> Clause:
    operand = leaf.subject.operand(catalog)
    operation = OPERATORS[operand].get(leaf.op) if operand else None
    if operand is None or operation is None:
        raise ConditionError("op", f"{leaf.op} does not apply to {leaf.subject.name}")
    try:
        expected = convert(operand, operation, leaf.value)
    except UnfitValue as error:
        raise ConditionError("value", str(error)) from error
    positive = NEGATIONS.get(leaf.op, leaf.op)
    actual = _Facts(catalog, now).value(leaf.subject)
    if positive in _MOVING:
        today = now.astimezone(catalog.time_zone).date()
        holds = _MOVING[positive](actual, today, expected)
    else:
        holds = _MAKERS[operand][positive](actual, _known(operand, expected, catalog))
    return _opposite(holds) if leaf.op in NEGATIONS else holds


def _opposite(clause: Clause) -> Clause:
    return not_(func.coalesce(clause, false()))


def _known(operand: Operand, expected: Expected, catalog: Catalog) -> Operable:
    """Return what to compare with as the database keeps it: a user by id."""
    if operand is Operand.OWNER and isinstance(expected, str):
        user = catalog.users.get(expected)
        return user.id if user else None
    return expected


class _Facts:
    """Where each subject's value stands in the database, as seen from a row of `contact`."""

    def __init__(self, catalog: Catalog, now: datetime) -> None:
        self.catalog = catalog
        self.now = now

    @singledispatchmethod
    def value(self, subject: Subject) -> Operable:
        """Return a column, a subquery or, for memberships, a clause."""
        raise ConditionError(subject.keyword, "this can be asked of an event only")

    @value.register
    def _(self, subject: OfAttribute) -> Operable:
        attribute = self.catalog.attributes[subject.attribute]
        return column(attribute.id, attribute.kind)

    @value.register
    def _(self, subject: OfField) -> Operable:
        field = getattr(Contact, subject.field)
        if subject.field == "created_at":
            return cast(func.timezone(self.catalog.time_zone.key, field), Date)
        return field

    @value.register
    def _(self, subject: OfList) -> Operable:
        return exists().where(ListMember.contact_id == Contact.id, ListMember.list_id == subject.list_id)

    @value.register
    def _(self, subject: OfTag) -> Operable:
        tagged = exists().where(ContactTag.contact_id == Contact.id, ContactTag.tag_id == Tag.id)
        return tagged.where(Tag.name == subject.tag)

    @value.register
    def _(self, subject: OfConsent) -> Operable:
        given = (Consent.topic_id == subject.topic, Consent.state == ConsentState.GIVEN)
        return exists().where(Consent.contact_id == Contact.id, *given)

    @value.register
    def _(self, subject: OfVisit) -> Operable:
        return exists().where(Visitor.contact_id == Contact.id, is_there(self.now))

    @value.register
    def _(self, subject: OfOwner) -> Operable:
        return Contact.owner_id

    @value.register
    def _(self, subject: OfCompany) -> Operable:
        wanted = select(getattr(Company, subject.field)).where(Company.id == Contact.company_id)
        return wanted.correlate(Contact).scalar_subquery()

    @value.register
    def _(self, subject: OfDeals) -> Operable:
        asked = ((Deal.status, subject.status), (Deal.pipeline_id, subject.pipeline), (Deal.stage_id, subject.stage))
        meant = [field == value for field, value in asked if value is not None]
        deals = select(func.count()).select_from(DealContact).join(Deal, Deal.id == DealContact.deal_id)
        return deals.where(DealContact.contact_id == Contact.id, *meant).correlate(Contact).scalar_subquery()

    @value.register
    def _(self, subject: OfEvents) -> Operable:
        events = select(func.count()).select_from(Event).join(EventType, EventType.id == Event.type_id)
        events = events.where(Event.contact_id == Contact.id, *events_meant(subject.question, self.now))
        return events.correlate(Contact).scalar_subquery()


def folded(text: Operable) -> ColumnElement[str]:
    """Return a text as it is compared: without case."""
    return func.casefold(collate(text, COLLATION))


def indexed(text: Operable) -> ColumnElement[str]:
    """Return what of a text is indexed: how it begins, as it is compared."""
    return func.left(folded(text), literal_column(str(_INDEXED_CHARACTERS)))


def in_index(asked: str) -> bool:
    """Tell whether the index on texts finds this one: then what is indexed of a text is all of it."""
    return len(asked) <= _LONGEST_ASKED


def _same_text(actual: Operable, expected: str) -> Clause:
    stored = indexed(actual) if in_index(expected) else folded(actual)
    return stored == folded(literal(expected))


def _no_text(actual: Operable, _nothing: None) -> Clause:
    return func.coalesce(actual, "") == ""


def _no_choices(actual: Operable, _nothing: None) -> Clause:
    return func.coalesce(func.cardinality(actual), 0) == 0


def _none(actual: Operable, _nothing: None) -> Clause:
    return and_(actual.is_(None))


def _ends_with(actual: Operable, expected: str) -> Clause:
    ending = folded(literal(expected))
    return func.right(folded(actual), func.length(ending)) == ending


def _itself(actual: Operable, _nothing: None) -> Clause:
    return and_(actual)


def _between(actual: Operable, expected: Operable) -> Clause:
    return and_(actual.between(*expected))


def _in_last(actual: Operable, today: date, days: Operable) -> Clause:
    return and_(actual.between(today - timedelta(days=days), today))


def _in_next(actual: Operable, today: date, days: Operable) -> Clause:
    return and_(actual.between(today, today + timedelta(days=days)))


_MOVING: Final[Mapping[str, Callable[[Operable, date, Operable], Clause]]] = {"in_last": _in_last, "in_next": _in_next}
_TEXT: Final[Mapping[str, Maker]] = {
    "eq": _same_text,
    "contains": lambda actual, expected: func.strpos(folded(actual), folded(literal(expected))) > 0,
    "starts_with": lambda actual, expected: func.starts_with(folded(actual), folded(literal(expected))),
    "ends_with": _ends_with,
    "empty": _no_text,
}
_NUMBER: Final[Mapping[str, Maker]] = {
    "eq": operator.eq,
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
    "between": _between,
    "empty": _none,
}
_MAKERS: Final[Mapping[Operand, Mapping[str, Maker]]] = {
    Operand.TEXT: _TEXT,
    Operand.NUMBER: _NUMBER,
    Operand.COUNT: _NUMBER,
    Operand.DATE: {
        "eq": operator.eq,
        "before": operator.lt,
        "after": operator.gt,
        "between": _between,
        "empty": _none,
    },
    Operand.BOOLEAN: {"eq": operator.eq, "empty": _none},
    Operand.CATEGORY: {"eq": operator.eq, "any_of": among, "empty": _no_text},
    Operand.MULTIPLE_CHOICE: {
        "any_of": lambda actual, expected: actual.overlap(cast(expected, actual.type)),
        "all_of": lambda actual, expected: actual.contains(cast(expected, actual.type)),
        "empty": _no_choices,
    },
    Operand.LIST: {"in": _itself},
    Operand.TAG: {"has": _itself},
    Operand.CONSENT: {"given": _itself},
    Operand.VISIT: {"open": _itself},
    Operand.OWNER: {"eq": operator.eq, "empty": _none},
}
