"""Reading what is played: documents, people, chance."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple, TypeAlias

from nodes.catalog import Catalog
from nodes.conditions import Judge, compile_condition, parse
from nodes.contract import Trigger
from nodes.registry import registry
from nodes.world import Contact, Deal, Event
from tests.model.scenario import START, Person, plain

Facts: TypeAlias = frozenset[tuple[str, str | None]]
CALLED: Final = "@called"
HOOK: Final = "@hook"  # the property that names the step which a webhook was sent to
_NOTHING: Final = Event(0, "", START, {})
EMPTY: Final[Mapping[str, Any]] = {"all": []}  # a condition that says nothing yet


class WayIn(NamedTuple):
    """What lets people in at the trigger `node`: what it listens to, and its two filters."""

    id: str
    node: str
    type: str
    topic: tuple[str, str | None]
    written: Mapping[str, Any]
    config: Mapping[str, Any]


class Place(NamedTuple):
    """A step: its type, its configuration as written and as prepared."""

    type: str
    written: Mapping[str, Any]
    config: Mapping[str, Any]


class Exit(NamedTuple):
    """Who meets this leaves: at this event, or, without one, before each step and whenever one of the facts changes."""

    event: str | None
    judge: Judge
    facts: Facts


@dataclass(frozen=True)
class Automation:
    """One document, read: its ways in and its steps, each after all that lead to it, and where each port leads."""

    number: int
    settings: Mapping[str, Any]
    triggers: Sequence[WayIn]
    exits: Sequence[Exit]
    steps: Mapping[str, Place]
    ways: Mapping[tuple[str, str], str]

    @property
    def re_entry(self) -> bool:
        return bool(self.settings["re_entry"])

    def key(self, event: Event) -> str:
        """Return what tells several runs of one person apart."""
        return str(event.properties.get(self.settings["run_key"], ""))

    def lies_beyond(self, node: str, goal: str) -> bool:
        """Tell whether a way leads from the goal to the step, or the step is the goal."""
        led = [target for (source, _), target in self.ways.items() if source == goal]
        return node == goal or any(self.lies_beyond(node, each) for each in led)


def read(number: int, document: Mapping[str, Any], catalog: Catalog) -> Automation:
    """Read a stored document; what a configuration means is the fields' affair."""
    triggers, steps = [], {}
    ways = {(edge["from"], edge["port"]): edge["to"] for edge in document["edges"]}
    nodes = {node["id"]: node for node in document["nodes"]}
    for name in _in_order(nodes, ways):
        node = nodes[name]
        kind = registry()[node["type"]]
        config = kind.schema().prepare(node["config"], catalog)
        if isinstance(kind, Trigger):
            written = node["config"]
            heard, about = kind.topic(written)
            topic = (heard, f"{number}/{name}" if kind.addressed else about)
            triggers.append(WayIn(name, name, node["type"], topic, written, config))
        else:
            steps[name] = Place(node["type"], node["config"], config)
    triggers.append(WayIn(CALLED, triggers[0].node, CALLED, ("automation_called", str(number)), {}, {}))
    settings = document["settings"]
    exits = [Exit(None, _judge(each, catalog), facts(each)) for each in settings["exit_conditions"] if each != EMPTY]
    exits += [
        Exit(each["event"], _judge(each.get("filter", EMPTY), catalog), frozenset()) for each in settings["exit_events"]
    ]
    return Automation(number, settings, triggers, exits, steps, ways)


def _judge(written: Mapping[str, Any], catalog: Catalog) -> Judge:
    return compile_condition(parse(written), catalog)


def _in_order(names: Iterable[str], ways: Mapping[tuple[str, str], str]) -> Iterator[str]:
    """Each step after all that lead to it; where that leaves a choice, by name."""
    left = set(names)
    while left:
        led = {target for (source, _), target in ways.items() if source in left}
        first = min(left - led)
        left.remove(first)
        yield first


def fits(contact: Contact, condition: Mapping[str, Any], catalog: Catalog, now: datetime) -> bool:
    """Tell whether a condition holds for a contact, whatever happens."""
    return bool(_judge(condition, catalog)(contact, _NOTHING, now)[0])


def facts(written: Mapping[str, Any]) -> Facts:
    """Return the events that tell of changes of what a condition is about."""
    parts = [*written.get("all", ()), *written.get("any", ()), *([written["not"]] if "not" in written else ())]
    if parts:
        return frozenset().union(*map(facts, parts))
    if "attribute" in written:
        return frozenset({("attribute_changed", written["attribute"])})
    if "events" in written:
        return frozenset({(written["events"], None)})
    own = {"tag": "tags", "list": "lists", "owner": "owner", "deals": "deals"}
    return frozenset(("contact_changed", fact) for word, fact in own.items() if word in written)


def tells_of(event: Event) -> Facts:
    """Return all that one may listen to in order to hear this event: its name, or that with what it is about."""
    words = {"list_added": "list", "attribute_changed": "attribute", "contact_changed": "fact"}
    words["webhook_received"] = HOOK
    words |= dict.fromkeys(("segment_joined", "date_reached"), "watch")
    subject = event.properties.get(words.get(event.name, "automation"))
    return frozenset({(event.name, None), (event.name, str(subject))})


def as_contact(person: Person, catalog: Catalog) -> Contact:
    """Return the person as conditions and texts see it."""
    pipeline = catalog.default_pipeline()
    assert pipeline is not None
    days = [(each, START - timedelta(days=each.made), START - timedelta(days=each.changed)) for each in person.deals]
    stage = pipeline.stages[0].id
    return Contact(
        person.number,
        person.email,
        {"phone": person.phone},
        attributes=dict.fromkeys(catalog.attributes) | dict(person.attributes),
        owner=person.owner,
        lists=set(person.lists),
        tags=set(person.tags),
        browsers=person.browsers,
        deals=[
            Deal(number, deal.name, pipeline.id, stage, "open", None, made, changed)
            for number, (deal, made, changed) in enumerate(days, 1)
        ],
        time_zone=person.time_zone,
    )


def described(contact: Contact) -> dict[str, object]:
    """Return the facts about a contact that automations change."""
    return {
        "attributes": {name: plain(value) for name, value in sorted(contact.attributes.items()) if value is not None},
        "owner": contact.owner,
        "lists": sorted(contact.lists),
        "tags": sorted(contact.tags),
        "deals": [(each.name, each.stage, each.status, each.modified_at) for each in contact.deals],
    }
