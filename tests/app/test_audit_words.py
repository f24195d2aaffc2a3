"""Whatever the log of changes records has words on its page."""

import ast
import json
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from typing import Any, Final, NamedTuple, get_args

import pytest

from app.models import Company
from app.permissions import ROLES
from app.services.automations.pausing import Overdue
from app.services.contacts.inputs import FieldName
from app.services.dead_letters import ENROLLMENT, EVENT, Replayed
from app.services.deals import DealChanges
from app.services.lists import ListChanges
from app.services.pipelines import PipelineChanges
from app.services.users import UserChanges
from app.services.workspace import WorkspaceChanges
from app.settings import CHECKOUT
from nodes.catalog import Kind
from workflows.moving import Way

# The other languages have the same keys: frontend/src/i18n/texts.test.ts sees to it.
RECORDERS: Final = {"audit.record", "audit.record_once"}
TEXTS: Final = CHECKOUT / "frontend" / "src" / "i18n" / "en"

WRITTEN: Final[Mapping[str, Iterable[str]]] = {
    "dict(changes)": WorkspaceChanges.__annotations__,
    "people.told(version, choices)": ("version", "people"),
    "replayed._asdict()": Replayed._fields,
    "told(version, choices)": ("version", "people"),
}
"""The keys of details that are made elsewhere."""

FIELDS: Final[Mapping[str, Iterable[str]]] = {
    "app.services.companies": {column.name for column in Company.__table__.columns}
    - {"id", "created_at", "modified_at"},
    "app.services.contacts.single": (*get_args(FieldName), "lists", "tags"),
    "app.services.deals": DealChanges.__annotations__,
    "app.services.lists": ListChanges.__annotations__,
    "app.services.pipelines": PipelineChanges.__annotations__,
    "app.services.segments": ("name", "condition"),
    "app.services.users": UserChanges.__annotations__,
}
"""What may be said to have changed, of the modules that tell it."""


class Place(NamedTuple):
    """A function that records something, and the module it stands in."""

    name: str
    module: ast.Module
    function: ast.FunctionDef


class Recorded(NamedTuple):
    """What one call may record. `keys` are those of the detail, and the fields that it may name."""

    actions: frozenset[str]
    entities: frozenset[str]
    keys: frozenset[str]


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted((CHECKOUT / "app").rglob("*.py")):
        yield ".".join(path.relative_to(CHECKOUT).with_suffix("").parts), ast.parse(path.read_text())


def places() -> Iterator[Place]:
    for name, module in modules():
        yield from (Place(name, module, node) for node in ast.walk(module) if isinstance(node, ast.FunctionDef))


def calls_of(place: Place) -> Iterator[ast.Call]:
    nodes = (node for node in ast.walk(place.function) if isinstance(node, ast.Call))
    return (call for call in nodes if ast.unparse(call.func) in RECORDERS)


def found(values: Iterator[str], node: ast.expr, place: Place) -> list[str]:
    """What is found, which must be something."""
    return list(values) or pytest.fail(f"{place.name}: the test cannot tell what {ast.unparse(node)} may be")


def texts_of(node: ast.expr, place: Place) -> Iterator[str]:
    """What an argument may be: as it is written, a constant of the module, or what the function is called with."""
    parameters = [each.arg for each in place.function.args.args]
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.Name(id=name) if name in parameters:
            for call in ast.walk(place.module):
                if isinstance(call, ast.Call) and ast.unparse(call.func) == place.function.name:
                    yield from texts_of(call.args[parameters.index(name)], place)
        case ast.Name(id=name):
            yield getattr(import_module(place.name), name)


def keys_of(detail: ast.expr | None, place: Place) -> Iterator[str]:
    match detail:
        case None:
            return
        case ast.Dict(keys=keys, values=values):
            for key, value in zip(keys, values, strict=True):
                names = keys_of(value, place) if key is None else texts_of(key, place)
                yield from names
                if isinstance(key, ast.Constant) and key.value in {"changed", "fields"}:
                    yield from fields_of(value, place)
        case ast.Name(id=name):
            steps = (step for step in ast.walk(place.function) if isinstance(step, ast.Assign))
            made = (step.value for step in steps if ast.unparse(step.targets[0]) == name)
            yield from found((key for value in made for key in keys_of(value, place)), detail, place)
        case _:
            yield from WRITTEN[ast.unparse(detail)]


def fields_of(value: ast.expr, place: Place) -> Iterator[str]:
    if isinstance(value, ast.List):
        yield from (text for each in value.elts for text in texts_of(each, place))
    else:
        yield from FIELDS[place.name]


def recorded() -> Iterator[Recorded]:
    for place in places():
        for call in calls_of(place):
            named = {each.arg: each.value for each in call.keywords}
            given = dict(zip(("action", "entity", "entity_id", "detail"), call.args, strict=False)) | named
            action, entity = (found(texts_of(given[each], place), given[each], place) for each in ("action", "entity"))
            keys = keys_of(given.get("detail"), place)
            yield Recorded(frozenset(action), frozenset(entity), frozenset(keys))


@pytest.fixture(scope="module")
def calls() -> list[Recorded]:
    return list(recorded())


@pytest.fixture(scope="module")
def words() -> dict[str, Any]:
    """The words of the page."""
    audit: dict[str, Any] = json.loads((TEXTS / "settings.json").read_text())["audit"]
    return audit


def union(sets: Iterable[frozenset[str]]) -> set[str]:
    return {each for some in sets for each in some}


def test_every_action_is_told_in_words(calls: list[Recorded], words: dict[str, Any]):
    """As a whole, or by its verb; and there are no words for what is never recorded."""
    actions = union(call.actions for call in calls)
    whole = {f"{entity}.{verb}" for entity, verbs in words["action"].items() for verb in verbs}
    assert whole <= actions
    assert {action.rpartition(".")[2] for action in actions - whole} == words["verb"].keys()


def test_every_entity_has_a_name(calls: list[Recorded], words: dict[str, Any]):
    """Of each kind that is recorded, and of no other."""
    assert union(call.entities for call in calls) == words["entity"].keys()


def test_every_detail_has_a_name(calls: list[Recorded], words: dict[str, Any]):
    """The details, and the fields that changed; who was moved is told in a phrase."""
    assert union(call.keys for call in calls) - {"people"} == words["detail"].keys()


@pytest.mark.parametrize(
    ("values", "file", "within"),
    [
        (Kind, "settings", "kind"),
        (ROLES, "common", "role"),
        ((EVENT, ENROLLMENT), "operations", "deadLetters.kinds"),
        (get_args(Overdue), "standstill", "resume"),
        (get_args(Way), "versions", "people"),
    ],
)
def test_every_choice_has_words(values: Iterable[str], file: str, within: str):
    """What a detail may be is said as the screens say it where it is chosen."""
    words: dict[str, Any] = json.loads((TEXTS / f"{file}.json").read_text())
    for part in within.split("."):
        words = words[part]
    assert set(values) <= words.keys()


def test_nothing_is_recorded_past_this_test():
    """The log is written by `audit.record` alone, called by that name, in a function."""
    seen = [(place.name, call.lineno) for place in places() for call in calls_of(place)]
    for name, module in modules():
        for node in ast.walk(module):
            if isinstance(node, ast.Attribute) and ast.unparse(node) in RECORDERS:
                assert (name, node.lineno) in seen
            if isinstance(node, ast.ImportFrom) and name != "app.services.audit":
                imported = {each.name: each.asname for each in node.names}
                assert node.module != "app.services.audit" or imported.keys() <= {"Entry"}, name
                assert imported.get("audit") is None, name
                assert "AuditEntry" not in imported or node.module != "app.models", name
