"""Workspaces for the radar: some with a fault each, and some that look like them and have none.

Each is a pair of automations or so, among others that mind their own business, chosen by a seed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from random import Random
from typing import Any, Final

from nodes.catalog import Catalog
from nodes.moments import Duration
from nodes.pressure import Cap
from nodes.registry import registry
from tests.support.steps import CATALOG, REP
from workflows.document import load
from workflows.radar import Source

SEGMENTS: Final = {1: {"tag": "vip", "op": "has"}}
AGREED: Final = {"attribute": "NEWSLETTER", "op": "eq", "value": True}
NEWSLETTER: Final = {"contact_filter": AGREED}
HOOK = {"url": "https://example.com/mail"}
SILENT_HOOK = {**HOOK, "reaches_contact": False}
Steps = Mapping[str, tuple[str, Mapping[str, Any]]]


@dataclass(frozen=True)
class Drawn:
    """An automation to be: steps by id, ways `from > to` or `from.port > to`, settings."""

    steps: Steps
    ways: Sequence[str]
    settings: Mapping[str, Any]

    def source(self, number: int) -> Source:
        """Return it as number so and so of a workspace."""
        document = {
            "format": "cadenza.automation/1",
            "name": f"Automation {number}",
            "settings": {"exit_conditions": [], "time_zone": "contact", **self.settings},
            "nodes": [
                {"id": id_, "type": type_, "config": dict(config)} for id_, (type_, config) in self.steps.items()
            ],
            "edges": [_edge(way) for way in self.ways],
            "layout": {},
        }
        return Source(number, f"Automation {number}", load(document))


@dataclass(frozen=True)
class Workspace:
    """Automations, the first ones those that matter, and the names they speak of; `code` is the finding due, if any."""

    name: str
    code: str | None
    sources: Sequence[Source]
    catalog: Catalog
    concerned: int


def drawn(steps: Steps, *ways: str, re_entry: bool = True, **settings: Any) -> Drawn:
    """Return an automation to be."""
    return Drawn(steps, ways, {"re_entry": re_entry, **settings})


def line(*steps: tuple[str, Mapping[str, Any]], re_entry: bool = True, **settings: Any) -> Drawn:
    """Return an automation whose steps `(type, config)` follow each other."""
    named = {f"s{index}": step for index, step in enumerate(steps)}
    ways = [f"{one}.{_first_way(*named[one])} > {other}" for one, other in pairwise(named)]
    return drawn(named, *ways, re_entry=re_entry, **settings)


def fork(before: Sequence[tuple[str, Mapping[str, Any]]], condition: Any, **settings: Any) -> Drawn:
    """Return an automation that ends with a split, each of whose branches leads to a tag."""
    start = line(*before)
    last = list(start.steps)[-1]
    steps = {**start.steps, "split": ("conditional_split", {"condition": condition}), "a": tag("a"), "b": tag("b")}
    return drawn(steps, *start.ways, f"{last} > split", "split.yes > a", "split.no > b", **settings)


def branch(name: str, condition: Any) -> dict[str, Any]:
    return {"id": name, "name": name, "condition": condition}


def opened_by(contacts: Any) -> tuple[str, Mapping[str, Any]]:
    return "email_opened", {"contact_filter": contacts}


def tag(name: str) -> tuple[str, Mapping[str, Any]]:
    return "add_tag", {"tag": name}


def untag(name: str) -> tuple[str, Mapping[str, Any]]:
    return "remove_tag", {"tag": name}


def assign(attribute: str, value: Any) -> tuple[str, Mapping[str, Any]]:
    return "update_attribute", {"attribute": attribute, "operation": "set", "value": value}


def points(amount: int) -> tuple[str, Mapping[str, Any]]:
    return "add_points", {"points": amount}


def owned(*reps: str, how: str = "named", **more: Any) -> tuple[str, Mapping[str, Any]]:
    return "assign_owner", {"reps": list(reps or [REP]), "how": how, **more}


def moved(stage: int, **more: Any) -> tuple[str, Mapping[str, Any]]:
    return "move_deal", {"pipeline": 7, "stage": stage, **more}


def fits(condition: Any) -> tuple[str, Mapping[str, Any]]:
    return "joined_segment", {"of": "condition", "condition": condition}


def viewed(page: str, times: int = 3) -> tuple[str, Mapping[str, Any]]:
    return "page_visited_often", {"of": "page", "page": page, "times": times, **NEWSLETTER}


def changed(attribute: str, **more: Any) -> tuple[str, Mapping[str, Any]]:
    return "attribute_changed", {"attribute": attribute, **more}


def start(number: int) -> tuple[str, Mapping[str, Any]]:
    return "start_automation", {"automation": number}


def wait(days: int) -> tuple[str, Mapping[str, Any]]:
    return "wait", {"duration": {"amount": days, "unit": "days"}}


def score(op: str, value: int) -> dict[str, Any]:
    return {"attribute": "SCORE", "op": op, "value": value}


def on_list(number: int) -> tuple[str, Mapping[str, Any]]:
    return "added_to_list", {"list": number}


def join(number: int) -> tuple[str, Mapping[str, Any]]:
    return "add_to_list", {"list": number}


def off_list(number: int) -> tuple[str, Mapping[str, Any]]:
    return "remove_from_list", {"list": number}


def operate(attribute: str, operation: str, *value: Any) -> tuple[str, Mapping[str, Any]]:
    return "update_attribute", {"attribute": attribute, "operation": operation} | ({"value": value[0]} if value else {})


OPENED: Final = ("email_opened", {})
CLICKED: Final = ("email_clicked", {})
VISITED: Final = ("page_visited", {})
BOUGHT: Final = ("custom_event", {"event": "order_placed"})
HAS: Final = {"tag": "seen", "op": "has"}
HAS_NOT: Final = {"tag": "seen", "op": "has_not"}
FRANCE: Final = {"attribute": "COUNTRY", "op": "eq", "value": "France"}
SPAIN: Final = {"attribute": "COUNTRY", "op": "eq", "value": "Spain"}
MAIL: Final = ("call_webhook", HOOK)
DAILY: Final = replace(CATALOG, caps=(Cap("webhook", 1, Duration(1, "days")),))


def workspaces(kind: Mapping[str, Sequence[Sequence[Drawn]]], *, faulty: bool) -> list[Workspace]:
    """Return all workspaces of a kind, each among others' automations; the same every time."""
    return [
        _workspace(code, index, automations, faulty=faulty)
        for code, variants in kind.items()
        for index, automations in enumerate(variants)
    ]


def _workspace(code: str, index: int, automations: Sequence[Drawn], *, faulty: bool) -> Workspace:
    random = Random(f"{code} {index}")
    others = [_other(number, random) for number in range(random.randint(0, 8))]
    capped = code == "two_messages" and not faulty and index == 1
    return Workspace(
        f"{code} {index + 1}",
        code if faulty else None,
        [each.source(number) for number, each in enumerate([*automations, *others], start=1)],
        DAILY if capped else CATALOG,
        len(automations),
    )


def _other(number: int, random: Random) -> Drawn:
    """Return an automation that minds its own business."""
    begin = ("custom_event", {"event": f"happened_{number}"})
    mark = tag(f"mark {number}")
    return random.choice(
        [
            line(begin, mark, re_entry=random.random() < 0.5),
            line(begin, wait(random.randint(1, 30)), mark),
            fork([begin, mark], {"attribute": "COUNTRY", "op": "eq", "value": random.choice(["Italy", "Peru"])}),
            line(
                begin,
                ("send_alert", {"title": "Look"}),
                ("create_task", {"title": "Call"}),
                wait(2),
                untag(f"mark {number}"),
            ),
        ]
    )


def _first_way(key: str, config: Mapping[str, Any]) -> str:
    return next(iter(registry()[key].ports_of(config)))


def _edge(way: str) -> dict[str, str]:
    source, target = way.split(" > ")
    node, _, port = source.partition(".")
    return {"from": node, "port": port or "next", "to": target}
