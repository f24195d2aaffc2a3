"""Branches: a list of ways out that the author makes, each with a name and settings of its own."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import reduce
from operator import or_
from typing import Any, Final, NamedTuple, Unpack

from nodes.catalog import Catalog
from nodes.fields.base import Config, Context, FormField, JsonSchema, Prepared, Settings, Stored, Unfit, is_empty
from nodes.fields.plain import Line, Percentage
from nodes.problems import Problem, ill_typed, missing, same_name, shares_do_not_add_up
from nodes.texts import Language, Text, same
from nodes.world import Reads

FEWEST, MOST = 2, 10
# Ports that steps have beside their branches, and words that paths and statistics keep where others keep a port.
RESERVED: Final = frozenset(
    {
        *("next", "else", "control", "wait", "sent", "exit", "failed", "end"),
        *("exit_condition", "dismissed", "stopped", "quiet", "quiet_skipped", "capped", "capped_skipped"),
        *("skipped_on_resume", "done_before", "let_out", "no_address", "unsubscribed", "no_consent"),
        *("no_browser", "no_phone", "merged"),
    }
)
_ID: Final = re.compile(r"[a-z][a-z0-9_]{0,31}")


class Branch(NamedTuple):
    """A way out: its port, its name, and what its parts were prepared to; None for those left empty."""

    id: str
    name: str
    settings: Mapping[str, Prepared]


class BranchName(Line):
    """A name short enough to stand at a port."""

    longest = 60


class Branches(FormField):
    """Two to ten branches in order, each `{"id", "name"}` and `parts`; prepared as `Branch`es.

    The id is the port: it stays when the name changes. `show_when` of a part names fields beside the list.
    """

    widget = "branches"
    opens = "each"
    expects = Text(
        "a list of two to ten branches, each with an id of its own",
        "une liste de deux à dix branches, chacune avec son identifiant",
        "список из 2–10 веток, у каждой свой идентификатор",
    )

    def __init__(self, title: Text, parts: Mapping[str, FormField], **settings: Unpack[Settings]) -> None:
        super().__init__(title, **settings)
        self.parts: dict[str, FormField] = {"name": BranchName(Text("Name", "Nom", "Название")), **parts}

    def convert(self, value: Stored) -> list[dict[str, Any]]:
        return [
            {name: self.parts[name].convert(part) if name in self.parts else part for name, part in branch.items()}
            for branch in self._listed(value)
        ]

    def check(self, value: Stored, context: Context) -> Iterator[Problem]:
        try:
            listed = self._listed(value)
        except Unfit as error:
            yield ill_typed("", self.title, error.expected)
            return
        names = Counter(str(branch.get("name", "")).strip().casefold() for branch in listed)
        for index, branch in enumerate(listed):
            faults = list(self._faults(branch, context))
            yield from (fault.inside(f"[{index}]") for fault in faults)
            name = str(branch.get("name", "")).strip()
            if not faults and names[name.casefold()] > 1:
                yield same_name("name", name).inside(f"[{index}]")

    def trim(self, value: Stored, config: Config) -> Stored:
        if not isinstance(value, list):
            return value
        return [self._trimmed(branch, config) if isinstance(branch, Mapping) else branch for branch in value]

    def ports(self, name: str, value: Stored) -> Mapping[str, Text]:
        listed = value if isinstance(value, list) else []
        whole = [each for each in listed if isinstance(each, Mapping) and isinstance(each.get("id"), str)]
        return {each["id"]: same(str(each.get("name") or each["id"])) for each in whole}

    def conditions(self, value: Stored) -> Iterator[tuple[str, Stored]]:
        for index, branch in enumerate(value):
            for name, part in self._given(branch):
                yield from ((f"[{index}].{name}{path}", written) for path, written in part.conditions(branch[name]))

    def reads(self, value: Stored) -> Reads:
        found = (part.reads(branch[name]) for branch in value for name, part in self._given(branch))
        return reduce(or_, found, Reads())

    def attributes(self, value: Stored) -> Iterator[str]:
        for branch in value if isinstance(value, list) else ():
            for name, part in self._given(branch) if isinstance(branch, Mapping) else ():
                yield from part.attributes(branch[name])

    def prepare(self, value: Prepared, config: Config, catalog: Catalog) -> tuple[Branch, ...]:
        return tuple(
            Branch(
                branch["id"],
                branch["name"],
                {
                    name: part.prepare(branch[name], config, catalog) if name in branch else None
                    for name, part in self.parts.items()
                },
            )
            for branch in value
        )

    def shape(self, language: Language) -> JsonSchema:
        needed = [name for name, part in self.parts.items() if part.required]
        branch: JsonSchema = {
            "type": "object",
            "properties": {
                "id": {"type": "string", "pattern": f"^{_ID.pattern}$", "not": {"enum": sorted(RESERVED)}},
                **{name: part.json_schema(language) for name, part in self.parts.items()},
            },
            "required": ["id", *needed],
        }
        return {"type": "array", "items": branch, "minItems": FEWEST, "maxItems": MOST}

    def options(self, language: Language) -> JsonSchema:
        return {"parts": {name: part.ui_schema(language) for name, part in self.parts.items()}}

    def _listed(self, value: Stored) -> list[Mapping[str, Any]]:
        if not isinstance(value, list) or not FEWEST <= len(value) <= MOST:
            raise Unfit(self.expects)
        known = {"id", *self.parts}
        if not all(isinstance(each, Mapping) and set(each) <= known and _is_id(each.get("id")) for each in value):
            raise Unfit(self.expects)
        if len({each["id"] for each in value}) < len(value):
            raise Unfit(self.expects)
        return value

    def _faults(self, branch: Mapping[str, Any], context: Context) -> Iterator[Problem]:
        for name, part in self.parts.items():
            if name in branch:
                yield from (fault.inside(name) for fault in part.check(branch[name], context))
            elif part.needed and _is_shown(part, context.config):
                yield missing(name, part.title, picked=part.picked)

    def _trimmed(self, branch: Mapping[str, Any], config: Config) -> dict[str, Any]:
        parts = self.parts
        return {
            name: value
            for name, value in branch.items()
            if name not in parts or (not is_empty(value) and _is_shown(parts[name], config))
        }

    def _given(self, branch: Mapping[str, Any]) -> Iterator[tuple[str, FormField]]:
        return ((name, part) for name, part in self.parts.items() if name in branch)


class Shares(Branches):
    """Branches by chance: each has a `share` in percent; with that of the field `beside` they make 100."""

    def __init__(self, title: Text, *, beside: str, **settings: Unpack[Settings]) -> None:
        super().__init__(title, {"share": Percentage(Text("Share", "Part", "Доля"))}, **settings)
        self.beside = beside

    def options(self, language: Language) -> JsonSchema:
        return super().options(language) | {"total": {"part": "share", "beside": self.beside}}

    def check(self, value: Stored, context: Context) -> Iterator[Problem]:
        found = list(super().check(value, context))
        yield from found
        beside = context.config.get(self.beside) or 0
        if not found and isinstance(beside, int):
            total = sum(branch["share"] for branch in value) + beside
            if total != 100:
                yield shares_do_not_add_up("", total)


class ControlShare(Percentage):
    """The share of a control group, who leave by a way of their own; without one, or with 0, there is no such way."""

    opens = "filled"

    def ports(self, name: str, value: Stored) -> Mapping[str, Text]:
        return {name: self.title} if value else {}


def _is_id(written: Stored) -> bool:
    return isinstance(written, str) and _ID.fullmatch(written) is not None and written not in RESERVED


def _is_shown(part: FormField, config: Config) -> bool:
    return all(config.get(other) in values for other, values in part.show_when.items())
