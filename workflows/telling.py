"""An automation as a text to read: what starts it, then each step on a line, what branches do further in."""

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple, TypeAlias

from nodes.catalog import Catalog
from nodes.contract import Trigger
from nodes.texts import Text, join
from workflows.document import Document
from workflows.graph import targets
from workflows.sentence import Registry, summaries

_OR = Text(" or ", " ou ", " или ")
_WHEN = Text("When: {what}", "Quand : {what}", "Когда: {what}")
_THEN = Text("then: {what}", "puis : {what}", "затем: {what}")
_IF = Text("if “{port}”:", "si « {port} » :", "если «{port}»:")
_ELSE = Text("else, “{port}”:", "sinon, « {port} » :", "иначе, «{port}»:")
_END = Text("the way ends", "le parcours se termine", "путь заканчивается")
_GO_ON = Text("go on at “{what}” above", "continuer à « {what} » ci-dessus", "продолжить с «{what}» выше")
_NEVER = Text("Nothing leads to: {what}", "Rien ne mène à : {what}", "Ничто не ведёт к: {what}")
_EMPTY = Text("Nothing happens yet.", "Il ne se passe encore rien.", "Пока ничего не происходит.")


_BRANCHING: Final = 2
_Way: TypeAlias = tuple[str | None, int]


class Line(NamedTuple):
    """One line of the text, `depth` steps further in; `node` is the step it speaks of, if it is one."""

    depth: int
    node: str | None
    text: Text


def tell(document: Document, registry: Registry, catalog: Catalog) -> list[Line]:
    """Return the text: every step is told once, where ways join the later ones say where they go on."""
    teller = _Teller(document, registry, summaries(document, registry, catalog))
    return list(teller.lines()) or [Line(0, None, _EMPTY)]


class _Teller:
    """Tells each step once, following its ports in order."""

    def __init__(self, document: Document, registry: Registry, phrases: Mapping[str, Text]) -> None:
        self.phrases = phrases
        self.targets = targets(document)
        types = {node.id: registry.get(node.type) for node in document.nodes}
        self.triggers = [node for node, each in types.items() if isinstance(each, Trigger)]
        self.ports = {node.id: typed.ports_of(node.config) for node in document.nodes if (typed := types[node.id])}
        self.told: set[str] = set()

    def lines(self) -> Iterator[Line]:
        """Tell what the triggers start, then what nothing leads to."""
        begun: dict[str | None, list[str]] = {}
        for node in self.triggers:
            begun.setdefault(self._next(node), []).append(node)
        for first, starts in begun.items():
            self.told.update(starts)
            yield Line(0, starts[0], _WHEN.format(what=join(_OR, [self.phrases[node] for node in starts])))
            yield from self._unfold([(first, 0)])
        led_to = set(self.targets.values())
        for node in sorted(self.phrases, key=led_to.__contains__):
            if node not in self.told:
                self.told.add(node)
                yield Line(0, node, _NEVER.format(what=self.phrases[node]))
                yield from self._unfold(self._ways(node, 0))

    def _unfold(self, ways: list[Line | _Way]) -> Iterator[Line]:
        """Tell ways step by step until they end, or join one that was told; a loop, for branches nest deeply."""
        todo = ways[::-1]
        while todo:
            each = todo.pop()
            if isinstance(each, Line):
                yield each
                continue
            node, depth = each
            if node is None:
                yield Line(depth, None, _END)
            elif node in self.told:
                yield Line(depth, node, _GO_ON.format(what=self.phrases[node]))
            else:
                self.told.add(node)
                yield Line(depth, node, _THEN.format(what=self.phrases[node]))
                todo += self._ways(node, depth)[::-1]

    def _ways(self, node: str, depth: int) -> list[Line | _Way]:
        """Return what follows a step: the next one, or for each branch its word and its first step."""
        ports = self.ports.get(node, {})
        if len(ports) < _BRANCHING:
            return [(self._next(node), depth)]
        *others, last = ports
        found: list[Line | _Way] = []
        for port in (*others, last):
            words = _ELSE if port == last else _IF
            found += [
                Line(depth + 1, None, words.format(port=ports[port])),
                (self.targets.get((node, port)), depth + 2),
            ]
        return found

    def _next(self, node: str) -> str | None:
        """Return the step that the first way out leads to."""
        return next((self.targets.get((node, port)) for port in self.ports.get(node, {})), None)
