"""Ready-made automations to begin with, in the workspace's own names and the author's language."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from app.adapters.catalog import load_catalog
from app.errors import NotFound
from app.services.automation_templates import hot_lead_alert, lead_scoring, re_engagement, welcome_series
from nodes.catalog import Catalog
from nodes.texts import Language, Text
from workflows.document import Document, dump


class Template(NamedTuple):
    """A ready-made automation; `build` writes it for a workspace and a language."""

    name: Text
    description: Text
    build: Callable[[Catalog, Language], Document]


class TemplateView(NamedTuple):
    """A template as the gallery shows it."""

    key: str
    name: str
    description: str
    document: Mapping[str, Any]


TEMPLATES: Final[Mapping[str, Template]] = MappingProxyType(
    {
        module.__name__.rpartition(".")[2]: Template(module.NAME, module.DESCRIPTION, module.build)
        for module in (lead_scoring, hot_lead_alert, welcome_series, re_engagement)
    }
)


def every(language: Language) -> list[TemplateView]:
    """Return all templates in a language."""
    catalog = load_catalog()
    return [
        TemplateView(key, each.name.say(language), each.description.say(language), dump(each.build(catalog, language)))
        for key, each in TEMPLATES.items()
    ]


def build(key: str, language: Language) -> Document:
    """Write the document of one template; raises NotFound."""
    if key not in TEMPLATES:
        raise NotFound.thing("template", key)
    return TEMPLATES[key].build(load_catalog(), language)
