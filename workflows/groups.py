"""Groups of steps: drawn as one card when collapsed. Like places on the canvas, they never change what runs."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from marshmallow import RAISE, Schema, ValidationError, fields, post_load, validate

from workflows.json_text import shortened
from workflows.strict import BoundedList, Flag

FEWEST: Final = 2
LONGEST_NAME: Final = 80


@dataclass(frozen=True, slots=True)
class Group:
    """Steps under one name; no step is in two groups."""

    id: str
    name: str
    nodes: tuple[str, ...]
    collapsed: bool = False


class GroupSchema(Schema):
    """A group as written. What it has to do with the steps and with other groups is told by `demand_sound`."""

    class Meta:
        unknown = RAISE

    id = fields.String(required=True, validate=validate.Regexp(r"\A[A-Za-z0-9_-]{1,64}\Z"))
    name = fields.String(required=True, validate=(validate.Length(1, LONGEST_NAME), validate.Regexp(r"(?s).*\S")))
    nodes = BoundedList(fields.String(validate=validate.Length(1, 64)), required=True, validate=validate.Length(FEWEST))
    collapsed = Flag(load_default=False)

    @post_load
    def make(self, data: dict[str, Any], **kwargs: object) -> Group:
        return Group(data["id"], data["name"], tuple(data["nodes"]), data["collapsed"])


def demand_sound(groups: Iterable[Group], steps: Collection[str]) -> None:
    """Raise ValidationError where an id is used twice, a step is not there, or is in a group already."""
    faults: dict[int, dict[str, Any]] = {}
    ids: set[str] = set()
    owners: dict[str, str] = {}
    for index, group in enumerate(groups):
        wrong: dict[str, Any] = {"id": ["Another group has this id."]} if group.id in ids else {}
        ids.add(group.id)
        for place, step in enumerate(group.nodes):
            if step not in steps:
                wrong.setdefault("nodes", {})[place] = [f"There is no step “{shortened(step)}”."]
            elif step in owners:
                wrong.setdefault("nodes", {})[place] = [f"“{step}” is in the group “{owners[step]}” already."]
            owners.setdefault(step, group.name)
        if wrong:
            faults[index] = wrong
    if faults:
        raise ValidationError({"groups": faults})


def written(groups: Iterable[Group], rank: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return the groups as JSON data, each in the order of its steps, by which they stand in order themselves."""
    ordered = [(sorted(group.nodes, key=rank.__getitem__), group) for group in groups]
    return [
        {"id": group.id, "name": group.name, "nodes": nodes, "collapsed": group.collapsed}
        for nodes, group in sorted(ordered, key=lambda each: rank[each[0][0]])
    ]
