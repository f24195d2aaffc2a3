"""Conditions and values for property tests, with a taste for edges: empty, case, equal to each other."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from hypothesis import strategies as st

CHOICES: Final = ("red", "red wine", "blue", "œuf")
DAYS: Final = ("2026-11-22", "2026-11-23", "2026-11-24", "2026-11-20", "2024-02-29", "1999-12-31")
NUMBERS: Final = (0, 1, -1, 19, 20, 20.0, 19.999, 1e-9, 1e15, -0.0)
WORDS: Final = (
    "",
    " ",
    "France",
    "FRANCE",
    "fr",
    "ance",
    "Straße",
    "STRASSE",
    "İ",
    "i̇",
    "ΣΑΣ",
    "σας",
    "σασ",
    "ŉ",
    "Ǆ",
    "Ж",
)

Strategy = st.SearchStrategy[Any]


def texts() -> st.SearchStrategy[str]:
    """Texts as PostgreSQL can keep them: no NUL, no surrogates; characters every Unicode version since 14 knows."""
    known = st.characters(codec="utf-8", categories=("L", "N", "P", "S", "Z", "M"), exclude_characters="\x00")
    return st.sampled_from(WORDS) | st.text(known, max_size=4)


VALUES: Final[Mapping[str, Strategy]] = {
    "TEXT": texts(),
    "NUMBER": st.sampled_from(NUMBERS) | st.floats(-1e300, 1e300, allow_subnormal=False),
    "DATE": st.sampled_from(DAYS) | st.dates(date(1900, 1, 1), date(2900, 1, 1)).map(date.isoformat),
    "BOOLEAN": st.booleans(),
    "CATEGORY": st.sampled_from(CHOICES),
    "MULTIPLE_CHOICE": st.lists(st.sampled_from(CHOICES), max_size=3, unique=True),
}
_WORDS = texts().filter(bool)
_CHOSEN = st.lists(st.sampled_from(CHOICES), min_size=1, max_size=3)
_PRESENCE = {"empty": st.none(), "not_empty": st.none()}
_EQUAL = {"eq": _WORDS, "neq": _WORDS}
_TEXT = {**_EQUAL, **dict.fromkeys(("contains", "not_contains", "starts_with", "ends_with"), _WORDS), **_PRESENCE}
_NUMBER = {
    **dict.fromkeys(("eq", "neq", "gt", "gte", "lt", "lte"), VALUES["NUMBER"]),
    "between": st.lists(VALUES["NUMBER"], min_size=2, max_size=2).map(sorted),
}
_SPAN = st.integers(0, 400)
_DATE = {
    **dict.fromkeys(("eq", "before", "after"), VALUES["DATE"]),
    "between": st.lists(VALUES["DATE"], min_size=2, max_size=2).map(sorted),
    "in_last": _SPAN,
    "in_next": _SPAN,
    **_PRESENCE,
}
_SUBJECTS: Final[tuple[tuple[dict[str, Any], dict[str, Strategy]], ...]] = (
    ({"attribute": "TEXT"}, _TEXT),
    ({"attribute": "NUMBER"}, {**_NUMBER, **_PRESENCE}),
    ({"attribute": "DATE"}, _DATE),
    ({"attribute": "BOOLEAN"}, {"eq": st.booleans(), **_PRESENCE}),
    (
        {"attribute": "CATEGORY"},
        {**dict.fromkeys(("eq", "neq"), st.sampled_from(CHOICES)), "any_of": _CHOSEN, "none_of": _CHOSEN, **_PRESENCE},
    ),
    ({"attribute": "MULTIPLE_CHOICE"}, {"any_of": _CHOSEN, "all_of": _CHOSEN, "none_of": _CHOSEN, **_PRESENCE}),
    ({"field": "email"}, _TEXT),
    ({"field": "time_zone"}, _TEXT),
    ({"field": "created_at"}, _DATE),
    ({"company": "name"}, _TEXT),
    ({"company": "size"}, {**_NUMBER, **_PRESENCE}),
    ({"consent": 1}, {"given": st.none(), "not_given": st.none()}),
    ({"visit": True}, {"open": st.none(), "not_open": st.none()}),
    ({"list": 1}, {"in": st.none(), "not_in": st.none()}),
    ({"tag": "vip"}, {"has": st.none(), "has_not": st.none()}),
    ({"owner": True}, {**dict.fromkeys(("eq", "neq"), st.just("ann@example.com")), **_PRESENCE}),
    ({"deals": {"status": "open", "pipeline": 901}}, _NUMBER),
    ({"deals": {"stage": 901}}, _NUMBER),
    ({"events": "clicked", "within": {"amount": 3, "unit": "days"}}, _NUMBER),
    ({"events": "clicked", "where": {"link": "a"}}, _NUMBER),
)


@st.composite
def leaves(draw: st.DrawFn) -> dict[str, Any]:
    """One comparison, of any subject with any operator that applies to it."""
    subject, operators = draw(st.sampled_from(_SUBJECTS))
    op = draw(st.sampled_from(sorted(operators)))
    value = draw(operators[op])
    return {**subject, "op": op} if value is None else {**subject, "op": op, "value": value}


def conditions() -> Strategy:
    """Comparisons joined by all, any and not."""
    return st.recursive(leaves(), _joined, max_leaves=4)


def _joined(inner: Strategy) -> Strategy:
    parts = st.lists(inner, max_size=3)
    keys = {"all": parts, "any": parts, "not": inner}
    return st.one_of([st.fixed_dictionaries({key: part}) for key, part in keys.items()])
