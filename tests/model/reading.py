"""Reading what is played: documents, people, chance."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from nodes.catalog import Catalog
from nodes.contract import Trigger
from nodes.registry import registry
from nodes.world import Contact, Deal, Topic
from tests.model.scenario import START, Person, plain


class WayIn(NamedTuple):
    """A trigger: what it listens to, and its two filters."""

    id: str
    topic: Topic
    config: Mapping[str, Any]


@dataclass(frozen=True)
class Automation:
    """One document, read: its triggers in the order of their ids, its steps, and where each port leads."""

    number: int
    since: datetime | None
    re_entry: bool
    triggers: Sequence[WayIn]
    steps: Mapping[str, tuple[str, Mapping[str, Any]]]
    ways: Mapping[tuple[str, str], str]


def read(number: int, since: datetime | None, document: Mapping[str, Any], catalog: Catalog) -> Automation:
    """Read a stored document; what a configuration means is the fields' affair."""
    triggers, steps = [], {}
    for node in sorted(document["nodes"], key=lambda each: str(each["id"])):
        kind = registry()[node["type"]]
        config = kind.schema().prepare(node["config"], catalog)
        if isinstance(kind, Trigger):
            triggers.append(WayIn(node["id"], kind.topic(node["config"]), config))
        else:
            steps[node["id"]] = (node["type"], config)
    ways = {(edge["from"], edge["port"]): edge["to"] for edge in document["edges"]}
    return Automation(number, since, document["settings"]["re_entry"], triggers, steps, ways)


def as_contact(person: Person, catalog: Catalog) -> Contact:
    """Return the person as conditions and texts see it."""
    pipeline = catalog.default_pipeline()
    assert pipeline is not None
    days = [(each, START - timedelta(days=each.made), START - timedelta(days=each.changed)) for each in person.deals]
    stage = pipeline.stages[0].id
    return Contact(
        person.number,
        person.email,
        attributes=dict.fromkeys(catalog.attributes) | dict(person.attributes),
        owner=person.owner,
        lists=set(person.lists),
        tags=set(person.tags),
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
