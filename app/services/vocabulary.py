"""Everything that pickers offer: the workspace's names, and the words of the condition language."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, Final

from sqlalchemy import select

from app import db
from app.adapters.catalog import load_catalog
from app.adapters.event_properties import sampled_names
from app.models import EventType, Segment, Tag
from app.permissions import ROLES
from app.services.web import category_rules
from nodes.conditions import OPERATORS
from nodes.conditions.subjects import COMPANY_FIELDS, CONTACT_FIELDS
from nodes.conditions.words import COMPANY_LABELS, FIELD_LABELS
from nodes.contract import Trigger
from nodes.event_titles import event_title, is_ours_only
from nodes.registry import channels, registry
from nodes.texts import Language
from workflows.event_texts import asked_of_events

MOST_TAGS: Final = 1000
MOST_PROPERTIES: Final = 100
"""Of events of one name: a sender that makes up names as it goes has no end of them."""


def vocabulary(language: Language) -> dict[str, Any]:
    """Return all names, with labels in one language."""
    catalog = load_catalog()
    with db.transaction() as session:
        tags = session.scalars(select(Tag.name).order_by(Tag.name).limit(MOST_TAGS)).all()
        segments = session.execute(select(Segment.id, Segment.name).order_by(Segment.name)).all()
        events = session.scalars(select(EventType.name).order_by(EventType.name)).all()
    return {
        "attributes": [
            {"name": each.name, "kind": each.kind, "options": list(each.options)}
            for each in catalog.attributes.values()
        ],
        "contact_fields": [
            {"key": key, "label": FIELD_LABELS[key].say(language), "kind": operand}
            for key, operand in CONTACT_FIELDS.items()
        ],
        "company_fields": [
            {"key": key, "label": COMPANY_LABELS[key].say(language), "kind": operand}
            for key, operand in COMPANY_FIELDS.items()
        ],
        "lists": _named(catalog.lists),
        "automations": _named(catalog.automations),
        "tags": list(tags),
        "users": [
            {"id": each.id, "email": each.email, "name": each.name, "roles": sorted(each.roles)}
            for each in sorted(catalog.users.values(), key=lambda each: each.name.lower())
            if each.active
        ],
        "roles": list(ROLES),
        "pipelines": list(catalog.pipelines.values()),
        "segments": [{"id": key, "name": name} for key, name in segments],
        "templates": _named(catalog.templates),
        "senders": _named(catalog.senders),
        "consent_topics": [
            {"id": key, "name": each.name, "channel": each.channel} for key, each in catalog.consent_topics.items()
        ],
        "watched_domains": list(catalog.watched_domains),
        "channels": [{"key": key, "label": each.label.say(language)} for key, each in sorted(channels().items())],
        "page_categories": category_rules.names(category_rules.read()),
        "events": sorted(
            ({"name": name, "label": event_title(name).say(language)} for name in {*events, *_standard_events()}),
            key=lambda each: (each["label"].casefold(), each["name"]),
        ),
        "operators": {
            operand: [
                {"key": each.key, "label": each.label.say(language), "value": each.value} for each in operators.values()
            ]
            for operand, operators in OPERATORS.items()
        },
    }


def event_properties() -> Mapping[str, list[str]]:
    """Return what events of each name have, the commonest of it in a sample of the log, and what triggers ask about."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    with db.transaction() as session:
        for event, names in sampled_names(session, MOST_PROPERTIES).items():
            found[event] |= {name for name in names if not is_ours_only(event, name)}
    for trigger in _triggers():
        found[trigger.topic(trigger.example).event] |= asked_of_events(trigger)
    return {event: sorted(found[event]) for event in sorted(found) if found[event]}


def _named(names: Mapping[int, str]) -> list[dict[str, Any]]:
    return [{"id": key, "name": name} for key, name in sorted(names.items(), key=lambda each: each[1])]


def _standard_events() -> set[str]:
    """The events that have a trigger of their own name, whether or not one was ever recorded."""
    return {each.key for each in _triggers() if each.topic(each.example).event == each.key}


def _triggers() -> Iterator[Trigger]:
    return (each for each in registry().values() if isinstance(each, Trigger))
