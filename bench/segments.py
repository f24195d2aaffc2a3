"""Counting a segment of a million contacts as the screen does, without an index and with the one it gets by itself."""

import time
from collections.abc import Iterator, Mapping
from statistics import median
from typing import Any, Final

import httpx
from psycopg import sql

from app.adapters import attribute_indexes
from app.adapters.attributes import column_name
from app.services import attributes, segments
from bench.database import NotExact, connect, settle
from bench.place import Place
from bench.protocol import Cost, Figure, Result, Scenario, Sizes
from bench.usage import metered
from nodes.catalog import Attribute, Kind

_KINDS: Final = {"SPENT": Kind.NUMBER, "PLAN": Kind.CATEGORY, "CITY": Kind.TEXT}
_PLANS: Final = ("free", "basic", "plus", "pro")
_CONTACTS: Final = """
    INSERT INTO contact (email, {SPENT}, {PLAN}, {CITY})
    SELECT 'contact' || n || '@example.com', n %% 1000, (%(plans)s::text[])[1 + n %% 4], 'City ' || n %% 500
    FROM generate_series(1, %(contacts)s::bigint) AS n ORDER BY n
"""
# What is asked, and how often a contact answers to it; in words that differ from what is stored only by case.
_ASKED: Final[Mapping[str, tuple[Any, str]]] = {
    "a number, 2 in 100": ({"attribute": "SPENT", "op": "gte", "value": 980}, "n % 1000 >= 980"),
    "a category, 1 in 4": ({"attribute": "PLAN", "op": "eq", "value": "pro"}, "n % 4 = 3"),
    "a text, 1 in 500": ({"attribute": "CITY", "op": "eq", "value": "city 7"}, "n % 500 = 7"),
}
_TIMES: Final = 5  # one count is short: a turn is the median of so many
WITHOUT_MS: Final = 250
WITH_MS: Final = 100


def run(place: Place, sizes: Sizes) -> Result:
    """Count three segments, make the indexes, and count them again."""
    made = {name: attributes.create(name, kind, _options(kind)) for name, kind in _KINDS.items()}
    asked = {label: segments.create(label, condition) for label, (condition, _) in _ASKED.items()}
    _fill(place.database_url, sizes["contacts"], made)
    expected = _expected(place.database_url, sizes["contacts"])
    figures: list[Figure] = []
    costs = []
    for words, most in (("without index", WITHOUT_MS), ("with index", WITH_MS)):
        if words == "with index":
            for attribute in made.values():
                attribute_indexes.make(attribute)
        with metered(place.instance) as cost:
            turns = [_turn(place, asked, expected) for _ in place.turns()]
        costs.append(Cost(f"counting {words}", len(turns) * _TIMES * len(asked), (cost,)))
        figures += _figures(words, turns, most)
    return Result(figures, costs)


SCENARIO: Final = Scenario("segments", "Counting segments", {"contacts": 1_000_000}, run)


def _options(kind: Kind) -> tuple[str, ...]:
    return _PLANS if kind is Kind.CATEGORY else ()


def _fill(url: str, contacts: int, made: Mapping[str, Attribute]) -> None:
    columns = {name: sql.Identifier(column_name(each.id)) for name, each in made.items()}
    with connect(url) as connection:
        connection.execute(sql.SQL(_CONTACTS).format(**columns), {"plans": list(_PLANS), "contacts": contacts})
    settle(url)


def _expected(url: str, contacts: int) -> dict[str, int]:
    """Reckon how many each segment must hold, from the numbers of the contacts alone."""
    counts = ", ".join(f"count(*) FILTER (WHERE {holds})" for _, holds in _ASKED.values())
    with connect(url) as connection:
        statement = f"SELECT {counts} FROM generate_series(1, %s::bigint) AS n".replace(" % ", " %% ")  # noqa: S608
        row = connection.execute(statement, [contacts]).fetchone() or ()
    return dict(zip(_ASKED, row, strict=True))


def _turn(place: Place, asked: Mapping[str, int], expected: Mapping[str, int]) -> dict[str, float]:
    """Count each segment some times; returns milliseconds. Raises NotExact."""
    with httpx.Client(base_url=place.instance.url, headers={"Authorization": f"Bearer {place.key}"}) as client:
        return {label: median(_counts(client, label, number, expected)) for label, number in asked.items()}


def _counts(client: httpx.Client, label: str, number: int, expected: Mapping[str, int]) -> Iterator[float]:
    for _ in range(_TIMES):
        began = time.monotonic()
        answer = client.get(f"/api/segments/{number}").raise_for_status()
        yield (time.monotonic() - began) * 1000
        if answer.json()["count"] != expected[label]:
            raise NotExact(f"{label}: {answer.json()['count']}, not {expected[label]}")


def _figures(words: str, turns: list[dict[str, float]], most: float) -> Iterator[Figure]:
    for label in _ASKED:
        yield Figure(f"{label}, {words}", "ms", tuple(turn[label] for turn in turns), at_most=most)
