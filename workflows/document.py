"""The stored form of an automation, `cadenza.automation/1`: one JSON document, the same everywhere.

A printed document is canonical: the same automation gives the same bytes, whatever order its parts were written in.
Steps of unknown types, and whatever their configuration holds, survive unchanged.
"""

import heapq
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final, TypeAlias

from marshmallow import RAISE, Schema, ValidationError, fields, post_load, validate, validates_schema

from workflows.groups import FEWEST, Group, GroupSchema, demand_sound
from workflows.groups import written as written_groups
from workflows.json_text import JsonProblem, check_json, parse_json, shortened, tidy
from workflows.settings import Settings, SettingsSchema, written
from workflows.strict import BoundedDict, BoundedList

FORMAT: Final = "cadenza.automation/1"
MOST_NODES: Final = 500
MOST_EDGES: Final = 2_000
MOST_FAULTS: Final = 100
LONGEST_NAME: Final = 200
Fault: TypeAlias = tuple[str, str]


class DocumentError(ValueError):
    """A text or data is not a document; `faults` are pairs of a path and what is wrong there."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(f"{path}: {message}" if path else message for path, message in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class NodeEntry:
    """One step: its type's key and its configuration, as written."""

    id: str
    type: str
    config: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edge:
    """A way from one step's port to the next step."""

    source: str
    port: str
    target: str


@dataclass(frozen=True, slots=True)
class Document:
    """One automation. `layout` and `groups` say how it is drawn, apart from what it means."""

    name: str
    settings: Settings = field(default_factory=Settings)
    nodes: tuple[NodeEntry, ...] = ()
    edges: tuple[Edge, ...] = ()
    layout: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    groups: tuple[Group, ...] = ()


class NodeEntrySchema(Schema):
    """A step as written."""

    class Meta:
        unknown = RAISE

    id = fields.String(required=True, validate=validate.Regexp(r"\A[A-Za-z0-9_-]{1,64}\Z"))
    type = fields.String(required=True, validate=validate.Regexp(r"\A[a-z][a-z0-9_]{0,63}\Z"))
    config = fields.Dict(load_default=dict)

    @post_load
    def make(self, data: dict[str, Any], **kwargs: object) -> NodeEntry:
        return NodeEntry(**data)


class EdgeSchema(Schema):
    """An edge as written."""

    class Meta:
        unknown = RAISE

    source = fields.String(required=True, data_key="from", validate=validate.Length(1, 64))
    port = fields.String(required=True, validate=validate.Length(1, 64))
    target = fields.String(required=True, data_key="to", validate=validate.Length(1, 64))

    @post_load
    def make(self, data: dict[str, Any], **kwargs: object) -> Edge:
        return Edge(**data)


class DocumentSchema(Schema):
    """A document as written: what the API takes and gives, and what is exported and imported."""

    class Meta:
        unknown = RAISE

    format = fields.String(required=True, validate=validate.Equal(FORMAT, error=f"Must be “{FORMAT}”."))
    name = fields.String(required=True, validate=validate.Length(1, LONGEST_NAME))
    settings = fields.Nested(SettingsSchema, load_default=Settings)
    nodes = BoundedList(fields.Nested(NodeEntrySchema), load_default=list, validate=validate.Length(max=MOST_NODES))
    edges = BoundedList(fields.Nested(EdgeSchema), load_default=list, validate=validate.Length(max=MOST_EDGES))
    layout = BoundedDict(
        keys=fields.String(validate=validate.Length(1, 64)),
        values=fields.Tuple((fields.Float(), fields.Float())),
        load_default=dict,
        validate=validate.Length(max=MOST_NODES),
    )
    groups = BoundedList(
        fields.Nested(GroupSchema), load_default=list, validate=validate.Length(max=MOST_NODES // FEWEST)
    )

    @validates_schema
    def demand_sound_groups(self, data: dict[str, Any], **kwargs: object) -> None:
        demand_sound(data["groups"], {node.id for node in data["nodes"]})

    @post_load
    def make(self, data: dict[str, Any], **kwargs: object) -> Document:
        return Document(
            data["name"],
            data["settings"],
            tuple(data["nodes"]),
            tuple(data["edges"]),
            data["layout"],
            tuple(data["groups"]),
        )


def load(data: object) -> Document:
    """Read a document from parsed JSON. Raises DocumentError with the faults of its structure, the first hundred.

    Whether the automation makes sense is another question: see `workflows.validation`.
    """
    try:
        check_json(data)
        if not isinstance(data, Mapping):
            raise DocumentError([("", "A document is a JSON object.")])
        document: Document = DocumentSchema().load(data)
    except JsonProblem as error:
        raise DocumentError([(error.path, str(error))]) from error
    except ValidationError as error:
        raise DocumentError(list(islice(_flatten(error.messages), MOST_FAULTS))) from error
    return document


def loads(text: str | bytes) -> Document:
    """Read a printed document. Raises DocumentError."""
    try:
        data = parse_json(text)
    except JsonProblem as error:
        raise DocumentError([(error.path, str(error))]) from error
    return load(data)


def dump(document: Document) -> dict[str, Any]:
    """Return the document as JSON data, parts in canonical order."""
    nodes = _in_order(document)
    rank = {node.id: index for index, node in enumerate(nodes)}
    last = len(rank)
    edges = sorted(document.edges, key=lambda edge: (rank.get(edge.source, last), edge.source, edge.port, edge.target))
    places = sorted(document.layout.items(), key=lambda place: (rank.get(place[0], last), place[0]))
    return {
        "format": FORMAT,
        "name": document.name,
        "settings": written(document.settings),
        "nodes": [{"id": node.id, "type": node.type, "config": tidy(node.config)} for node in nodes],
        "edges": [{"from": edge.source, "port": edge.port, "to": edge.target} for edge in edges],
        "layout": {node: tidy(place) for node, place in places},
        **({"groups": written_groups(document.groups, rank)} if document.groups else {}),
    }


def dumps(document: Document) -> str:
    """Print the document: UTF-8 text, two spaces deep, with a newline at its end."""
    return json.dumps(dump(document), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _in_order(document: Document) -> list[NodeEntry]:
    """Return steps from the first to the last along the edges, by id where the way leaves it open; loops at the end."""
    waiting: dict[str, int] = dict.fromkeys((node.id for node in document.nodes), 0)
    ways: dict[str, list[str]] = {}
    for edge in document.edges:
        if edge.source in waiting and edge.target in waiting:
            waiting[edge.target] += 1
            ways.setdefault(edge.source, []).append(edge.target)
    ready = sorted(node for node, count in waiting.items() if not count)
    ranked: list[str] = []
    while ready:
        ranked.append(heapq.heappop(ready))
        for target in ways.get(ranked[-1], ()):
            waiting[target] -= 1
            if not waiting[target]:
                heapq.heappush(ready, target)
    rank = {node: index for index, node in enumerate(ranked)}
    return sorted(document.nodes, key=lambda node: (rank.get(node.id, len(rank)), node.id, node.type, _printed(node)))


def _printed(node: NodeEntry) -> str:
    return json.dumps(tidy(node.config), sort_keys=True)


def _flatten(messages: object, path: str = "") -> Iterable[Fault]:
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            yield from _flatten(inner, _step(path, key))
    elif isinstance(messages, list):
        yield from ((path, str(message)) for message in messages)


def _step(path: str, key: object) -> str:
    if isinstance(key, int):
        return f"{path}[{key}]"
    if key == "_schema":
        return path
    return f"{path}.{shortened(key)}" if path else shortened(key)
