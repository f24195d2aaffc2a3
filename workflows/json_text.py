"""JSON that can be stored and printed again: finite numbers, sound text, bounded size, keys named once."""

import json
import math
from collections.abc import Mapping
from typing import Any, Final, NoReturn

LONGEST: Final = 1_000_000
DEEPEST: Final = 40
EXACT: Final = 2**53
_SHORT: Final = 4
_QUOTED: Final = 60


class JsonProblem(ValueError):
    """Something in a JSON text cannot be kept; `path` says where, if known."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(message)
        self.path = path


def parse_json(text: str | bytes) -> object:
    """Parse a text of at most a million characters; raises JsonProblem."""
    if len(text) > LONGEST:
        raise JsonProblem("", f"At most {LONGEST:,} characters.")
    try:
        plain = text if isinstance(text, str) else text.decode()
        return json.loads(plain, object_pairs_hook=_once, parse_constant=_no_constant)
    except UnicodeDecodeError as error:
        raise JsonProblem("", "This is not UTF-8 text.") from error
    except RecursionError as error:
        raise JsonProblem("", f"Nested deeper than {DEEPEST} levels.") from error
    except json.JSONDecodeError as error:
        raise JsonProblem("", f"This is not JSON: {error.msg} (line {error.lineno}, column {error.colno}).") from error
    except JsonProblem:
        raise
    except ValueError as error:  # a number of more digits than Python reads
        raise JsonProblem("", "A number has too many digits.") from error


def check_json(data: object) -> None:
    """Raise JsonProblem at the first value that could not be stored and printed again, or that is too much."""
    _Reader().check(data, "", 0)


def shortened(key: object) -> str:
    """Return a key as paths quote it."""
    text = str(key)
    return text if len(text) <= _QUOTED else f"{text[: _QUOTED - 1]}…"


def tidy(data: Any) -> Any:  # noqa: ANN401 - any JSON
    """Return the same data in the one form that is printed: keys sorted, whole numbers without fraction."""
    if isinstance(data, Mapping):
        return {key: tidy(data[key]) for key in sorted(data)}
    if isinstance(data, list | tuple):
        return [tidy(value) for value in data]
    if isinstance(data, float) and data.is_integer() and abs(data) < EXACT:
        return int(data)
    return data


class _Reader:
    """Goes through the values of one document, and counts about how many characters they take."""

    def __init__(self) -> None:
        self._left = LONGEST

    def check(self, data: object, path: str, depth: int) -> None:
        if depth > DEEPEST:
            raise JsonProblem(path, f"Nested deeper than {DEEPEST} levels.")
        self._spend(len(data) if isinstance(data, str) else _SHORT)
        if isinstance(data, Mapping):
            for key, value in data.items():
                self.check(key, path, depth + 1)
                self.check(value, f"{path}.{shortened(key)}" if path else shortened(key), depth + 1)
        elif isinstance(data, list | tuple):
            for index, value in enumerate(data):
                self.check(value, f"{path}[{index}]", depth + 1)
        else:
            _check_scalar(data, path)

    def _spend(self, characters: int) -> None:
        self._left -= characters
        if self._left < 0:
            raise JsonProblem("", f"At most {LONGEST:,} characters.")


def _check_scalar(data: object, path: str) -> None:
    if isinstance(data, str):
        if "\x00" in data or (not data.isprintable() and any("\ud800" <= each <= "\udfff" for each in data)):
            raise JsonProblem(path, "The text holds characters that cannot be stored.")
    elif data is None or isinstance(data, bool):
        return
    elif not isinstance(data, int | float):
        raise JsonProblem(path, "Only JSON can be stored.")
    elif not math.isfinite(data) if isinstance(data, float) else abs(data) > 10**300:
        raise JsonProblem(path, "The number is too big.")


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _ in pairs]
        raise JsonProblem("", f"The key “{next(key for key in keys if keys.count(key) > 1)}” is written twice.")
    return found


def _no_constant(name: str) -> NoReturn:
    raise JsonProblem("", f"{name} is not a JSON number.")
