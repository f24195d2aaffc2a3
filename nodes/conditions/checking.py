"""Everything that is wrong with a condition in this workspace, in one pass."""

from collections.abc import Iterator, Sequence
from typing import Literal, TypeAlias

from nodes.catalog import Attribute, Catalog, Kind
from nodes.conditions.model import Condition, EventField, Leaf, Not
from nodes.conditions.operators import OPERATORS, Operand, Operator
from nodes.conditions.subjects import OfAttribute, OfEvent, OfOwner
from nodes.conditions.values import UnfitValue, convert
from nodes.problems import Problem, unknown_option, unknown_user
from nodes.texts import Text

Scope: TypeAlias = Literal["contact", "event"]


def check(
    condition: Condition, catalog: Catalog, scope: Scope = "contact", event_fields: Sequence[EventField] = ()
) -> list[Problem]:
    """Return all problems; `field` of each is a path inside the condition.

    An event filter (`scope="event"`) is about the event's own data only: one of `event_fields`, or anything if
    none are given.
    """
    fields = {each.key: each for each in event_fields}
    return [
        problem.inside(path)
        for path, leaf in _leaves(condition)
        for problem in (_misplaced(leaf, scope, fields) or _leaf(leaf, catalog))
    ]


def _leaves(condition: Condition, path: str = "") -> Iterator[tuple[str, Leaf]]:
    if isinstance(condition, Leaf):
        yield path, condition
    elif isinstance(condition, Not):
        yield from _leaves(condition.part, f"{path}.not" if path else "not")
    else:
        word = type(condition).keyword
        start = f"{path}.{word}" if path else word
        for index, part in enumerate(condition.parts):
            yield from _leaves(part, f"{start}[{index}]")


def _misplaced(leaf: Leaf, scope: Scope, fields: dict[str, EventField]) -> list[Problem]:
    about_event = isinstance(leaf.subject, OfEvent)
    if about_event and scope == "contact":
        return [Problem(leaf.subject.keyword, "event_not_here", *_EVENT_NOT_HERE)]
    if not about_event and scope == "event":
        return [Problem(leaf.subject.keyword, "contact_not_here", *_CONTACT_NOT_HERE)]
    if isinstance(leaf.subject, OfEvent) and fields:
        return list(_event_field(leaf, leaf.subject.key, fields))
    return []


def _event_field(leaf: Leaf, key: str, fields: dict[str, EventField]) -> Iterator[Problem]:
    if key not in fields:
        names = ", ".join(fields)
        yield Problem(
            "event", "unknown_event_field", _UNKNOWN_PROPERTY.format(name=key), _CHOOSE_FROM.format(names=names)
        )
        return
    options = dict(fields[key].options)
    if options and leaf.op in {"eq", "neq", "any_of", "none_of"}:
        yield from (unknown_option("value", each, key) for each in _texts(leaf) if each not in options)


def _leaf(leaf: Leaf, catalog: Catalog) -> Iterator[Problem]:
    yield from leaf.subject.check(catalog)
    operand = leaf.subject.operand(catalog)
    if operand is None:
        return
    operator = OPERATORS[operand].get(leaf.op)
    if operator is None:
        message = _WRONG_OPERATOR.format(op=leaf.op, name=leaf.subject.name)
        yield Problem("op", "wrong_operator", message, _CHOOSE_FROM.format(names=", ".join(OPERATORS[operand])))
        return
    yield from _value(leaf, operand, operator, catalog)


def _value(leaf: Leaf, operand: Operand, operator: Operator, catalog: Catalog) -> Iterator[Problem]:
    try:
        convert(operand, operator, leaf.value)
    except UnfitValue as error:
        message = _WRONG_VALUE.format(name=leaf.subject.name, expected=error.expected)
        yield Problem("value", "wrong_value", message, _ENTER.format(expected=error.expected))
        return
    if isinstance(leaf.subject, OfOwner):
        yield from (unknown_user("value", each) for each in _texts(leaf) if each not in catalog.users)
    if isinstance(leaf.subject, OfAttribute):
        attribute = catalog.attributes[leaf.subject.attribute]
        yield from (
            unknown_option("value", each, attribute.name) for each in _texts(leaf) if not _offers(attribute, each)
        )


def _texts(leaf: Leaf) -> list[str]:
    values = leaf.value if isinstance(leaf.value, tuple) else (leaf.value,)
    return [each for each in values if isinstance(each, str)]


def _offers(attribute: Attribute, option: str) -> bool:
    return attribute.kind not in {Kind.CATEGORY, Kind.MULTIPLE_CHOICE} or option in attribute.options


_EVENT_NOT_HERE = (
    Text(
        "The event’s own data can be asked in an event filter only.",
        "Les données de l’événement ne se demandent que dans un filtre d’événement.",
        "Данные события можно проверять только в фильтре события.",
    ),
    Text(
        "Move this to the trigger’s event filter.",
        "Déplacez ceci vers le filtre d’événement du déclencheur.",
        "Перенесите это в фильтр события у триггера.",
    ),
)
_CONTACT_NOT_HERE = (
    Text(
        "An event filter asks about the event’s own data only.",
        "Un filtre d’événement ne porte que sur les données de l’événement.",
        "Фильтр события проверяет только данные самого события.",
    ),
    Text(
        "Move this to the contact filter.",
        "Déplacez ceci vers le filtre de contact.",
        "Перенесите это в фильтр контакта.",
    ),
)
_UNKNOWN_PROPERTY = Text(
    "This event has no property “{name}”.",
    "Cet événement n’a pas de propriété « {name} ».",
    "У этого события нет свойства «{name}».",
)
_WRONG_OPERATOR = Text(
    "“{op}” does not apply to {name}.", "« {op} » ne s’applique pas à {name}.", "«{op}» неприменимо к {name}."
)
_WRONG_VALUE = Text(
    "The value compared with {name} must be {expected}.",
    "La valeur comparée à {name} doit être {expected}.",
    "Для сравнения с {name} нужно указать {expected}.",
)
_CHOOSE_FROM = Text("Choose one of: {names}.", "Choisissez parmi : {names}.", "Выберите одно из: {names}.")
_ENTER = Text("Enter {expected}.", "Saisissez {expected}.", "Укажите {expected}.")
