"""The operators of the condition language, by what they are applied to."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, Literal, NamedTuple, TypeAlias

from nodes.catalog import Kind
from nodes.texts import Text

Shape: TypeAlias = Literal["none", "one", "many", "number", "date", "range", "duration"]


class Operand(StrEnum):
    """What stands left of an operator: an attribute's kind, or one of the things only conditions know."""

    TEXT = Kind.TEXT.value
    NUMBER = Kind.NUMBER.value
    DATE = Kind.DATE.value
    BOOLEAN = Kind.BOOLEAN.value
    CATEGORY = Kind.CATEGORY.value
    MULTIPLE_CHOICE = Kind.MULTIPLE_CHOICE.value
    COUNT = "count"
    LIST = "list"
    TAG = "tag"
    CONSENT = "consent"
    VISIT = "visit"
    OWNER = "owner"
    PROPERTY = "property"


class Operator(NamedTuple):
    """One comparison; `value` says what it is compared with: a list of two for `range`, whole days for `duration`."""

    key: str
    label: Text
    value: Shape


NEGATIONS: Final[Mapping[str, str]] = {
    "neq": "eq",
    "not_contains": "contains",
    "none_of": "any_of",
    "not_in": "in",
    "has_not": "has",
    "not_given": "given",
    "not_open": "open",
    "not_empty": "empty",
}

_IS = Text("is", "est", "—")
_IS_NOT = Text("is not", "n’est pas", "не")
_EMPTY = Operator("empty", Text("is empty", "est vide", "— пусто"), "none")
_NOT_EMPTY = Operator("not_empty", Text("is not empty", "n’est pas vide", "— не пусто"), "none")
_PRESENCE = (_EMPTY, _NOT_EMPTY)
_ANY_OF = Operator("any_of", Text("is one of", "est l’un de", "— одно из"), "many")
_NONE_OF = Operator("none_of", Text("is none of", "n’est aucun de", "— ни одно из"), "many")
_CONTAINING = (
    Operator("contains", Text("contains", "contient", "содержит"), "one"),
    Operator("not_contains", Text("does not contain", "ne contient pas", "не содержит"), "one"),
    Operator("starts_with", Text("starts with", "commence par", "начинается с"), "one"),
    Operator("ends_with", Text("ends with", "se termine par", "заканчивается на"), "one"),
)
_COUNTING = (
    Operator("eq", Text("is", "est égal à", "равно"), "number"),
    Operator("neq", Text("is not", "est différent de", "не равно"), "number"),
    Operator("gt", Text("is more than", "est supérieur à", "больше"), "number"),
    Operator("gte", Text("is at least", "est d’au moins", "не меньше"), "number"),
    Operator("lt", Text("is less than", "est inférieur à", "меньше"), "number"),
    Operator("lte", Text("is at most", "est d’au plus", "не больше"), "number"),
    Operator("between", Text("is between", "est compris entre", "в пределах"), "range"),
)
_DATING = (
    Operator("eq", Text("is on", "est le", "приходится на"), "date"),
    Operator("before", Text("is before", "est avant le", "раньше"), "date"),
    Operator("after", Text("is after", "est après le", "позже"), "date"),
    Operator("between", Text("is between", "est compris entre", "в пределах"), "range"),
    Operator("in_last", Text("was in the last days", "date des derniers jours", "в последние дни"), "duration"),
    Operator("in_next", Text("is in the next days", "tombe dans les prochains jours", "в ближайшие дни"), "duration"),
)
_EQUAL = (Operator("eq", _IS, "one"), Operator("neq", _IS_NOT, "one"))

_LISTED: Final[Mapping[Operand, tuple[Operator, ...]]] = {
    Operand.TEXT: (*_EQUAL, *_CONTAINING, *_PRESENCE),
    Operand.NUMBER: (*_COUNTING, *_PRESENCE),
    Operand.DATE: (*_DATING, *_PRESENCE),
    Operand.BOOLEAN: (_EQUAL[0], *_PRESENCE),
    Operand.CATEGORY: (*_EQUAL, _ANY_OF, _NONE_OF, *_PRESENCE),
    Operand.MULTIPLE_CHOICE: (
        Operator("any_of", Text("has any of", "contient l’un de", "содержит любое из"), "many"),
        Operator("all_of", Text("has all of", "contient tous", "содержит все"), "many"),
        Operator("none_of", Text("has none of", "ne contient aucun de", "не содержит ни одного из"), "many"),
        *_PRESENCE,
    ),
    Operand.COUNT: _COUNTING,
    Operand.LIST: (
        Operator("in", Text("is in", "est dans", "состоит в"), "none"),
        Operator("not_in", Text("is not in", "n’est pas dans", "не состоит в"), "none"),
    ),
    Operand.TAG: (
        Operator("has", Text("has", "porte", "имеет"), "none"),
        Operator("has_not", Text("does not have", "ne porte pas", "не имеет"), "none"),
    ),
    Operand.CONSENT: (
        Operator("given", Text("agreed to", "a accepté", "согласен на"), "none"),
        Operator("not_given", Text("has not agreed to", "n’a pas accepté", "не согласен на"), "none"),
    ),
    Operand.VISIT: (
        Operator("open", Text("is now on", "est en ce moment sur", "сейчас на"), "none"),
        Operator("not_open", Text("is not on", "n’est pas sur", "сейчас не на"), "none"),
    ),
    Operand.OWNER: (*_EQUAL, *_PRESENCE),
    Operand.PROPERTY: (
        *_EQUAL,
        _ANY_OF,
        _NONE_OF,
        *_CONTAINING,
        *(each for each in _COUNTING if each.key in {"gt", "gte", "lt", "lte"}),
        *_PRESENCE,
    ),
}

OPERATORS: Final[Mapping[Operand, Mapping[str, Operator]]] = {
    operand: {each.key: each for each in listed} for operand, listed in _LISTED.items()
}
EVERY_KEY: Final = frozenset(key for operators in OPERATORS.values() for key in operators)
