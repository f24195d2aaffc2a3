"""What a step declares of itself, so that automations can be looked at together without running them."""

from collections.abc import Mapping
from typing import Any, ClassVar, Literal, NamedTuple, TypeAlias

from nodes.conditions import Condition
from nodes.conditions.subjects import Subject
from nodes.world import Json

Kind: TypeAlias = Literal[
    "attribute", "list", "tag", "consent", "owner", "deals", "event", "automation", "segment", "channel"
]
How: TypeAlias = Literal["set", "change", "put", "take", "start", "stop"]

# The kinds of thing that conditions speak of, by the keyword of their subject.
_SUBJECTS: Mapping[str, Kind] = {
    "attribute": "attribute",
    "list": "list",
    "tag": "tag",
    "consent": "consent",
    "owner": "owner",
    "deals": "deals",
    "events": "event",
}


class Thing(NamedTuple):
    """Something that automations share: an attribute by name, a list by id …; `key` is empty where there is but one."""

    kind: Kind
    key: str = ""


class Claim(NamedTuple):
    """What a step makes of a thing that holds one value at a time, such as an owner.

    It sets one of `values`, but in place of none that it `spares` (None: it leaves any that is there). Claims on
    different parts of a thing do not meet.
    """

    values: frozenset[int | str]
    spares: frozenset[int | str] | None = frozenset()
    part: str = ""

    def rivals(self, other: "Claim") -> bool:
        """Tell whether each of two may replace what the other sets: then whoever comes last wins."""
        return self.part == other.part and any(
            ours != theirs and self.replaces(theirs) and other.replaces(ours)
            for ours in self.values
            for theirs in other.values
        )

    def replaces(self, value: int | str) -> bool:
        """Tell whether a value that is there gives way."""
        return self.spares is not None and value not in self.spares


class Write(NamedTuple):
    """A change that a step makes to a thing.

    `set` overwrites it with `value` (None: empties it, or it is not known beforehand), `change` adds `value` to it;
    contacts are `put` on or given, and `take`n off; an automation is `start`ed and `stop`ped. The `claim` says more of
    what is set where conditions cannot compare it.
    """

    thing: Thing
    how: How
    value: Json = None
    claim: Claim | None = None


class Declared:
    """What walkable node types tell of themselves; by default, that they change nothing and keep nobody.

    One that `stays` keeps contacts until time passes or something happens.
    """

    stays: ClassVar[bool] = False

    def asks_consent(self, config: Mapping[str, Any]) -> bool:
        """Return whether the step itself leaves out who has not agreed, or needs nobody to. `config` as stored."""
        return False

    def lasts(self, config: Mapping[str, Any], port: str) -> float:
        """Return for how many days at least everybody stayed who leaves by a port. `config` as stored, valid."""
        return 0

    def writes(self, config: Mapping[str, Any]) -> tuple[Write, ...]:
        """Return what the step changes. `config` as stored, valid."""
        return ()

    def holds(self, config: Mapping[str, Any]) -> Mapping[str, Condition]:
        """Return what is true of those who leave by a port, as far as the port says it. `config` as stored, valid."""
        return {}


def thing_of(subject: Subject) -> Thing | None:
    """Return what a comparison is about, if automations can share it."""
    kind = _SUBJECTS.get(subject.keyword)
    if kind is None:
        return None
    key = subject.dump()[subject.keyword]
    named = isinstance(key, str | int) and not isinstance(key, bool)
    return Thing(kind, str(key) if named else "")
