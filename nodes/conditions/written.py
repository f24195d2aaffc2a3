"""Reading the parts of a written condition; every fault is a ConditionError naming the place."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias

from nodes.errors import ConditionError, Unchosen
from nodes.texts import Text
from nodes.world import Json

Written: TypeAlias = Mapping[str, Json]
Scalar: TypeAlias = str | float | bool | None
Literal: TypeAlias = Scalar | tuple[Scalar, ...]

LONGEST_TEXT = 1000
MOST_VALUES = 500
BIGGEST_WHOLE = 2**31 - 1


_TOO_LONG = Text("at most {most} characters", "au plus {most} caractères", "не более {most} знаков")
_TOO_MANY = Text("at most {most} values", "au plus {most} valeurs", "не более {most} значений")
_UNSTORABLE = Text(
    "this text holds characters that cannot be stored",
    "ce texte contient des caractères impossibles à enregistrer",
    "в этом тексте есть знаки, которые нельзя сохранить",
)


def at(path: str, key: str) -> str:
    """Return the place of `key` inside `path`."""
    return f"{path}.{key}" if path else key


def text(data: Written, key: str, path: str) -> str:
    """Return a short, non-empty text."""
    value = data.get(key)
    if not isinstance(value, str) or not value.strip():
        raise ConditionError(at(path, key), "write a text here")
    return _storable(value, at(path, key))


def chosen(data: Written, key: str, path: str, wanted: Text) -> None:
    """Refuse a comparison that names nothing yet; `wanted` asks for it."""
    if data.get(key) in (None, ""):
        raise Unchosen(at(path, key), wanted)


def whole(data: Written, key: str, path: str) -> int:
    """Return a positive whole number, such as the id of a list."""
    value: object = data.get(key)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value <= BIGGEST_WHOLE:
        raise ConditionError(at(path, key), "write a positive whole number here")
    return value


def choice(data: Written, key: str, options: Sequence[str], path: str) -> str:
    """Return one of `options`."""
    value = data.get(key)
    if not isinstance(value, str) or value not in options:
        raise ConditionError(at(path, key), f"write one of {', '.join(options)}")
    return value


def mapping(data: Written, key: str, path: str) -> Written:
    """Return an object; one that is absent or null is empty."""
    value = data.get(key)
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise ConditionError(at(path, key), "write an object here")
    return value


def only(data: Written, keys: frozenset[str] | set[str], path: str) -> None:
    """Refuse keys that mean nothing here."""
    for key in data:
        if key not in keys:
            raise ConditionError(at(path, key), f"this has no meaning here; known are {', '.join(sorted(keys))}")


def literal(value: Json, path: str) -> Literal:
    """Return a value to compare with: a scalar, or a list of them."""
    if isinstance(value, list | tuple):
        if len(value) > MOST_VALUES:
            raise ConditionError(path, _TOO_MANY.format(most=MOST_VALUES))
        return tuple(scalar(each, f"{path}[{index}]") for index, each in enumerate(value))
    return scalar(value, path)


def scalar(value: object, path: str) -> Scalar:
    """Return a text, a finite number, true, false or nothing."""
    if isinstance(value, str):
        return _storable(value, path)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float) and abs(value) <= 1e300:
        return value
    raise ConditionError(path, "write a text, a number, true or false here")


def _storable(value: str, path: str) -> str:
    if len(value) > LONGEST_TEXT:
        raise ConditionError(path, _TOO_LONG.format(most=LONGEST_TEXT))
    if "\x00" in value or any("\ud800" <= each <= "\udfff" for each in value):
        raise ConditionError(path, _UNSTORABLE)
    return value
