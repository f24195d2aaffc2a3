"""A version of an automation, compiled: what runs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_

from nodes.catalog import Catalog
from nodes.contract import Configuration, Node, Trigger, Walkable
from nodes.errors import UnknownNodeType
from nodes.world import Reads, Topic
from workflows.document import Document
from workflows.graph import order, targets


@dataclass(frozen=True, slots=True)
class PlanTrigger:
    """A way in; `topic` is what it listens to, `config` is prepared."""

    id: str
    type: Trigger
    config: Configuration
    topic: Topic


@dataclass(frozen=True, slots=True)
class PlanStep:
    """A step to walk through, with its prepared configuration."""

    id: str
    type: Walkable
    config: Configuration


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """One version, ready to run: its ways in, its steps in topological order, where each port leads, what it reads.

    Events that were received before `since` do not count.
    """

    automation: int
    version: int
    since: datetime | None
    re_entry: bool
    triggers: tuple[PlanTrigger, ...]
    steps: tuple[PlanStep, ...]
    targets: Mapping[tuple[str, str], str]
    reads: Reads


@dataclass(frozen=True, slots=True)
class Source:
    """What a plan is compiled from: a version's document and what it belongs to."""

    automation: int
    version: int
    since: datetime | None
    document: Document


def compile_plan(source: Source, registry: Mapping[str, Node], catalog: Catalog) -> Plan:
    """Compile a valid document. Raises `UnknownNodeType` or `ConditionError` for what validation would have refused."""
    triggers: list[PlanTrigger] = []
    steps: list[PlanStep] = []
    reads: list[Reads] = []
    document = source.document
    stored = {node.id: node for node in document.nodes}
    for node_id in order(document):
        node = stored[node_id]
        if node.type not in registry:
            raise UnknownNodeType(node.type)
        node_type = registry[node.type]
        schema = node_type.schema()
        config, stated = schema.prepare(node.config, catalog), schema.visible(node.config)
        reads.append(node_type.reads(stated))
        if isinstance(node_type, Trigger):
            triggers.append(PlanTrigger(node_id, node_type, config, node_type.topic(stated)))
        elif isinstance(node_type, Walkable):
            steps.append(PlanStep(node_id, node_type, config))
    return Plan(
        source.automation,
        source.version,
        source.since,
        document.settings.re_entry,
        tuple(triggers),
        tuple(steps),
        targets(document),
        reduce(or_, reads, Reads()),
    )


def topics(document: Document, registry: Mapping[str, Node]) -> tuple[Topic, ...]:
    """Return what a document listens to, without compiling it."""
    found = ((registry.get(node.type), node.config) for node in document.nodes)
    return tuple(
        node_type.topic(node_type.schema().visible(config))
        for node_type, config in found
        if isinstance(node_type, Trigger)
    )
