"""The countries of the demo world, and the making of names, addresses and numbers that belong to nobody."""

import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Final

_FILE: Final = Path(__file__).with_name("countries.toml")
_ASCII: Final = str.maketrans(
    dict(zip("абвгдезийклмнопрстуфыэ", "abvgdeziyklmnoprstufye", strict=True))
    | {"ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya", "ё": "yo", "ь": ""}
    | {"ъ": "", "ł": "l", "ß": "ss", "ı": "i", "ø": "o"}
)


@dataclass(frozen=True, slots=True)
class Place:
    """A time zone of a country, and its pattern of numbers set aside for films and books (empty: none)."""

    time_zone: str
    phones: str


@dataclass(frozen=True, slots=True)
class Country:
    """A country with the names that its people may bear; `share` is its weight."""

    name: str
    share: int
    places: tuple[Place, ...]
    given: tuple[str, ...]
    family: tuple[str, ...]


@cache
def countries() -> tuple[Country, ...]:
    """Return all countries of the demo world."""
    stored = tomllib.loads(_FILE.read_text("utf-8"))["country"]
    return tuple(
        Country(
            each["name"],
            each["share"],
            tuple(Place(*place) for place in each["places"]),
            tuple(each["given"].split()),
            tuple(each["family"].split()),
        )
        for each in stored
    )


def in_ascii(text: str) -> str:
    """Return the text as it stands in an address: small letters, no accents, no other alphabets."""
    decomposed = unicodedata.normalize("NFKD", text.lower().translate(_ASCII))
    return "".join(letter for letter in decomposed if letter.isascii() and letter.isalnum())


class Numbers:
    """Telephone numbers, each given out once."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._left: dict[str, list[int]] = {}

    def take(self, pattern: str) -> str | None:
        """Return a number of the pattern; None when there is none (left)."""
        digits = pattern.count("#")
        if not digits:
            return None
        if pattern not in self._left:
            self._left[pattern] = self._rng.sample(range(10**digits), 10**digits)
        if not self._left[pattern]:
            return None
        return pattern.rstrip("#") + str(self._left[pattern].pop()).zfill(digits)
