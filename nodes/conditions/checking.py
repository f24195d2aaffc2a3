"""Everything that is wrong with a condition in this workspace, in one pass."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, Literal, TypeAlias

from nodes.catalog import Attribute, Catalog, Kind
from nodes.conditions.model import Condition, EventField, Leaf, Not
from nodes.conditions.operators import OPERATORS, Operand, Operator
from nodes.conditions.subjects import OfAttribute, OfEvent, OfOwner, Subject
from nodes.conditions.values import UnfitValue, convert
from nodes.conditions.words import label_of, say_value
from nodes.problems import Problem, unknown_option, unknown_user
from nodes.texts import Text, join, same

Scope: TypeAlias = Literal["contact", "event"]
Fields: TypeAlias = Mapping[str, EventField]
# More choices than these are left to the list that offers them.
MOST_NAMED: Final = 6


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
        for problem in (_misplaced(leaf, scope, fields) or _leaf(leaf, catalog, fields))
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


def _misplaced(leaf: Leaf, scope: Scope, fields: Fields) -> list[Problem]:
    about_event = isinstance(leaf.subject, OfEvent)
    if about_event and scope == "contact":
        return [Problem(leaf.subject.keyword, "event_not_here", *_EVENT_NOT_HERE)]
    if not about_event and scope == "event":
        return [Problem(leaf.subject.keyword, "contact_not_here", *_CONTACT_NOT_HERE)]
    if isinstance(leaf.subject, OfEvent) and fields:
        return list(_event_field(leaf, leaf.subject.key, fields))
    return []


def _event_field(leaf: Leaf, key: str, fields: Fields) -> Iterator[Problem]:
    if key not in fields:
        remedy = _CHOOSE_FROM.format(names=join(", ", [each.label for each in fields.values()]))
        yield Problem("event", "unknown_event_field", _UNKNOWN_PROPERTY.format(name=key), remedy)
        return
    options = dict(fields[key].options)
    if options and leaf.op in {"eq", "neq", "any_of", "none_of"}:
        yield from (unknown_option("value", each, fields[key].label) for each in _texts(leaf) if each not in options)


def _leaf(leaf: Leaf, catalog: Catalog, fields: Fields) -> Iterator[Problem]:
    yield from leaf.subject.check(catalog)
    operand = leaf.subject.operand(catalog)
    if operand is None:
        return
    operator = OPERATORS[operand].get(leaf.op)
    if operator is None:
        message = _WRONG_OPERATOR.format(name=label_of(leaf.subject, catalog, fields))
        yield Problem("op", "wrong_operator", message, _CHOOSE_OPERATOR)
        return
    yield from _value(leaf, operand, operator, catalog, fields)


def _value(leaf: Leaf, operand: Operand, operator: Operator, catalog: Catalog, fields: Fields) -> Iterator[Problem]:
    try:
        convert(operand, operator, leaf.value)
    except UnfitValue as error:
        yield _unfit(leaf, error.expected, catalog, fields)
        return
    if isinstance(leaf.subject, OfOwner):
        yield from (unknown_user("value", each) for each in _texts(leaf) if each not in catalog.users)
    if isinstance(leaf.subject, OfAttribute):
        attribute = catalog.attributes[leaf.subject.attribute]
        yield from (
            unknown_option("value", each, attribute.name) for each in _texts(leaf) if not _offers(attribute, each)
        )


def _unfit(leaf: Leaf, expected: Text, catalog: Catalog, fields: Fields) -> Problem:
    """Tell what is wrong with a value; one that is not given yet is asked for as its control offers it."""
    name = label_of(leaf.subject, catalog, fields)
    remedy = _remedy(leaf.subject, expected, catalog, fields)
    if _is_open(leaf):
        return Problem("value", "missing", _NO_VALUE.format(name=name), remedy)
    return Problem("value", "wrong_value", _WRONG_VALUE.format(name=name, expected=expected), remedy)


def _is_open(leaf: Leaf) -> bool:
    """Tell whether the value, or one end of a range, is not filled in yet."""
    value = leaf.value
    return value in (None, "", ()) or (isinstance(value, tuple) and None in value)


def _remedy(subject: Subject, expected: Text, catalog: Catalog, fields: Fields) -> Text:
    if isinstance(subject, OfOwner):
        return _CHOOSE_USER
    offered = _offered(subject, catalog, fields)
    if len(offered) > MOST_NAMED:
        return _CHOOSE_VALUE
    return _CHOOSE_FROM.format(names=join(", ", offered)) if offered else _ENTER.format(expected=expected)


def _offered(subject: Subject, catalog: Catalog, fields: Fields) -> list[Text]:
    if isinstance(subject, OfEvent) and subject.key in fields:
        return [words for _, words in fields[subject.key].options]
    if isinstance(subject, OfAttribute):
        attribute = catalog.attributes[subject.attribute]
        truths = [say_value(True), say_value(False)]
        return truths if attribute.kind is Kind.BOOLEAN else [same(option) for option in attribute.options]
    return []


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
    "This comparison does not fit {name}.",
    "Cette comparaison ne convient pas : {name}.",
    "Такое сравнение не подходит: {name}.",
)
_CHOOSE_OPERATOR = Text("Choose another comparison.", "Choisissez une autre comparaison.", "Выберите другое сравнение.")
_NO_VALUE = Text(
    "There is no value to compare with {name} yet.",
    "Il manque la valeur à comparer : {name}.",
    "Не указано значение для сравнения: {name}.",
)
_WRONG_VALUE = Text(
    "The value compared with {name} must be {expected}.",
    "La valeur à comparer ({name}) doit être {expected}.",
    "Для сравнения ({name}) нужно указать {expected}.",
)
_CHOOSE_FROM = Text("Choose one of: {names}.", "Choisissez parmi : {names}.", "Выберите одно из: {names}.")
_CHOOSE_VALUE = Text("Choose a value.", "Choisissez une valeur.", "Выберите значение.")
_CHOOSE_USER = Text("Choose a user.", "Choisissez un utilisateur.", "Выберите пользователя.")
_ENTER = Text("Enter {expected}.", "Saisissez {expected}.", "Укажите {expected}.")
