"""The written form of conditions, both ways."""

from collections.abc import Iterator, Mapping
from typing import Final

from nodes.conditions.consents import OfConsent
from nodes.conditions.counts import OfDeals, OfEvents
from nodes.conditions.model import All, AnyOf, Condition, Leaf, Not
from nodes.conditions.operators import EVERY_KEY
from nodes.conditions.subjects import OfAttribute, OfCompany, OfEvent, OfField, OfList, OfOwner, OfTag, Subject
from nodes.conditions.visits import OfVisit
from nodes.conditions.written import Written, at, literal, only
from nodes.errors import ConditionError
from nodes.texts import Text
from nodes.world import Json

SUBJECTS: Final[Mapping[str, type[Subject]]] = {
    each.keyword: each
    for each in (
        *(OfAttribute, OfField, OfEvent, OfList, OfTag, OfConsent, OfOwner, OfCompany, OfDeals, OfEvents),
        OfVisit,
    )
}
DEEPEST: Final = 12
MOST_PARTS: Final = 100
_TOO_DEEP = Text("at most {most} levels deep", "au plus {most} niveaux", "не глубже {most} уровней")
_TOO_MANY = Text("at most {most} conditions", "au plus {most} conditions", "не более {most} условий")


def parse(data: Json, path: str = "", depth: int = 0) -> Condition:
    """Read a written condition; raises ConditionError naming the first place that is not in the language."""
    if not isinstance(data, Mapping):
        raise ConditionError(path, "write an object with all, any, not or a comparison here")
    if depth > DEEPEST:
        raise ConditionError(path, _TOO_DEEP.format(most=DEEPEST))
    for key, group in (("all", All), ("any", AnyOf)):
        if key in data:
            only(data, {key}, path)
            return group(_parts(data[key], at(path, key), depth))
    if "not" in data:
        only(data, {"not"}, path)
        return Not(parse(data["not"], at(path, "not"), depth + 1))
    return _leaf(data, path)


def dump(condition: Condition) -> dict[str, Json]:
    """Write a condition; the same condition always gives the same data."""
    if isinstance(condition, All):
        return {"all": [dump(part) for part in condition.parts]}
    if isinstance(condition, AnyOf):
        return {"any": [dump(part) for part in condition.parts]}
    if isinstance(condition, Not):
        return {"not": dump(condition.part)}
    written = condition.subject.dump() | {"op": condition.op}
    if condition.value is None:
        return written
    return written | {"value": list(condition.value) if isinstance(condition.value, tuple) else condition.value}


def attributes_in(data: Json) -> Iterator[str]:
    """Return the attributes that a written condition names, also while it is not right."""
    if isinstance(data, list | tuple):
        for part in data:
            yield from attributes_in(part)
    elif isinstance(data, Mapping):
        named = data.get(OfAttribute.keyword)
        if isinstance(named, str) and named:
            yield named
        for group in ("all", "any", "not"):
            yield from attributes_in(data.get(group))


def _parts(data: Json, path: str, depth: int) -> tuple[Condition, ...]:
    if not isinstance(data, list | tuple):
        raise ConditionError(path, "write a list of conditions here")
    if len(data) > MOST_PARTS:
        raise ConditionError(path, _TOO_MANY.format(most=MOST_PARTS))
    return tuple(parse(part, f"{path}[{index}]", depth + 1) for index, part in enumerate(data))


def _leaf(data: Written, path: str) -> Leaf:
    found = [SUBJECTS[key] for key in SUBJECTS if key in data]
    if len(found) != 1:
        raise ConditionError(path, f"name exactly one of {', '.join(SUBJECTS)}")
    subject = found[0]
    only(data, {subject.keyword, "op", "value"} | subject.extras, path)
    op = data.get("op")
    if not isinstance(op, str) or op not in EVERY_KEY:
        raise ConditionError(at(path, "op"), "write an operator here")
    return Leaf(subject.parse(data, path), op, literal(data.get("value"), at(path, "value")))
