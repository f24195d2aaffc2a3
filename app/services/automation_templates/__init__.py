"""Ready-made automations to begin with, in the workspace's own names and the author's language."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from app import permissions
from app.adapters.catalog import load_catalog
from app.errors import NotFound
from app.services import attributes
from app.services.automation_templates import (
    abandoned_interest,
    birthday,
    cadence,
    deal_stalled,
    hot_lead_alert,
    lead_scoring,
    nurturing,
    post_purchase,
    re_engagement,
    sunset,
    webinar_follow_up,
    welcome_series,
)
from nodes.catalog import Catalog, Kind
from nodes.texts import Language, Text
from workflows.document import Document, dump


class Template(NamedTuple):
    """A ready-made automation; `build` writes it for a workspace and a language. `needs` are attributes by name."""

    name: Text
    description: Text
    build: Callable[[Catalog, Language], Document]
    needs: Mapping[str, Kind]


class TemplateView(NamedTuple):
    """A template as the gallery shows it."""

    key: str
    name: str
    description: str
    document: Mapping[str, Any]


TEMPLATES: Final[Mapping[str, Template]] = MappingProxyType(
    {
        module.__name__.rpartition(".")[2]: Template(
            module.NAME, module.DESCRIPTION, module.build, getattr(module, "NEEDS", {})
        )
        for module in (
            lead_scoring,
            hot_lead_alert,
            welcome_series,
            nurturing,
            abandoned_interest,
            cadence,
            deal_stalled,
            post_purchase,
            webinar_follow_up,
            birthday,
            re_engagement,
            sunset,
        )
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
    return _find(key).build(load_catalog(), language)


def furnish(key: str) -> None:
    """Make the attributes that a template needs and the workspace lacks, if the actor may; raises NotFound.

    For those who may not, the draft says what is missing.
    """
    needs = _find(key).needs
    actor = permissions.current()
    if actor is not None and not actor.may("attributes.edit"):
        return
    for name in needs.keys() - load_catalog().attributes.keys():
        attributes.create(name, needs[name])


def _find(key: str) -> Template:
    if key not in TEMPLATES:
        raise NotFound.thing("template", key)
    return TEMPLATES[key]
