"""Conditions as they were judged, in words: a tree of parts, and what was missing."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, NamedTuple

from app.services.event_words import say_of
from app.services.path_words import say_ending, say_values
from nodes.catalog import Catalog
from nodes.conditions import All, AnyOf, Comparison, Condition, EventField, Leaf, Not, describe, parse
from nodes.conditions.subjects import OfEvent
from nodes.contract import Node, Walkable
from nodes.errors import ConditionError
from nodes.event_fields import named_fields
from nodes.registry import registry
from nodes.runs import PathStep
from nodes.texts import Language, Text, join, same
from workflows.document import Document
from workflows.reasons import Mismatch, Weighed, lacking, questions, retrace, retrace_all
from workflows.sentence import summaries

_GROUPS: Final[Mapping[type[Condition], Text]] = {
    All: Text("all of these", "toutes ces conditions", "всё из этого"),
    AnyOf: Text("any of these", "l’une de ces conditions", "хотя бы одно"),
    Not: Text("not", "pas", "не"),
}
_WOULD: Final = Text(
    "Would have gone {way} with: {missing}",
    "Serait allé vers {way} avec : {missing}",
    "Путь «{way}» был бы при: {missing}",
)
_LACKED: Final = Text(
    "would have gone {way} with {missing}; it was {actual}",
    "serait allé vers {way} avec {missing} ; c’était {actual}",
    "путь «{way}» был бы при {missing}; было {actual}",
)
_FOREIGN: Final = (Mismatch, ConditionError, KeyError, IndexError)


class Part(NamedTuple):
    """A part of a condition: in words, the value it met, and whether it held (None: it was not looked at)."""

    text: str
    actual: str | None
    holds: bool | None
    parts: list["Part"]


class Branch(NamedTuple):
    """A question of a step: by which way contacts leave for whom it holds, and what was missing (and came instead)."""

    way: str
    part: Part
    missing: str | None
    lacked: Text | None = None


class StepReason(NamedTuple):
    """One step of a way: by which way it was left, and why. `missing`: what would have led elsewhere."""

    node: str
    title: str
    at: Any
    port: str
    way: str | None
    because: str | None
    branches: list[Branch]


class Teller:
    """Says the reasons of one version in one language."""

    def __init__(self, document: Document, catalog: Catalog, language: Language) -> None:
        self.document = document
        self._entries = {each.id: each for each in document.nodes}
        self._titles = summaries(document, registry(), catalog)
        self._catalog = catalog
        self._language = language

    def title(self, node: str) -> str:
        """Return the sentence of a step."""
        return self._titles.get(node, same(node)).say(self._language)

    def step(self, step: PathStep) -> StepReason:
        """Say why a step was left as it was."""
        ending = say_ending(step, self._catalog)
        why = ending or (say_values(step, self._catalog) if step.values else None)
        return StepReason(
            step.node,
            self.title(step.node),
            step.at,
            step.port,
            None if ending else self._way(step.node, step.port),
            why and why.say(self._language),
            self._branches(step),
        )

    def part(self, weighed: Weighed, asked: Sequence[EventField] = ()) -> Part:
        """Say a condition as it was judged; `asked` are the properties of the event that have a name."""
        condition = weighed.condition
        words = describe(condition, self._catalog, asked) if isinstance(condition, Leaf) else _GROUPS[type(condition)]
        compared = weighed.compared
        return Part(
            words.say(self._language),
            _actual(compared, asked).say(self._language) if compared else None,
            weighed.holds,
            [self.part(each, asked) for each in weighed.parts],
        )

    def missing(self, weighed: Weighed, asked: Sequence[EventField] = ()) -> str:
        """Say what would have had to hold."""
        return describe(lacking(weighed), self._catalog, asked).say(self._language)

    def _branches(self, step: PathStep) -> list[Branch]:
        if step.port == "exit_condition":
            return self._exits(step)
        found = self._node(step.node)
        if found is None or not step.values:
            return []
        node, config = found
        try:
            weighed = retrace_all(questions(node, config), step.values)
        except _FOREIGN:
            return []
        ports = node.ports_of(config)
        heard = node.hears(config) if isinstance(node, Walkable) else ()
        asked = [field for topic in heard for field in named_fields(topic.event)]
        return [
            self._branch(ports.get(question.port, same(question.port)), each, asked, taken=question.port == step.port)
            for question, each in weighed
        ]

    def _branch(self, way: Text, weighed: Weighed, asked: Sequence[EventField], *, taken: bool) -> Branch:
        name, part = way.say(self._language), self.part(weighed, asked)
        if taken or weighed.holds is not False:
            return Branch(name, part, None)
        missing = describe(lacking(weighed), self._catalog, asked)
        said = _WOULD.format(way=way, missing=missing).say(self._language)
        actual = join(", ", [_actual(each, asked) for each in _failed(weighed)])
        return Branch(name, part, said, _LACKED.format(way=way, missing=missing, actual=actual))

    def _exits(self, step: PathStep) -> list[Branch]:
        """Find the exit condition that was met: the one that the values belong to."""
        settings = self.document.settings
        written = [(each, "") for each in settings.exit_conditions]
        written += [(each["filter"], each["event"]) for each in settings.exit_events if "filter" in each]
        return [
            Branch("", self.part(weighed, named_fields(event)), None)
            for condition, event in written
            for weighed in _fitting([parse(condition)], step)
        ][:1]

    def _node(self, node: str) -> tuple[Node, Mapping[str, Any]] | None:
        entry = self._entries.get(node)
        known = registry().get(entry.type) if entry else None
        return (known, entry.config) if entry and known else None

    def _way(self, node: str, port: str) -> str | None:
        found = self._node(node)
        ports = found[0].ports_of(found[1]) if found else {}
        return ports.get(port, same(port)).say(self._language) if len(ports) > 1 else None


def _actual(compared: Comparison, asked: Sequence[EventField]) -> Text:
    """Say the value that was met, as the choice is called that it is one of."""
    field = next((each for each in asked if compared.subject == OfEvent(each.key).name), None)
    return say_of(field, compared.actual)


def _failed(weighed: Weighed) -> list[Comparison]:
    """Return the comparisons that decided against."""
    if weighed.compared is not None:
        return [weighed.compared]
    return [each for part in weighed.parts if part.holds is not None for each in _failed(part)]


def _fitting(conditions: Iterable[Condition], step: PathStep) -> Iterable[Weighed]:
    for condition in conditions:
        try:
            weighed = retrace(condition, step.values)
        except Mismatch:
            continue
        if weighed.holds and step.values:
            yield weighed
