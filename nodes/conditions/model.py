"""A condition as data: comparisons, joined by all, any and not."""

from dataclasses import dataclass
from typing import ClassVar, NamedTuple, TypeAlias

from nodes.catalog import Kind
from nodes.conditions.subjects import Subject
from nodes.conditions.written import Literal
from nodes.texts import Text
from nodes.world import Json


@dataclass(frozen=True, slots=True)
class Leaf:
    """One comparison. `value` is as written; a list became a tuple."""

    subject: Subject
    op: str
    value: Literal = None


@dataclass(frozen=True, slots=True)
class All:
    """Holds when every part does; with no parts, for everybody."""

    keyword: ClassVar[str] = "all"
    parts: tuple["Condition", ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Holds when at least one part does; with no parts, for nobody."""

    keyword: ClassVar[str] = "any"
    parts: tuple["Condition", ...] = ()


@dataclass(frozen=True, slots=True)
class Not:
    """Holds when its part does not."""

    part: "Condition"


Condition: TypeAlias = Leaf | All | AnyOf | Not


class Comparison(NamedTuple):
    """What was compared with what, JSON-ready, and whether it held."""

    subject: str
    actual: Json
    op: str
    expected: Json
    holds: bool


class EventField(NamedTuple):
    """A property that an event of this kind carries, as offered in event filters; options are (value, words)."""

    key: str
    label: Text
    kind: Kind
    options: tuple[tuple[str, Text], ...] = ()
