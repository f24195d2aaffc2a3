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

from nodes.quiet import OwnQuietHoursSchema
from workflows.json_text import JsonProblem, check_json, parse_json, shortened, tidy
from workflows.strict import BoundedDict, BoundedList, Flag

FORMAT: Final = "cadenza.automation/1"
MOST_NODES: Final = 500
MOST_EDGES: Final = 2_000
MOST_FAULTS: Final = 100
MOST_ENTRIES: Final = 10_000_000
LONGEST_NAME: Final = 200
_CLOCK: Final = validate.Regexp(r"\A([01]\d|2[0-3]):[0-5]\d\Z")
Fault: TypeAlias = tuple[str, str]


class DocumentError(ValueError):
    """A text or data is not a document; `faults` are pairs of a path and what is wrong there."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("; ".join(f"{path}: {message}" if path else message for path, message in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class Settings:
    """How contacts enter and leave.

    Whoever meets one of `exit_conditions` leaves; each is a written condition. So does whoever one of `exit_events`
    happens to: each names an `event` and may have a `filter`, a written condition. Runs of one contact with different
    values of the event property `run_key` go on at the same time. At most `entry_limit` runs begin a day, and only
    within `entry_hours`: `days` (1 is Monday), `from`, `to`, and what becomes of the others, `outside` them (`wait` or
    `refuse`). `quiet_hours` are the automation's own, in place of the workspace's: see `nodes.quiet`.
    """

    re_entry: bool = False
    exit_conditions: tuple[Mapping[str, Any], ...] = ()
    exit_events: tuple[Mapping[str, Any], ...] = ()
    run_key: str = ""
    entry_limit: int | None = None
    entry_hours: Mapping[str, Any] | None = None
    quiet_hours: Mapping[str, Any] | None = None
    time_zone: str = "contact"


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
    """One automation. `layout` holds where steps stand on the canvas, apart from what they mean."""

    name: str
    settings: Settings = field(default_factory=Settings)
    nodes: tuple[NodeEntry, ...] = ()
    edges: tuple[Edge, ...] = ()
    layout: Mapping[str, tuple[float, float]] = field(default_factory=dict)


class ExitEventSchema(Schema):
    """An event that ends runs, as written."""

    class Meta:
        unknown = RAISE

    event = fields.String(required=True, validate=validate.Length(max=255))
    filter = fields.Dict()


class EntryHoursSchema(Schema):
    """When contacts may enter, as written."""

    class Meta:
        unknown = RAISE

    days = BoundedList(
        fields.Integer(strict=True, validate=validate.Range(1, 7)), required=True, validate=validate.Length(1, 7)
    )
    opens = fields.String(required=True, data_key="from", validate=_CLOCK)
    closes = fields.String(required=True, data_key="to", validate=_CLOCK)
    outside = fields.String(required=True, validate=validate.OneOf(["wait", "refuse"]))

    @validates_schema
    def _in_order(self, data: dict[str, Any], **kwargs: object) -> None:
        if data["opens"] >= data["closes"]:
            raise ValidationError("Must be later than “from”.", "to")

    @post_load
    def make(self, data: dict[str, Any], **kwargs: object) -> dict[str, Any]:
        days = sorted(set(data["days"]))
        return {"days": days, "from": data["opens"], "to": data["closes"], "outside": data["outside"]}


class SettingsSchema(Schema):
    """Settings as written."""

    class Meta:
        unknown = RAISE

    re_entry = Flag(load_default=False)
    exit_conditions = BoundedList(fields.Dict(), load_default=list, validate=validate.Length(max=20))
    exit_events = BoundedList(fields.Nested(ExitEventSchema), load_default=list, validate=validate.Length(max=20))
    run_key = fields.String(load_default="", validate=validate.Length(max=100))
    entry_limit = fields.Integer(
        load_default=None, allow_none=True, strict=True, validate=validate.Range(1, MOST_ENTRIES)
    )
    entry_hours = fields.Nested(EntryHoursSchema, load_default=None, allow_none=True)
    quiet_hours = fields.Nested(OwnQuietHoursSchema, load_default=None, allow_none=True)
    time_zone = fields.String(load_default="contact", validate=validate.OneOf(["contact"]))

    @post_load
    def make(self, data: dict[str, Any], **kwargs: object) -> Settings:
        return Settings(**data | {name: tuple(data[name]) for name in ("exit_conditions", "exit_events")})


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

    @post_load
    def make(self, data: dict[str, Any], **kwargs: object) -> Document:
        return Document(data["name"], data["settings"], tuple(data["nodes"]), tuple(data["edges"]), data["layout"])


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
        "settings": _written(document.settings),
        "nodes": [{"id": node.id, "type": node.type, "config": tidy(node.config)} for node in nodes],
        "edges": [{"from": edge.source, "port": edge.port, "to": edge.target} for edge in edges],
        "layout": {node: tidy(place) for node, place in places},
    }


def dumps(document: Document) -> str:
    """Print the document: UTF-8 text, two spaces deep, with a newline at its end."""
    return json.dumps(dump(document), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _written(settings: Settings) -> dict[str, Any]:
    """Return the settings as JSON data; what is seldom used is written only when it is."""
    written: dict[str, Any] = {
        "re_entry": settings.re_entry,
        "exit_conditions": [tidy(condition) for condition in settings.exit_conditions],
    }
    if settings.exit_events:
        written["exit_events"] = [tidy(event) for event in settings.exit_events]
    for name in ("run_key", "entry_limit", "entry_hours", "quiet_hours"):
        if value := getattr(settings, name):
            written[name] = tidy(value)
    return written | {"time_zone": settings.time_zone}


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
