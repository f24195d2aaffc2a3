"""Who opens a campaign and then looks at pages of a category within two days gets an offer of that category."""

from typing import Final

from app.services.automation_templates.parts import Mail, Steps, document, sent
from nodes.catalog import Catalog
from nodes.texts import Language, Text
from workflows.document import Document

NAME: Final = Text("Interest offer", "Offre selon l’intérêt", "Предложение по интересу")
DESCRIPTION: Final = Text(
    "Whoever opens a campaign and then looks at pages of a category within two days gets an offer of just that "
    "category. Which pages are of which: Settings → Websites.",
    "Qui ouvre une campagne puis regarde des pages d’une catégorie dans les deux jours reçoit une offre de cette "
    "catégorie même. Quelles pages en sont : Réglages → Sites web.",
    "Кто открыл рассылку и за два дня посмотрел страницы какой-то категории, получает предложение именно из неё. "
    "Какие страницы к ней относятся: Настройки → Сайты.",
)
_MAIL: Final = Mail(
    Text("Interest offer", "Offre selon l’intérêt", "Предложение по интересу"),
    Text(
        "{{ contact.latest_interest }}: our offer for you",
        "{{ contact.latest_interest }} : notre offre pour vous",
        "{{ contact.latest_interest }}: предложение для вас",
    ),
    Text(
        "Hello {{ contact.FIRSTNAME }},\n\nyou looked at {{ contact.latest_interest }}. Here is what we have for you.",
        "Bonjour {{ contact.FIRSTNAME }},\n\nvous avez regardé {{ contact.latest_interest }}. Voici notre sélection.",
        "Здравствуйте, {{ contact.FIRSTNAME }}!\n\nВы смотрели «{{ contact.latest_interest }}». Вот что у нас есть.",
    ),
)
MAILS: Final = (_MAIL,)


def build(catalog: Catalog, language: Language) -> Document:
    """Write the document."""
    campaigns = {"all": [{"event": "message_kind", "op": "eq", "value": "campaign"}]}
    categorised = {"all": [{"event": "category", "op": "not_empty"}]}
    within = {"amount": 2, "unit": "days"}
    steps: Steps = {
        "opened": ("email_opened", {"event_filter": campaigns}),
        "looks": ("wait_until_event", {"event": "page_visited", "event_filter": categorised, "at_most": within}),
        "offer": ("send_email", sent(_MAIL, catalog, language)),
    }
    anew = {"event": "email_opened", "filter": campaigns}
    return document(NAME.say(language), steps, ["opened > looks", "looks.happened > offer"], anew=anew)
