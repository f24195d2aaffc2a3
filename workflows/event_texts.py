"""What texts ask of the event that let a contact in, held against what such events say."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import Final, TypeAlias

from nodes.catalog import Asked, Catalog
from nodes.contract import Node, Trigger
from nodes.event_titles import is_ours_only
from nodes.fields import ConditionField
from nodes.fields.templates import OF_EVENTS
from workflows import problems
from workflows.document import Document, NodeEntry
from workflows.graph import reached_from
from workflows.problems import Problem

SentLately: TypeAlias = Mapping[str, Collection[str]]
"""The properties that events of some names were found to have, in the log or a sample of it."""

_LIKENESS: Final = 0.5


def event_warnings(
    document: Document, registry: Mapping[str, Node], catalog: Catalog, sent: SentLately, faulty: Collection[str | None]
) -> Iterator[Problem]:
    """Find properties that no event has which leads to the step, and such as not all of them have.

    Nothing is said of events that nobody knows: of names that were never sent.
    """
    asked = list(_asked(document, registry, catalog, faulty))
    if not asked:
        return
    ways_in = [
        (known_properties(trigger, node.config, sent), reached_from(document, [node.id]))
        for node, trigger in triggers_of(document, registry)
        if node.id not in faulty
    ]
    for node, field, each in asked:
        known = [properties for properties, reached in ways_in if node in reached]
        if known and all(known):
            yield from _doubts(node, field, each, known)


def triggers_of(document: Document, registry: Mapping[str, Node]) -> Iterator[tuple[NodeEntry, Trigger]]:
    """Return the steps that let contacts in, with their types."""
    for node in document.nodes:
        if isinstance(trigger := registry.get(node.type), Trigger):
            yield node, trigger


def known_properties(trigger: Trigger, config: Mapping[str, object], sent: SentLately) -> Collection[str]:
    """Return what events that a (valid) trigger hears are known to say; nothing where none was sent yet."""
    event = trigger.topic(config).event
    found = [name for name in sent.get(event, ()) if not is_ours_only(event, name)]
    return {*found, *asked_of_events(trigger)} if found else ()


def asked_of_events(trigger: Trigger) -> set[str]:
    """Return the properties that the trigger's filters offer."""
    return {
        each.key
        for field in trigger.schema().form.values()
        if isinstance(field, ConditionField) and field.scope == "event"
        for each in field.event_fields
    }


def _asked(
    document: Document, registry: Mapping[str, Node], catalog: Catalog, faulty: Collection[str | None]
) -> Iterator[tuple[str, str, Asked]]:
    for node in document.nodes:
        node_type = registry.get(node.type)
        if node_type is not None and node.id not in faulty:
            for field, each in node_type.schema().asks_event(node.config, catalog):
                if each.name not in OF_EVENTS:
                    yield node.id, field, each


def _doubts(node: str, field: str, asked: Asked, known: Sequence[Collection[str]]) -> Iterator[Problem]:
    every = {name for properties in known for name in properties}
    if asked.name not in every:
        near = get_close_matches(asked.name, sorted(every), 1, _LIKENESS)
        yield problems.unknown_event_property(node, field, asked.name, near[0] if near else None)
    elif not asked.defaulted and not all(asked.name in properties for properties in known):
        yield problems.event_value_missing(node, field, asked.name)
