"""Looking for words in automations: in the types of their steps, the attributes they use, and all that they say."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from nodes.catalog import Catalog
from nodes.conditions import attributes_in
from nodes.fields import NodeSchema, TemplateId
from nodes.texts import Text, same
from workflows.document import Document, NodeEntry
from workflows.sentence import Registry, summaries
from workflows.settings import Settings
from workflows.settings_words import say_settings, say_written

Place: TypeAlias = Literal["type", "attribute", "text"]
# Hours say the same everywhere: whoever looks for “wait” means steps.
_EXITS: Final = ("exit_conditions", "exit_events")


class Words(NamedTuple):
    """Something that a step says. `node` is None for the settings of the whole automation."""

    node: str | None
    place: Place
    text: Text


def words_of(document: Document, registry: Registry, catalog: Catalog, mails: Mapping[int, str]) -> list[Words]:
    """Return all that can be found of a document, step by step; what is said twice of a step only once.

    `mails` is what each template of mail says, by its number.
    """
    settings = say_settings(document.settings, catalog)
    found = [Words(None, "text", settings[name]) for name in _EXITS if name in settings]
    found += [Words(None, "attribute", same(name)) for name in sorted(_exit_attributes(document.settings))]
    phrases = summaries(document, registry, catalog)
    for node in document.nodes:
        found += dict.fromkeys(_words(node, phrases[node.id], registry, catalog))
        found += [Words(node.id, "text", same(mails[each])) for each in _templates(node, registry) if each in mails]
    return found


def _exit_attributes(settings: Settings) -> set[str]:
    filters = [each.get("filter") for each in settings.exit_events]
    return {name for written in (*settings.exit_conditions, *filters) for name in attributes_in(written)}


def _words(node: NodeEntry, phrase: Text, registry: Registry, catalog: Catalog) -> Iterator[Words]:
    node_type = registry.get(node.type)
    yield Words(node.id, "type", node_type.label if node_type else same(node.type))
    yield Words(node.id, "text", phrase)
    config = node_type.schema().masked(node.config) if node_type else node.config
    if node_type:
        yield from (Words(node.id, "attribute", same(name)) for name in sorted(node_type.schema().attributes(config)))
    if node_type and not node_type.schema().check(config, catalog):
        yield from (Words(node.id, "text", each) for each in _conditions(node_type.schema(), config, catalog))
    yield from (Words(node.id, "text", same(text)) for text in _leaves(config))


def _templates(node: NodeEntry, registry: Registry) -> Iterator[int]:
    """Return the templates of mail that a step sends."""
    node_type = registry.get(node.type)
    fields = node_type.schema().form if node_type else {}
    for name, field in fields.items():
        number = node.config.get(name)
        if isinstance(field, TemplateId) and isinstance(number, int):
            yield number


def _conditions(schema: NodeSchema, config: Mapping[str, Any], catalog: Catalog) -> Iterator[Text]:
    """Say the conditions of a (valid) configuration: they name lists and the like by numbers."""
    for name, value in schema.visible(config).items():
        for _, written in schema.form[name].conditions(value):
            said = say_written(written, catalog)
            if said:
                yield said


def _leaves(value: Any) -> Iterator[str]:  # noqa: ANN401 - any JSON
    """Return the texts in a configuration, without the keys of its objects."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _leaves(each)
    elif isinstance(value, list):
        for each in value:
            yield from _leaves(each)
