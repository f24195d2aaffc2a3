"""An automation in words: each step's summary, and the whole in one sentence."""

from collections.abc import Mapping
from typing import Final

from nodes.catalog import Catalog
from nodes.contract import Node, Trigger
from nodes.texts import SEMICOLON, Text, join, same
from workflows.document import Document, NodeEntry
from workflows.graph import targets

Registry = Mapping[str, Node]
MOST_STEPS: Final = 40

_UNKNOWN = Text("Unknown step “{type}”", "Étape inconnue « {type} »", "Неизвестный шаг «{type}»")
_EMPTY = Text("Nothing happens yet.", "Il ne se passe encore rien.", "Пока ничего не происходит.")
_OR = Text(" or ", " ou ", " или ")
_ARROW: Final = " → "


def summaries(document: Document, registry: Registry, catalog: Catalog) -> dict[str, Text]:
    """Return a phrase for each step; the name of its type while its configuration is not right yet."""
    return {node.id: _summary(node, registry, catalog) for node in document.nodes}


def sentence(document: Document, registry: Registry, catalog: Catalog) -> Text:
    """Say what the automation does: “Email opened or Web push clicked → Add 5 to SCORE → …”."""
    teller = _Teller(document, registry, summaries(document, registry, catalog))
    ways = [teller.way(starts, first) for first, starts in teller.beginnings().items()]
    return join(". ", ways) if ways else _EMPTY


def _summary(node: NodeEntry, registry: Registry, catalog: Catalog) -> Text:
    node_type = registry.get(node.type)
    if node_type is None:
        return _UNKNOWN.format(type=node.type)
    schema = node_type.schema()
    if schema.check(node.config, catalog):
        return node_type.label
    return node_type.summary(schema.visible(node.config), catalog)


class _Teller:
    """Tells each step once, following its ports in order."""

    def __init__(self, document: Document, registry: Registry, phrases: Mapping[str, Text]) -> None:
        self.document = document
        self.types = {node.id: registry.get(node.type) for node in document.nodes}
        self.ports = {node.id: typed.ports_of(node.config) for node in document.nodes if (typed := self.types[node.id])}
        self.phrases = phrases
        self.targets = targets(document)
        self.told: set[str] = set()

    def beginnings(self) -> dict[str | None, list[str]]:
        """Return the triggers, grouped by the step they lead to."""
        found: dict[str | None, list[str]] = {}
        for node, node_type in self.types.items():
            if isinstance(node_type, Trigger):
                found.setdefault(self._next(node, next(iter(self.ports[node]))), []).append(node)
        return found

    def way(self, starts: list[str], first: str | None) -> Text:
        """Tell what starts a way, and the way."""
        start = join(_OR, [self.phrases[node] for node in starts])
        return start if first is None else join(_ARROW, [start, self._from(first)])

    def _from(self, node: str) -> Text:
        phrases: list[Text] = []
        step: str | None = node
        while step is not None:
            phrases.append(self.phrases[step])
            if step in self.told or len(self.told) >= MOST_STEPS:
                return join(_ARROW, [*phrases, same("…")])
            self.told.add(step)
            ports = self.ports.get(step, {})
            if len(ports) > 1:
                phrases[-1] = self._branches(step, phrases[-1], ports)
                break
            step = next((self._next(step, port) for port in ports), None)
        return join(_ARROW, phrases)

    def _branches(self, node: str, phrase: Text, ports: Mapping[str, Text]) -> Text:
        led = [(label, target) for port, label in ports.items() if (target := self._next(node, port))]
        ways = [join(_ARROW, [label, self._from(target)]) for label, target in led]
        return same("{what} ({ways})").format(what=phrase, ways=join(SEMICOLON, ways)) if ways else phrase

    def _next(self, node: str, port: str) -> str | None:
        return self.targets.get((node, port))
