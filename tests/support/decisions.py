"""Conditions of every kind with facts for them, and a checker that judges the written form by itself.

It shares no line with the engine: what words look like in the other case, what day it is in the workspace and what
reads as a number stand here as tables.
"""

import operator
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from nodes.catalog import Attribute, Catalog, Kind
from nodes.world import Contact, Deal, Event

NOW: Final = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
ZONE: Final = ZoneInfo("Pacific/Auckland")
TODAY: Final = date(2026, 1, 6)
DAYS: Final = tuple(TODAY + timedelta(days=each) for each in range(-3, 4))
NUMBERS: Final = (0.0, 1.0, 2.0, 3.0)
# Each word beside what it is when case does not count.
WORDS: Final[Mapping[str, str]] = {"Ann": "ann", "ANNA": "anna", "anna b": "anna b", "Straße": "strasse", "SS": "ss"}
CHOICES: Final = ("red", "blue", "Red")
USERS: Final = ("ann@example.com", "bob@example.com")
PROPERTIES: Final = (None, "Ann", "anna b", "", "2", " 3 ", 2, 2.5, 0, True, False, ["Ann"])
AS_TEXT: Final[Mapping[str, str]] = {"2": "2", "2.5": "2.5", "0": "0", "True": "true", "False": "false"}
AS_NUMBER: Final[Mapping[str, float]] = {"'2'": 2.0, "' 3 '": 3.0, "2": 2.0, "2.5": 2.5, "0": 0.0}
CATALOG: Final = Catalog(
    attributes={
        **{name: Attribute(name, Kind.NUMBER) for name in "AB"},
        "TEXT": Attribute("TEXT", Kind.TEXT),
        "DAY": Attribute("DAY", Kind.DATE),
        "TRUTH": Attribute("TRUTH", Kind.BOOLEAN),
        "CHOICE": Attribute("CHOICE", Kind.CATEGORY, CHOICES),
        "CHOICES": Attribute("CHOICES", Kind.MULTIPLE_CHOICE, CHOICES),
    },
    lists={1: "News", 2: "Sales"},
    time_zone=ZONE,
)
OPPOSITES: Final[Mapping[str, str]] = {
    "neq": "eq",
    "not_contains": "contains",
    "none_of": "any_of",
    "not_in": "in",
    "has_not": "has",
    "not_given": "given",
    "not_open": "open",
    "not_empty": "empty",
}
ORDER: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
    "before": operator.lt,
    "after": operator.gt,
}
_TEXTUAL: Final = ("contains", "not_contains", "starts_with", "ends_with")
_COUNTING: Final = ("eq", "neq", "gt", "gte", "lt", "lte", "between")
_PRESENCE: Final = ("empty", "not_empty")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is true of one contact; `past` are clicks, each by how many hours ago it was, and its link."""

    values: Mapping[str, Any] = field(default_factory=dict)
    told: Mapping[str, Any] = field(default_factory=dict)
    lists: frozenset[int] = frozenset()
    tags: frozenset[str] = frozenset()
    consents: frozenset[int] = frozenset()
    on_site: bool = False
    deals: tuple[tuple[str, int], ...] = ()
    past: tuple[tuple[int, str], ...] = ()

    def contact(self) -> Contact:
        """Return the snapshot that the engine sees."""
        values = self.values
        created = values["created_at"]
        made = [Deal(n, "", 7, stage, status, None, NOW, NOW) for n, (status, stage) in enumerate(self.deals)]
        return Contact(
            1,
            values["email"],
            {"created_at": created and datetime(created.year, created.month, created.day, 0, 30, tzinfo=ZONE)},
            {name: values[name] for name in CATALOG.attributes},
            values["owner"],
            set(self.lists),
            set(self.tags),
            set(self.consents),
            on_site=self.on_site,
            deals=made,
            company={"size": values["size"]},
        )

    def clicks(self) -> list[Event]:
        """Return what the contact did before."""
        return [
            Event(-number, "clicked", NOW - timedelta(hours=hours), {"link": link})
            for number, (hours, link) in enumerate(self.past, 1)
        ]


def some_facts(dice: random.Random) -> Facts:
    """A contact about whom any of the conditions may hold or not."""
    values: dict[str, Any] = {name: dice.choice([None, *NUMBERS]) for name in ("A", "B", "size")}
    values |= {name: dice.choice([None, "", *WORDS]) for name in ("TEXT", "email")}
    values |= {name: dice.choice([None, *DAYS]) for name in ("DAY", "created_at")}
    values["TRUTH"] = dice.choice([None, True, False])
    values["CHOICE"] = dice.choice([None, *CHOICES])
    values["CHOICES"] = dice.choice([None, tuple(dice.sample(CHOICES, dice.randrange(4)))])
    values["owner"] = dice.choice([None, *USERS])
    return Facts(
        values,
        {key: dice.choice(PROPERTIES) for key in ("kind", "sum") if dice.random() < 0.9},
        frozenset(dice.sample((1, 2), dice.randrange(3))),
        frozenset(dice.sample(("vip", "new"), dice.randrange(3))),
        frozenset(dice.sample((1, 2), dice.randrange(3))),
        dice.random() < 0.5,
        tuple((dice.choice(("open", "won")), dice.choice((1, 2))) for _ in range(dice.randrange(4))),
        tuple((dice.choice((1, 23, 25, 100)), dice.choice(("a", "b"))) for _ in range(dice.randrange(4))),
    )


def some_condition(dice: random.Random, depth: int = 0) -> dict[str, Any]:
    """A condition on anything, groups of any depth included, empty ones too."""
    kind = dice.choice(["leaf", "leaf", "all", "any", "not"]) if depth < 3 else "leaf"
    if kind == "leaf":
        return dice.choice(_LEAVES)(dice)
    if kind == "not":
        return {"not": some_condition(dice, depth + 1)}
    return {kind: [some_condition(dice, depth + 1) for _ in range(dice.randrange(4))]}


def _number(dice: random.Random) -> dict[str, Any]:
    subject = dice.choice([{"attribute": "A"}, {"attribute": "B"}, {"company": "size"}])
    return {**subject, **_counted(dice, dice.choice([*_COUNTING, *_PRESENCE]))}


def _counted(dice: random.Random, op: str) -> dict[str, Any]:
    if op in _PRESENCE:
        return {"op": op}
    pair = sorted(dice.choice(NUMBERS) for _ in range(2))
    return {"op": op, "value": pair if op == "between" else dice.choice(NUMBERS)}


def _text(dice: random.Random) -> dict[str, Any]:
    op = dice.choice(["eq", "neq", *_TEXTUAL, *_PRESENCE])
    subject = dice.choice([{"attribute": "TEXT"}, {"field": "email"}])
    return {**subject, "op": op} | ({} if op in _PRESENCE else {"value": dice.choice(list(WORDS))})


def _day(dice: random.Random) -> dict[str, Any]:
    op = dice.choice(["eq", "before", "after", "between", "in_last", "in_next", *_PRESENCE])
    subject = dice.choice([{"attribute": "DAY"}, {"field": "created_at"}])
    if op in _PRESENCE:
        return {**subject, "op": op}
    if op.startswith("in_"):
        return {**subject, "op": op, "value": dice.randrange(4)}
    days = sorted(dice.choice(DAYS).isoformat() for _ in range(2))
    return {**subject, "op": op, "value": days if op == "between" else days[0]}


def _choice(dice: random.Random) -> dict[str, Any]:
    several = dice.random() < 0.5
    op = dice.choice([*(("all_of",) if several else ("eq", "neq")), "any_of", "none_of", *_PRESENCE])
    subject = {"attribute": "CHOICES" if several else "CHOICE", "op": op}
    if op in _PRESENCE:
        return subject
    some = dice.sample(CHOICES, dice.randrange(1, 3))
    return subject | {"value": some if op.endswith("_of") else some[0]}


def _member(dice: random.Random) -> dict[str, Any]:
    return dice.choice(
        [
            {"list": dice.choice((1, 2)), "op": dice.choice(("in", "not_in"))},
            {"tag": dice.choice(("vip", "new")), "op": dice.choice(("has", "has_not"))},
            {"consent": dice.choice((1, 2)), "op": dice.choice(("given", "not_given"))},
            {"visit": True, "op": dice.choice(("open", "not_open"))},
            {"attribute": "TRUTH", "op": "eq", "value": dice.random() < 0.5},
            {"attribute": "TRUTH", "op": dice.choice(_PRESENCE)},
            {"owner": True, "op": dice.choice(("eq", "neq")), "value": dice.choice(USERS)},
            {"owner": True, "op": dice.choice(_PRESENCE)},
        ]
    )


def _property(dice: random.Random) -> dict[str, Any]:
    subject = {"event": dice.choice(("kind", "sum"))}
    op = dice.choice(["eq", "neq", "any_of", "none_of", *_TEXTUAL, "gt", "gte", "lt", "lte", *_PRESENCE])
    if op in _PRESENCE:
        return {**subject, "op": op}
    if op in ORDER:
        return {**subject, "op": op, "value": dice.choice(NUMBERS)}
    word = dice.choice(["Ann", "anna B", "2", "true"])
    if op.endswith("_of"):
        return {**subject, "op": op, "value": [word, "Straße"]}
    return {**subject, "op": op, "value": word if op in _TEXTUAL else dice.choice([word, 2, 0, True, False])}


def _number_of(dice: random.Random) -> dict[str, Any]:
    deals = {"deals": dice.choice([{}, {"status": "won"}, {"stage": 1}, {"status": "open", "stage": 2}])}
    clicks: dict[str, Any] = {"events": "clicked"}
    clicks |= dice.choice([{}, {"within": {"amount": dice.choice((1, 2)), "unit": "days"}}])
    clicks |= dice.choice([{}, {"where": {"link": "a"}}])
    return dice.choice([deals, clicks]) | _counted(dice, dice.choice(_COUNTING))


_LEAVES: Final = (_number, _text, _day, _choice, _member, _property, _number_of)


def true(written: Mapping[str, Any], facts: Facts) -> bool:
    """Judge a written condition."""
    if "all" in written:
        return all(true(part, facts) for part in written["all"])
    if "any" in written:
        return any(true(part, facts) for part in written["any"])
    if "not" in written:
        return not true(written["not"], facts)
    op, value = written["op"], written.get("value")
    if op in OPPOSITES:
        return not true({**written, "op": OPPOSITES[op]}, facts)
    if "event" in written:
        return _property_holds(facts.told.get(written["event"]), op, value)
    return _holds(_actual(written, facts), op, value)


def _actual(written: Mapping[str, Any], facts: Facts) -> Any:
    for keyword, known in (("list", facts.lists), ("tag", facts.tags), ("consent", facts.consents)):
        if keyword in written:
            return written[keyword] in known
    if "visit" in written:
        return facts.on_site
    if "deals" in written:
        status, stage = written["deals"].get("status"), written["deals"].get("stage")
        return len([each for each in facts.deals if status in (None, each[0]) and stage in (None, each[1])])
    if "events" in written:
        hours = 24 * written["within"]["amount"] if "within" in written else 10_000
        link = written.get("where", {}).get("link")
        return len([each for each in facts.past if each[0] <= hours and link in (None, each[1])])
    return facts.values[written.get("attribute") or written.get("field") or written.get("company") or "owner"]


def _holds(actual: Any, op: str, value: Any) -> bool:
    if op == "empty":
        return actual in (None, "", ())
    return actual is not None and bool(_TESTS[op](actual, value))


def _property_holds(actual: Any, op: str, value: Any) -> bool:
    if op == "empty" or actual is None:
        return op == "empty" and actual in (None, "")
    number = AS_NUMBER.get(repr(actual))
    if op in ORDER:
        return number is not None and ORDER[op](number, value)
    if isinstance(value, bool):
        return isinstance(actual, bool) and actual == value
    if isinstance(value, int):
        return number == value
    said = WORDS.get(actual, actual) if isinstance(actual, str) else AS_TEXT.get(repr(actual), "")
    wanted = [WORDS.get(each, each.lower()) for each in value] if op == "any_of" else value.lower()
    return bool(_TESTS[op](said, wanted))


def _plain(value: Any) -> Any:
    """Texts as they are when case does not count, days as they are written."""
    if isinstance(value, date):
        return value.isoformat()
    return WORDS.get(value, value) if isinstance(value, str) else value


def _several(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)


def _ordered(test: Callable[[Any, Any], bool]) -> Callable[[Any, Any], bool]:
    return lambda actual, value: test(_plain(actual), value)


_TESTS: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    **dict.fromkeys(("in", "has", "given", "open"), lambda actual, _value: actual),
    "eq": lambda actual, value: _plain(actual) == _plain(value),
    "contains": lambda actual, value: _plain(value) in _plain(actual),
    "starts_with": lambda actual, value: _plain(actual).startswith(_plain(value)),
    "ends_with": lambda actual, value: _plain(actual).endswith(_plain(value)),
    "between": lambda actual, value: value[0] <= _plain(actual) <= value[1],
    "in_last": lambda actual, value: -value <= (actual - TODAY).days <= 0,
    "in_next": lambda actual, value: 0 <= (actual - TODAY).days <= value,
    "any_of": lambda actual, value: any(each in _several(actual) for each in value),
    "all_of": lambda actual, value: all(each in _several(actual) for each in value),
    **{op: _ordered(test) for op, test in ORDER.items()},
}
