"""Ready-made automations to begin with, in the workspace's own names and the author's language."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from app import permissions
from app.adapters.catalog import load_catalog
from app.errors import NotFound
from app.models import ConsentChannel, TemplateFormat
from app.services import attributes
from app.services.automation_templates import (
    abandoned_interest,
    birthday,
    cadence,
    deal_stalled,
    hot_lead_alert,
    interest_offer,
    lead_scoring,
    nurturing,
    post_purchase,
    re_engagement,
    sunset,
    webinar_follow_up,
    welcome_after_visit,
    welcome_series,
)
from app.services.automation_templates.parts import NEWSLETTER, Mail, newsletter
from app.services.consents import topics
from app.services.consents.topics import TopicForm
from app.services.mailing import templates as mails
from app.services.mailing.templates import Written
from nodes.catalog import Catalog, Kind
from nodes.texts import Language, Text
from workflows.document import Document, dump


class Template(NamedTuple):
    """A ready-made automation; `build` writes it for a workspace and a language.

    `needs` are attributes by name, `mails` what it sends.
    """

    name: Text
    description: Text
    build: Callable[[Catalog, Language], Document]
    needs: Mapping[str, Kind]
    mails: Sequence[Mail]


class TemplateView(NamedTuple):
    """A template as the gallery shows it."""

    key: str
    name: str
    description: str
    document: Mapping[str, Any]


TEMPLATES: Final[Mapping[str, Template]] = MappingProxyType(
    {
        module.__name__.rpartition(".")[2]: Template(
            module.NAME, module.DESCRIPTION, module.build, getattr(module, "NEEDS", {}), getattr(module, "MAILS", ())
        )
        for module in (
            lead_scoring,
            hot_lead_alert,
            welcome_series,
            nurturing,
            abandoned_interest,
            interest_offer,
            welcome_after_visit,
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


def furnish(key: str, language: Language) -> None:
    """Make the attributes, mails and the topic that a template needs and the workspace lacks, if the actor may.

    Raises NotFound.

    For those who may not, the draft says what is missing.
    """
    template, catalog, actor = _find(key), load_catalog(), permissions.current()
    if actor is None or actor.may("attributes.edit"):
        for name in template.needs.keys() - catalog.attributes.keys():
            attributes.create(name, template.needs[name])
    if (actor is None or actor.may("settings.edit")) and any(not mail.asked for mail in template.mails):
        _offer_newsletter(catalog, language)
    if actor is None or actor.may("mail.edit"):
        for mail in template.mails:
            if mail.name.say(language) not in catalog.templates.values():
                mails.create(mail.name.say(language), _written(mail, language))


def _offer_newsletter(catalog: Catalog, language: Language) -> None:
    """Make a topic that contacts can agree to, unless there is one of mail, or one of that name."""
    name = NEWSLETTER.say(language)
    if newsletter(catalog) is None and name not in {each.name for each in catalog.consent_topics.values()}:
        topics.create(TopicForm(name, "", ConsentChannel.EMAIL.value, public=True, confirm=False))


def _written(mail: Mail, language: Language) -> Written:
    paragraphs = "".join(f"<mj-text>{each}</mj-text>" for each in mail.body.say(language).split("\n\n"))
    source = f"<mjml><mj-body><mj-section><mj-column>{paragraphs}</mj-column></mj-section></mj-body></mjml>"
    return Written(mail.subject.say(language), "", TemplateFormat.MJML.value, source)


def _find(key: str) -> Template:
    if key not in TEMPLATES:
        raise NotFound.thing("template", key)
    return TEMPLATES[key]
