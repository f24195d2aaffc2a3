"""Sound JSON, broken in a few places."""

from collections.abc import Iterator
from copy import deepcopy
from typing import Any, Final

from hypothesis import strategies as st

from tests.support.documents import json_values

TRAPS: Final = ["\0", "\ud800", "", "x" * 70_000, "{{ ''.__class__ }}", 10**400, -1, 2**63, [[[[]]]], {"": {}}, "SCORE"]
WORDS: Final = ["SCORE", "PLAN", "pro", "eq", "neq", "gte", "empty", "in_last", "days", "months", "add", "set", "yes"]
WAYS: Final = ["vary", "vary", "vary", "replace", "trap", "drop", "repeat", "move"]

Place = tuple[Any, ...]


def places(part: object, inside: Place = ()) -> Iterator[Place]:
    """The path of each value within some JSON."""
    for key, value in part.items() if isinstance(part, dict) else enumerate(part) if isinstance(part, list) else ():
        yield (*inside, key)
        yield from places(value, (*inside, key))


def varied(value: object) -> st.SearchStrategy[Any]:
    """Other values of the same kind."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return st.just(not value if isinstance(value, bool) else value)
    if isinstance(value, str):
        return st.sampled_from([*WORDS, value.upper(), f"{value}{{{{ contact.SCORE }}}}"]) | st.text(max_size=9)
    return st.integers(-10, 10) | st.floats(-1e308, 1e308) | st.integers(-(10**25), 10**25)


@st.composite
def mutants_of(draw: st.DrawFn, sound: dict[str, Any]) -> dict[str, Any]:
    """The same object, a few of its values varied, replaced, removed, repeated or swapped with another."""
    broken = deepcopy(sound)
    for _ in range(draw(st.integers(1, 3))):
        found = list(places(broken))
        if not found:
            return broken
        *way, last = draw(st.sampled_from(found))
        parent: Any = broken
        for step in way:
            parent = parent[step]
        _break(draw, draw(st.sampled_from(WAYS)), parent, last, sound)
    return broken


def _break(draw: st.DrawFn, how: str, parent: Any, last: Any, sound: dict[str, Any]) -> None:
    match how:
        case "vary":
            parent[last] = draw(varied(parent[last]))
        case "replace":
            parent[last] = draw(json_values)
        case "trap":
            parent[last] = deepcopy(draw(st.sampled_from(TRAPS)))
        case "drop":
            del parent[last]
        case "repeat" if isinstance(parent, list):
            parent.append(deepcopy(parent[last]))
        case _:
            other = draw(st.sampled_from(sorted(sound)))
            parent[last] = deepcopy(sound[other])
