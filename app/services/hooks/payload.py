"""What another tool sent, as a flat table: each value by its path, like `customer.emails.0`."""

from collections.abc import Iterator, Mapping
from math import isfinite
from typing import Final, TypeAlias

import orjson

from app.errors import Invalid
from app.services import values
from app.services.incoming import DEEPEST_PROPERTIES, LARGEST_PROPERTIES
from nodes.fields.payload import LONGEST_PATH
from nodes.world import Json

Values: TypeAlias = Mapping[str, Json]
MOST_VALUES: Final = 1000
_SCALARS: Final = (str, int, float, bool, type(None))


def table(payload: object) -> Values:
    """Return every value by its path; a list of plain values also as a whole.

    Raises Invalid for what is no object, is nested too deeply, holds too much, or cannot be stored.
    """
    if not isinstance(payload, dict):
        raise Invalid.field("", "not_object", "What is sent must be a JSON object or a form.", "Send {…}.")
    found: dict[str, Json] = {}
    for path, value in _walk("", payload, 1):
        found.setdefault(path, value)
        if len(found) > MOST_VALUES:
            message = f"More than {MOST_VALUES} values were sent."
            raise Invalid.field("", "too_many_values", message, "Send less at a time.")
    written = len(orjson.dumps(found))
    if written > LARGEST_PROPERTIES:
        message = f"The values take {written} bytes, with their paths."
        raise Invalid.field("", "too_large", message, f"At most {LARGEST_PROPERTIES} bytes are kept: send less.")
    return found


def _walk(path: str, value: Json, depth: int) -> Iterator[tuple[str, Json]]:
    if depth > DEEPEST_PROPERTIES:
        remedy = f"At most {DEEPEST_PROPERTIES} levels are kept."
        raise Invalid.field(values.shortened(path), "too_deep", "This is nested too deeply.", remedy)
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from _walk(_below(path, key), each, depth + 1)
    elif isinstance(value, list):
        if value and all(isinstance(each, _SCALARS) for each in value):
            yield path, value
        for index, each in enumerate(value):
            yield from _walk(_below(path, str(index)), each, depth + 1)
    else:
        yield path, _plain(path, value)


def _below(path: str, key: str) -> str:
    below = f"{path}.{key}" if path else key
    shown = values.shortened(below)
    values.storable(shown, key, LONGEST_PATH)
    if len(below) > LONGEST_PATH:
        remedy = f"At most {LONGEST_PATH} characters are kept."
        raise Invalid.field(shown, "long_path", "The path to this value is too long.", remedy)
    return below


def _plain(path: str, value: Json) -> Json:
    if isinstance(value, str):
        return values.storable(path, value, LARGEST_PROPERTIES)
    if isinstance(value, float) and not isfinite(value):
        raise Invalid.field(path, "bad_number", f"{path} is no finite number.", "Send a finite number.")
    return value
